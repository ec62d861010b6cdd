/** Files in chunks, resumable both ways; a file is given out only once it was checked whole. */
import { completeFile, heldOf, keepChunk, readFile } from '../blobs.ts'
import { Problem } from '../problem.ts'
import { type Asked, type Route, route } from '../route.ts'
import { CHUNK_BYTES } from '#sync/protocol.ts'

export const fileRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/v1/blobs/:sha256', who: 'device', summary: 'A file by the SHA-256 of its bytes; takes Range. HEAD tells which chunks have arrived (x-jobcard-have).',
    answer: asked => (asked.method === 'HEAD' ? have(asked) : give(asked))
  }),
  route({
    method: 'PUT', path: '/v1/blobs/:sha256/:index', who: 'device', limit: CHUNK_BYTES, summary: 'One chunk of 1 MiB: ?size=BYTES_OF_FILE&type=MEDIA_TYPE.',
    answer: async ({ office, params, query, bytes }) => {
      const chunk = { sha256: params['sha256'] ?? '', index: Number(params['index']), size: Number(query('size')), type: query('type') ?? 'application/octet-stream', bytes }
      await keepChunk(office.sql, office.site.site, chunk)
      return { kept: chunk.index }
    }
  }),
  route({
    method: 'POST', path: '/v1/blobs/:sha256/done', who: 'device', summary: 'Checks a file whose chunks have all arrived.',
    answer: async ({ office, params }) => {
      await completeFile(office.sql, office.site.site, params['sha256'] ?? '')
      return { complete: true }
    }
  })
]

const have = async ({ office, params }: Asked): Promise<Response> => {
  const held = await heldOf(office.sql, office.site.site, params['sha256'] ?? '')
  if (!held) throw new Problem(404, 'not-found', 'No chunk of this file has arrived.')
  return Response.json(held, { headers: { 'x-jobcard-have': held.complete ? 'all' : held.chunks.join(',') } })
}

/** Only pictures are shown in a page; everything else is a download that no browser runs. */
const SHOWN = new Set(['image/webp', 'image/png', 'image/jpeg'])

const give = async ({ office, params, header }: Asked): Promise<Response> => {
  const sha256 = params['sha256'] ?? ''
  const held = await heldOf(office.sql, office.site.site, sha256)
  const bytes = held?.complete ? await readFile(office.sql, office.site.site, sha256) : undefined
  if (!held || !bytes) throw new Problem(404, 'not-found', 'This file is not here yet.')
  const headers = {
    'content-type': SHOWN.has(held.type) ? held.type : 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    etag: `"${sha256}"`,
    'x-jobcard-have': 'all',
    ...(SHOWN.has(held.type) ? {} : { 'content-disposition': 'attachment' })
  }
  const range = /^bytes=(\d+)-(\d*)$/.exec(header('range') ?? '')
  if (!range) return new Response(Buffer.from(bytes), { headers })
  const start = Number(range[1])
  const end = Math.min(range[2] ? Number(range[2]) : bytes.length - 1, bytes.length - 1)
  if (start > end) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } })
  return new Response(Buffer.from(bytes.subarray(start, end + 1)), {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` }
  })
}
