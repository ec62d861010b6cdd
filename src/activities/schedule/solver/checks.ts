/**
 * What of a problem can be planned. Every operation, station, tool or row that cannot be taken as it is gets a fault that names
 * it; the rest goes on. Nothing is mended silently: a fault says what was left out.
 */
import type { OperationInput, ScheduleFault, ScheduleProblem, SetupInput, StationInput } from './problem.ts'

/** Ten years of minutes: longer is a slip of the pen. */
export const LONGEST = 5_256_000
/** Times are numbers of minutes; beyond this their sums would no longer be exact. */
const FARTHEST = 2 ** 50

export type Checked = {
  readonly stations: readonly StationInput[]
  readonly operations: readonly OperationInput[]
  readonly tools: ReadonlyMap<string, number>
  readonly setups: readonly SetupInput[]
  readonly faults: ScheduleFault[]
}

export const check = (problem: ScheduleProblem): Checked => {
  const faults: ScheduleFault[] = []
  const stations = stationsOf(problem, faults)
  const tools = new Map<string, number>()
  for (const { tool, count } of problem.tools ?? []) {
    if (Number.isInteger(count) && count >= 0) tools.set(tool, count)
    else faults.push({ code: 'tool-count', tool })
  }
  const setups = (problem.setups ?? []).filter(row => {
    if (fine(row.minutes)) return true
    faults.push({ code: 'setup-out-of-range', ...(row.station === undefined ? {} : { station: row.station }) })
    return false
  })
  const known = new Map(stations.map(station => [station.station, station]))
  const seen = new Set<string>()
  const kept: OperationInput[] = []
  for (const operation of problem.operations) {
    if (seen.has(operation.id)) {
      faults.push(faultOf('same-id', operation))
      continue
    }
    seen.add(operation.id)
    const checked = checkOperation(operation, known, tools, faults)
    if (checked) kept.push(checked)
  }
  return { stations, operations: connected(kept, seen, faults), tools, setups, faults }
}

const fine = (minutes: number): boolean => minutes >= 0 && minutes <= LONGEST

const possible = (time: number): boolean => Math.abs(time) <= FARTHEST

const faultOf = (code: ScheduleFault['code'], { id, workOrder }: OperationInput, more?: Partial<ScheduleFault>) => ({
  code,
  operation: id,
  workOrder,
  ...more
})

const stationsOf = (problem: ScheduleProblem, faults: ScheduleFault[]): StationInput[] => {
  const seen = new Set<string>()
  return problem.stations.flatMap(station => {
    const name = station.station
    if (seen.has(name)) {
      faults.push({ code: 'same-station', station: name })
      return []
    }
    seen.add(name)
    if (!station.open) return [station]
    const open = station.open.filter(([from, to]) => possible(from) && possible(to) && to > from)
    if (open.length < station.open.length) faults.push({ code: 'open-interval-out-of-range', station: name })
    // What ended before the plan begins is of no use, unless something is locked there.
    if (!open.some(([, to]) => to > problem.now)) faults.push({ code: 'no-open-time', station: name })
    return [{ ...station, open }]
  })
}

/** The operation with only the stations where it can be, or nothing when there is none. */
const checkOperation = (
  operation: OperationInput,
  known: ReadonlyMap<string, StationInput>,
  tools: ReadonlyMap<string, number>,
  faults: ScheduleFault[]
): OperationInput | undefined => {
  const say = (code: ScheduleFault['code'], more?: Partial<ScheduleFault>): void => {
    faults.push(faultOf(code, operation, more))
  }
  const { locked, state, remaining } = operation
  if (operation.stations.length === 0) return void say('no-station')
  if (state === 'started' && !locked) return void say('started-without-place')
  const stations = operation.stations.filter(({ station, minutes }) => {
    if (!known.has(station)) say('unknown-station', { station })
    else if (!fine(minutes)) say('minutes-out-of-range', { station })
    else return true
    return false
  })
  const fitting = stations.filter(choice => fits(operation, choice, known.get(choice.station)))
  if (stations.length > 0 && fitting.length === 0) say(whyNot(operation))
  if (locked && !stations.some(({ station }) => station === locked.station)) {
    if (!known.has(locked.station)) say('unknown-station', { station: locked.station })
    else if (stations.length > 0) say('no-station', { station: locked.station })
    return
  }
  const usable = locked ? stations.filter(({ station }) => station === locked.station).slice(0, 1) : fitting
  if (usable.length === 0) return
  for (const tool of operation.tools ?? []) {
    if (!tools.has(tool)) return void say('unknown-tool', { tool })
    if (tools.get(tool) === 0) return void say('tool-count', { tool })
  }
  if (locked && !possible(locked.start)) return void say('time-out-of-range')
  if (remaining !== undefined && !fine(remaining)) return void say('minutes-out-of-range')
  const dated = timely(operation, say)
  return usable.length === operation.stations.length ? dated : { ...dated, stations: usable }
}

