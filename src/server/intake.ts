/**
 * Intake: one push becomes verdicts, one per event, by id and never by position. Recorded work is never rejected: what can
 * be read is ordered and perhaps flagged, what can't be read is set aside byte for byte. Only a hole in the chain waits.
 *
 * Nothing blocks what lies behind it. Damaged bytes can't say their number, but it stands beside them, and where an older
 * tablet left it out its neighbours in the push say it. The number is used up like any other; only the link to it is not checked, because its hash is unknown.
 */
import { type Guard, firstBroken, type Refusal } from '#kernel/decision.ts'
import { draft, type Envelope, type EventKind, stampOf } from '#kernel/event.ts'
import type { Reaction } from '#kernel/reaction.ts'
import type { PushedEvent, PushRequest, Verdict } from '#sync/protocol.ts'
import { isDatabaseProblem } from './batch.ts'
import type { Log } from './log.ts'
import type { ChainHead } from './log-store.ts'
import { hashAt, isSameRecord, type Known, lookUp } from './look-up.ts'
import { fastHash, isDamage, type Read, readEvent } from './read-event.ts'
import type { Work } from './work.ts'

export type Intake = {
  readonly kinds: ReadonlyMap<string, EventKind>
  readonly guards: readonly Guard[]
  readonly reactions?: readonly Reaction[]
  readonly flag: EventKind
  readonly sentence: (refusal: Refusal) => string
}

/** How the sender stands with the office: what a revoked tablet sends is kept and shown, and changes nothing. */
export type Standing = 'enrolled' | 'revoked' | 'script'

export type Intaken = {
  readonly epoch: string
  readonly head: number
  readonly root: string
  readonly verdicts: readonly Verdict[]
}

export const takeIn = (
  log: Log,
  intake: Intake,
  push: PushRequest,
  standing: Standing = 'enrolled'
): Promise<Intaken> => {
  const { device, chain } = push
  const sender = { site: log.site, device, chain, enrolled: standing !== 'script' }
  // Before the counter is locked: what only looks at bytes lets nobody else wait.
  const reads = push.events.map(event => readEvent(event, sender, intake.kinds))
  const named = { ...push, events: push.events.map(withHash) }
  return log.write(async work => {
    const verdicts = await new OnePush(work, intake, named, reads, standing).run()
    const { seq, root } = work.head()
    return { epoch: work.epoch, head: seq, root, verdicts }
  })
}

type Readable = Extract<Read, { is: 'readable' }>

/** The hash of an event that could not be read: nothing is compared with it. */
const UNKNOWN = ''
const MOST = 2 ** 31 - 1
/** Characters of an event that is told whole with its flag. */
const SHORT = 4000
const OFFICE_ITSELF = { person: 'office', session: '', method: 'system' } as const

class OnePush {
  readonly #work: Work
  readonly #intake: Intake
  readonly #push: PushRequest
  readonly #reads: readonly Read[]
  readonly #standing: Standing
  #head: ChainHead
  #known: Known = { events: new Map(), aside: new Map(), spoiled: new Set() }
  #numbers: readonly (number | undefined)[] = []
  readonly #used = new Map<number, string>()
  readonly #applied: Envelope[] = []
  readonly #guards = new Map<string, readonly Guard[]>()

  constructor(work: Work, intake: Intake, push: PushRequest, reads: readonly Read[], standing: Standing) {
    this.#work = work
    this.#intake = intake
    this.#push = push
    this.#reads = reads
    this.#standing = standing
    this.#head = { device: push.device, n: 0, h: '', nMax: 0 }
  }

  async run(): Promise<Verdict[]> {
    const { events, chain, device, nMax } = this.#push
    const readable = this.#reads.flatMap(read => (read.is === 'readable' && !read.problem ? [read.envelope] : []))
    const [head, known] = await Promise.all([
      this.#work.chain(chain),
      lookUp(this.#work, chain, events),
      this.#work.prepare(readable)
    ])
    // A chain belongs to one tablet. Whoever writes on another's gets one of its own, and nothing is stored.
    if (head && head.device !== device) return events.map(({ id }) => ({ id, verdict: 'fork', n: head.n + 1 }))
    this.#head = head ?? this.#head
    this.#known = known
    this.#numbers = numbersOf(
      this.#reads.map((read, i) => numberIn(read) ?? this.#numberBefore(events[i]) ?? numberBeside(events[i]))
    )
    const verdicts: Verdict[] = []
    for (const [index, event] of events.entries()) {
      const verdict = await this.#one(event, this.#reads[index], index)
      verdicts.push(verdict)
      // What follows a hole or a fork can't be judged before that is mended.
      if (verdict.verdict === 'gap' || verdict.verdict === 'fork') {
        for (const rest of events.slice(verdicts.length)) verdicts.push({ ...verdict, id: rest.id })
        break
      }
    }
    await this.#react()
    this.#work.setChain(chain, { ...this.#head, nMax: Math.max(this.#head.nMax, Math.min(nMax, MOST)) })
    return verdicts
  }

