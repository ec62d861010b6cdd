/**
 * A plan that follows its problem: where only demands and receipts differ from the last time, only what they reach is planned
 * again. Who edits a large plan sees what comes of it at once.
 */
import { type Change, changedBy } from './change.ts'
import { planOf } from './plan.ts'
import type { PlanDemand, PlanProblem, PlanReceipt } from './problem.ts'
import type { Plan } from './state.ts'

/** More changes than this are not worth making one by one. */
const FEW = 200

/** Each plan is used up by the next; the answer is always that of `planOf`, to the last number. */
export const planFollower = (): ((problem: PlanProblem) => Plan) => {
  let last: { readonly problem: PlanProblem; readonly plan: Plan } | undefined
  return problem => {
    const was = last
    // What is half changed when something throws is no plan.
    last = undefined
    const changes = was && changesBetween(was.problem, problem)
    const plan =
      was && changes && hasRoom(was.plan, problem) ? changedBy(was.plan, changes, () => problem) : planOf(problem)
    last = { problem, plan }
    return plan
  }
}

/** What was taken out keeps its place in the plan, so now and then all is planned anew. */
const hasRoom = ({ loaded }: Plan, { demands, receipts }: PlanProblem): boolean =>
  loaded.demands.length + loaded.receipts.length < demands.length + receipts.length + 5 * FEW

/** Undefined when something else differs as well, or too much. */
const changesBetween = (was: PlanProblem, now: PlanProblem): readonly Change[] | undefined => {
  const { demands: asked, receipts: came, ...before } = was
  const { demands, receipts, ...after } = now
  if (!same(before, after)) return undefined
  const ofDemands = differing(asked, demands)
  const ofReceipts = differing(came, receipts)
  if (!ofDemands || !ofReceipts || ofDemands.length + ofReceipts.length > FEW) return undefined
  return [
    ...ofDemands.map(
      ({ id, now: demand }): Change => (demand ? { kind: 'demand', demand } : { kind: 'no-demand', id })
    ),
    ...ofReceipts.map(
      ({ id, now: receipt }): Change => (receipt ? { kind: 'receipt', receipt } : { kind: 'no-receipt', id })
    )
  ]
}

/** By id, and what it is now; undefined where an id is there twice. */
const differing = <T extends PlanDemand | PlanReceipt>(
  was: readonly T[],
  now: readonly T[]
): readonly { readonly id: string; readonly now?: T }[] | undefined => {
  if (was === now) return []
  const before = new Map(was.map(one => [one.id, one]))
  const ids = new Set(now.map(({ id }) => id))
  if (before.size < was.length || ids.size < now.length) return undefined
  return [
    ...was.flatMap(({ id }) => (ids.has(id) ? [] : [{ id }])),
    ...now.flatMap(one => {
      const other = before.get(one.id)
      return other && (other === one || same(other, one)) ? [] : [{ id: one.id, now: one }]
    })
  ]
}

/** Member by member; lists within by what is in them. */
const same = (one: object, other: object): boolean => {
  const [left, right] = [Object.entries(one), other as Readonly<Record<string, unknown>>] // read by name only
  return (
    left.length === Object.keys(other).length &&
    left.every(([name, value]) => {
      const against = right[name]
      if (value === against) return true
      const lists = Array.isArray(value) && Array.isArray(against) && value.length < FEW
      return lists && JSON.stringify(value) === JSON.stringify(against)
    })
  )
}
