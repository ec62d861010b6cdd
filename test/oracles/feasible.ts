/**
 * Whether a schedule keeps every promise of its problem, written as plainly as can be and without a line of the solver: one
 * sentence for every promise that is broken.
 */
import type {
  OperationInput,
  Schedule,
  ScheduledOperation,
  ScheduleProblem
} from '#activities/schedule/solver/problem.ts'

export const broken = (problem: ScheduleProblem, schedule: Schedule): string[] => [
  ...placed(problem, schedule),
  ...inOrder(problem, schedule),
  ...oneAtATime(problem, schedule),
  ...enoughTools(problem, schedule),
  ...summedUp(problem, schedule)
]

const byId = new WeakMap<ScheduleProblem, ReadonlyMap<string, OperationInput>>()

const operationOf = (problem: ScheduleProblem, id: string): OperationInput => {
  const operations = byId.get(problem) ?? new Map(problem.operations.map(operation => [operation.id, operation]))
  byId.set(problem, operations)
  const found = operations.get(id)
  if (!found) throw new Error(`${id} was never asked for`)
  return found
}

const stationOf = (problem: ScheduleProblem, name: string) => {
  const found = problem.stations.find(station => station.station === name)
  if (!found) throw new Error(`${name} is no station`)
  return found
}

/** Minutes of an interval in which the station is open. Intervals of the tests don't overlap. */
const open = (problem: ScheduleProblem, station: string, from: number, to: number): number =>
  (stationOf(problem, station).open ?? [[from, to] as const]).reduce(
    (sum, [a, b]) => sum + Math.max(0, Math.min(b, to) - Math.max(a, from)),
    0
  )

/** Each at a station of its own, for its minutes, while it is open, not before its time; the locked ones where they were. */
const placed = (problem: ScheduleProblem, { operations }: Schedule): string[] =>
  operations.flatMap(one => {
    const asked = operationOf(problem, one.id)
    const choices = asked.stations.filter(({ station }) => station === one.station)
    const earliest = Math.max(problem.now, problem.fence ?? problem.now, asked.release ?? problem.now)
    const shares = one.batch !== undefined
    const minutes = open(problem, one.station, one.start, one.end)
    const faults: string[] = []
    if (choices.length === 0) faults.push(`${one.id} is at ${one.station}, where it cannot be done`)
    if (asked.locked) {
      if (asked.locked.station !== one.station || asked.locked.start !== one.start) faults.push(`${one.id} was moved`)
      return faults
    }
    if (one.start < earliest) faults.push(`${one.id} begins at ${one.start}, before ${earliest}`)
    const fits = choices.some(choice =>
      shares ? minutes >= one.setupMinutes + choice.minutes : minutes === one.setupMinutes + choice.minutes
    )
    if (!fits) faults.push(`${one.id} has ${minutes} open minutes`)
    if (one.end > one.start && open(problem, one.station, one.start, one.start + 1) === 0)
      faults.push(`${one.id} begins while ${one.station} is closed`)
    if (asked.overBreaks === 'fit' && minutes !== one.end - one.start) faults.push(`${one.id} was broken off`)
    return faults
  })

const inOrder = (problem: ScheduleProblem, { operations }: Schedule): string[] => {
  const made = new Map(operations.map(one => [one.id, one]))
  return operations.flatMap(one => {
    const { predecessors = [], locked } = operationOf(problem, one.id)
    if (locked) return []
    return predecessors.flatMap(id => {
      const before = made.get(id)
      if (!before) return problem.operations.some(operation => operation.id === id) ? [`${one.id} without ${id}`] : []
      return before.end <= one.start ? [] : [`${one.id} begins before ${id} ends`]
    })
  })
}