  #numberBefore(event: PushedEvent | undefined): number | undefined {
    const known = event && this.#known.events.get(event.id)
    if (known?.chain === this.#push.chain) return known.n
    return event && this.#known.aside.get(event.h)
  }

  async #one(event: PushedEvent, read: Read | undefined, index: number): Promise<Verdict> {
    const known = this.#known.events.get(event.id)
    if (known?.h === event.h) return { id: event.id, verdict: 'duplicate', seq: known.seq }
    if (known && read?.is === 'readable' && isSameRecord(known, read.envelope))
      return this.#moved(event, read, known.seq)
    const { aside, spoiled } = this.#known
    // Set aside before. If those bytes were damaged and these are not, this is the record.
    if (!read || (aside.has(event.h) && !(read.is === 'readable' && spoiled.has(event.h))))
      return { id: event.id, verdict: 'quarantined', code: 'known-already' }
    if (read.is === 'damaged') return this.#damaged(event, read.problem, this.#numbers[index] ?? this.#head.n + 1)
    const { envelope, kind, problem } = read
    const isInPlace = this.#follows(envelope) || aside.get(event.h) === envelope.n
    const order = isInPlace ? undefined : await this.#order(event, envelope)
    if (order) return order
    spoiled.delete(event.h)
    if (this.#standing === 'revoked') return this.#quarantine(event, envelope.n, 'revoked-device')
    if (known) return this.#quarantine(event, envelope.n, 'id-used-twice')
    if (problem) return this.#quarantine(event, envelope.n, problem)
    if (kind?.authority === 'decision') return this.#keep(event, envelope.n, 'refused', 'ask-the-office')
    return this.#apply(event, envelope)
  }

