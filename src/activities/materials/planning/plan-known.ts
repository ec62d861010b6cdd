/** The plan of all that is known. */
import type { Known } from '#kernel/decision.ts'
import { type Remember, remembering } from '#kernel/remember.ts'
import { planFollower } from './follow.ts'
import type { PlanProblem } from './problem.ts'
import { type PlanOptions, planProblemFrom } from './problem-from.ts'
import type { Plan } from './state.ts'

/** With a memory of the caller's, only what is different from the last time is worked out; the plan of then is used up. */
export const planOfKnown = (
  known: Known,
  options: PlanOptions,
  keep: Remember = remembering()
): { readonly problem: PlanProblem; readonly plan: Plan } => {
  const problem = planProblemFrom(known, options, keep)
  return { problem, plan: keep('plan', [], planFollower)(problem) }
}
