/**
 * Drives the engine: runs its effects against the stores and the office, and brings back what came of them. Everything it
 * touches is given, so that a test can run fifty tablets in one process with a clock of its own.
 */
import { ABREAST, aheadLine, BRISK, isTaken, type Sent, type Told } from './ahead.ts'
import type { Cursor } from './cursor.ts'
import {
  asleep,
  type Effect,
  knownTo,
  type Page,
  type Settlement,
  type State,
  step,
  type SyncEvent,
  type Why
} from './engine.ts'
import type { Answer, Exchange, Question, Timers } from './exchange.ts'
import { LIMITS, PROTOCOL, pullReply, type PushedEvent, pushReply, type PushReply } from './protocol.ts'

export type Batch = { readonly chain: string; readonly nMax: number; readonly events: readonly PushedEvent[] }
export type Queue = {
  /** The oldest unsent events of one chain, numbered without a hole: at most so many. */
  batch(most: number): Promise<Batch | undefined>
  settle(settlement: Settlement): Promise<void>
  witnessed(): Promise<{ readonly seq: number; readonly root: string } | undefined>
}
export type Shelf = { apply(page: Page): Promise<void> }

/** What a watcher of the sync sees; the words for people are made elsewhere. Times in ms since 1970. */
export type Status = {
  /** Undefined until something was asked. */
  readonly reachable: boolean | undefined
  /** When the office last answered in a way that counts. */
  readonly heard: number | undefined
  readonly denied: boolean
  /** The office was restored to before this tablet was enrolled. */
  readonly forgotten?: boolean
  /** The office took this tablet out of use: what it sends is kept there and does not count. */
  readonly revoked?: boolean
  /** Why the office takes nothing at the moment, in its own words; empty while it does, or while nothing of it is heard. */
  readonly said?: string
}

export type ClientPorts = {
  readonly office: Exchange
  readonly queue: Queue
  readonly shelf: Shelf
  readonly device: () => string
  readonly newId: () => string
  readonly now: () => number
  readonly random: () => number
  readonly timers: Timers
  readonly visible: () => boolean
  readonly onStatus: (status: Status) => void
  /** The office's clock minus ours in ms, and how far that may be off: half of the round trip. */
  readonly onClock: (offset: number, unsure: number) => void
}

export type Client = {
  start(from: { readonly cursor: Cursor; readonly epoch: string }): void
  stop(): void
  wake(why: 'hint' | 'resume'): void
  /** The office has reached this number: pull unless we have. */
  hint(seq: number): void
  status(): Status
  state(): State['at']
  cursor(): Cursor
}

const PULSE = { visible: 5_000, hidden: 60_000 }
/** With the page in view a silent office is asked again soon, so that the floor is back seconds after the Wi-Fi is. */
const PATIENCE = { visible: 3_000, hidden: 60_000 }
/** A question that the radio swallowed is asked again after so long: all is sent 11 s after the Wi-Fi is back. */
const DEADLINE = 4_000
/** So long fewer are sent after too many, milliseconds: whoever said it may have been somebody else. */
const FEW_MS = 60_000
/** A slow radio: bytes in a millisecond. */
const SLOWEST = 32

export const client = (ports: ClientPorts): Client => new Driver(ports)

class Driver implements Client {
  readonly #ports: ClientPorts
  readonly #ahead = aheadLine()
  /** The last batch was full, taken whole, and soon. */
  #brisk = false
  /** Where the log stood when this tablet began to fetch everything; 0 when it is not at that. */
  #built = 0
  #state: State = asleep
  #status: Status = { reachable: undefined, heard: undefined, denied: false }
  #cancel: () => void = () => undefined
  /** Answers to questions of an earlier life are dropped. */
  #life = 0
  /** A hint that comes while a push is out may be of that very push: it is looked at when all is done. */
  #hinted = 0
  /** How many events were called too many lately, and until when that is remembered. */
  #few = { most: LIMITS.pushMost as number, until: 0 }

  constructor(ports: ClientPorts) {
    this.#ports = ports
  }

