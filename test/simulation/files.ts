/** The office's files in memory, by the rules of `src/server/blobs.ts`; `test/contracts/files-store.pg.test.ts` compares them. */
import { hash } from 'node:crypto'
import { CHUNK_BYTES } from '#sync/protocol.ts'
import type { Said } from './said.ts'

export type File = {
  readonly size: number
  readonly complete: boolean
  readonly chunks: ReadonlyMap<number, Uint8Array>
  /** The beginnings of chunks. */
  readonly pieces: ReadonlyMap<number, Uint8Array>
}
export type Files = Map<string, File>

/** What a request for a file brings beside its address. */
export type Brought = {
  readonly bytes: Uint8Array | undefined
  readonly range: string | undefined
  readonly text?: string | undefined
}

export const sha256Of = (bytes: Uint8Array): string => hash('sha256', bytes)

/** All of its bytes, not to be written to: most files are one chunk, and that is handed out as it is. */
export const wholeOf = ({ chunks }: File): Uint8Array =>
  joined([...chunks].sort(([a], [b]) => a - b).map(([, one]) => one))

const joined = ([first, ...rest]: readonly Uint8Array[]): Uint8Array =>
  first && rest.length === 0 ? first : new Uint8Array(Buffer.concat(first ? [first, ...rest] : []))

const lengthOf = (size: number, index: number): number => Math.min(CHUNK_BYTES, size - index * CHUNK_BYTES)
const refused = (status: number, code: string): Said => ({
  status,
  text: JSON.stringify({ error: { code, message: code } })
})

export const answerFile = (files: Files, method: string, path: string, query: string, brought: Brought): Said => {
  const [, , , sha256 = '', rest] = path.split('/')
  const file = files.get(sha256)
  if (method === 'POST' && sha256 === 'have') return haveOf(files, brought.text)
  if (method === 'PUT') return put(files, sha256, Number(rest), new URLSearchParams(query), brought.bytes)
  if (method === 'POST') return complete(files, sha256)
  if (!file) return refused(404, 'not-found')
  return method === 'HEAD' ? have(file) : give(file, brought.range)
}

const haveOf = (files: Files, text = '{}'): Said => {
  const { sha256 } = JSON.parse(text) as { readonly sha256: readonly string[] }
  return { status: 200, text: JSON.stringify({ have: sha256.filter(one => files.get(one)?.complete) }) }
}

const have = ({ complete, chunks, pieces }: File): Said => {
  const sorted = <T>(map: ReadonlyMap<number, T>) => [...map].sort(([a], [b]) => a - b)
  const parts = sorted(pieces).map(([index, { length }]) => `${index}:${length}`)
  return {
    status: 200,
    text: '{}',
    headers: {
      'x-jobcard-have': complete
        ? 'all'
        : sorted(chunks)
            .map(([index]) => index)
            .join(','),
      'x-jobcard-part': complete ? '' : parts.join(',')
    }
  }
}

const put = (
  files: Files,
  sha256: string,
  index: number,
  query: URLSearchParams,
  bytes: Uint8Array | undefined
): Said => {
  const [size, from] = [Number(query.get('size')), Number(query.get('from'))]
  const length = lengthOf(size, index)
  if (!bytes || bytes.length === 0 || from + bytes.length > length) return refused(400, 'wrong-shape')
  const known = files.get(sha256)
  if (known?.complete) return { status: 200, text: '{}' }
  const was = known?.size === size ? known : undefined
  const [chunks, pieces] = [new Map(was?.chunks), new Map(was?.pieces)]
  const held = pieces.get(index) ?? new Uint8Array()
  if (from > held.length) return refused(409, 'wrong-shape')
  // What is here already came with a reply that was lost.
  const grown =
    held.length === 0 ? bytes.slice() : new Uint8Array(Buffer.concat([held, bytes.subarray(held.length - from)]))
  pieces.set(index, grown)
  if (grown.length === length) {
    chunks.set(index, grown)
    pieces.delete(index)
  }
  files.set(sha256, { size, complete: false, chunks, pieces })
  return { status: 200, text: '{}' }
}

const complete = (files: Files, sha256: string): Said => {
  const file = files.get(sha256)
  if (!file) return refused(404, 'not-found')
  if (file.complete) return { status: 200, text: '{}' }
  const whole = wholeOf(file)
  if (whole.length < file.size) return refused(409, 'wrong-shape')
  if (sha256Of(whole) !== sha256) {
    files.delete(sha256)
    return refused(422, 'wrong-hash')
  }
  files.set(sha256, { ...file, complete: true })
  return { status: 200, text: '{}' }
}

const give = (file: File, range: string | undefined): Said => {
  if (!file.complete) return refused(404, 'not-found')
  const whole = wholeOf(file)
  const start = range === undefined ? undefined : Number(/^bytes=(\d+)-$/.exec(range)?.[1])
  if (start === undefined) return { status: 200, text: '', bytes: whole }
  if (start >= file.size)
    return { ...refused(416, 'wrong-range'), headers: { 'content-range': `bytes */${file.size}` } }
  const headers = { 'content-range': `bytes ${start}-${file.size - 1}/${file.size}` }
  return { status: 206, text: '', bytes: whole.subarray(start), headers }
}
