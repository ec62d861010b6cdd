/**
 * Intake: one push becomes verdicts, one per event, by id and never by position. Recorded work is never rejected: what can
 * be read is ordered and perhaps flagged, what can't be read is set aside byte for byte. Only a hole in the chain waits.
 */
import * as z from 'zod/mini'
import { type Guard, firstBroken, type Refusal } from '#kernel/decision.ts'
import { draft, type Envelope, type EventKind, stampOf } from '#kernel/event.ts'
import { isUuid } from '#kernel/id.ts'
import { hashOf } from '#sync/chain.ts'
import { LIMITS, type PushedEvent, type PushRequest, type Verdict } from '#sync/protocol.ts'
import type { ChainHead, Log, Work } from './log.ts'

export type Intake = {
  readonly kinds: ReadonlyMap<string, EventKind>
  readonly guards: readonly Guard[]
  readonly flag: EventKind
  readonly sentence: (refusal: Refusal) => string
}

export type Intaken = { readonly epoch: string; readonly head: number; readonly root: string; readonly verdicts: readonly Verdict[] }

export const takeIn = (log: Log, intake: Intake, push: PushRequest): Promise<Intaken> =>
  log.write(async work => {
    const verdicts = await new OnePush(work, intake, push).run()
    const { seq, root } = work.head()
    return { epoch: work.epoch, head: seq, root, verdicts }
  })

const envelopeShape = z.object({
  v: z.literal(1),
  id: z.string().check(z.refine(isUuid)),
  site: z.string(),
  device: z.string(),
  chain: z.string(),
  n: z.int().check(z.gte(1)),
  prev: z.string(),
  type: z.string(),
  actor: z.object({
    person: z.string(),
    session: z.string(),
    method: z.enum(['online', 'badge-pin', 'unverified', 'api', 'system'])
  }),
  at: z.object({ wall: z.string(), mono: z.number(), offset: z.nullable(z.number()) }),
  seen: z.object({ epoch: z.string(), seq: z.number() }),
  payload: z.unknown()
})

type Known = { readonly seq: number; readonly h: string }
type Readable = { readonly envelope: Envelope; readonly kind: EventKind | undefined; readonly problem: string | undefined }

class OnePush {
  readonly #work: Work
  readonly #intake: Intake
  readonly #push: PushRequest
  #head: ChainHead | undefined
  #byId = new Map<string, Known>()
  #byNumber = new Map<number, string>()
  readonly #read = new Map<PushedEvent, Readable | string>()
  #aside = new Set<string>()

  constructor(work: Work, intake: Intake, push: PushRequest) {
    this.#work = work
    this.#intake = intake
    this.#push = push
  }

  async run(): Promise<Verdict[]> {
    const { events, chain, device, nMax } = this.#push
    this.#head = await this.#work.chain(chain)
    await this.#lookUp()
    for (const event of events) if (!this.#byId.has(event.id)) this.#read.set(event, damageOf(event) ?? readEvent(event, this.#push, this.#intake, this.#work.site))
    const readable = [...this.#read.values()].filter(read => typeof read !== 'string' && !read.problem)
    // Sound: the line above left only what was read.
    await this.#work.prepare((readable as Readable[]).map(({ envelope }) => envelope))
    const verdicts: Verdict[] = []
    for (const event of events) {
      const verdict = await this.#one(event)
      verdicts.push(verdict)
      // What follows a hole or a fork can't be judged before that is mended.
      if (verdict.verdict === 'gap' || verdict.verdict === 'fork') {
        for (const rest of events.slice(verdicts.length)) verdicts.push({ ...verdict, id: rest.id })
        break
      }
    }
    const head = this.#head ?? { device, n: 0, h: '', nMax: 0 }
    this.#work.setChain(chain, { ...head, nMax: Math.max(head.nMax, nMax) })
    return verdicts
  }

  /** What of this push the office has seen before; one query for all. */
  async #lookUp(): Promise<void> {
    const { tx, site } = this.#work
    const ids = this.#push.events.map(event => event.id).filter(isUuid)
    if (ids.length === 0) return
    const [known, aside] = await Promise.all([
      tx<{ id: string; h: string; seq: string }[]>`
        SELECT id, h, seq FROM event WHERE site_id = ${site} AND id = ANY(${ids}::uuid[])`,
      tx<{ h: string }[]>`
        SELECT h FROM set_aside WHERE site_id = ${site} AND chain = ${this.#push.chain} AND h = ANY(${this.#push.events.map(e => e.h)}::text[])`
    ])
    for (const row of known) this.#byId.set(row.id, { seq: Number(row.seq), h: row.h })
    for (const row of aside) this.#aside.add(row.h)
  }

  async #one(event: PushedEvent): Promise<Verdict> {
    const known = this.#byId.get(event.id)
    if (known && known.h === event.h) return { id: event.id, verdict: 'duplicate', seq: known.seq }
    if (this.#aside.has(event.h)) return { id: event.id, verdict: 'quarantined', code: 'known-already' }
    const read = this.#read.get(event) ?? damageOf(event) ?? readEvent(event, this.#push, this.#intake, this.#work.site)
    if (typeof read === 'string') return this.#quarantine(event, undefined, read)
    const order = await this.#order(event, read.envelope)
    if (order) return order
    if (known) return this.#quarantine(event, read.envelope.n, 'id-used-twice')
    if (read.problem) return this.#quarantine(event, read.envelope.n, read.problem)
    if (read.kind?.authority === 'decision') return this.#refuse(event, read.envelope.n)
    return this.#apply(event, read.envelope)
  }

  /** The chain: the next number with the hash before it, or it waits, or this install was copied. */
  async #order(event: PushedEvent, envelope: Envelope): Promise<Verdict | undefined> {
    const n = this.#head?.n ?? 0
    if (envelope.n > n + 1) return { id: event.id, verdict: 'gap', expect: n + 1 }
    if (envelope.n <= n) {
      const h = await this.#hashAt(envelope.n)
      return h === event.h ? { id: event.id, verdict: 'quarantined', code: 'known-already' } : { id: event.id, verdict: 'fork', n: envelope.n }
    }
    if (envelope.prev !== (this.#head?.h ?? '')) return { id: event.id, verdict: 'fork', n: envelope.n }
    return undefined
  }

  async #hashAt(n: number): Promise<string | undefined> {
    if (this.#byNumber.has(n)) return this.#byNumber.get(n)
    const { tx, site } = this.#work
    const { chain } = this.#push
    const [row] = await tx<{ h: string }[]>`
      SELECT h FROM event WHERE site_id = ${site} AND chain = ${chain} AND n = ${n}
      UNION ALL SELECT h FROM set_aside WHERE site_id = ${site} AND chain = ${chain} AND n = ${n} LIMIT 1`
    return row?.h
  }

  #quarantine(event: PushedEvent, n: number | undefined, code: string): Verdict {
    this.#keep(event, n, 'quarantined', code)
    return { id: event.id, verdict: 'quarantined', code }
  }

  #refuse(event: PushedEvent, n: number): Verdict {
    this.#keep(event, n, 'refused', 'ask-the-office')
    return { id: event.id, verdict: 'refused', code: 'ask-the-office' }
  }

