/** What our scheduler says of frePPLe's own orders, beside what frePPLe printed: where they overlap, how they are changed over, how late. */
import { schedule } from '#activities/schedule/solver/solve.ts'
import { broken } from './feasible.ts'
import {
  chainedProblem,
  freeProblem,
  lockedProblem,
  type Job,
  printedLateness,
  runMinutes,
  type Shop
} from './frepple-schedule.ts'
import { slotOfDate } from './frepple-xml.ts'

export type Check = { readonly title: string; readonly found: () => unknown; readonly expected: unknown }

/** A few hundred for a handful of jobs; with many, the rules do most of it. */
const movesFor = ({ jobs }: Shop): number => Math.max(8, Math.round(3000 / jobs.length))

/** `limits`: frePPLe kept to its limits, so that what it prints as late can be beaten. */
export const shopChecks = (shop: Shop, text: string, limits: boolean): readonly Check[] => {
  const single = shop.jobs.every(job => shop.stationsOf(job).length === 1)
  return [
    ...(single ? [placesCheck(shop), overlapCheck(shop, text)] : []),
    ...(shop.setups.length > 0 ? [changeCheck(shop)] : []),
    ...(limits ? [latenessCheck(shop)] : [])
  ]
}

const placesCheck = (shop: Shop): Check => ({
  title: 'ends each order when frePPLe does, from the beginning that frePPLe gives it',
  found: () =>
    schedule(lockedProblem(shop))
      .operations.map(({ id, end }) => `${id} ${end}`)
      .toSorted(),
  expected: shop.jobs.map(({ id, end }) => `${id} ${end}`).toSorted()
})

type Span = readonly [from: number, to: number]

/** Touching and overlapping ones as one. */
const joined = (spans: readonly Span[]): readonly Span[] => {
  const all: [number, number][] = []
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else all.push([from, to])
  }
  return all
}

const overlapCheck = (shop: Shop, text: string): Check => {
  const minute = (date = ''): number => (slotOfDate(date) - shop.today) * 15
  const resources = new Set(shop.jobs.map(({ load }) => load.resource))
  const printed = text.split('\n').flatMap((line): readonly [string, Span][] => {
    const [kind, what, said = '', when = ''] = line.split('\t')
    const resource = /^Resource '(.*)' has/.exec(said)?.[1] ?? ''
    const [from, to] = when.split(' / ')
    return kind === 'PROBLEM' && what === 'overload' && resources.has(resource)
      ? [[resource, [minute(from), minute(to)]]]
      : []
  })
  const spansOf = (all: readonly (readonly [string, Span])[]) =>
    [...resources].map(resource => [resource, joined(all.flatMap(([name, span]) => (name === resource ? [span] : [])))])
  return {
    title: 'sees where orders overlap on a resource',
    found: () => {
      const byId = new Map(shop.jobs.map(job => [job.id, job]))
      const pairs = schedule(lockedProblem(shop)).faults.flatMap(
        ({ operation = '', operations: [other = ''] = [] }) => {
          const [a, b] = [byId.get(operation), byId.get(other)]
          return a && b ? [[a, b] as const] : []
        }
      )
      return spansOf(pairs.map(([a, b]) => [a.load.resource, [Math.max(a.start, b.start), Math.min(a.end, b.end)]]))
    },
    expected: spansOf(printed)
  }
}

const changeCheck = (shop: Shop): Check => {
  const inOrder = shop.jobs.toSorted((a, b) => a.end - b.end)
  const line = ({ id, operation }: Job, minutes: number | undefined): string => `${id} ${operation.name}: ${minutes}`
  return {
    title: 'changes over as long as frePPLe, in its sequence',
    found: () => {
      const made = new Map(schedule(chainedProblem(shop)).operations.map(one => [one.id, one.setupMinutes]))
      return inOrder.map(job => line(job, made.get(job.id)))
    },
    expected: inOrder.map(job => line(job, job.end - job.start - runMinutes(job)))
  }
}

/** frePPLe works backwards from when it is wanted, ours forward from now: ours must never be later in all. */
const latenessCheck = (shop: Shop): Check => {
  const theirs = printedLateness(shop)
  return {
    title: `is late no longer than frePPLe in all, ${theirs} minutes`,
    found: () => {
      const problem = freeProblem(shop)
      const made = schedule(problem, { seed: 1, iterations: movesFor(shop) })
      const later = Math.max(0, made.weightedTardiness - theirs)
      return { faults: made.faults, broken: broken(problem, made), planned: made.operations.length, later }
    },
    expected: { faults: [], broken: [], planned: shop.jobs.length, later: 0 }
  }
}
