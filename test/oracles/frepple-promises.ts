/** When each demand is complete: by our plan, and by what frePPLe printed of its own. */
import { planOf } from '#activities/materials/planning/plan.ts'
import type { Plan } from '#activities/materials/planning/state.ts'
import { shortagesOf } from '#activities/materials/planning/shortages.ts'
import { waitsFor } from '#activities/materials/planning/trace-down.ts'
import { slotOfDate } from './frepple-xml.ts'
import type { Case } from './mrp-frepple-model.ts'

/** What of a case keeps the two from meaning the same by a promise; undefined when nothing does. */
export const noPromise = ({ problem, soft }: Case): string | undefined => {
  if (problem.demands.length === 0) return 'nobody is promised anything'
  if (soft) return 'waiting time after an operation gives way when it is late: ours does not'
  if (problem.items.some(({ leadTimePer = 0 }) => leadTimePer > 0))
    return 'an order is cut into pieces so that some come earlier: ours is one lot'
  if (problem.bom.some(({ from, to }) => from !== undefined || to !== undefined))
    return 'what is late is made of what is valid then: ours of what was valid when it was due'
  return undefined
}

/** When planned orders and demands can really be there, of those that wait for something. */
export const soonestOf = (plan: Plan) => {
  const [orders, demands] = [new Map<string, number>(), new Map<string, number>()]
  for (const { id } of plan.loaded.demands)
    for (const { supply, expected, depth } of waitsFor(plan, id)) {
      if (supply.kind === 'planned') orders.set(supply.order, expected)
      if (depth === 0) demands.set(id, Math.max(expected, demands.get(id) ?? expected))
    }
  return { orders, demands }
}

/** The demand, and the moment at which the last of it comes; "never" when not all of it does. */
export const promisesOf = ({ problem, openAt }: Case): readonly string[] => {
  const plan = planOf(problem)
  const { demands } = soonestOf(plan)
  const never = new Set(
    shortagesOf(plan).flatMap(({ stops }) =>
      stops.flatMap(({ what, days }) => (what.kind === 'demand' && days === Infinity ? [what.demand] : []))
    )
  )
  return problem.demands.map(({ id, day }) => {
    const last = Math.max(day, demands.get(id) ?? day)
    return `${id}: ${never.has(id) ? 'never' : openAt(last)}`
  })
}

export const printedPromises = ({ problem, openAt }: Case, text: string): readonly string[] => {
  const lines = text.split('\n').map(line => line.split('\t'))
  return problem.demands.map(({ id }) => {
    const own = lines.filter(([kind, name]) => kind === 'DEMAND' && name === id)
    const short = own.some(([, , when = '']) => when.startsWith('planned'))
    const last = Math.max(...own.map(([, , when = '']) => slotOfDate(when)))
    return `${id}: ${short ? 'never' : openAt(last)}`
  })
}
