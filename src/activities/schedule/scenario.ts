/** A copy of the plan to try things in: what is changed in it against the plan, as events that have not happened. */
import type * as z from 'zod/mini'
import type { Supposed } from '#kernel/question.ts'
import { bomSet, purchaseLineChanged } from '#activities/materials/events.ts'
import { calendarSet } from '#plant/events.ts'
import type { BomChange } from './bom-change.ts'
import { buildPlanned, demandSet, forecastSet } from './events.ts'
import type { planInput } from './frozen.ts'

type Receipt = {
  readonly order: string
  readonly line: number
  readonly quantity?: number | undefined
  readonly due?: string | undefined
}

export type Changes = {
  readonly demands: readonly z.infer<typeof demandSet.payload>[]
  readonly forecasts: readonly z.infer<typeof forecastSet.payload>[]
  readonly builds: readonly z.infer<typeof planInput>[]
  readonly receipts: readonly Receipt[]
  readonly calendars: readonly z.infer<typeof calendarSet.payload>[]
  /** Tried only: publishing leaves them out. */
  readonly boms: readonly BomChange[]
}

export type Scenario = { readonly id: string; readonly name: string; readonly changes: Changes }

export const NO_CHANGES: Changes = { demands: [], forecasts: [], builds: [], receipts: [], calendars: [], boms: [] }

const IDENTITY: { readonly [K in keyof Changes]: (one: Changes[K][number]) => string } = {
  demands: one => one.demand,
  forecasts: one => `${one.item}/${one.bucket}/${one.from}`,
  builds: one => one.build,
  receipts: one => `${one.order}/${one.line}`,
  calendars: one => one.calendar,
  boms: one => `${one.item}@${one.revision}`
}

/** The later change of one thing replaces the earlier; what changes nothing against the plan is taken out by `without`. */
export const withChange = <K extends keyof Changes>(changes: Changes, of: K, one: Changes[K][number]): Changes => {
  const list: readonly Changes[K][number][] = changes[of]
  const others = list.filter(other => IDENTITY[of](other) !== IDENTITY[of](one))
  return { ...changes, [of]: [...others, one] }
}

export const without = <K extends keyof Changes>(changes: Changes, of: K, key: string): Changes => {
  const list: readonly Changes[K][number][] = changes[of]
  return { ...changes, [of]: list.filter(other => IDENTITY[of](other) !== key) }
}

export const countOf = (changes: Changes): number =>
  Object.values(changes).reduce((sum, list: readonly unknown[]) => sum + list.length, 0)

/** What publishing takes of them: a BOM is its engineer's. */
export const publishable = (changes: Changes): Changes => ({ ...changes, boms: [] })

/** In the order in which publishing records them. */
export const supposedOf = ({ demands, forecasts, builds, receipts, calendars, boms }: Changes): readonly Supposed[] => [
  ...demands.map(payload => ({ type: demandSet.type, payload })),
  ...forecasts.map(payload => ({ type: forecastSet.type, payload })),
  ...builds.map(payload => ({ type: buildPlanned.type, payload })),
  ...receipts.map(payload => ({ type: purchaseLineChanged.type, payload })),
  ...calendars.map(payload => ({ type: calendarSet.type, payload })),
  ...boms.map(({ item, revision, lines }) => ({ type: bomSet.type, payload: { item, revision, lines } }))
]
