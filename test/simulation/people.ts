/**
 * Who may sign in. A PIN is checked by one SHA-256 where the product takes 600,000: what is tried here is what becomes of
 * answers that are lost, not how long a thief has to guess. The tablet's own code keeps and checks it all the same.
 */
import { createHash } from 'node:crypto'
import type { Role } from '#kernel/decision.ts'
import { openSession, sealSession } from '#server/session.ts'
import type { RosterReply } from '#sync/protocol.ts'
import { problem, type Said } from './said.ts'

export type SomeOne = { readonly person: string; readonly roles: readonly Role[]; readonly pin: string }

export const PEOPLE: readonly SomeOne[] = [
  { person: 'P-001', roles: ['operator'], pin: '100001' },
  { person: 'P-002', roles: ['supervisor'], pin: '100002' },
  { person: 'P-003', roles: ['supervisor', 'inspector'], pin: '100003' }
]
const SECRET = 'a plant that is not there'
const SHIFT_MS = 12 * 3_600_000
const SALT = '5a17'

const hex = (bytes: ArrayBuffer | Uint8Array): string => Buffer.from(new Uint8Array(bytes)).toString('hex')
const keyOf = (pin: string, salt: string): string => createHash('sha256').update(`${salt}${pin}`).digest('hex')

export const roster: RosterReply = {
  people: PEOPLE.map(({ person, pin }) => ({ person, salt: SALT, iterations: 1, key: keyOf(pin, SALT) }))
}

export const answerSignIn = (text: string, device: string, now: number): Said => {
  const { person, pin, ask } = JSON.parse(text) as {
    readonly person: string
    readonly pin: string
    readonly ask: string
  }
  if (PEOPLE.find(one => one.person === person)?.pin !== pin) return problem(403, 'wrong-pin')
  const until = now + SHIFT_MS
  const session = sealSession(SECRET, { person, device, until })
  return { status: 200, text: JSON.stringify({ session, person, until, ask }) }
}

export const whoIs = (session: string | undefined, device: string, now: number): SomeOne | undefined => {
  const person = openSession(SECRET, session ?? '', device, now)
  return PEOPLE.find(one => one.person === person)
}

/** The part of WebCrypto that a PIN takes on a tablet. */
export const pinCrypto = {
  importKey: async (_format: string, bytes: Uint8Array) => ({ pin: Buffer.from(bytes).toString() }),
  deriveBits: async ({ salt }: { readonly salt: Uint8Array }, { pin }: { readonly pin: string }) =>
    new Uint8Array(Buffer.from(keyOf(pin, hex(salt)), 'hex')).buffer,
  verify: async (_name: string, _key: unknown, sealed: ArrayBuffer, bytes: ArrayBuffer) => hex(sealed) === hex(bytes)
}