/** One at a time, or a furnace run of one key within its room; between two families at least the set-up. */
const oneAtATime = (problem: ScheduleProblem, { operations }: Schedule): string[] =>
  problem.stations.flatMap(({ station, family, batchCapacity = 0 }) => {
    const here = operations
      .filter(one => one.station === station)
      .sort(
        (a, b) =>
          a.start - b.start || a.end - b.end || (a.batch ?? 0) - (b.batch ?? 0) || b.setupMinutes - a.setupMinutes
      )
    const faults: string[] = []
    let standing = family
    for (const [k, one] of here.entries()) {
      const previous = here[k - 1]
      const together = previous?.batch !== undefined && previous.batch === one.batch
      if (previous && !together && previous.end > one.start && !(isLocked(problem, one) && isLocked(problem, previous)))
        faults.push(`${one.id} begins at ${station} before ${previous.id} ends`)
      if (together) {
        const mates = here.filter(other => other.batch === one.batch).map(other => operationOf(problem, other.id))
        if (mates.reduce((sum, mate) => sum + (mate.batch?.size ?? 0), 0) > batchCapacity)
          faults.push(`${station} is too full`)
        if (new Set(mates.map(mate => mate.batch?.key)).size > 1)
          faults.push(`${station} holds what does not belong together`)
      }
      const wanted = operationOf(problem, one.id).family
      if (wanted === undefined) continue
      if (!(isLocked(problem, one) || together)) {
        const needed = setupOf(problem, station, standing, wanted)
        if (one.setupMinutes !== needed) faults.push(`${one.id} was set up in ${one.setupMinutes}, not in ${needed}`)
      }
      standing = wanted
    }
    return faults
  })

const isLocked = (problem: ScheduleProblem, one: ScheduledOperation): boolean =>
  operationOf(problem, one.id).locked !== undefined

const setupOf = (problem: ScheduleProblem, station: string, from: string | undefined, to: string): number => {
  if (from === undefined) return 0
  const rows = (problem.setups ?? []).filter(row => row.from === from && row.to === to)
  const row = rows.findLast(one => one.station === station) ?? rows.findLast(one => one.station === undefined)
  return row?.minutes ?? 0
}

/** At no beginning are more of a tool in use than there are; locks that were given so are not the solver's doing. */
const enoughTools = (problem: ScheduleProblem, { operations }: Schedule): string[] =>
  (problem.tools ?? []).flatMap(({ tool, count }) => {
    const users = operations.filter(one => operationOf(problem, one.id).tools?.includes(tool))
    return users.flatMap(one => {
      const now = users.filter(other => other.start <= one.start && one.start < other.end)
      return now.length > count && now.some(other => !isLocked(problem, other))
        ? [`${tool} is used ${now.length} times`]
        : []
    })
  })

const summedUp = (problem: ScheduleProblem, schedule: Schedule): string[] => {
  const faults: string[] = []
  const ends = new Map<string, number>()
  for (const one of schedule.operations)
    ends.set(one.workOrder, Math.max(ends.get(one.workOrder) ?? -Infinity, one.end))
  let tardiness = 0
  const orders = Map.groupBy(problem.operations, operation => operation.workOrder)
  const tolds = new Map(schedule.workOrders.map(told => [told.workOrder, told]))
  for (const [workOrder, end] of ends) {
    const members = orders.get(workOrder) ?? []
    const due = Math.min(...members.map(member => member.due ?? Infinity))
    const weight = Math.max(...members.map(member => member.weight ?? -1))
    tardiness += Math.max(0, end - due) * (weight < 0 ? 1 : weight)
    const told = tolds.get(workOrder)
    if (told?.end !== end || told.lateMinutes !== Math.max(0, end - due)) faults.push(`${workOrder} ends at ${end}`)
    if (told && told.lateMinutes > 0 && !told.cause) faults.push(`${workOrder} is late without a cause`)
  }
  const setup = schedule.operations.reduce((sum, one) => sum + one.setupMinutes, 0)
  const makespan = Math.max(0, ...schedule.operations.map(one => one.end - problem.now))
  if (Math.abs(schedule.weightedTardiness - tardiness) > 1e-6) faults.push(`the weighted tardiness is ${tardiness}`)
  if (Math.abs(schedule.setupMinutes - setup) > 1e-6) faults.push(`the set-ups take ${setup}`)
  if (schedule.makespan !== makespan) faults.push(`the makespan is ${makespan}`)
  return faults
}
