/**
 * The sync engine: what a tablet does next, as a pure function. State and event in, state and effects out; it never
 * waits, reads a clock or throws dice. `client.ts` runs the effects and brings back what came of them as events.
 *
 *                      ┌────────────────────── timer, wake ───────────────────────┐
 *   asleep ──start──▶ pushing ──pushed──▶ settling ──stored──▶ pushing …          │
 *                      │  │ nothing left                                          │
 *                      │  └────────────▶ pulling ──pulled──▶ applying ──stored──▶ idle
 *                      └──lost──▶ waiting (backs off, then pushes again) ◀──lost──┘
 *
 * Invariants (research/sync.md 4.1), and who keeps them:
 *  I1 No loss. The engine never asks for an event to be deleted, whatever the answer: 401, 5xx, another epoch, a gap.
 *  I2 No duplicate. Events keep their ids through every repair; only a hole in the chain gives them new numbers.
 *  I3 No overwrite. The bytes of an answered event are never made again.
 *  I4 Gapless order. One push at a time, oldest first (`ahead.ts` may send the next early); `gap` goes back to the number
 *     that the office expects.
 *  I5 Prefix. Rows and cursor are one effect (`apply`); a page that does not begin at the cursor is dropped.
 *  I6 Causality. What the office knows is pulled only after it has answered for all that was sent before. So a view never
 *     holds an event that this tablet still folds over it: nothing is counted twice, not even after a crash.
 *  I7 Liveness. Every path ends in `idle` or `waiting`, and both set the timer. An event that the office can't digest is
 *     found by halving the batch and held here, in sight; the events behind it go on with a chain of their own.
 */
import { type Cursor, NOTHING } from './cursor.ts'
import type { PullReply, PushReply, Row, Verdict } from './protocol.ts'
import { LIMITS } from './protocol.ts'

export type Mark = {
  readonly id: string
  readonly state: 'acked' | 'flagged' | 'quarantined' | 'refused'
  readonly seq?: number
  readonly codes?: readonly string[]
}

/** `rechain` gives the unsent events, from the first one that stuck, a new chain; `hold` stays behind and is shown. */
export type Repair =
  | { readonly do: 'resend'; readonly chain: string; readonly from: number }
  | { readonly do: 'resend-since'; readonly seq: number }
  | { readonly do: 'rechain'; readonly from?: string }
  | { readonly do: 'hold-first' }

/** One transaction of the outbox. */
export type Settlement = {
  readonly marks: readonly Mark[]
  readonly epoch: string
  /** The office's clock when it answered; only that says how long ago something was taken in. */
  readonly time: number
  readonly witnessed?: { readonly seq: number; readonly root: string }
  readonly repair?: Repair
}

/** One transaction of the cache. `first` begins a rebuild, `last` ends it and drops what it did not bring again. */
export type Page = {
  readonly rows: readonly Row[]
  readonly cursor: Cursor
  readonly first: boolean
  readonly last: boolean
}

export type Effect =
  | { readonly do: 'push'; readonly limit: number }
  | { readonly do: 'settle'; readonly settlement: Settlement }
  | { readonly do: 'pull'; readonly epoch: string; readonly after: number }
  | { readonly do: 'apply'; readonly page: Page }
  | { readonly do: 'wait'; readonly ms: number }

/**
 * `unreachable`: nothing of ours answered. `busy`: try later. `denied`: who are you. `broken`: it could not do it. `large`: it takes
 * fewer events at once, and from now on fewer are sent.
 */
export type Why = 'unreachable' | 'busy' | 'denied' | 'broken' | 'epoch' | 'large'

export type SyncEvent =
  | { readonly event: 'start'; readonly cursor: Cursor; readonly epoch: string }
  | { readonly event: 'stop' }
  /** `hint`: there may be something to do. `resume`: the network or the page came back. */
  | { readonly event: 'wake'; readonly why: 'hint' | 'resume' }
  | { readonly event: 'timer' }
  | { readonly event: 'empty' }
  | { readonly event: 'pushed'; readonly chain: string; readonly reply: PushReply }
  | { readonly event: 'pulled'; readonly reply: PullReply }
  | { readonly event: 'lost'; readonly why: Why; readonly after?: number }
  | { readonly event: 'stored' }
  | { readonly event: 'unstored' }

