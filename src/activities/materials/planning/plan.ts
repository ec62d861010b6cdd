/**
 * Material planning from a readable problem to a plan that answers questions. `read.ts`, `pegs.ts`, `trace-up.ts`,
 * `trace-down.ts`, `shortages.ts` and `messages.ts` ask it; `change.ts` changes one number and keeps the rest fresh.
 */
import { load } from './load.ts'
import { itemMessages } from './messages.ts'
import { deskFor, netAll } from './netting.ts'
import { pegAll } from './pegging.ts'
import type { PlanProblem } from './problem.ts'
import { type Snapshot, snapshotOf } from './snapshot.ts'
import type { Named, Plan } from './state.ts'

/**
 * Plans the whole problem. Never throws at bad data: what can't be planned with is named in the messages.
 * Source of the method: Orlicky 1975; effectivity, past dates and safety stock as this folder's README says.
 */
export const planOf = (problem: PlanProblem): Plan => {
  const { columns, ...named } = load(problem)
  return planFrom(named, snapshotOf(columns))
}

/** Gross to net, pegging and messages. */
export const planFrom = (loaded: Named, snapshot: Snapshot): Plan => {
  const desk = deskFor(snapshot)
  const { pegged, pegDesk } = pegAll(netAll(snapshot, desk))
  const plan: Plan = Object.assign(pegged, { loaded, desk, pegDesk, messages: [] })
  for (let item = 0; item < snapshot.count; item++) plan.messages[item] = itemMessages(plan, item)
  return plan
}
