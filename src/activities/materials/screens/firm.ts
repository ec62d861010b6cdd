/** Firm planned orders: of bought parts they are this room's, of what is made here they are builds of the master schedule. */
import type { Action } from '#kernel/decision.ts'
import type { Floor } from '#ui/floor.tsx'
import { firmPlanned } from '../plan-rules.ts'
import { firmPlannedView, itemView, plannedBuildView } from '../projection.ts'

export const isMade = (floor: Pick<Floor, 'get'>, item: string): boolean => floor.get(itemView, item)?.source === 'make'

/** Days are YYYY-MM-DD. */
export type Firm = {
  readonly firm: string
  readonly item: string
  readonly quantity: number
  readonly start?: string | undefined
  readonly due: string
  readonly made: boolean
}

/** The first due first. */
export const firmOf = (floor: Pick<Floor, 'list'>): readonly Firm[] =>
  [
    ...floor.list(firmPlannedView).map(([firm, { item, quantity, start, due }]) => ({
      firm,
      item,
      quantity,
      start,
      due,
      made: false
    })),
    ...floor
      .list(plannedBuildView)
      .map(([firm, { item, quantity, due }]) => ({ firm, item, quantity, due, made: true }))
  ].toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))

type Doing = { readonly action: Action | undefined; readonly input: object }
type Firming = Omit<Firm, 'made' | 'firm'> & {
  /** Absent for a new one: the office gives it. */
  readonly firm?: string | undefined
}

/** Makes it firm or changes it; with quantity 0 it is let go. */
export const firming = (floor: Pick<Floor, 'action' | 'get'>, { firm, item, quantity, start, due }: Firming): Doing => {
  const what = { item, quantity, due }
  if (isMade(floor, item))
    return {
      action: floor.action('schedule/plan-build'),
      input: { ...what, ...(firm === undefined ? {} : { build: firm }) }
    }
  const order = firm === undefined ? {} : { order: firm }
  return {
    action: floor.action(firmPlanned.name),
    input: { ...what, ...order, ...(start === undefined || start > due ? {} : { start }) }
  }
}