type Memory = {
  readonly cursor: Cursor
  /** The office's epoch at its last answer; '' before the first. */
  readonly epoch: string
  readonly limit: number
  /** Exchanges in a row that came to nothing. */
  readonly tries: number
  /** Times in a row that a push broke while a pull went well: then the events are to blame, not the office. */
  readonly blame: number
  /** Something happened while busy: one more round. */
  readonly again: boolean
  /** The last gap that was reported, to notice that sending again did not mend it. */
  readonly gap: string
  /** Beyond the cursor and up to here the office's log holds nothing but what this tablet sent. */
  readonly own: number
  /** The last push was all that is new, so there is nothing to pull; and how often in a row that was so. */
  readonly rest: boolean
  readonly rests: number
}

type Next = { readonly to: 'push' } | { readonly to: 'pull' } | { readonly to: 'wait'; readonly ms: number }

export type State = { readonly memory: Memory } & (
  | { readonly at: 'asleep' }
  | { readonly at: 'idle' }
  | { readonly at: 'pushing' }
  | { readonly at: 'waiting' }
  /** `epoch` is believed once the repair that it asks for is on the disk, not before. */
  | { readonly at: 'settling'; readonly next: Next; readonly epoch: string }
  | { readonly at: 'pulling'; readonly suspect: boolean }
  | { readonly at: 'applying'; readonly suspect: boolean; readonly cursor: Cursor; readonly more: boolean }
)

/** Given from outside: dice 0…1, the pause between rounds, and the longest pause after silence; both in ms. */
export type Odds = { readonly dice: number; readonly pulse: number; readonly patience: number }
export type Step = { readonly state: State; readonly effects: readonly Effect[] }

type At = State['at']
type Name = SyncEvent['event']
type In<A extends At> = Extract<State, { at: A }>
type Of<N extends Name> = Extract<SyncEvent, { event: N }>
type Cell<A extends At, N extends Name> = (state: In<A>, event: Of<N>, odds: Odds) => Step
type Table = { readonly [A in At]: { readonly [N in Name]: Cell<A, N> } }

export const asleep: State = {
  at: 'asleep',
  memory: {
    cursor: NOTHING,
    epoch: '',
    limit: LIMITS.pushEvents,
    tries: 0,
    blame: 0,
    again: false,
    gap: '',
    own: 0,
    rest: false,
    rests: 0
  }
}

/** Everything up to this number is known here: pulled, or sent from here. */
export const knownTo = ({ memory: { cursor, own } }: State): number => Math.max(cursor.seq, own)

export const step = (state: State, event: SyncEvent, odds: Odds): Step => {
  // The table is complete by type; only the pairing of the two indexes is beyond the compiler.
  const cell = table[state.at][event.event] as (state: State, event: SyncEvent, odds: Odds) => Step
  return cell(state, event, odds)
}

const stay = (state: State): Step => ({ state, effects: [] })
const sleep = (state: State): Step => stay({ at: 'asleep', memory: state.memory })
const later = (state: State): Step => stay({ ...state, memory: { ...state.memory, again: true } })

const push = (memory: Memory): Step => ({
  state: { at: 'pushing', memory: { ...memory, again: false } },
  effects: [{ do: 'push', limit: memory.limit }]
})

const pull = (memory: Memory, suspect: boolean): Step => ({
  state: { at: 'pulling', memory: { ...memory, rest: false, rests: 0 }, suspect },
  effects: [{ do: 'pull', epoch: memory.cursor.epoch, after: memory.cursor.seq }]
})

const settle = (memory: Memory, settlement: Settlement, next: Next): Step => ({
  state: { at: 'settling', memory, next, epoch: settlement.epoch },
  effects: [{ do: 'settle', settlement }]
})

const wait = (memory: Memory, ms: number): Step => ({
  state: { at: 'waiting', memory },
  effects: [{ do: 'wait', ms: Math.ceil(ms) }]
})

/** Full jitter: anywhere up to 1, 2, 4 … s, so that fifty tablets don't come back in the same instant. */
const backOff = (memory: Memory, odds: Odds, longest: number, atLeast = 0): Step => {
  const most = Math.min(longest, 1000 * 2 ** Math.min(memory.tries, 16))
  return wait({ ...memory, tries: memory.tries + 1 }, Math.max(atLeast, 50 + most * odds.dice))
}

/** So often in a row own events may stay folded over what is known instead of being pulled. */
const RESTS = 16

