/**
 * Files over a bad radio: a transfer that was cut goes on where it was. Up, in pieces that are small enough to arrive between
 * two cuts; down, by asking for the rest. Whether the whole is right is for the caller to check, by its hash.
 */
import type { BlobRef } from '#kernel/event.ts'
import type { Exchange } from '#sync/exchange.ts'
import { CHUNK_BYTES } from '#sync/protocol.ts'

/** Bytes of one request while all goes well, and after the first cut. */
const PIECE = { fair: 128 * 1024, poor: 24 * 1024 }
/** No byte for so long: the line is dead. */
const SILENCE = 15_000
/** Cuts in a row without one byte of progress before it is left for later. */
const PATIENCE = 2
/** Beginnings of files whose rest did not come yet. */
const HALVES_MOST = 8

export type Upload = {
  readonly ref: BlobRef
  /** The life of the office that is asked: what a proxy kept of another must not count. */
  readonly epoch: string
  readonly chunk: (index: number) => Promise<ArrayBuffer | undefined>
  readonly onProgress: (part: number) => void
}

type Have = { readonly all: boolean; readonly chunks: ReadonlySet<number>; readonly parts: ReadonlyMap<number, number> }

/** Sends what the office lacks. Answers whether it now has the whole file. */
export const sendFile = async (office: Exchange, upload: Upload): Promise<boolean> => {
  const { ref, epoch } = upload
  let piece = PIECE.fair
  for (let idle = 0; idle < PATIENCE; ) {
    const have = await askWhat(office, ref.sha256, epoch)
    if (!have) return false
    if (have.all) return true
    const sent = await sendMissing(office, upload, have, piece)
    if (sent.end === 'done') {
      const done = await office.ask({
        method: 'POST',
        path: `/v1/blobs/${ref.sha256}/done?epoch=${epoch}`,
        body: '{}',
        deadline: SILENCE * 4
      })
      if (done.answer !== 'unreachable') return done.answer === 'ok'
    } else if (sent.end === 'stop') return false
    idle = sent.pieces > 0 ? 0 : idle + 1
    piece = PIECE.poor
  }
  return false
}

const askWhat = async (office: Exchange, sha256: string, epoch: string): Promise<Have | undefined> => {
  const known = await office.ask({ method: 'HEAD', path: `/v1/blobs/${sha256}?epoch=${epoch}` })
  if (known.answer === 'unreachable') return undefined
  const header = (name: string) =>
    (known.answer === 'ok' ? (known.response.headers.get(name) ?? '') : '').split(',').filter(text => text !== '')
  const listed = header('x-jobcard-have')
  const parts = header('x-jobcard-part').map(text => text.split(':').map(Number))
  return {
    all: listed[0] === 'all',
    chunks: new Set(listed.map(Number)),
    parts: new Map(parts.map(([index = -1, bytes = 0]) => [index, bytes]))
  }
}

type Sent = { readonly end: 'done' | 'cut' | 'stop'; readonly pieces: number }

const sendMissing = async (
  office: Exchange,
  { ref, chunk, onProgress }: Upload,
  have: Have,
  piece: number
): Promise<Sent> => {
  const query = new URLSearchParams({ size: String(ref.size), type: ref.type })
  const count = Math.max(1, Math.ceil(ref.size / CHUNK_BYTES))
  let pieces = 0
  for (let index = 0; index < count; index += 1) {
    if (have.chunks.has(index)) continue
    const bytes = await chunk(index)
    if (!bytes) return { end: 'stop', pieces }
    for (let from = have.parts.get(index) ?? 0; from < bytes.byteLength; from += piece) {
      const body = bytes.slice(from, from + piece)
      const path = `/v1/blobs/${ref.sha256}/${index}?${query}&from=${from}`
      const put = await office.ask({ method: 'PUT', path, body, deadline: SILENCE })
      if (put.answer === 'unreachable') return { end: 'cut', pieces }
      if (put.answer === 'no') return { end: 'stop', pieces }
      pieces += 1
      onProgress(Math.min(1, (index * CHUNK_BYTES + from + body.byteLength) / Math.max(1, ref.size)))
    }
  }
  return { end: 'done', pieces }
}

export type Downloads = {
  /** All bytes of a file, unchecked; undefined when they did not all come. What came is kept for the next time. */
  fetch(sha256: string): Promise<ArrayBuffer | undefined>
}

/** `parts` in order from the first byte on. */
type Half = { parts: Uint8Array[]; size: number }

export const downloads = (office: Exchange): Downloads => {
  const halves = new Map<string, Half>()
  return {
    fetch: async sha256 => {
      const half = halves.get(sha256) ?? { parts: [], size: 0 }
      halves.delete(sha256)
      for (let idle = 0; idle < PATIENCE; ) {
        const before = half.size
        const answer = await askRest(office, sha256, half)
        if (answer === 'whole') return joined(half)
        if (answer === 'none') return undefined
        idle = half.size > before ? 0 : idle + 1
      }
      if (half.size > 0) halves.set(sha256, half)
      for (const [oldest] of halves) if (halves.size > HALVES_MOST) halves.delete(oldest)
      return undefined
    }
  }
}

const askRest = async (office: Exchange, sha256: string, half: Half): Promise<'whole' | 'cut' | 'none'> => {
  const answer = await office.ask({
    method: 'GET',
    path: `/v1/blobs/${sha256}`,
    want: 'raw',
    deadline: SILENCE,
    headers: half.size > 0 ? { range: `bytes=${half.size}-` } : {},
    sink: {
      begin: response => {
        if (response.headers.get('content-range')?.startsWith(`bytes ${half.size}-`)) return
        // The whole file, from its first byte.
        half.parts = []
        half.size = 0
      },
      take: bytes => {
        half.parts.push(bytes)
        half.size += bytes.length
      }
    }
  })
  if (answer.answer === 'unreachable') return 'cut'
  // Asked for what lies behind its end: all of it is here.
  if (answer.answer === 'no') return answer.status === 416 ? 'whole' : 'none'
  return 'whole'
}

const joined = ({ parts, size }: Half): ArrayBuffer => {
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all.buffer
}