  start = (from: { readonly cursor: Cursor; readonly epoch: string }): void => this.#tell({ event: 'start', ...from })
  stop = (): void => {
    this.#life += 1
    this.#brisk = false
    this.#built = 0
    this.#ahead.forget()
    this.#cancel()
    this.#tell({ event: 'stop' })
  }
  wake = (why: 'hint' | 'resume'): void => this.#tell({ event: 'wake', why })
  hint = (seq: number): void => {
    this.#hinted = Math.max(this.#hinted, seq)
    this.#heedHint()
  }
  status = (): Status => this.#status
  state = (): State['at'] => this.#state.at
  cursor = (): Cursor => this.#state.memory.cursor

  #tell(event: SyncEvent): void {
    const mode = this.#ports.visible() ? 'visible' : 'hidden'
    const odds = { dice: this.#ports.random(), pulse: PULSE[mode], patience: PATIENCE[mode] }
    const { state, effects } = step(this.#state, event, odds)
    this.#state = state
    for (const effect of effects) void this.#run(effect)
    if (event.event !== 'wake') this.#heedHint()
  }

  #heedHint(): void {
    if (this.#state.at !== 'idle') return
    const news = this.#hinted > knownTo(this.#state)
    // Once: a restored office may never reach that number.
    this.#hinted = 0
    if (news) this.wake('hint')
  }

  async #run(effect: Effect): Promise<void> {
    const life = this.#life
    const event = effect.do === 'wait' ? await this.#wait(effect.ms) : await this.#try(effect)
    if (event && life === this.#life) this.#tell(event)
  }

  #wait(ms: number): Promise<SyncEvent> {
    this.#cancel()
    return new Promise(done => {
      this.#cancel = this.#ports.timers.set(ms, () => done({ event: 'timer' }))
    })
  }