const nothingLeft: Cell<'pushing', 'empty'> = ({ memory }, _, odds) => {
  if (!memory.rest || memory.rests >= RESTS) return pull(memory, false)
  if (memory.again) return push(memory)
  const rested: Memory = { ...memory, rest: false, rests: memory.rests + 1 }
  return { state: { at: 'idle', memory: rested }, effects: [{ do: 'wait', ms: odds.pulse }] }
}

const LONGEST = 60_000
/** A push may break this often before its batch is halved, and before one event alone is held. */
const HALVE_AFTER = 3
const HOLD_AFTER = 10

/** Whatever it was that did not answer, it is asked again soon; who needs a longer rest says so in `after`. */
const lost = (state: State, event: Of<'lost'>, odds: Odds): Step =>
  backOff(state.memory, odds, odds.patience, event.after)

const lostPush: Cell<'pushing', 'lost'> = (state, event, odds) => {
  // It did answer, so nothing is in doubt: hear the news first, and learn whether the office itself is well.
  if (event.why === 'large') return push(state.memory)
  if (event.why === 'broken' || event.why === 'epoch') return pull(state.memory, event.why === 'broken')
  return lost(state, event, odds)
}

const lostPull: Cell<'pulling', 'lost'> = (state, event, odds) =>
  event.why === 'epoch' && state.memory.cursor.seq > 0
    ? pull({ ...state.memory, cursor: NOTHING }, state.suspect)
    : lost(state, event, odds)

const pushed: Cell<'pushing', 'pushed'> = ({ memory: was }, { reply, chain }) => {
  const marks = reply.verdicts.flatMap(markOf)
  const moved = marks.length > 0
  // Also when nothing was taken: a hole in this chain says that the others may have holes as well.
  const { repair, gap } = otherEpoch(was, reply.epoch) ? sinceThe(0) : repairOf(was, reply.verdicts, chain)
  const rest = allOurs(was, reply)
  const memory: Memory = {
    ...was,
    gap,
    rest,
    own: rest ? reply.head : 0,
    tries: 0,
    blame: 0,
    limit: moved ? Math.min(LIMITS.pushEvents, was.limit * 2) : was.limit
  }
  const pauses = reply.verdicts.flatMap(one => (one.verdict === 'retry' ? [one.after] : []))
  const next: Next = pauses.length > 0 ? { to: 'wait', ms: Math.min(LONGEST, Math.max(50, ...pauses)) } : { to: 'push' }
  const witnessed = { seq: reply.head, root: reply.root }
  return settle(memory, { marks, epoch: reply.epoch, time: reply.time, witnessed, ...(repair ? { repair } : {}) }, next)
}

/** All were applied, and with them the log's numbers go on from what is known here to its head: nobody else wrote anything. */
const allOurs = (memory: Memory, { epoch, head, verdicts }: PushReply): boolean => {
  const known = Math.max(memory.cursor.seq, memory.own)
  return (
    memory.cursor.epoch === epoch &&
    verdicts.length > 0 &&
    head === known + verdicts.length &&
    verdicts.every(one => one.verdict === 'applied' && one.seq > known)
  )
}

const otherEpoch = (memory: Memory, epoch: string): boolean => memory.epoch !== '' && memory.epoch !== epoch

/** A restored office forgot something: send again all that it may have forgotten. */
const sinceThe = (seq: number) => ({ repair: { do: 'resend-since', seq } as Repair, gap: '' })

const markOf = (verdict: Verdict): readonly Mark[] => {
  const { id } = verdict
  switch (verdict.verdict) {
    case 'applied':
    case 'duplicate':
      return [{ id, state: 'acked', seq: verdict.seq }]
    case 'flagged':
      return [{ id, state: 'flagged', seq: verdict.seq, codes: verdict.codes }]
    case 'quarantined':
    case 'refused':
      return [{ id, state: verdict.verdict, codes: [verdict.code] }]
    default:
      return []
  }
}

const repairOf = (
  memory: Memory,
  verdicts: readonly Verdict[],
  chain: string
): { readonly repair: Repair | undefined; readonly gap: string } => {
  const stuck = verdicts.find(one => one.verdict === 'fork' || one.verdict === 'gap')
  if (!stuck) return { repair: undefined, gap: '' }
  if (stuck.verdict !== 'gap') return { repair: { do: 'rechain', from: stuck.id }, gap: '' }
  const gap = `${chain}/${stuck.expect}`
  // Sending from there did not mend it: that number can't be given, so the rest goes on without it.
  if (gap === memory.gap) return { repair: { do: 'rechain', from: stuck.id }, gap: '' }
  return { repair: { do: 'resend', chain, from: stuck.expect }, gap }
}

