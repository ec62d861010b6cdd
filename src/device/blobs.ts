/**
 * Files. Photos made here are kept as chunks of bytes: the event travels first, its file follows. Pages of documents are fetched ahead, for as long as the work that needs them is in play. Nothing is shown
 * whose hash is not the one that was asked for.
 */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { BlobRef } from '#kernel/event.ts'
import type { Exchange } from '#sync/exchange.ts'
import { CHUNK_BYTES } from '#sync/protocol.ts'
import { type Cache, isFull } from './cache.ts'
import { hex } from './identity.ts'
import { askAgain, makeFileRoom, type Photos, pruneFiles } from './kept-files.ts'
import { type Downloads, downloads, sendFile } from './transfer.ts'

export type Ahead = { readonly have: number; readonly need: number }

export type Blobs = {
  keep(bytes: ArrayBuffer, type: string): Promise<BlobRef>
  /** The bytes, from here or from the office; undefined when neither has them now. */
  bytes(sha256: string): Promise<ArrayBuffer | undefined>
  upload(bytes: ArrayBuffer, type: string, onProgress: (part: number) => void): Promise<BlobRef>
  /** Sends what waits, oldest first, one at a time. */
  send(): void
  /** The office was heard: what could not be sent before is tried again. */
  sendAgain(): void
  /** Fetches what the views in play name and lets go of the rest when room is needed. */
  fetchAhead(wanted: ReadonlySet<string>): Promise<void>
  readonly ahead: ReadonlySignal<Ahead>
  /** Lets go of photos that the office has had for longer than `keep` ms, and of those that have no room. */
  prune(keep: number): Promise<void>
  /** Photos that were sent give way, and documents: events must find room. */
  makeRoom(): Promise<void>
}

export type BlobPorts = {
  readonly office: Exchange
  readonly photos: Photos
  readonly cache: Cache
  readonly subtle: SubtleCrypto
  readonly now: () => number
  /** The office's clock when it was last heard; undefined before that. */
  readonly heard: () => Promise<number | undefined>
  /** The life of the office that is known here; '' before the first. */
  readonly epoch: () => string
  readonly storage: () => Promise<{ readonly quota: number }>
}

/** Bytes that documents may take. */
const DOCUMENTS_MOST = 2 * 1024 ** 3

export const blobs = (given: BlobPorts): Blobs => {
  const ports: Own = { ...given, down: downloads(given.office) }
  const ahead = signal<Ahead>({ have: 0, need: 0 })
  let fetching: Promise<void> = Promise.resolve()
  let newest: ReadonlySet<string> = new Set()
  const makeRoom = async () => {
    await makeFileRoom(ports.photos)
    await ports.cache.makeRoom()
  }
  let sending: 'no' | 'yes' | 'stuck' = 'no'
  /** The life of the office that was asked about what is kept here. */
  let asked = ''
  const sendAll = async () => {
    const epoch = ports.epoch()
    if (epoch !== asked && !(await askAgain(ports.office, ports.photos, epoch))) return false
    asked = epoch
    return sendWaiting(ports)
  }
  const send = () => {
    if (sending === 'yes') return
    sending = 'yes'
    void sendAll()
      .catch(() => false)
      .then(all => {
        sending = all ? 'no' : 'stuck'
      })
  }
  return {
    ahead,
    keep: async (bytes, type) => {
      const ref = { sha256: await hashed(ports, bytes), size: bytes.byteLength, type }
      await orMakeRoom(() => ports.photos.keep(ref, chunksOf(bytes)), makeRoom)
      return ref
    },
    bytes: async sha256 => (await here(ports, sha256)) ?? fetched(ports, sha256, false),
    upload: async (bytes, type, onProgress) => {
      const ref = { sha256: await hashed(ports, bytes), size: bytes.byteLength, type }
      const chunks = chunksOf(bytes)
      const done = await sendFile(ports.office, {
        ref,
        epoch: ports.epoch(),
        chunk: async index => chunks[index],
        onProgress
      })
      if (!done) throw new Error('no-network')
      return ref
    },
    send,
    sendAgain: () => {
      if (sending === 'stuck') send()
    },
    fetchAhead: wanted => {
      // Asked after every page that the office sends, and nearly always for the same files.
      const { have, need } = ahead.peek()
      if (have === need && same(wanted, newest)) return fetching
      newest = wanted
      fetching = fetching.then(() =>
        newest === wanted ? fetchAll(ports, wanted, ahead, () => newest === wanted) : undefined
      )
      return fetching
    },
    prune: async keep => {
      const [{ quota }, heard = 0] = await Promise.all([ports.storage(), ports.heard()])
      await pruneFiles(ports.photos, { now: ports.now(), heard, keep, quota })
    },
    makeRoom
  }
}

