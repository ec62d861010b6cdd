/**
 * What the wall shows, from what is known and when. Pure: the same views and the same clock give the same board.
 * Nothing is shown as fresh that is not: a cell whose tablet was not heard says so, whatever is known of its job.
 */
import type { OperationSummary, WorkOrder } from '#activities/orders/projection.ts'
import { jobKey, jobView, runningMinutes, workOrderView } from '#activities/orders/projection.ts'
import { inspectionKey, inspectionView } from '#activities/quality/projection.ts'
import type { Known } from '#kernel/decision.ts'
import { age, clock } from '#kernel/time.ts'
import {
  type AndonCall,
  andonView,
  lineView,
  personView,
  reasonView,
  siteView,
  stationView
} from '#plant/projection.ts'

/** The five levels of `ui`, which this pure file does not import. */
export type Level = 'normal' | 'off' | 'info' | 'attention' | 'stop'

export type Presence = {
  /** Undefined where nobody tells (a desk): then a cell is as fresh as the office's own word. */
  readonly stations: Readonly<Record<string, { readonly ago: number; readonly waiting: number }>> | undefined
  /** When the last hint came, milliseconds since 1970; 0 before the first. */
  readonly heard: number
}

export type Cell = {
  readonly station: string
  readonly name: string
  readonly line: string
  readonly level: Level
  /** At most eight characters, so that it fits beside its shape. */
  readonly word: string
  /** 'good/target', a time, or '–'. */
  readonly number: string
  readonly waitingWhy?: string
  /** A STOP that nobody has answered yet. */
  readonly blink: boolean
}

export type LineScore = { readonly line: string; readonly name: string; readonly good: number; readonly target: number }
export type Page = { readonly lines: readonly LineScore[]; readonly cells: readonly Cell[] }
export type Foot = { readonly level: Level; readonly text: string }

export type Board = {
  readonly pages: readonly Page[]
  readonly foot: Foot
  /** `lost` is a whole board that must not be believed; `silentFor` in milliseconds. */
  readonly freshness: 'live' | 'silent' | 'lost'
  readonly silentFor: number
}

/** Milliseconds without a message after which a cell, and then the board, is not to be believed. */
export const SILENT = 10_000
export const LOST = 30_000
/** Milliseconds that a page stays. */
export const PAGE_TIME = 15_000
/** A hold is nobody's to answer, so it blinks for as long as it takes to be seen. */
const HOLD_BLINKS = 120_000

type Station = { readonly station: string; readonly name: string; readonly line: string; readonly order: number }
type Job = { readonly order: WorkOrder; readonly op: OperationSummary }

export const boardOf = (known: Known, presence: Presence | undefined, now: number, perPage = 8): Board => {
  const silentFor = presence && presence.heard > 0 ? Math.max(0, now - presence.heard) : Number.POSITIVE_INFINITY
  const stations = known
    .list(stationView)
    .map(([, station]) => station)
    .sort((a, b) => a.order - b.order || (a.station < b.station ? -1 : 1))
  const jobs = jobsOf(known)
  const calls = known
    .list(andonView)
    .map(([, call]) => call)
    .filter(call => call.state !== 'closed')
  const cells = stations.map(station => cellOf(known, station, jobs, calls, presence, now))
  return {
    pages: pagesOf(cells, perPage, line => scoreOf(known, line, jobs, now)),
    foot: footOf(known, jobs, calls, now),
    freshness: silentFor > LOST ? 'lost' : silentFor > SILENT ? 'silent' : 'live',
    silentFor
  }
}

/** The page to show: each in turn; while something is stopped, only the pages where it is. */
export const pageAt = (pages: readonly Page[], now: number): number => {
  const stopped = pages.flatMap((page, i) => (page.cells.some(cell => cell.level === 'stop') ? [i] : []))
  const turn = stopped.length > 0 ? stopped : pages.map((_, i) => i)
  return turn[Math.floor(now / PAGE_TIME) % Math.max(1, turn.length)] ?? 0
}

const pagesOf = (cells: readonly Cell[], perPage: number, score: (line: string) => LineScore): readonly Page[] => {
  const lines = [...new Set(cells.map(cell => cell.line))]
  if (cells.length <= perPage) return [{ lines: lines.map(score), cells }]
  return lines.flatMap(line => {
    const own = cells.filter(cell => cell.line === line)
    return Array.from({ length: Math.ceil(own.length / perPage) }, (_, i) => ({
      lines: [score(line)],
      cells: own.slice(i * perPage, (i + 1) * perPage)
    }))
  })
}