const settled: Cell<'settling', 'stored'> = ({ memory: was, next, epoch }) => {
  const memory: Memory = { ...was, epoch }
  return next.to === 'push' ? push(memory) : next.to === 'pull' ? pull(memory, false) : wait(memory, next.ms)
}

const pulled: Cell<'pulling', 'pulled'> = (state, { reply }, odds) => {
  const { memory, suspect } = state
  const { cursor } = memory
  if (otherEpoch(memory, reply.epoch))
    return settle(
      { ...memory, cursor: NOTHING },
      { marks: [], epoch: reply.epoch, time: reply.time, repair: sinceThe(reply.common ?? 0).repair },
      { to: 'push' }
    )
  const changed = cursor.epoch !== reply.epoch || cursor.scopes.join('\n') !== reply.scopes.join('\n')
  if (cursor.seq > 0 && changed) return pull({ ...memory, cursor: NOTHING }, suspect)
  if (reply.from !== cursor.seq || reply.to < reply.from) return lost(state, { event: 'lost', why: 'busy' }, odds)
  const next: Cursor = { epoch: reply.epoch, seq: reply.to, scopes: reply.scopes }
  // A page that says "more" without going on would be asked for ever.
  const more = reply.more && reply.to > reply.from
  return {
    state: { at: 'applying', memory: { ...memory, epoch: reply.epoch, tries: 0 }, suspect, cursor: next, more },
    effects: [{ do: 'apply', page: { rows: reply.rows, cursor: next, first: cursor.epoch === '', last: !more } }]
  }
}

const applied: Cell<'applying', 'stored'> = (state, _, odds) => {
  const memory = { ...state.memory, cursor: state.cursor }
  if (state.more) return pull(memory, state.suspect)
  if (state.suspect) return accuse(memory, odds)
  if (memory.again) return push(memory)
  return { state: { at: 'idle', memory }, effects: [{ do: 'wait', ms: odds.pulse }] }
}

/** The office is well, yet it can't take this batch: halve it until one event is alone, then hold that one. */
const accuse = (memory: Memory, odds: Odds): Step => {
  const blame = memory.blame + 1
  if (blame >= HOLD_AFTER && memory.limit === 1) {
    const settlement: Settlement = { marks: [], epoch: memory.epoch, time: 0, repair: { do: 'hold-first' } }
    return settle({ ...memory, blame: 0, limit: LIMITS.pushEvents }, settlement, { to: 'push' })
  }
  const limit = blame >= HALVE_AFTER ? Math.max(1, Math.floor(memory.limit / 2)) : memory.limit
  return backOff({ ...memory, blame, limit, tries: Math.min(blame, 4) }, odds, LONGEST)
}

/** The disk would not write: nothing is lost, the same question gives the same answer later. */
/** However long the office was silent before: it is the disk that is asked again, and it is near. */
const unstored = (state: State, _: SyncEvent, odds: Odds): Step => backOff(state.memory, odds, odds.patience)

const start: Cell<'asleep', 'start'> = (state, { cursor, epoch }) =>
  push({ ...state.memory, cursor, epoch, own: 0, rest: false, rests: 0 })

/** Answers that come too late, to a question that is not open any more, change nothing. */
const deaf = { empty: stay, pushed: stay, pulled: stay, lost: stay, stored: stay, unstored: stay } as const

const table: Table = {
  asleep: { ...deaf, start, stop: stay, wake: stay, timer: stay },
  idle: { ...deaf, start: stay, stop: sleep, wake: state => push(state.memory), timer: state => push(state.memory) },
  pushing: {
    ...deaf,
    start: stay,
    stop: sleep,
    wake: later,
    timer: stay,
    empty: nothingLeft,
    pushed,
    lost: lostPush
  },
  settling: { ...deaf, start: stay, stop: sleep, wake: later, timer: stay, stored: settled, unstored },
  pulling: { ...deaf, start: stay, stop: sleep, wake: later, timer: stay, pulled, lost: lostPull },
  applying: { ...deaf, start: stay, stop: sleep, wake: later, timer: stay, stored: applied, unstored },
  waiting: {
    ...deaf,
    start: stay,
    stop: sleep,
    timer: state => push(state.memory),
    // A commit does not cut a pause short, or a busy person would hammer an office that is down.
    wake: (state, event) => (event.why === 'resume' ? push({ ...state.memory, tries: 0 }) : stay(state))
  }
}
