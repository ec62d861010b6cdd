/** A checked problem as numbers and typed arrays: what the generation of a schedule and the search walk over, thousands of times. */
import { type Checked, check, once } from './checks.ts'
import { at, atTime, type Ints, item } from './numbers.ts'
import { endAfter, nextOpen, type Opening, openingOf } from './opening.ts'
import type { OperationInput, ScheduleFault, ScheduleProblem } from './problem.ts'

/** Something that one operation has at a time: a station, or one piece of a tool. Stations come first. */
export type Lanes = {
  readonly count: number
  /** Locked operations on each lane, by their start: `lockFrom[lane]` up to `lockFrom[lane + 1]`. */
  readonly lockFrom: Ints
  readonly lockStart: Float64Array
  readonly lockEnd: Float64Array
  /** The family that a locked operation leaves behind. */
  readonly lockFamily: Ints
}

export type Model = {
  readonly problem: ScheduleProblem
  readonly faults: ScheduleFault[]
  readonly operations: readonly OperationInput[]
  readonly stations: readonly string[]
  readonly opening: readonly (Opening | undefined)[]
  /** Room in a furnace; 0 for a station that takes one at a time. */
  readonly capacity: Float64Array
  readonly count: number
  readonly choiceFrom: Ints
  readonly choiceStation: Ints
  readonly choiceMinutes: Float64Array
  readonly beforeFrom: Ints
  readonly before: Ints
  readonly afterFrom: Ints
  readonly after: Ints
  /** The earliest start, with `now` and the fence in it. */
  readonly release: Float64Array
  /** 0 for an operation that needs no set-up and leaves none. */
  readonly family: Ints
  readonly firstFamily: Ints
  readonly families: number
  /** Minutes by station, then by from, then by to. Stations without rows of their own share the first table. */
  readonly setups: readonly Float64Array[]
  readonly batch: Ints
  readonly size: Float64Array
  readonly fit: Uint8Array
  readonly locked: Uint8Array
  readonly lockStart: Float64Array
  readonly lockEnd: Float64Array
  /** Kinds of tool that each operation needs, and the lanes of each kind. */
  readonly toolFrom: Ints
  readonly tool: Ints
  readonly tools: readonly string[]
  readonly pieceFrom: Ints
  readonly lanes: Lanes
  readonly workOrder: Ints
  readonly workOrders: readonly string[]
  readonly due: Float64Array
  readonly weight: Float64Array
  /** Operations in an order that respects predecessors. */
  readonly topological: Ints
  readonly plannedStation: Ints
  readonly plannedStart: Float64Array
}

export const modelOf = (problem: ScheduleProblem): Model => {
  const checked = check(problem)
  const { operations, faults } = checked
  const stations = checked.stations.map(({ station }) => station)
  const stationNumber = numbering(stations)
  const opening = checked.stations.map(({ open }) => (open ? openingOf(open) : undefined))
  const choices = operations.flatMap(operation => operation.stations)
  const links = linksOf(operations)
  const orders = workOrdersOf(operations)
  const setups = setupsOf(checked, stationNumber)
  const earliest = Math.max(problem.now, problem.fence ?? problem.now)
  const locks = operations.map(operation => lockOf(operation, problem.now, opening, stationNumber))
  return {
    problem,
    faults,
    operations,
    stations,
    opening,
    capacity: Float64Array.from(checked.stations, ({ batchCapacity = 0 }) => Math.max(0, batchCapacity)),
    count: operations.length,
    choiceFrom: offsets(operations.map(operation => operation.stations.length)),
    choiceStation: Int32Array.from(choices, ({ station }) => stationNumber.get(station) ?? 0),
    choiceMinutes: Float64Array.from(choices, ({ minutes }) => minutes),
    ...links,
    release: Float64Array.from(operations, ({ release = earliest }) => Math.max(earliest, release)),
    ...setups,
    batch: batchesOf(operations),
    size: Float64Array.from(operations, ({ batch }) => batch?.size ?? 0),
    fit: Uint8Array.from(operations, ({ overBreaks }) => (overBreaks === 'fit' ? 1 : 0)),
    locked: Uint8Array.from(locks, lock => (lock ? 1 : 0)),
    lockStart: Float64Array.from(locks, lock => lock?.start ?? 0),
    lockEnd: Float64Array.from(locks, lock => lock?.end ?? 0),
    ...lanesOf(checked, stationNumber, locks, setups.family),
    ...orders,
    topological: topologicalOf(operations.length, links),
    plannedStation: Int32Array.from(operations, ({ planned }) =>
      planned ? (stationNumber.get(planned.station) ?? -2) : -1
    ),
    plannedStart: Float64Array.from(operations, ({ planned }) => planned?.start ?? 0)
  }
}