const jobsOf = (known: Known): readonly Job[] =>
  known
    .list(workOrderView)
    .map(([, order]) => order)
    .filter(order => order.state === 'released')
    .sort((a, b) => a.priority - b.priority || (a.due < b.due ? -1 : 1))
    .flatMap(order => order.operations.map(op => ({ order, op })))

/** An inspection that began without a station is at the first one where it may be done. */
const isAt = (op: OperationSummary, station: string): boolean => (op.station ?? op.stations[0]) === station

const since = (at: string | undefined, now: number): number =>
  at === undefined ? 0 : Math.max(0, now - Date.parse(at))

const cellOf = (
  known: Known,
  { station, name, line }: Station,
  jobs: readonly Job[],
  calls: readonly AndonCall[],
  presence: Presence | undefined,
  now: number
): Cell => {
  const cell = (
    level: Level,
    word: string,
    number: string,
    more: { waitingWhy?: string; blink?: boolean } = {}
  ): Cell => ({
    station,
    name,
    line,
    level,
    word: word.slice(0, 8),
    number,
    blink: more.blink ?? false,
    ...(more.waitingWhy ? { waitingWhy: more.waitingWhy } : {})
  })
  const serverSilent = !presence || presence.heard === 0 || now - presence.heard > SILENT
  if (serverSilent) return cell('off', 'NO DATA', '–')
  const own = jobs.filter(({ op }) => (op.state === 'running' || op.state === 'paused') && isAt(op, station))
  // What the office knows to be stopped stays on the wall even when the station's own tablet is silent.
  const call = worst(calls.filter(one => one.station === station))
  if (call && callFace[call.kind].level === 'stop')
    return cell('stop', callFace[call.kind].word, age(since(call.at, now)), { blink: call.state === 'open' })
  // A batch that was put aside under a hold does not stop the one that is worked on now.
  const works = own.some(({ order, op }) => op.state === 'running' && order.holds.length === 0)
  const held = own.find(({ order, op }) => order.holds.length > 0 && (op.state === 'running' || !works))
  if (held) {
    const hold = held.order.holds.reduce((a, b) => (a.at < b.at ? a : b))
    return cell('stop', 'HOLD', age(since(hold.at, now)), {
      blink: since(hold.at, now) < HOLD_BLINKS,
      waitingWhy: reasonName(known, 'hold', hold.reason)
    })
  }
  if (call) return cell(callFace[call.kind].level, callFace[call.kind].word, age(since(call.at, now)))
  const heard = presence.stations?.[station]
  const silent = presence.stations && (!heard || heard.ago + (now - presence.heard) > SILENT)
  if (silent) return cell('off', 'NO DATA', '–')
  const running = own.find(({ op }) => op.state === 'running')
  if (running) return runningCell(known, running, now, cell)
  const paused = own.find(({ op }) => op.state === 'paused')
  if (paused) return pausedCell(known, paused, now, cell)
  const next = jobs.find(
    ({ order, op }) =>
      op.state === 'waiting' && op.stations.includes(station) && order.holds.length === 0 && canStart(order, op)
  )
  return next ? cell('off', 'READY', share(0, next.order.quantity)) : cell('off', 'IDLE', '–')
}

type MakeCell = (level: Level, word: string, number: string, more?: { waitingWhy?: string }) => Cell

const runningCell = (known: Known, { order, op }: Job, now: number, cell: MakeCell): Cell => {
  const done = doneAt(known, order, op)
  if (today(known, now) > order.due) return cell('attention', 'LATE', share(done, order.quantity))
  if (done === 0) return cell('info', 'START', shortClock(since(op.since, now)))
  return cell('normal', 'RUN', share(done, order.quantity))
}

/** Why a paused station waits, by the reason's code; a plant's own codes are plain pauses. */
const pauseFaces: Readonly<Record<string, { readonly level: Level; readonly word: string }>> = {
  PARTS: { level: 'attention', word: 'PARTS' },
  MACHINE: { level: 'stop', word: 'STOPPED' },
  BREAK: { level: 'off', word: 'BREAK' },
  SHIFT: { level: 'off', word: 'SHIFT' },
  OTHER: { level: 'off', word: 'PAUSED' }
}

const pausedCell = (known: Known, { op }: Job, now: number, cell: MakeCell): Cell => {
  const { level, word } = pauseFaces[op.reason?.toUpperCase() ?? ''] ?? { level: 'attention', word: 'PAUSED' }
  return cell(
    level,
    word,
    age(since(op.since, now)),
    op.reason ? { waitingWhy: reasonName(known, 'pause', op.reason) } : {}
  )
}

