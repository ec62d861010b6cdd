/**
 * Who holds the tablet. With the network the office checks the PIN; without it this tablet does, against what it keeps: not
 * the office's verifier but an HMAC of it under a key that can't leave. A try is counted before it is checked, so that
 * pulling the plug between the two gives no free guess.
 */
import type { Answer, Question } from '#sync/exchange.ts'
import { type RosterReply, rosterReply, signInReply } from '#sync/protocol.ts'

const TRIES = 5
/** So long after the office was last heard a PIN still proves a person; then work goes on as "unverified". */
export const GRACE_MS = 72 * 3_600_000

export type Session = {
  readonly person: string
  readonly session: string
  readonly method: 'online' | 'badge-pin' | 'unverified'
}
export type SignIn =
  | { readonly signedIn: Session }
  | { readonly refused: 'wrong-pin'; readonly left: number }
  | { readonly refused: 'locked' | 'not-on-this-tablet' }

export type People = {
  signIn(person: string, pin: string): Promise<SignIn>
  /** Fetches the verifiers of everyone who may sign in here. */
  refresh(): Promise<boolean>
  /** A supervisor lets a locked person try again. */
  unlock(person: string): Promise<void>
}

export type PeoplePorts = {
  readonly get: <T>(name: string) => Promise<T | undefined>
  readonly set: (name: string, value: unknown) => Promise<void>
  readonly subtle: SubtleCrypto
  readonly ask: (question: Question) => Promise<Answer>
  readonly newId: () => string
  readonly now: () => number
  readonly heard: () => number | undefined
}

type Verifier = {
  readonly person: string
  readonly salt: string
  readonly iterations: number
  readonly sealed: ArrayBuffer
}
type Roster = { readonly key: CryptoKey; readonly people: readonly Verifier[]; readonly at: number }

export const people = (ports: PeoplePorts): People => ({
  signIn: async (person, pin) => (await online(ports, person, pin)) ?? offline(ports, person, pin),
  refresh: async () => {
    const answer = await ports.ask({ method: 'GET', path: '/v1/roster' })
    const read = rosterReply.safeParse(answer.answer === 'ok' ? answer.body : undefined)
    if (!read.success) return false
    await ports.set('roster', await sealed(ports, read.data))
    return true
  },
  unlock: person => ports.set(triesOf(person), 0)
})

const triesOf = (person: string): string => `tries ${person}`

/** The office's word; undefined when it can't be asked. */
const online = async (ports: PeoplePorts, person: string, pin: string): Promise<SignIn | undefined> => {
  const ask = ports.newId()
  const answer = await ports.ask({
    method: 'POST',
    path: '/v1/sign-in',
    body: JSON.stringify({ person, pin, ask }),
    deadline: 4_000
  })
  if (answer.answer === 'ok') {
    const read = signInReply.safeParse(answer.body)
    if (!read.success || read.data.ask !== ask || read.data.person !== person) return undefined
    await ports.set(triesOf(person), 0)
    return { signedIn: { person: read.data.person, session: read.data.session, method: 'online' } }
  }
  if (answer.answer === 'no' && answer.code === 'locked') return { refused: 'locked' }
  if (answer.answer === 'no' && answer.code === 'wrong-pin') {
    const tries = ((await ports.get<number>(triesOf(person))) ?? 0) + 1
    await ports.set(triesOf(person), tries)
    return { refused: 'wrong-pin', left: Math.max(0, TRIES - tries) }
  }
  return undefined
}

const offline = async (ports: PeoplePorts, person: string, pin: string): Promise<SignIn> => {
  const roster = await ports.get<Roster>('roster')
  const verifier = roster?.people.find(one => one.person === person)
  if (!roster || !verifier) return { refused: 'not-on-this-tablet' }
  const tries = (await ports.get<number>(triesOf(person))) ?? 0
  if (tries >= TRIES) return { refused: 'locked' }
  await ports.set(triesOf(person), tries + 1)
  const key = await derived(ports.subtle, pin, verifier)
  if (!(await ports.subtle.verify('HMAC', roster.key, verifier.sealed, key)))
    return tries + 1 >= TRIES ? { refused: 'locked' } : { refused: 'wrong-pin', left: TRIES - tries - 1 }
  await ports.set(triesOf(person), 0)
  const silent = ports.now() - Math.max(roster.at, ports.heard() ?? 0)
  return { signedIn: { person, session: ports.newId(), method: silent > GRACE_MS ? 'unverified' : 'badge-pin' } }
}

/** PBKDF2-SHA-256 with the office's salt and count: 256 bits. */
const derived = async (subtle: SubtleCrypto, pin: string, { salt, iterations }: Verifier): Promise<ArrayBuffer> => {
  const secret = await subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'])
  return subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: fromHex(salt), iterations }, secret, 256)
}

const sealed = async ({ subtle, get, now }: PeoplePorts, { people }: RosterReply): Promise<Roster> => {
  const known = await get<Roster>('roster')
  // hash and length spelt out: WebCrypto takes HMAC keys of the hash's block size by default, and says so nowhere handy.
  const key =
    known?.key ?? (await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign', 'verify']))
  const seal = async (one: RosterReply['people'][number]): Promise<Verifier> => ({
    person: one.person,
    salt: one.salt,
    iterations: one.iterations,
    sealed: await subtle.sign('HMAC', key, fromHex(one.key))
  })
  return { key, people: await Promise.all(people.map(seal)), at: now() }
}

const fromHex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
