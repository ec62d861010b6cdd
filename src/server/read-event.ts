/** Reads the bytes of one pushed event, and says what is wrong with them; it asks no one and changes nothing. */
import { hash } from 'node:crypto'
import * as z from 'zod/mini'
import type { Envelope, EventKind } from '#kernel/event.ts'
import { isUuid } from '#kernel/id.ts'
import { LIMITS, type PushedEvent } from '#sync/protocol.ts'

export type Read =
  /** Its number and link are sure. `problem` says why it can't become part of the log all the same. */
  | {
      readonly is: 'readable'
      readonly envelope: Envelope
      readonly kind: EventKind | undefined
      readonly problem: string | undefined
    }
  | { readonly is: 'damaged'; readonly problem: string }

export type Sender = {
  readonly site: string
  readonly device: string
  readonly chain: string
  readonly enrolled: boolean
}

/** SHA-256 of UTF-8 text, lower-case hex: the same as `hashOf`, by the machine's own code. */
export const fastHash = (text: string): string => hash('sha256', text)

const short = z.string().check(z.maxLength(200))

/** The envelope's shape, as it is told to people; `isEnvelope` below is the same by hand, for each of the thousands. */
export const envelopeShape = z.object({
  v: z.literal(1),
  id: z.string().check(z.refine(isUuid)),
  site: short,
  device: short,
  chain: short,
  n: z.int().check(z.gte(1)),
  prev: short,
  type: short,
  actor: z.object({
    person: short,
    session: short,
    method: z.enum(['online', 'badge-pin', 'unverified', 'api', 'system'])
  }),
  // Whatever the clock says is kept; that it says a time is what folds and reports rely on.
  at: z.object({
    wall: short.check(z.refine(wall => !Number.isNaN(Date.parse(wall)))),
    mono: z.number(),
    offset: z.nullable(z.number())
  }),
  seen: z.object({ epoch: short, seq: z.number() }),
  payload: z.unknown(),
  was: z.optional(z.array(z.object({ chain: short, n: z.int() })).check(z.maxLength(200)))
})

const SHORT = 200
const METHODS = new Set(['online', 'badge-pin', 'unverified', 'api', 'system'])

const isShort = (value: unknown): boolean => typeof value === 'string' && value.length <= SHORT
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value)
const recordOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  // Any object may be asked for members that it does not have.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined

/** Whether a value has the envelope's shape. A test holds it to `envelopeShape`, which takes ten times as long. */
export const isEnvelope = (value: unknown): value is Envelope => {
  const whole = recordOf(value)
  return (
    whole !== undefined &&
    isHeader(whole) &&
    isActor(recordOf(whole['actor'])) &&
    isMoment(whole) &&
    'payload' in whole &&
    (whole['was'] === undefined || areLinks(whole['was']))
  )
}

const isHeader = ({ v, id, site, device, chain, n, prev, type }: Readonly<Record<string, unknown>>): boolean =>
  v === 1 &&
  typeof id === 'string' &&
  isUuid(id) &&
  isShort(site) &&
  isShort(device) &&
  isShort(chain) &&
  Number.isSafeInteger(n) &&
  Number(n) >= 1 &&
  isShort(prev) &&
  isShort(type)

const areLinks = (was: unknown): boolean =>
  Array.isArray(was) && was.length <= SHORT && was.every(one => isShort(one?.chain) && Number.isSafeInteger(one?.n))

const isActor = (actor: Readonly<Record<string, unknown>> | undefined): boolean =>
  actor !== undefined && isShort(actor['person']) && isShort(actor['session']) && METHODS.has(actor['method'] as string)

const isMoment = ({ at: when, seen: cursor }: Readonly<Record<string, unknown>>): boolean => {
  const [at, seen] = [recordOf(when), recordOf(cursor)]
  if (!at || !seen) return false
  const { wall, mono, offset } = at
  return (
    typeof wall === 'string' &&
    wall.length <= SHORT &&
    !Number.isNaN(Date.parse(wall)) &&
    isNumber(mono) &&
    (offset === null || isNumber(offset)) &&
    isShort(seen['epoch']) &&
    isNumber(seen['seq'])
  )
}

export const readEvent = (event: PushedEvent, sender: Sender, kinds: ReadonlyMap<string, EventKind>): Read => {
  const damage = damageOf(event)
  if (damage) return { is: 'damaged', problem: damage }
  let parsed: unknown
  try {
    parsed = JSON.parse(event.body)
  } catch {
    return { is: 'damaged', problem: 'not-json' }
  }
  if (event.body.includes('\\u') && !isStorable(parsed)) return { is: 'damaged', problem: 'unstorable-text' }
  if (!isEnvelope(parsed)) return { is: 'damaged', problem: 'wrong-envelope' }
  // The payload is checked below by its own kind.
  const envelope = parsed
  if (envelope.id !== event.id) return { is: 'damaged', problem: 'wrong-id' }
  if (envelope.site !== sender.site || envelope.device !== sender.device || envelope.chain !== sender.chain)
    return { is: 'damaged', problem: 'wrong-sender' }
  const kind = kinds.get(envelope.type)
  return { is: 'readable', envelope, kind, problem: problemOf(envelope, kind, sender) }
}

const problemOf = ({ actor, payload }: Envelope, kind: EventKind | undefined, sender: Sender): string | undefined => {
  if (!kind) return 'unknown-type'
  // Only the office speaks as itself, and only scripts as scripts.
  if (actor.method === 'system' || (actor.method === 'api' && sender.enrolled)) return 'wrong-actor'
  return kind.payload.safeParse(payload).success ? undefined : 'wrong-payload'
}

const DAMAGE = new Set([
  'wrong-id',
  'too-large',
  'unstorable-text',
  'wrong-hash',
  'too-deep',
  'not-json',
  'wrong-envelope',
  'wrong-sender'
])
/** Whether something was set aside for what arrived, and not for what was recorded. */
export const isDamage = (code: string): boolean => DAMAGE.has(code)

const damageOf = ({ id, h, body }: PushedEvent): string | undefined => {
  if (!isUuid(id)) return 'wrong-id'
  // A UTF-16 unit is at most three bytes of UTF-8.
  if (body.length * 3 > LIMITS.eventBytes && Buffer.byteLength(body) > LIMITS.eventBytes) return 'too-large'
  if (!body.isWellFormed()) return 'unstorable-text'
  if (fastHash(body) !== h) return 'wrong-hash'
  if (hasMany(body, LIMITS.depth) && depthOf(Buffer.from(body)) > LIMITS.depth) return 'too-deep'
  return undefined
}

/** Whether PostgreSQL can keep every text in a value: it takes no NUL and no half of a surrogate pair. */
export const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return isStorableText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, member]) => isStorableText(key) && isStorable(member))
}

export const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** Whether a text has more opening brackets than this: only then can they nest deeper. */
const hasMany = (json: string, most: number): boolean => {
  let left = most
  for (const bracket of ['{', '['])
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1)) if (--left < 0) return true
  return false
}

/** How deep brackets nest in the UTF-8 of JSON text, without parsing it. */
export const depthOf = (json: Uint8Array): number => {
  let depth = 0
  let deepest = 0
  for (let i = 0; i < json.length; i++) {
    const byte = json[i]
    if (byte === 34) {
      // On to the quote that ends the text; an escaped one does not.
      while (++i < json.length && json[i] !== 34) if (json[i] === 92) i++
    } else if (byte === 91 || byte === 123) {
      depth++
      if (depth > deepest) deepest = depth
    } else if (byte === 93 || byte === 125) depth--
  }
  return deepest
}