const callFace = {
  machine: { level: 'stop', word: 'STOPPED' },
  quality: { level: 'attention', word: 'QUALITY' },
  parts: { level: 'attention', word: 'PARTS' },
  help: { level: 'attention', word: 'HELP' }
} as const satisfies Record<AndonCall['kind'], { level: Level; word: string }>

const callWords = { machine: 'Machine', quality: 'Quality', parts: 'Parts', help: 'Help' } as const

/** Stops before the rest, unanswered before answered, old before new. */
const worst = (calls: readonly AndonCall[]): AndonCall | undefined =>
  [...calls].sort((a, b) => rank(a) - rank(b) || (a.at < b.at ? -1 : 1))[0]

const rank = (call: AndonCall): number =>
  (callFace[call.kind].level === 'stop' ? 0 : 2) + (call.state === 'open' ? 0 : 1)

const canStart = (order: WorkOrder, op: OperationSummary): boolean =>
  order.operations.every(one => one.op >= op.op || one.state === 'done' || one.good > 0)

/** Pieces that left the operation; at an inspection that is still open, the pieces whose every check is filled. */
const doneAt = (known: Known, order: WorkOrder, op: OperationSummary): number => {
  if (op.checks === 0 || op.good > 0) return op.good
  const inspection = known.get(inspectionView, inspectionKey(order.workOrder, op.op))
  if (!inspection) return op.good
  return Object.values(inspection.verdicts).filter(checks => Object.keys(checks).length >= inspection.checks).length
}

/** Pieces of the jobs begun on a line, against what their run times say they should be by now. */
const scoreOf = (known: Known, line: string, jobs: readonly Job[], now: number): LineScore => {
  const stations = new Set(known.list(stationView).flatMap(([, one]) => (one.line === line ? [one.station] : [])))
  const begun = jobs.filter(
    ({ op }) => op.state !== 'waiting' && op.runMinutes > 0 && stations.has(op.station ?? op.stations[0] ?? '')
  )
  const sum = begun.reduce(
    (was, { order, op }) => {
      const job = known.get(jobView, jobKey(order.workOrder, op.op))
      const due = job ? Math.floor(runningMinutes(job, now) / op.runMinutes) : op.good
      return {
        good: was.good + op.good,
        target: was.target + Math.min(order.quantity, op.state === 'done' ? op.good : due)
      }
    },
    { good: 0, target: 0 }
  )
  return { line, name: known.get(lineView, line)?.name ?? line, ...sum }
}

const footOf = (known: Known, jobs: readonly Job[], calls: readonly AndonCall[], now: number): Foot => {
  // First names: the wall has room for one line.
  const who = (person: string) => known.get(personView, person)?.name.split(' ')[0] ?? person
  const call = worst(calls)
  const orders = [...new Set(jobs.map(({ order }) => order))]
  const holds = orders
    .flatMap(order => order.holds.map(hold => ({ order, hold })))
    .sort((a, b) => (a.hold.at < b.hold.at ? 1 : -1))
  const hold = holds[0]
  if (call && (callFace[call.kind].level === 'stop' || !hold)) {
    const on = call.answeredBy ? `${who(call.answeredBy)} is on it` : 'nobody yet'
    return { level: callFace[call.kind].level, text: `${call.station} ${call.note ?? callWords[call.kind]} · ${on}` }
  }
  if (!hold) return { level: 'normal', text: 'No call, no hold' }
  const more = holds.length > 1 ? ` · ${holds.length} holds` : ''
  const { order } = hold
  return {
    level: 'stop',
    text: `${order.label ?? order.workOrder} on hold: ${hold.hold.note || reasonName(known, 'hold', hold.hold.reason)} · ${who(hold.hold.person)}, ${age(since(hold.hold.at, now))}${more}`
  }
}

const reasonName = (known: Known, list: 'hold' | 'pause', code: string): string =>
  known.get(reasonView, `${list}/${code}`)?.name ?? code

/** Longer than this is shown without its target, so that the digits stay large enough to be read. */
const MOST_DIGITS = 9

const share = (good: number, target: number): string => {
  const both = `${good}/${target}`
  return both.length > MOST_DIGITS ? String(good) : both
}

const shortClock = (ms: number): string => (ms < 100 * 60_000 ? clock(ms) : age(ms))

/** The day at the plant, YYYY-MM-DD. */
const today = (known: Known, now: number): string => {
  const timeZone = known.list(siteView)[0]?.[1].timeZone ?? 'UTC'
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
}