  #try(effect: Exclude<Effect, { do: 'wait' }>): Promise<SyncEvent> {
    switch (effect.do) {
      case 'push':
        return this.#push(effect.limit).catch(() => ({ event: 'lost', why: 'busy' }) as const)
      case 'pull':
        return this.#pull(effect.epoch, effect.after)
      case 'settle':
        return this.#ports.queue.settle(effect.settlement).then(stored, unstored)
      case 'apply':
        return this.#ports.shelf.apply(effect.page).then(stored, unstored)
    }
  }

  async #push(limit: number): Promise<SyncEvent> {
    const { queue, device } = this.#ports
    // Before the batch is read: a tablet that is enrolled anew in between must not send the old one's events as its own.
    const sender = device()
    const wide = this.#brisk ? ABREAST : 1
    const wished = this.#brisk ? Math.ceil((limit * LIMITS.pushMost) / LIMITS.pushEvents) : limit
    const most = this.#ports.now() < this.#few.until ? Math.min(wished, this.#few.most) : wished
    const waiting = await queue.batch(most * wide)
    if (!waiting) {
      await this.#ahead.drain()
      return { event: 'empty' }
    }
    const told = await this.#oneOf(waiting, sender, most, wide)
    const { events, answer, reply, took, asked } = told
    if (isTooMuch(answer) && events.length > 1) return this.#fewer(events.length)
    if (answer.answer !== 'ok') return this.#doubtful(answer)
    if (!reply) return this.#doubtful({ answer: 'unreachable' })
    const plain = isTaken(reply) && reply.epoch === this.#state.memory.epoch
    this.#brisk = plain && took < BRISK && events.length >= limit
    // Whatever is to be mended concerns what was sent behind it too: first hear what became of that.
    if (!plain && !(await this.#ahead.drain())) return this.#lost({ answer: 'unreachable' })
    this.#heard(asked, took, reply.time, told.guessed)
    return { event: 'pushed', chain: waiting.chain, reply }
  }

  /** The answer to the outbox's first events. What is waiting behind them goes out meanwhile. */
  async #oneOf(waiting: Batch, sender: string, most: number, wide: number) {
    const guess = await this.#ahead.take(sender, waiting.chain, waiting.events)
    const first = guess ?? (await this.#send(waiting, 0, sender, most))
    for (let at = first.events.length + this.#ahead.events(); this.#ahead.size() < wide - 1; ) {
      if (at >= waiting.events.length) break
      const next = await this.#send(waiting, at, sender, most)
      this.#ahead.add(next)
      at += next.events.length
    }
    const told = await first.answer
    // It came there before what it follows, or after a hole: now that its turn has come it is asked for itself.
    if (guess && told.reply && !isTaken(told.reply)) {
      if (!(await this.#ahead.drain())) return { ...first, ...SILENCE, guessed: true }
      const again = await this.#send(waiting, 0, sender, most)
      return { ...again, ...(await again.answer), guessed: false }
    }
    return { ...first, ...told, guessed: guess !== undefined }
  }

  /** Asks the office to take in what fits of a batch from `at` on. */
  async #send({ chain, nMax, events: all }: Batch, at: number, sender: string, most: number): Promise<Sent> {
    const { queue, newId, now } = this.#ports
    const id = newId()
    const { events, texts } = cut(all.slice(at, at + most))
    const witnessed = await queue.witnessed()
    const head = JSON.stringify({
      protocol: PROTOCOL,
      batch: id,
      device: sender,
      chain,
      epoch: this.#state.memory.epoch,
      nMax,
      ...(witnessed ? { witnessed } : {})
    })
    const body = `${head.slice(0, -1)},"events":[${texts.join(',')}]}`
    const asked = now()
    const answer = this.#ask({ method: 'POST', path: '/v1/push', body }).then(
      (answer): Told => ({
        answer,
        reply: answer.answer === 'ok' ? proven(answer.body, id, events) : undefined,
        took: now() - asked
      }),
      () => SILENCE
    )
    return { sender, chain, events, asked, answer }
  }

  /** No answer to go on with. If something behind it was swallowed, nobody knows what the office holds: that is silence. */
  async #doubtful(answer: Exclude<Answer, { answer: 'ok' }>): Promise<SyncEvent> {
    this.#brisk = false
    const answered = await this.#ahead.drain()
    return this.#lost(answered ? answer : { answer: 'unreachable' })
  }

  /** An office of another build takes fewer at once than we send, or something before it does. */
  async #fewer(than: number): Promise<SyncEvent> {
    this.#brisk = false
    const most = than > LIMITS.pushEvents ? LIMITS.pushEvents : Math.floor(than / 2)
    this.#few = { most, until: this.#ports.now() + FEW_MS }
    return (await this.#ahead.drain()) ? { event: 'lost', why: 'large' } : this.#lost({ answer: 'unreachable' })
  }

  /** Silence is said at once, and the same is asked again; see `exchange.ts`. */
  #ask(question: Question): Promise<Answer> {
    const bytes = typeof question.body === 'string' ? question.body.length : 0
    const deadline = DEADLINE + bytes / SLOWEST
    return this.#ports.office.ask({ ...question, deadline, silent: () => this.#see({ reachable: false }) })
  }

  async #pull(epoch: string, after: number): Promise<SyncEvent> {
    if (after === 0) this.#built = 0
    const built = this.#built > 0 ? `&built=${this.#built}` : ''
    const query = `epoch=${encodeURIComponent(epoch)}&after=${after}&limit=${LIMITS.pullRows}${built}`
    const asked = this.#ports.now()
    const answer = await this.#ask({ method: 'GET', path: `/v1/pull?${query}` })
    if (answer.answer !== 'ok') return this.#lost(answer)
    const reply = pullReply.safeParse(answer.body)
    if (!reply.success) return this.#lost({ answer: 'unreachable' })
    this.#heard(asked, this.#ports.now() - asked, reply.data.time)
    if (this.#status.revoked) this.#see({ revoked: false })
    if (after === 0) this.#built = reply.data.head
    if (!reply.data.more) this.#built = 0
    return { event: 'pulled', reply: reply.data }
  }

  /** What stood in a queue says nothing about clocks. */
  #heard(asked: number, took: number, time: number, queued = false): void {
    const { now, onClock } = this.#ports
    if (!queued) onClock(time - (asked + took / 2), took / 2)
    this.#see({ reachable: true, heard: now(), denied: false, forgotten: false, said: '' })
  }

  #lost(answer: Exclude<Answer, { answer: 'ok' }>): SyncEvent {
    const why = whyOf(answer)
    // An office that says no is there, but it is not news of it: "heard" stays.
    const code = answer.answer === 'no' ? answer.code : ''
    const forgotten = code === 'unknown-device' ? { forgotten: true } : {}
    // Only a pull that is answered takes it back: a push is taken in from a tablet out of use as well.
    const revoked = code === 'revoked-device' ? { revoked: true } : {}
    const denied = why === 'denied'
    const said = saidOf(answer)
    this.#see({ reachable: why !== 'unreachable' && !denied, denied, ...forgotten, ...revoked, said })
    const after = answer.answer === 'no' ? answer.after : undefined
    return { event: 'lost', why, ...(after === undefined ? {} : { after: Math.min(after, 60_000) }) }
  }

  #see(change: Partial<Status>): void {
    this.#status = { ...this.#status, ...change }
    this.#ports.onStatus(this.#status)
  }
}