/** Set-up minutes on a station from one family to another; 0 is no family. */
export const setupMinutes = (model: Model, station: number, from: number, to: number): number => {
  const table = item(model.setups, station)
  return atTime(table, from * model.families + to)
}

const numbering = (names: readonly string[]): Map<string, number> =>
  new Map(names.map((name, number) => [name, number]))

const offsets = (sizes: readonly number[]): Ints => {
  const from = new Int32Array(sizes.length + 1)
  sizes.forEach((size, k) => {
    from[k + 1] = at(from, k) + size
  })
  return from
}

const linksOf = (
  operations: readonly OperationInput[]
): Pick<Model, 'beforeFrom' | 'before' | 'afterFrom' | 'after'> => {
  const numbers = numbering(operations.map(({ id }) => id))
  const before = operations.map(({ predecessors = [] }) => once(predecessors).flatMap(id => numbers.get(id) ?? []))
  const after: number[][] = operations.map(() => [])
  before.forEach((list, i) => {
    for (const one of list) after[one]?.push(i)
  })
  return {
    beforeFrom: offsets(before.map(list => list.length)),
    before: Int32Array.from(before.flat()),
    afterFrom: offsets(after.map(list => list.length)),
    after: Int32Array.from(after.flat())
  }
}

const topologicalOf = (count: number, { beforeFrom, afterFrom, after }: ReturnType<typeof linksOf>): Ints => {
  const order = new Int32Array(count)
  const waiting = new Int32Array(count)
  let size = 0
  for (let i = 0; i < count; i++) {
    waiting[i] = at(beforeFrom, i + 1) - at(beforeFrom, i)
    if (waiting[i] === 0) order[size++] = i
  }
  for (let k = 0; k < size; k++) {
    const i = at(order, k)
    for (let a = at(afterFrom, i); a < at(afterFrom, i + 1); a++) {
      const next = at(after, a)
      waiting[next] = at(waiting, next) - 1
      if (waiting[next] === 0) order[size++] = next
    }
  }
  return order
}

const workOrdersOf = (
  operations: readonly OperationInput[]
): Pick<Model, 'workOrder' | 'workOrders' | 'due' | 'weight'> => {
  const workOrders = [...new Set(operations.map(({ workOrder }) => workOrder))]
  const numbers = numbering(workOrders)
  const due = new Float64Array(workOrders.length).fill(Number.POSITIVE_INFINITY)
  const weight = new Float64Array(workOrders.length).fill(-1)
  const workOrder = Int32Array.from(operations, operation => numbers.get(operation.workOrder) ?? 0)
  operations.forEach((operation, i) => {
    const order = at(workOrder, i)
    if (operation.due !== undefined) due[order] = Math.min(atTime(due, order), operation.due)
    if (operation.weight !== undefined) weight[order] = Math.max(atTime(weight, order), operation.weight)
  })
  return { workOrder, workOrders, due, weight: weight.map(given => (given < 0 ? 1 : given)) }
}

const setupsOf = (
  { operations, setups, stations }: Checked,
  stationNumber: ReadonlyMap<string, number>
): Pick<Model, 'family' | 'families' | 'firstFamily' | 'setups'> => {
  // A family that no row names never costs anything, but still changes what the station is set up for.
  const names = [...new Set(setups.flatMap(({ from, to }) => [from, to]))]
  const numbers = new Map(names.map((name, k) => [name, k + 2]))
  const families = names.length + 2
  const numberOf = (family: string | undefined): number => (family === undefined ? 0 : (numbers.get(family) ?? 1))
  const shared = new Float64Array(families * families)
  const write = (table: Float64Array, rows: Checked['setups']): void => {
    for (const { from, to, minutes } of rows) table[numberOf(from) * families + numberOf(to)] = minutes
  }
  write(
    shared,
    setups.filter(({ station }) => station === undefined)
  )
  const tables = stations.map(() => shared)
  const own = Map.groupBy(
    setups.filter(({ station }) => station !== undefined),
    ({ station }) => station
  )
  for (const [station, rows] of own) {
    const number = stationNumber.get(station ?? '')
    if (number === undefined) continue
    const table = shared.slice()
    write(table, rows)
    tables[number] = table
  }
  return {
    family: Int32Array.from(operations, ({ family }) => numberOf(family)),
    firstFamily: Int32Array.from(stations, ({ family }) => numberOf(family)),
    families,
    setups: tables
  }
}

