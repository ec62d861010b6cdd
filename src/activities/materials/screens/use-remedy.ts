/** What can be done about a message, and doing it: the plan is asked again right before, so that nothing stale is applied. */
import { useState } from 'preact/hooks'
import { dayText } from '#kernel/calendar.ts'
import type { Action } from '#kernel/decision.ts'
import type { Floor } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'
import type { StillHolds } from '../planning/advice.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { dayWords, grouped, messageSentence } from '../planning/words.ts'
import { firmPlannedView, needView, plannedBuildView, purchaseOrderView } from '../projection.ts'
import { changePurchaseLine } from '../purchase-rules.ts'
import { type Desk, purchaseLineOf } from './desk-state.ts'
import { isMade } from './firm.ts'

export type Remedy =
  /** Done by one press. */
  | ({ readonly kind: 'apply'; readonly label: string } & Changing)
  /** Needs a number, a supplier, a day or a reason first. */
  | {
      readonly kind: 'order' | 'build' | 'redate' | 'firm' | 'cancel'
      readonly label: string
      /** The work order on whose page more can be done: split, opened operation by operation. */
      readonly open?: string
    }
  | { readonly kind: 'go'; readonly label: string; readonly path: string }

/** What is on order, as it stands, and what changes it. */
type Changing = {
  readonly name: string
  readonly quantity: number
  readonly due: string
  /** What has come of it already. */
  readonly received: number
  readonly action: Action
  readonly input: object
}
type Change = { readonly due?: string; readonly quantity?: number; readonly close?: boolean; readonly note?: string }

/** Undefined for what is neither a line of a purchase order nor an open work order. */
export const changing = (
  floor: Pick<Floor, 'get' | 'action'>,
  receipt: string,
  change: Change
): Changing | undefined => {
  const order = floor.get(needView, receipt)
  const at = purchaseLineOf(receipt)
  const line = at && floor.get(purchaseOrderView, at.order)?.lines.find(one => one.line === at.line)
  const found = order ?? line
  const action = floor.action(order ? 'orders/reschedule-work-order' : changePurchaseLine.name)
  if (!found || !action) return undefined
  const { quantity, due } = found
  const input = { ...(order ? { workOrder: receipt } : at), was: { quantity, due }, ...change }
  const name = order ? receipt : `${at?.order}, line ${at?.line}`
  return { name, quantity, due, received: line?.received ?? 0, action, input }
}

/** Undefined when nothing but looking at it helps. */
export const remedyOf = ({ floor, day }: Pick<Desk, 'floor' | 'day'>, message: PlanMessage): Remedy | undefined => {
  const { about, kind } = message
  if (about?.kind === 'planned') {
    if (kind === 'inside-fence') return undefined
    return isMade(floor, about.item)
      ? { kind: 'build', label: 'Make a work order' }
      : { kind: 'order', label: `Order ${grouped(message.quantity ?? 0)}` }
  }
  if (about?.kind !== 'receipt') return undefined
  const { receipt } = about
  if (floor.get(firmPlannedView, receipt) ?? floor.get(plannedBuildView, receipt))
    return kind === 'past-due' ? { kind: 'firm', label: 'Give a new day' } : undefined
  return changing(floor, receipt, {})
    ? changeFor(floor, receipt, message, day)
    : { kind: 'go', label: `Open ${receipt}`, path: '/plan' }
}

const changeFor = (
  floor: Pick<Floor, 'get' | 'action'>,
  receipt: string,
  { kind, to }: PlanMessage,
  today: number
): Remedy | undefined => {
  const isOrder = floor.get(needView, receipt) !== undefined
  const apply = (label: string, change: Change): Remedy | undefined => {
    const found = changing(floor, receipt, change)
    return found && { kind: 'apply', label, ...found }
  }
  if ((kind === 'expedite' || kind === 'defer') && to?.day !== undefined)
    return apply(`Move to ${dayWords(to.day, today)}`, { due: dayText(to.day) })
  if ((kind === 'increase' || kind === 'decrease') && to?.quantity !== undefined) {
    // The plan speaks of what is still to come, the line of all that was ordered. A work order is whole pieces.
    const quantity = isOrder ? Math.ceil(to.quantity) : to.quantity + (changing(floor, receipt, {})?.received ?? 0)
    return apply(`Set to ${grouped(quantity)}`, { quantity })
  }
  if (kind === 'cancel')
    return isOrder ? { kind: 'cancel', label: 'Cancel it' } : apply('Close the line', { close: true })
  return kind === 'past-due'
    ? { kind: 'redate', label: 'Give a new day', ...(isOrder ? { open: receipt } : {}) }
    : undefined
}

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
      if (await stillHolds(message)) await act(remedy.action, remedy.input, `${remedy.name}: done.`)
    } finally {
      setBusy(undefined)
    }
  }
  return { apply, busy, whyNot: (remedy: Extract<Remedy, { kind: 'apply' }>) => why(remedy.action, remedy.input) }
}
