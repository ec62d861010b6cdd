/** Files in chunks, resumable both ways; a file is given out only once it was checked whole. */
import { completeFile, haveOf, heldOf, keepChunk, piecesOf, readBytes } from '../blobs.ts'
import { PICTURES, UNKNOWN_TYPE } from '../picture.ts'
import { Problem } from '../problem.ts'
import { type Asked, type Route, route } from '../route.ts'
import { CHUNK_BYTES, filesReply, filesRequest } from '#sync/protocol.ts'

export const fileRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/blobs/:sha256',
    who: 'device',
    summary:
      'A file by the SHA-256 of its bytes; takes Range. HEAD tells which chunks have arrived (x-jobcard-have), and how many bytes of others (x-jobcard-part: INDEX:BYTES).',
    answer: asked => (asked.method === 'HEAD' ? have(asked) : give(asked))
  }),
  route({
    method: 'PUT',
    path: '/v1/blobs/:sha256/:index',
    who: 'device',
    limit: CHUNK_BYTES,
    summary: 'One chunk of 1 MiB, or with ?from=BYTE a piece of it: ?size=BYTES_OF_FILE&type=MEDIA_TYPE.',
    answer: async ({ office, params, query, bytes }) => {
      const from = query('from')
      const chunk = {
        ...(from === undefined ? {} : { from: startOf(from) }),
        sha256: params['sha256'] ?? '',
        index: Number(params['index']),
        size: Number(query('size')),
        type: query('type') ?? 'application/octet-stream',
        bytes
      }
      await keepChunk(office.sql, office.site.site, chunk)
      return { kept: chunk.index }
    }
  }),
  route({
    method: 'POST',
    path: '/v1/blobs/:sha256/done',
    who: 'device',
    summary: 'Checks a file whose chunks have all arrived.',
    answer: async ({ office, params }) => {
      await completeFile(office.sql, office.site.site, params['sha256'] ?? '')
      return { complete: true }
    }
  }),
  route({
    method: 'POST',
    path: '/v1/blobs/have',
    who: 'device',
    takes: filesRequest,
    gives: filesReply,
    summary: 'Which of these files are here whole: a tablet asks a restored office about those that it still keeps.',
    answer: async ({ office, body }) => ({ have: await haveOf(office.sql, office.site.site, body.sha256) })
  })
]

const have = async ({ office, params }: Asked): Promise<Response> => {
  const held = await heldOf(office.sql, office.site.site, params['sha256'] ?? '')
  if (!held) throw new Problem(404, 'not-found', 'No chunk of this file has arrived.')
  const pieces = held.complete ? [] : await piecesOf(office.sql, office.site.site, params['sha256'] ?? '')
  const parts = pieces.map(({ index, held: bytes }) => `${index}:${bytes}`).join(',')
  return Response.json(held, {
    headers: { 'x-jobcard-have': held.complete ? 'all' : held.chunks.join(','), 'x-jobcard-part': parts }
  })
}

const startOf = (text: string): number => {
  if (!/^\d{1,7}$/.test(text)) throw new Problem(400, 'wrong-shape', `Not a place in a chunk: ${text.slice(0, 40)}.`)
  return Number(text)
}

/** Only pictures are shown in a page; everything else is a download that no browser runs. */
const give = async ({ office, params, header }: Asked): Promise<Response> => {
  const sha256 = params['sha256'] ?? ''
  const site = office.site.site
  const held = await heldOf(office.sql, site, sha256)
  if (!held?.complete) throw new Problem(404, 'not-found', 'This file is not here yet.')
  const shown = PICTURES.has(held.type)
  const headers = {
    'content-type': shown ? held.type : UNKNOWN_TYPE,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cache-control': 'private, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    etag: `"${sha256}"`,
    'x-jobcard-have': 'all',
    ...(shown ? {} : { 'content-disposition': 'attachment' })
  }
  const part = partOf(header('range'), held.size)
  if (part && part.start >= part.end)
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${held.size}` } })
  const { start, end } = part ?? { start: 0, end: held.size }
  const range = part ? { 'content-range': `bytes ${start}-${end - 1}/${held.size}` } : {}
  const bytes = streamOf(readBytes(office.sql, site, sha256, start, end))
  return new Response(bytes, {
    status: part ? 206 : 200,
    headers: { ...headers, ...range, 'content-length': String(end - start) }
  })
}

const streamOf = (parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull: async controller => {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await parts.return(undefined))
  })

/** RFC 9110 section 14.2, one range from a first byte on; any other form is answered with the whole file. */
const partOf = (range: string | undefined, size: number): { start: number; end: number } | undefined => {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(range ?? '') ?? []
  if (first === undefined) return undefined
  return { start: Number(first), end: last ? Math.min(Number(last) + 1, size) : size }
}
