/**
 * Photos that the office has. Their bytes stay here for as long as the events that heal a restored office, and for the same
 * reason: what came after a backup is nowhere else. They are no more than a second copy, so they give way first when the
 * disk is full.
 */
import type { BlobRef } from '#kernel/event.ts'
import type { Exchange } from '#sync/exchange.ts'
import { FILES_ASKED, filesReply } from '#sync/protocol.ts'

/** Both times in ms since 1970: `taken` by this tablet, `time` by the office when it was last heard before it had the file. */
export type Kept = { readonly taken: number; readonly time: number; readonly epoch: string }
export type Waiting = BlobRef & { readonly at: number }
export type Sent = BlobRef & { readonly kept: Kept }

/** Photos made here; in the outbox's care, since nobody else has them at first. */
export type Photos = {
  keep(ref: BlobRef, chunks: readonly ArrayBuffer[]): Promise<void>
  chunk(sha256: string, index: number): Promise<ArrayBuffer | undefined>
  find(sha256: string): Promise<BlobRef | undefined>
  /** Oldest first. */
  waiting(): Promise<readonly Waiting[]>
  sent(): Promise<readonly Sent[]>
  /** Says of files that are here whether they wait; nothing of those that are not. */
  note(files: readonly (Waiting | Sent)[]): Promise<void>
  /** Lets go of those of these that the office has. One that waits stays. */
  drop(sha256s: readonly string[]): Promise<void>
}

/** The most that is kept for an office that may be restored, bytes: a tenth of what the browser gives. */
const KEPT_MOST = 1024 ** 3

/**
 * Asks an office of another life than the one that took them which of these it has; what it lacks waits again. Answers
 * whether that is settled. The address names the life: what a proxy kept of another answers nothing.
 */
export const askAgain = async (office: Exchange, photos: Photos, epoch: string): Promise<boolean> => {
  const all = (await photos.sent()).filter(file => file.kept.epoch !== epoch)
  for (let at = 0; at < all.length; at += FILES_ASKED) {
    const files = all.slice(at, at + FILES_ASKED)
    const body = JSON.stringify({ sha256: files.map(file => file.sha256) })
    const answer = await office.ask({ method: 'POST', path: `/v1/blobs/have?epoch=${epoch}`, body })
    const read = filesReply.safeParse(answer.answer === 'ok' ? answer.body : undefined)
    if (!read.success) return false
    const have = new Set(read.data.have)
    await photos.note(
      files.map(({ kept, ...ref }) =>
        have.has(ref.sha256) ? { ...ref, kept: { ...kept, epoch } } : { ...ref, at: kept.taken }
      )
    )
  }
  return true
}

/** As the outbox does with events: both clocks must say that it is long ago. And no more than has room. */
export const pruneFiles = async (
  photos: Photos,
  { now, heard, keep, quota }: Readonly<Record<'now' | 'heard' | 'keep' | 'quota', number>>
): Promise<void> => {
  const files = await photos.sent()
  const old = files.filter(({ kept }) => kept.taken < now - keep && kept.time < heard - keep)
  const over = sizeOf(files) - sizeOf(old) - (quota > 0 ? Math.min(KEPT_MOST, quota / 10) : KEPT_MOST)
  const gone = [...old, ...oldest(without(files, old), over)]
  if (gone.length > 0) await photos.drop(gone.map(file => file.sha256))
}

/** Lets go of half of them, oldest first. */
export const makeFileRoom = async (photos: Photos): Promise<void> => {
  const files = await photos.sent()
  if (files.length > 0) await photos.drop(oldest(files, sizeOf(files) / 2).map(file => file.sha256))
}

const sizeOf = (files: readonly Sent[]): number => files.reduce((sum, { size }) => sum + size, 0)
const without = (files: readonly Sent[], gone: readonly Sent[]): Sent[] => files.filter(file => !gone.includes(file))

/** As many as it takes to be rid of so many bytes. */
const oldest = (files: readonly Sent[], bytes: number): readonly Sent[] => {
  let freed = 0
  return files
    .toSorted((a, b) => a.kept.taken - b.kept.taken)
    .filter(({ size }) => {
      const wanted = freed < bytes
      freed += size
      return wanted
    })
}