/** Once more on a disk that was full. */
const orMakeRoom = async <T>(write: () => Promise<T>, makeRoom: () => Promise<void>): Promise<T> => {
  try {
    return await write()
  } catch (problem) {
    if (!isFull(problem)) throw problem
    await makeRoom()
    return write()
  }
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every(one => b.has(one))

type Own = BlobPorts & { readonly down: Downloads }

const hashed = async ({ subtle }: BlobPorts, bytes: ArrayBuffer): Promise<string> =>
  hex(await subtle.digest('SHA-256', bytes))

export const chunksOf = (bytes: ArrayBuffer): readonly ArrayBuffer[] =>
  Array.from({ length: Math.max(1, Math.ceil(bytes.byteLength / CHUNK_BYTES)) }, (_, i) =>
    bytes.slice(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES)
  )

const here = async (ports: BlobPorts, sha256: string): Promise<ArrayBuffer | undefined> => {
  const cached = await ports.cache.file(sha256)
  if (cached && (await hashed(ports, cached)) === sha256) return cached
  if (cached) await ports.cache.dropFile(sha256)
  const photo = await whole(ports, sha256)
  return photo && (await hashed(ports, photo)) === sha256 ? photo : undefined
}

const whole = async ({ photos }: BlobPorts, sha256: string): Promise<ArrayBuffer | undefined> => {
  const ref = await photos.find(sha256)
  if (!ref) return undefined
  const all = new Uint8Array(ref.size)
  for (let i = 0; i * CHUNK_BYTES < ref.size; i += 1) {
    const chunk = await photos.chunk(sha256, i)
    if (!chunk) return undefined
    all.set(new Uint8Array(chunk), i * CHUNK_BYTES)
  }
  return all.buffer
}

const fetched = async (ports: Own, sha256: string, pinned: boolean): Promise<ArrayBuffer | undefined> => {
  const bytes = await ports.down.fetch(sha256)
  if (!bytes || (await hashed(ports, bytes)) !== sha256) return undefined
  const { quota } = await ports.storage()
  const budget = quota > 0 ? Math.min(DOCUMENTS_MOST, quota * 0.2) : DOCUMENTS_MOST
  // Photos that the office has give way to a page; a page that finds no room all the same is shown and not kept.
  const keep = () => ports.cache.keepFile(sha256, bytes, pinned, budget)
  await orMakeRoom(keep, () => makeFileRoom(ports.photos)).catch(() => false)
  return bytes
}

const fetchAll = async (
  ports: Own,
  wanted: ReadonlySet<string>,
  ahead: { value: Ahead },
  goOn: () => boolean
): Promise<void> => {
  const have = await ports.cache.hasFiles()
  const missing = [...wanted].filter(sha256 => !have.has(sha256))
  ahead.value = { have: wanted.size - missing.length, need: wanted.size }
  await ports.cache.pin(wanted)
  for (const sha256 of missing) {
    if (!goOn()) return
    if ((await ports.photos.find(sha256)) || (await fetched(ports, sha256, true)))
      ahead.value = { ...ahead.value, have: ahead.value.have + 1 }
  }
}

/** Answers whether nothing waits any more. */
const sendWaiting = async ({ office, photos, epoch, heard, now }: BlobPorts): Promise<boolean> => {
  for (let waiting = await photos.waiting(); waiting.length > 0; waiting = await photos.waiting())
    for (const { at, ...ref } of waiting) {
      // Named before it is asked: an office that is restored meanwhile is asked again.
      const upload = {
        ref,
        epoch: epoch(),
        chunk: (index: number) => photos.chunk(ref.sha256, index),
        onProgress: () => undefined
      }
      if (!(await sendFile(office, upload))) return false
      await photos.note([{ ...ref, kept: { taken: at, time: (await heard()) ?? now(), epoch: upload.epoch } }])
    }
  return true
}
