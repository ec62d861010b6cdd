/**
 * Who speaks: an enrolled tablet by its signature, a script by its key, and on top of a tablet a person by a session.
 * A tablet's right to send never expires with a person's session, so that nothing recorded waits for a password.
 */
import {
  createHash,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  randomUUID,
  verify
} from 'node:crypto'
import type { Role } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { tabletEnrolled } from '#plant/events.ts'
import type { EnrolReply } from '#sync/protocol.ts'
import type { Office } from './office.ts'
import { checkPin } from './pins.ts'
import { Problem } from './problem.ts'
import { mac, openSession, sameText, sealSession } from './session.ts'

export type Use = 'station' | 'desk' | 'wall'
export type Tablet = {
  readonly device: string
  readonly name: string
  readonly use: Use
  readonly station?: string
  readonly publicKey: string
  readonly state?: string
}
export type Person = {
  readonly person: string
  readonly name: string
  readonly badge: string
  readonly roles: readonly Role[]
  readonly active: boolean
}

export type Caller =
  | { readonly is: 'nobody' }
  | { readonly is: 'key'; readonly name: string; readonly roles: readonly Role[] }
  | { readonly is: 'device'; readonly device: string; readonly tablet: Tablet; readonly person: Person | undefined }

export const NONCE_MS = 10 * 60_000
const SESSION_MS = 12 * 3_600_000
const CODE_MS = 10 * 60_000

const hashText = (text: string): string => createHash('sha256').update(text).digest('hex')

export const newNonce = (office: Office): string => {
  const text = `${Date.now().toString(36)}.${randomBytes(9).toString('base64url')}`
  return `${text}.${mac(office.site.secret, `nonce ${text}`)}`
}

const freshNonce = (office: Office, nonce: string): boolean => {
  const [time, random, signed] = nonce.split('.')
  if (!time || !random || !signed || !sameText(signed, mac(office.site.secret, `nonce ${time}.${random}`))) return false
  return Math.abs(Date.now() - Number.parseInt(time, 36)) < NONCE_MS
}

export type SignedRequest = {
  readonly method: string
  readonly path: string
  readonly header: (name: string) => string | undefined
  readonly body: Uint8Array
}

export const identify = async (office: Office, request: SignedRequest, revokedToo = false): Promise<Caller> => {
  const bearer = /^Bearer (.+)$/.exec(request.header('authorization') ?? '')?.[1]
  if (bearer) return byKey(office, bearer)
  const device = request.header('x-jobcard-device')
  if (!device) return { is: 'nobody' }
  const tablet = await viewOf<Tablet>(office, 'plant/tablet', device)
  if (!tablet)
    throw new Problem(401, 'unknown-device', 'This tablet is not known here.', 'Enrol it again. What it holds is kept.')
  checkSignature(office, request, tablet)
  if (tablet.state === 'revoked' && !revokedToo)
    throw new Problem(403, 'revoked-device', 'This tablet was taken out of use.', 'What it recorded can still be sent.')
  return { is: 'device', device, tablet, person: await sessionPerson(office, request, device) }
}

const checkSignature = (office: Office, request: SignedRequest, tablet: Tablet): void => {
  const nonce = request.header('x-jobcard-nonce') ?? ''
  const signature = request.header('x-jobcard-signature') ?? ''
  if (!signature) throw new Problem(401, 'unsigned', 'This request is not signed by its tablet.')
  if (!freshNonce(office, nonce))
    throw new Problem(401, 'stale-nonce', 'The nonce is too old; a new one is in the reply.')
  const text = `${request.method}\n${request.path}\n${nonce}\n${createHash('sha256').update(request.body).digest('hex')}`
  if (!signed(tablet.publicKey, text, signature))
    throw new Problem(401, 'wrong-signature', 'The signature is not this tablet’s.')
}

