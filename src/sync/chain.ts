/** The chain of one install: each event's hash covers its bytes, and each event names the hash before it. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonical, type Json } from '#kernel/canonical.ts'
import type { Envelope } from '#kernel/event.ts'

/** SHA-256 of UTF-8 text or bytes, lower-case hex. Synchronous on purpose: IndexedDB transactions don't outlive a wait. */
export const hashOf = (data: string | Uint8Array): string =>
  bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data))

export type Sealed = { readonly id: string; readonly n: number; readonly h: string; readonly body: string }

/** The exact bytes of an event, and their hash. `hash` may be another way to the same SHA-256. */
export const seal = (envelope: Envelope, hash: (text: string) => string = hashOf): Sealed => {
  // An envelope is JSON by construction: every member is Json.
  const body = canonical(envelope as unknown as Json)
  return { id: envelope.id, n: envelope.n, h: hash(body), body }
}

/** The office's running hash over its log: what a tablet witnesses. */
export const nextRoot = (root: string, h: string, hash: (text: string) => string = hashOf): string =>
  hash(`${root}${h}`)
