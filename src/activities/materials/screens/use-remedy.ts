/** What can be done about a message, and doing it: the plan is asked again right before, so that nothing stale is applied. */
import { useState } from 'preact/hooks'
import { dayText } from '#kernel/calendar.ts'
import { useAct } from '#ui/use-act.ts'
import type { StillHolds } from '../planning/advice.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { dayWords, grouped, messageSentence } from '../planning/words.ts'
import { itemView, purchaseOrderView } from '../projection.ts'
import { changePurchaseLine } from '../purchase-rules.ts'
import { type Desk, purchaseLineOf } from './desk-state.ts'

export type Remedy =
  /** Done by one press. */
  | { readonly kind: 'apply'; readonly label: string; readonly input: Parameters<typeof changePurchaseLine.decide>[1] }
  /** Needs a number, a supplier or a day first. */
  | { readonly kind: 'order' | 'build' | 'redate'; readonly label: string }
  | { readonly kind: 'go'; readonly label: string; readonly path: string }

/** Undefined when nothing but looking at it helps. */
export const remedyOf = ({ floor, day }: Pick<Desk, 'floor' | 'day'>, message: PlanMessage): Remedy | undefined => {
  const { about, kind, to } = message
  if (about?.kind === 'planned') {
    const source = floor.get(itemView, about.item)?.source
    return kind === 'inside-fence'
      ? undefined
      : source === 'make'
        ? { kind: 'build', label: 'Make a work order' }
        : { kind: 'order', label: `Order ${grouped(message.quantity ?? 0)}` }
  }
  if (about?.kind !== 'receipt') return undefined
  const at = purchaseLineOf(about.receipt)
  const line = at && floor.get(purchaseOrderView, at.order)?.lines.find(one => one.line === at.line)
  if (!at || !line) return { kind: 'go', label: `Open ${about.receipt}`, path: pathOf(about.receipt) }
  const base = { ...at, was: { quantity: line.quantity, due: line.due } }
  if ((kind === 'expedite' || kind === 'defer') && to?.day !== undefined)
    return {
      kind: 'apply',
      label: `Move to ${dayWords(to.day, day)}`,
      input: { ...base, due: dayText(to.day) }
    }
  if ((kind === 'increase' || kind === 'decrease') && to?.quantity !== undefined) {
    // The plan speaks of what is still to come, the line of all that was ordered.
    const quantity = to.quantity + line.received
    return { kind: 'apply', label: `Set to ${grouped(quantity)}`, input: { ...base, quantity } }
  }
  if (kind === 'cancel') return { kind: 'apply', label: 'Close the line', input: { ...base, close: true } }
  return kind === 'past-due' ? { kind: 'redate', label: 'Give a new day' } : undefined
}

const pathOf = (receipt: string): string => (receipt.startsWith('WO-') ? `/orders/${receipt}` : '/plan')

/** True when the plan still says so; else the reason is told. */
export const useStillHolds = (desk: Desk): ((message: PlanMessage) => Promise<boolean>) => {
  const { floor, today, day, nameOf } = desk
  return async message => {
    const answer = await floor.planner?.ask<StillHolds>('materials/message-now', {
      today,
      message: { key: message.key, state: message.state }
    })
    if (!answer || answer.holds) return true
    const text =
      answer.reason === 'gone'
        ? 'The plan no longer asks for this. Nothing was changed.'
        : `It has changed since: ${messageSentence(answer.now, nameOf, day)} Nothing was changed.`
    floor.tell({ text, tone: 'stop' })
    return false
  }
}

/** Applies what one press can do. */
export const useApply = (desk: Desk) => {
  const stillHolds = useStillHolds(desk)
  const { act, why } = useAct()
  const [busy, setBusy] = useState<string>()
  const apply = async (message: PlanMessage, remedy: Extract<Remedy, { kind: 'apply' }>): Promise<void> => {
    setBusy(message.key)
    try {
      if (await stillHolds(message))
        await act(changePurchaseLine, remedy.input, `${remedy.input.order}, line ${remedy.input.line}: done.`)
    } finally {
      setBusy(undefined)
    }
  }
  return { apply, busy, whyNot: (remedy: Extract<Remedy, { kind: 'apply' }>) => why(changePurchaseLine, remedy.input) }
}
