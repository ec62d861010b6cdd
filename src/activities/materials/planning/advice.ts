/** Living with messages: a dismissed one comes back when it matters again, a stale one is not applied. */
import { messagesOf } from './messages.ts'
import type { Plan } from './state.ts'
import type { PlanMessage } from './problem.ts'

/** What is kept of a message that a person dismissed. */
export type Dismissed = Pick<PlanMessage, 'key' | 'state'>

type State = readonly (number | null)[]

/** True while what was dismissed is still the same matter: no day moved and no quantity changed by as much as the policy minds. */
export const staysDismissed = (dismissed: Dismissed, message: PlanMessage, plan: Plan): boolean =>
  dismissed.key === message.key && !differs(dismissed.state, message.state, plan)

const differs = (before: string, now: string, { loaded: { policy } }: Plan): boolean => {
  if (before === now) return false
  const [then, here] = [numbersOf(before), numbersOf(now)]
  if (!then || !here) return true
  const days = Math.max(1, policy.minimumDays)
  return here.some((value, at) => {
    const was = then[at] ?? null
    if (value === null || was === null) return value !== was
    // Days stand first and third, quantities second and fourth.
    return at % 2 === 0 ? Math.abs(value - was) >= days : Math.abs(value - was) > policy.minimumQuantity
  })
}

const numbersOf = (state: string): State | undefined => {
  if (!/^\[[\d.,eE+\-nul]*\]$/.test(state)) return undefined
  return JSON.parse(state) as State // four numbers or nulls, by the pattern above
}

export type StillHolds =
  | { readonly holds: true; readonly message: PlanMessage }
  | { readonly holds: false; readonly reason: 'gone' }
  /** The matter is there, with other numbers. */
  | { readonly holds: false; readonly reason: 'changed'; readonly now: PlanMessage }

/** Whether a message that was made from an older plan may still be applied to this one. */
export const stillHolds = (message: Dismissed, plan: Plan): StillHolds => {
  const now = messagesOf(plan).find(({ key }) => key === message.key)
  if (!now) return { holds: false, reason: 'gone' }
  return differs(message.state, now.state, plan)
    ? { holds: false, reason: 'changed', now }
    : { holds: true, message: now }
}