const signed = (publicKey: string, text: string, signature: string): boolean => {
  try {
    const key = keyOf(publicKey)
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

const MOST_KEYS = 1000
const keys = new Map<string, KeyObject>()

/** Reading a key takes longer than checking a signature with it, and a tablet asks many times. */
const keyOf = (publicKey: string): KeyObject => {
  const known = keys.get(publicKey)
  if (known) return known
  if (keys.size >= MOST_KEYS) keys.clear()
  // The key was checked to be a P-256 JWK when the tablet was enrolled.
  const key = createPublicKey({ key: JSON.parse(publicKey) as JsonWebKey, format: 'jwk' })
  keys.set(publicKey, key)
  return key
}

const byKey = async (office: Office, key: string): Promise<Caller> => {
  const [row] = await office.sql<{ name: string; roles: Role[] }[]>`
    SELECT name, roles FROM api_key WHERE site_id = ${office.site.site} AND key_hash = ${hashText(key)} AND revoked_at IS NULL`
  if (!row) throw new Problem(401, 'signed-out', 'This key is not known or was revoked.')
  return { is: 'key', name: row.name, roles: row.roles }
}

export const makeApiKey = async (office: Office, name: string, roles: readonly Role[]): Promise<string> => {
  const key = `jc_${randomBytes(24).toString('base64url')}`
  await office.sql`INSERT INTO api_key (site_id, key_hash, name, roles) VALUES (${office.site.site}, ${hashText(key)}, ${name}, ${[...roles]})`
  return key
}

export const viewOf = async <V>(office: Office, kind: string, key: string): Promise<V | undefined> => {
  const [row] = await office.sql<{ body: V | null }[]>`
    SELECT body FROM view WHERE site_id = ${office.site.site} AND kind = ${kind} AND key = ${key}`
  return row?.body ?? undefined
}

// ---- people -------------------------------------------------------------------------------------------------------

export const signIn = async (
  office: Office,
  device: string,
  person: string,
  pin: string
): Promise<{ session: string; person: string; until: number }> => {
  await checkPin(office.sql, office.site.site, person, device, pin)
  const known = await viewOf<Person>(office, 'plant/person', person)
  if (!known?.active) throw new Problem(403, 'wrong-pin', 'This badge is not in use.')
  const until = Date.now() + SESSION_MS
  return { session: sealSession(office.site.secret, { person, device, until }), person, until }
}

const sessionPerson = async (office: Office, request: SignedRequest, device: string): Promise<Person | undefined> => {
  const sealed = request.header('x-jobcard-session') ?? ''
  const known = openSession(office.site.secret, sealed, device, Date.now())
  const person = known === undefined ? undefined : await viewOf<Person>(office, 'plant/person', known)
  return person?.active ? person : undefined
}

// ---- enrolment ----------------------------------------------------------------------------------------------------

/** A one-time code of ten characters that can't be misread; lives ten minutes. */
export const makeEnrolmentCode = async (
  office: Office,
  use: Use | 'set-up',
  station: string | undefined
): Promise<{ code: string; until: number }> => {
  const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
  const code = [...randomBytes(10)].map(byte => letters[byte % letters.length]).join('')
  const until = Date.now() + (use === 'set-up' ? 24 * 3_600_000 : CODE_MS)
  await office.sql`INSERT INTO enrolment_code (site_id, code_hash, use, station, until)
    VALUES (${office.site.site}, ${hashText(code)}, ${use}, ${station ?? null}, ${new Date(until)})`
  return { code, until }
}

/** Uses a code up, or says why it can't be used. */
export const useCode = async (
  office: Office,
  code: string,
  setUp: boolean
): Promise<{ use: Use; station: string | undefined }> => {
  const hash = hashText(code.trim().toUpperCase().replaceAll(/[\s-]/g, ''))
  const [row] = await office.sql<{ use: string; station: string | null; until: Date; used_at: Date | null }[]>`
    SELECT use, station, until, used_at FROM enrolment_code WHERE site_id = ${office.site.site} AND code_hash = ${hash}`
  if (!row || (row.use === 'set-up') !== setUp)
    throw new Problem(403, 'unknown-code', 'This code is not known here.', 'Ask the administrator for a new one.')
  if (row.used_at)
    throw new Problem(403, 'code-used', 'This code was used already.', 'Ask the administrator for a new one.')
  if (row.until.getTime() < Date.now())
    throw new Problem(
      403,
      'code-expired',
      'This code is older than ten minutes.',
      'Ask the administrator for a new one.'
    )
  // One link sets the plant up, and with it every other link is spent.
  const taken = await office.sql<{ code: string }[]>`
    UPDATE enrolment_code SET used_at = now() WHERE site_id = ${office.site.site} AND used_at IS NULL
      AND (code_hash = ${hash} OR (${setUp} AND use = 'set-up')) RETURNING code_hash AS code`
  if (!taken.some(one => one.code === hash)) throw new Problem(403, 'code-used', 'This code was used already.')
  return { use: setUp ? 'desk' : (row.use as Use), station: row.station ?? undefined }
}

export type NewTablet = {
  readonly use: Use
  readonly station: string | undefined
  readonly name: string
  readonly publicKey: unknown
  readonly by: string
}

export const enrol = async (office: Office, tablet: NewTablet): Promise<EnrolReply> => {
  const publicKey = publicKeyText(tablet.publicKey)
  if (tablet.use === 'station') await stationHere(office, tablet.station)
  const device = randomUUID()
  const payload = {
    device,
    name: tablet.name.slice(0, 200) || 'Tablet',
    use: tablet.use,
    publicKey,
    ...(tablet.station ? { station: tablet.station } : {})
  }
  const epoch = await office.log.write(async work => {
    await work.record([draft(tabletEnrolled, payload)], { person: tablet.by, session: '', method: 'system' })
    return work.epoch
  })
  const { site, name, sample } = office.site
  return { device, site, siteName: name, epoch, use: tablet.use, station: tablet.station ?? null, sample }
}

export const stationHere = async (office: Office, station: string | undefined): Promise<void> => {
  const known = station !== undefined && station.length <= 80 && (await viewOf(office, 'plant/station', station))
  if (!known) throw new Problem(400, 'not-found', `There is no station ${(station ?? '').slice(0, 80)}.`)
}

export const publicKeyText = (key: unknown): string => {
  // Only the two coordinates are kept; anything else a caller adds is dropped.
  const { kty, crv, x, y } = (key ?? {}) as Record<string, unknown>
  try {
    createPublicKey({ key: { kty, crv, x, y } as JsonWebKey, format: 'jwk' })
  } catch {
    throw new Problem(400, 'wrong-shape', 'The public key is not a JSON Web Key.')
  }
  if (kty !== 'EC' || crv !== 'P-256')
    throw new Problem(400, 'wrong-shape', 'The public key has to be an EC key on P-256.')
  return JSON.stringify({ kty, crv, x, y })
}

/** What a tablet is sent: decided here, never by the caller. */
export const scopesOf = (caller: Caller): readonly string[] =>
  caller.is === 'nobody'
    ? []
    : caller.is === 'key' || caller.tablet.use === 'desk'
      ? ['site', 'floor', 'desk', 'archive']
      : ['site', 'floor']