const batchesOf = (operations: readonly OperationInput[]): Ints => {
  const keys = numbering([...new Set(operations.flatMap(({ batch }) => (batch ? [batch.key] : [])))])
  return Int32Array.from(operations, ({ batch }) => (batch ? (keys.get(batch.key) ?? 0) + 1 : 0))
}

type Lock = { readonly start: number; readonly end: number; readonly station: number }

/** A locked operation begins when it was told to; its minutes run while the station is open. */
const lockOf = (
  operation: OperationInput,
  now: number,
  opening: readonly (Opening | undefined)[],
  stationNumber: ReadonlyMap<string, number>
): Lock | undefined => {
  const { locked, remaining, stations } = operation
  if (!locked) return
  const station = stationNumber.get(locked.station) ?? 0
  const open = opening[station]
  const minutes = stations[0]?.minutes ?? 0
  const from = remaining === undefined ? locked.start : Math.max(now, locked.start)
  const begun = nextOpen(open, from)
  const end = endAfter(open, begun, remaining ?? minutes)
  // Where the calendar ends too soon, it stays for its bare minutes: it is there, whatever the calendar says.
  return { station, start: locked.start, end: Number.isFinite(end) ? end : from + (remaining ?? minutes) }
}

const lanesOf = (
  { operations, tools }: Checked,
  stationNumber: ReadonlyMap<string, number>,
  locks: readonly (Lock | undefined)[],
  family: Ints
): Pick<Model, 'toolFrom' | 'tool' | 'tools' | 'pieceFrom' | 'lanes'> => {
  const names = [...new Set(operations.flatMap(operation => operation.tools ?? []))]
  const numbers = numbering(names)
  const needs = operations.map(operation => [...new Set(operation.tools ?? [])].map(name => numbers.get(name) ?? 0))
  // More pieces than operations that want them are never needed.
  const wanted = names.map((_, kind) => needs.filter(list => list.includes(kind)).length)
  const pieces = offsets(names.map((name, kind) => Math.min(tools.get(name) ?? 0, item(wanted, kind))))
  const pieceFrom = pieces.map(piece => piece + stationNumber.size)
  const count = stationNumber.size + at(pieces, names.length)
  const perLane: (Lock & { family: number })[][] = Array.from({ length: count }, () => [])
  const byStart = operations
    .map((_, i) => i)
    .sort((a, b) => (locks[a]?.start ?? 0) - (locks[b]?.start ?? 0) || (locks[a]?.end ?? 0) - (locks[b]?.end ?? 0))
  for (const i of byStart) {
    const lock = locks[i]
    if (!lock) continue
    perLane[lock.station]?.push({ ...lock, family: at(family, i) })
    for (const kind of item(needs, i)) {
      const mine = Array.from(
        { length: at(pieceFrom, kind + 1) - at(pieceFrom, kind) },
        (_, k) => at(pieceFrom, kind) + k
      )
      const free = mine.find(lane => (perLane[lane]?.at(-1)?.end ?? Number.NEGATIVE_INFINITY) <= lock.start)
      perLane[free ?? mine[0] ?? 0]?.push({ ...lock, family: 0 })
    }
  }
  const all = perLane.flat()
  return {
    toolFrom: offsets(needs.map(list => list.length)),
    tool: Int32Array.from(needs.flat()),
    tools: names,
    pieceFrom,
    lanes: {
      count,
      lockFrom: offsets(perLane.map(list => list.length)),
      lockStart: Float64Array.from(all, ({ start }) => start),
      lockEnd: Float64Array.from(all, ({ end }) => end),
      lockFamily: Int32Array.from(all, lock => lock.family)
    }
  }
}