  #keep(event: PushedEvent, n: number | undefined, verdict: 'quarantined' | 'refused', code: string): void {
    const { device, chain } = this.#push
    this.#work.setAside({ verdict, code, id: event.id.slice(0, 100), device, chain, n, h: event.h, body: event.body })
    this.#aside.add(event.h)
    // A readable event used its number; what follows it is linked to it.
    if (n !== undefined) this.#advance(n, event.h)
    // An unreadable one can't say its number. The chain goes on at the number the tablet gave it, which is the next.
    else if (this.#unreadableIsNext(event)) this.#advance((this.#head?.n ?? 0) + 1, event.h)
  }

  /** Damaged bytes: the client says in `h` what the next event is linked to. */
  #unreadableIsNext(event: PushedEvent): boolean {
    const index = this.#push.events.indexOf(event)
    const next = this.#push.events[index + 1]
    return next === undefined || next.body.includes(`"prev":"${event.h}"`)
  }

  #advance(n: number, h: string): void {
    this.#head = { device: this.#push.device, n, h, nMax: Math.max(this.#head?.nMax ?? 0, n) }
    this.#byNumber.set(n, h)
  }

  async #apply(event: PushedEvent, envelope: Envelope): Promise<Verdict> {
    const { guards, flag, sentence } = this.#intake
    const stamp = stampOf(envelope)
    const broken = await this.#work.ask(() => firstBroken(guards, this.#work.known, envelope.type, envelope.payload, stamp))
    const codes = broken ? [broken.refused] : []
    const seq = await this.#work.append({ id: event.id, n: envelope.n, h: event.h, body: event.body }, envelope, codes)
    this.#byId.set(event.id, { seq, h: event.h })
    this.#advance(envelope.n, event.h)
    if (!broken) return { id: event.id, verdict: 'applied', seq }
    const subject = (envelope.payload as { workOrder?: unknown }).workOrder
    const about = {
      event: event.id, type: envelope.type, person: stamp.person, device: stamp.device, at: stamp.at, codes,
      subject: typeof subject === 'string' ? subject : '', sentence: sentence(broken).slice(0, 2000)
    }
    await this.#work.record([draft(flag, about)], { person: 'office', session: '', method: 'system' })
    return { id: event.id, verdict: 'flagged', seq, codes }
  }
}

/** Reads an event's bytes; a text says why they can't be read at all. */
const readEvent = (event: PushedEvent, push: PushRequest, intake: Intake, site: string): Readable | string => {
  let parsed: unknown
  try {
    parsed = JSON.parse(event.body)
  } catch {
    return 'not-json'
  }
  if (!envelopeShape.safeParse(parsed).success) return 'wrong-envelope'
  // The shape above is the envelope's, checked; the payload is checked next by its own kind.
  const envelope = parsed as Envelope
  if (envelope.id !== event.id) return 'wrong-id'
  if (envelope.site !== site || envelope.device !== push.device || envelope.chain !== push.chain) return 'wrong-sender'
  const kind = intake.kinds.get(envelope.type)
  if (!kind) return { envelope, kind, problem: 'unknown-type' }
  return { envelope, kind, problem: kind.payload.safeParse(envelope.payload).success ? undefined : 'wrong-payload' }
}

/** What makes bytes unfit for any further reading; undefined when they are sound. */
const damageOf = (event: PushedEvent): string | undefined => {
  if (!isUuid(event.id)) return 'wrong-id'
  if (event.body.length > LIMITS.eventBytes) return 'too-large'
  if (hashOf(event.body) !== event.h) return 'wrong-hash'
  if (/\\u0000/.test(event.body)) return 'unstorable-text'
  if (depthOf(event.body) > LIMITS.depth) return 'too-deep'
  return undefined
}

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