/** Without the dates and weights that cannot be; the operation is planned as if nobody had given them. */
const timely = (operation: OperationInput, say: (code: ScheduleFault['code']) => void): OperationInput => {
  const { release, due, weight, ...rest } = operation
  const releases = release === undefined || possible(release)
  const dues = due === undefined || possible(due)
  if (!(releases && dues)) say('time-out-of-range')
  const weighs = weight === undefined || (weight >= 0 && weight <= 1e9)
  if (!weighs) say('weight-out-of-range')
  if (releases && dues && weighs) return operation
  return {
    ...rest,
    ...(release !== undefined && releases ? { release } : {}),
    ...(due !== undefined && dues ? { due } : {}),
    ...(weight !== undefined && weighs ? { weight } : {})
  }
}

const fits = (operation: OperationInput, choice: { minutes: number }, station: StationInput | undefined): boolean => {
  if (!station) return false
  if (station.batchCapacity !== undefined && operation.batch && !(operation.batch.size <= station.batchCapacity))
    return false
  if (operation.overBreaks !== 'fit' || !station.open) return !station.open || station.open.length > 0
  return station.open.some(([from, to]) => to - from >= choice.minutes)
}

const whyNot = ({ overBreaks, batch }: OperationInput): ScheduleFault['code'] =>
  batch ? 'too-big-for-batch' : overBreaks === 'fit' ? 'never-fits' : 'no-open-time'

const NONE: readonly string[] = []

/** The same without those that are there twice. */
export const once = (ids: readonly string[]): readonly string[] => (ids.length > 1 ? [...new Set(ids)] : ids)

/** Without unknown predecessors, without cycles, and without what hangs on something that is not planned. */
const connected = (
  operations: readonly OperationInput[],
  asked: ReadonlySet<string>,
  faults: ScheduleFault[]
): readonly OperationInput[] => {
  const known = new Map(operations.map(operation => [operation.id, operation]))
  const cleaned = operations.map(operation => {
    const { predecessors = NONE } = operation
    if (predecessors.every(id => asked.has(id))) return operation
    const unknown = predecessors.filter(id => !asked.has(id))
    for (const id of unknown) faults.push(faultOf('unknown-predecessor', operation, { operations: [id] }))
    return { ...operation, predecessors: predecessors.filter(id => asked.has(id)) }
  })
  const waiting = new Map(cleaned.map(({ id, predecessors = NONE }) => [id, once(predecessors).length]))
  const followers = new Map<string, string[]>()
  for (const { id, predecessors = NONE } of cleaned)
    for (const before of once(predecessors)) {
      const list = followers.get(before)
      if (list) list.push(id)
      else followers.set(before, [id])
    }
  const ready = [...waiting].filter(([, count]) => count === 0).map(([id]) => id)
  const reached = new Set<string>()
  for (let next = 0; next < ready.length; next++) {
    const id = ready[next] ?? ''
    reached.add(id)
    for (const follower of followers.get(id) ?? []) {
      const left = (waiting.get(follower) ?? 0) - 1
      waiting.set(follower, left)
      if (left === 0) ready.push(follower)
    }
  }
  const stuck = cleaned.filter(({ id }) => !reached.has(id))
  nameCycles(stuck, known, faults)
  return cleaned.filter(({ id }) => reached.has(id))
}

/** Each cycle once, in its order; what merely waits for a cycle, or for something left out, is named as that. */
const nameCycles = (
  stuck: readonly OperationInput[],
  known: ReadonlyMap<string, OperationInput>,
  faults: ScheduleFault[]
): void => {
  const among = new Map(stuck.map(operation => [operation.id, operation]))
  const walked = new Set<string>()
  const cyclic = new Set<string>()
  for (const { id } of stuck) {
    const path: string[] = []
    const places = new Map<string, number>()
    let here: string | undefined = id
    while (here !== undefined && !walked.has(here)) {
      walked.add(here)
      places.set(here, path.length)
      path.push(here)
      here = among.get(here)?.predecessors?.find(before => among.has(before))
    }
    const place = here === undefined ? undefined : places.get(here)
    if (place === undefined) continue
    const cycle = path.slice(place).reverse()
    for (const one of cycle) cyclic.add(one)
    faults.push({ code: 'predecessor-cycle', operation: cycle[0] ?? '', operations: cycle })
  }
  for (const operation of stuck) {
    if (cyclic.has(operation.id)) continue
    const missing = (operation.predecessors ?? []).filter(before => !known.has(before) || among.has(before))
    faults.push(faultOf('waits-for-unplanned', operation, { operations: missing }))
  }
}
