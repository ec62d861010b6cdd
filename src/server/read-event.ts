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

const envelopeShape = z.object({
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
  payload: z.unknown()
})

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
  if (!envelopeShape.safeParse(parsed).success) return { is: 'damaged', problem: 'wrong-envelope' }
  // The shape above is the envelope's, checked; the payload is checked below by its own kind.
  const envelope = parsed as Envelope
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

const damageOf = ({ id, h, body }: PushedEvent): string | undefined => {
  if (!isUuid(id)) return 'wrong-id'
  if (Buffer.byteLength(body) > LIMITS.eventBytes) return 'too-large'
  if (!body.isWellFormed()) return 'unstorable-text'
  if (fastHash(body) !== h) return 'wrong-hash'
  if (depthOf(body) > LIMITS.depth) return 'too-deep'
  return undefined
}

/** Whether PostgreSQL can keep every text in a value: it takes no NUL and no half of a surrogate pair. */
export const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return isStorableText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, member]) => isStorableText(key) && isStorable(member))
}

export const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** How deep brackets nest in JSON text, without parsing it. */
export const depthOf = (json: string): number => {
  let depth = 0
  let deepest = 0
  let inText = false
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i)
    if (inText) {
      if (c === 92) i++
      else if (c === 34) inText = false
    } else if (c === 34) inText = true
    else if (c === 91 || c === 123) deepest = Math.max(deepest, ++depth)
    else if (c === 93 || c === 125) depth--
  }
  return deepest
}
