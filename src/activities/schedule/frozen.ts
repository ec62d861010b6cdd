/** The frozen zone: from today to the demand time fence a build is changed only by a signed approval. */
import * as z from 'zod/mini'
import { dayAt, dayNumber, dayText } from '#kernel/calendar.ts'
import { type Given, type Known, type Refusal, refuse } from '#kernel/decision.ts'
import { code, count, day } from '#kernel/shape.ts'
import { buildView, placeView, plannedItemView } from './projection.ts'

/** Quantity 0 takes the line out. */
export const planInput = z.object({ build: code, item: code, quantity: count, due: day })
type PlanInput = z.infer<typeof planInput>

export const zoneOf = (known: Known): string => known.list(placeView)[0]?.[1].timeZone ?? 'UTC'

/** The plant's day, YYYY-MM-DD. */
export const todayOf = (known: Known, { at }: Pick<Given, 'at'>): string =>
  dayText(dayAt(Date.parse(at), zoneOf(known)))

/** Why this build can't be planned at all, frozen or not. */
export const buildLacks = (known: Known, input: PlanInput): Refusal | undefined => {
  const item = known.get(plannedItemView, input.item)
  const was = known.get(buildView, input.build)
  if (!item) return refuse('plan-item-unknown', { item: input.item })
  if (item.source === 'buy') return refuse('plan-item-bought', { item: input.item })
  return was?.workOrder === undefined ? undefined : refuse('build-ordered', { workOrder: was.workOrder })
}

/** The refusal when the build lies, or would lie, inside the demand fence of its item. The fence's own day is free. */
export const frozenUntil = (known: Known, input: PlanInput, given: Pick<Given, 'at'>): Refusal | undefined => {
  const days = known.get(plannedItemView, input.item)?.demandFenceDays ?? 0
  if (days === 0) return undefined
  const fence = dayText(dayNumber(todayOf(known, given)) + days)
  const was = known.get(buildView, input.build)
  if (was && was.quantity === input.quantity && was.due === input.due) return undefined
  return input.due < fence || (was && was.due < fence) ? refuse('build-frozen', { item: input.item, fence }) : undefined
}