  /** In the log already, under the number that it had before. The bytes are kept, because the new number is used up by them. */
  async #moved(event: PushedEvent, { envelope }: Readable, seq: number): Promise<Verdict> {
    if (!this.#known.aside.has(event.h)) {
      const order = await this.#order(event, envelope)
      if (order) return order
      this.#quarantine(event, envelope.n, 'known-already')
    }
    return { id: event.id, verdict: 'duplicate', seq }
  }

  #damaged(event: PushedEvent, problem: string, n: number): Verdict {
    if (n > this.#head.n + 1) return { id: event.id, verdict: 'gap', expect: this.#head.n + 1 }
    // Its number is taken: a later copy of something that arrived in good order.
    if (n <= this.#head.n) return this.#quarantine(event, undefined, problem)
    const verdict = this.#quarantine(event, n, problem)
    this.#head = { ...this.#head, h: UNKNOWN }
    return verdict
  }

  #follows({ n, prev }: Envelope): boolean {
    return n === this.#head.n + 1 && prev === this.#head.h
  }

  /** The chain: the next number with the hash before it, or it waits, or this install was copied. */
  async #order(event: PushedEvent, { n, prev }: Envelope): Promise<Verdict | undefined> {
    const head = this.#head
    if (n > head.n + 1) return { id: event.id, verdict: 'gap', expect: head.n + 1 }
    if (n <= head.n) {
      const h = this.#used.get(n) ?? (await hashAt(this.#work, this.#push.chain, n))
      return h === event.h
        ? { id: event.id, verdict: 'quarantined', code: 'known-already' }
        : { id: event.id, verdict: 'fork', n }
    }
    const linked = head.n > 0 && head.h === UNKNOWN ? true : prev === head.h
    return linked ? undefined : { id: event.id, verdict: 'fork', n }
  }

  #quarantine(event: PushedEvent, n: number | undefined, code: string): Verdict {
    return this.#keep(event, n, 'quarantined', code)
  }

  /** Sets the bytes aside. A number given is used: what follows is linked to it. */
  #keep(event: PushedEvent, n: number | undefined, verdict: 'quarantined' | 'refused', code: string): Verdict {
    const { device, chain } = this.#push
    this.#work.setAside({ verdict, code, id: event.id, device, chain, n, h: event.h, body: event.body })
    this.#known.aside.set(event.h, n)
    if (isDamage(code)) this.#known.spoiled.add(event.h)
    if (n !== undefined) this.#advance(n, event.h)
    return { id: event.id, verdict, code }
  }

  #advance(n: number, h: string): void {
    this.#used.set(n, h)
    // What comes in place of damaged bytes has its number already.
    if (n >= this.#head.n) this.#head = { device: this.#push.device, n, h, nMax: Math.max(this.#head.nMax, n) }
  }

  async #apply(event: PushedEvent, envelope: Envelope): Promise<Verdict> {
    const { flag, sentence } = this.#intake
    const guards = this.#guardsOf(envelope.type)
    const stamp = stampOf(envelope)
    const { id, h, body } = event
    const { n } = envelope
    const applied = await this.#trying(async () => {
      const check = () => firstBroken(guards, this.#work.known, envelope.type, envelope.payload, stamp)
      const broken = guards.length > 0 ? await this.#work.ask(check) : undefined
      return { broken, seq: await this.#work.append({ id, n, h, body }, envelope, broken ? [broken.refused] : []) }
    })
    if (!applied) return this.#quarantine(event, n, 'not-applicable')
    const { broken, seq } = applied
    this.#known.events.set(id, { seq, h, n, chain: envelope.chain, body })
    this.#advance(n, h)
    this.#applied.push(envelope)
    if (!broken) return { id, verdict: 'applied', seq }
    const codes = [broken.refused]
    const subject = (envelope.payload as { workOrder?: unknown }).workOrder
    const about = {
      event: id,
      type: envelope.type,
      person: stamp.person,
      device: stamp.device,
      at: stamp.at,
      codes,
      subject: typeof subject === 'string' ? subject : '',
      sentence: sentence(broken).slice(0, 2000),
      ...(body.length <= SHORT ? { record: envelope.payload } : {})
    }
    await this.#work.record([draft(flag, about)], OFFICE_ITSELF)
    return { id, verdict: 'flagged', seq, codes }
  }

  #guardsOf(type: string): readonly Guard[] {
    const found = this.#guards.get(type) ?? this.#intake.guards.filter(one => one.type === type)
    this.#guards.set(type, found)
    return found
  }

  /** After the whole push: what its tablet did about a fact itself is known by then. */
  async #react(): Promise<void> {
    const { reactions = [] } = this.#intake
    for (const envelope of this.#applied)
      for (const { type, react } of reactions)
        if (type === envelope.type)
          await this.#trying(async () => {
            const { known, newId } = this.#work
            const drafts = await this.#work.ask(() => react(known, envelope.payload, stampOf(envelope), newId))
            if (drafts.length > 0) await this.#work.record(drafts, OFFICE_ITSELF)
            return true
          })
  }

  /** A rule or a fold that trips over one event must not stop the others; a database that is away stops them all. */
  async #trying<T>(task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task()
    } catch (reason) {
      if (isDatabaseProblem(reason)) throw reason
      return undefined
    }
  }
}

/** What stands for a hash and is none is judged like any other that is wrong; its bytes need a name all the same. */
const withHash = (event: PushedEvent): PushedEvent =>
  HASH.test(event.h) ? event : { ...event, h: fastHash(event.body) }
const HASH = /^[0-9a-f]{64}$/

const numberIn = (read: Read | undefined): number | undefined => (read?.is === 'readable' ? read.envelope.n : undefined)

/** What a tablet says beside the bytes. Too high is a hole, and one that is taken is used no second time. */
const numberBeside = (event: PushedEvent | undefined): number | undefined =>
  event?.n !== undefined && Number.isInteger(event.n) && event.n >= 1 && event.n <= MOST ? event.n : undefined

/** Fills in the numbers that damaged events can't say: counted from the neighbour before, else from the one behind. */
const numbersOf = (said: readonly (number | undefined)[]): (number | undefined)[] => {
  const numbers = [...said]
  for (let i = 1; i < numbers.length; i++) numbers[i] ??= after(numbers[i - 1], 1)
  for (let i = numbers.length - 2; i >= 0; i--) numbers[i] ??= after(numbers[i + 1], -1)
  return numbers
}

const after = (n: number | undefined, step: number): number | undefined => (n === undefined ? undefined : n + step)
