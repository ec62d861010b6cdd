/**
 * The seal of a dossier: its last line, signed by the plant, that says how many events the file holds and what they hash to.
 * Without it a line could be taken out unseen. Ed25519 (RFC 8032); the key is made from the plant's secret, so every server on
 * one database signs alike, and its fingerprint is told by GET /v1/site for whoever wants to compare.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import * as z from 'zod'
import { canonical } from '#kernel/canonical.ts'

const sealBody = z.object({
  site: z.string(),
  workOrder: z.string(),
  count: z.int(),
  /** The office's last number and running root when the file was made. */
  head: z.int(),
  root: z.string(),
  /** SHA-256 over the events' hashes, each with a line end. */
  digest: z.string(),
  at: z.string(),
  /** The public key, DER (SPKI), base64. */
  key: z.string()
})
export const sealLine = z.object({ seal: sealBody, signature: z.string() })
export type SealLine = z.infer<typeof sealLine>
export type SealBody = z.infer<typeof sealBody>

/** What precedes the 32 bytes of a private Ed25519 key in PKCS #8 (RFC 8410 section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKey = (secret: string): KeyObject => {
  const seed = createHash('sha256').update(`dossier seal ${secret}`).digest()
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

const publicText = (secret: string): string =>
  createPublicKey(privateKey(secret)).export({ format: 'der', type: 'spki' }).toString('base64')

/** Sixteen hex digits that a person can compare. */
export const fingerprint = (key: string): string =>
  (createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 16).match(/.{4}/g) ?? []).join(' ')

export const fingerprintOf = (secret: string): string => fingerprint(publicText(secret))

export const digestOf = (hashes: readonly string[]): string =>
  createHash('sha256')
    .update(hashes.map(h => `${h}\n`).join(''))
    .digest('hex')

export const sealDossier = (secret: string, about: Omit<SealBody, 'key'>): SealLine => {
  const seal = { ...about, key: publicText(secret) }
  return { seal, signature: sign(null, Buffer.from(canonical(seal)), privateKey(secret)).toString('base64') }
}

/** What is wrong with a seal over these hashes; undefined when it holds. */
export const brokenSeal = ({ seal, signature }: SealLine, hashes: readonly string[]): string | undefined => {
  try {
    const key = createPublicKey({ key: Buffer.from(seal.key, 'base64'), format: 'der', type: 'spki' })
    if (!verify(null, Buffer.from(canonical(seal)), key, Buffer.from(signature, 'base64')))
      return 'the seal was changed'
  } catch {
    return 'the seal can’t be read'
  }
  if (seal.count !== hashes.length) return `the seal stands for ${seal.count} events, the file holds ${hashes.length}`
  return seal.digest === digestOf(hashes) ? undefined : 'the events are not those that were sealed'
}