const stored = (): SyncEvent => ({ event: 'stored' })
const unstored = (): SyncEvent => ({ event: 'unstored' })

const SILENCE: Told = { answer: { answer: 'unreachable' }, reply: undefined, took: 0 }
const utf8 = new TextEncoder()

/** As many of these as a request may hold, at least one, and each as it stands there. */
const cut = (all: readonly PushedEvent[]): { events: readonly PushedEvent[]; texts: readonly string[] } => {
  const texts = all.map(({ id, h, body, n }) => JSON.stringify({ id, h, body, n }))
  // Mostly all of them fit, and that is seen without counting bytes: no character takes more than three.
  const most = 3 * texts.reduce((sum, text) => sum + text.length + 1, 0)
  if (most <= LIMITS.pushBytes || utf8.encode(texts.join(',')).length <= LIMITS.pushBytes) return { events: all, texts }
  let bytes = 0
  const over = texts.findIndex((text, at) => {
    bytes += utf8.encode(text).length + 1
    return at > 0 && bytes > LIMITS.pushBytes
  })
  return over < 0 ? { events: all, texts } : { events: all.slice(0, over), texts: texts.slice(0, over) }
}

/** A 200 proves nothing by itself: it must name our batch and hold exactly one verdict for every event of it. */
const proven = (body: unknown, batch: string, events: readonly PushedEvent[]): PushReply | undefined => {
  const read = pushReply.safeParse(body)
  if (!read.success || read.data.batch !== batch) return undefined
  const judged = new Set(read.data.verdicts.map(one => one.id))
  const whole = judged.size === read.data.verdicts.length && judged.size === events.length
  return whole && events.every(event => judged.has(event.id)) ? read.data : undefined
}

const isTooMuch = (answer: Answer): boolean =>
  answer.answer === 'no' ? answer.status === 413 : answer.answer === 'unreachable' && answer.large === true

/** Why nothing is taken in, if that was said in words. */
const saidOf = (answer: Exclude<Answer, { answer: 'ok' }>): string => {
  if (answer.answer === 'unreachable') return answer.large ? TOO_MUCH : ''
  return answer.code === 'busy' ? `${answer.message} ${answer.hint ?? ''}`.trim() : ''
}
const TOO_MUCH = 'Something between here and the office refuses a record of this size. Tell the administrator.'

const whyOf = (answer: Exclude<Answer, { answer: 'ok' }>): Why => {
  if (answer.answer === 'unreachable') return 'unreachable'
  if (answer.code === 'wrong-epoch') return 'epoch'
  if (answer.status === 401 || answer.status === 403) return 'denied'
  return answer.status === 429 || answer.status === 502 || answer.status === 503 || answer.status === 504
    ? 'busy'
    : 'broken'
}
