/** What a scenario changes, each beside what the plan says. */
import { show } from '#kernel/quantity.ts'
import { showDay } from '#ui/desk-parts.tsx'
import type { Floor } from '#ui/floor.tsx'
import { bomDifferences } from '../bom-change.ts'
import { calendarsOf, daysAsTheyAre } from '../calendar-change.ts'
import {
  buildView,
  demandView,
  type Forecast,
  forecastKey,
  forecastView,
  plannedItemView,
  type WorkCalendar
} from '../projection.ts'
import { receiptView } from '../receipt-view.ts'
import type { Changes } from '../scenario.ts'

export type Change = {
  readonly of: keyof Changes
  readonly key: string
  readonly what: string
  readonly was: string
  readonly now: string
}

const many = (one: { readonly quantity: number; readonly due: string } | undefined): string =>
  one ? `${show(one.quantity)} by ${showDay(one.due)}` : 'nothing'

const expectedWords = (one: Forecast | undefined): string =>
  one && one.quantity > 0 ? `${show(one.quantity)} for the ${one.bucket} of ${showDay(one.from)}` : 'nothing'

/** Every change of the scenario beside what the plan says. */
export const changesOf = (floor: Pick<Floor, 'get' | 'list'>, changes: Changes): readonly Change[] => {
  const name = (item: string): string => floor.get(plannedItemView, item)?.name ?? item
  const demands = changes.demands.map(
    (one): Change => ({
      of: 'demands',
      key: one.demand,
      what: `${one.demand}, ${name(one.item)}${one.customer === undefined ? '' : ` for ${one.customer}`}`,
      was: many(floor.get(demandView, one.demand)),
      now: one.state === 'closed' ? 'no longer wanted' : many(one)
    })
  )
  const forecasts = changes.forecasts.map(
    (one): Change => ({
      of: 'forecasts',
      key: forecastKey(one),
      what: `Forecast of ${name(one.item)}`,
      was: expectedWords(floor.get(forecastView, forecastKey(one))),
      now: expectedWords(one)
    })
  )
  const builds = changes.builds.map(
    (one): Change => ({
      of: 'builds',
      key: one.build,
      what: `Build of ${name(one.item)}`,
      was: many(floor.get(buildView, one.build)),
      now: one.quantity === 0 ? 'none' : many(one)
    })
  )
  const receipts = changes.receipts.map((one): Change => {
    const was = floor.get(receiptView, one.order)?.lines.find(({ line }) => line === one.line)
    return {
      of: 'receipts',
      key: `${one.order}/${one.line}`,
      what: `${one.order}, line ${one.line}${was ? `: ${name(was.item)}` : ''}`,
      was: many(was),
      now: was ? many({ quantity: one.quantity ?? was.quantity, due: one.due ?? was.due }) : ''
    }
  })
  const calendars = changes.calendars.map((one): Change => {
    const plan = calendarsOf(floor).find(({ calendar }) => calendar === one.calendar)
    const told = (plan?.exceptions ?? []).map(other => JSON.stringify(other))
    const days = one.exceptions.filter(day => !told.includes(JSON.stringify(day)))
    return {
      of: 'calendars',
      key: one.calendar,
      what: `Working days, ${one.name}`,
      was: plan ? days.map(({ from, to }) => plannedDays(plan, from, to)).join('; ') : 'nothing',
      now: days.map(daysWord).join('; ')
    }
  })
  const boms = changes.boms.map((one): Change => {
    const told = (which: 'was' | 'now'): string =>
      bomDifferences(one)
        .map(part => `${part[which] === 0 ? 'no' : show(part[which])} ${name(part.component)}`)
        .join('; ')
    return {
      of: 'boms',
      key: `${one.item}@${one.revision}`,
      what: `BOM of ${name(one.item)} rev ${one.revision}`,
      was: told('was'),
      now: told('now')
    }
  })
  return [...builds, ...demands, ...forecasts, ...receipts, ...calendars, ...boms]
}

/** Spans of days that are told one by one. */
const TOLD = 4

const plannedDays = (plan: WorkCalendar, from: string, to: string): string => {
  const { spans, more } = daysAsTheyAre(plan, from, to)
  const words = spans.slice(0, TOLD).map(daysWord).join('; ')
  return more || spans.length > TOLD ? `${words} and so on` : words
}

const daysWord = ({ from, to, shifts, name }: Changes['calendars'][number]['exceptions'][number]): string => {
  const days = from === to ? showDay(from) : `${showDay(from)} to ${showDay(to)}`
  const hours = shifts.length === 0 ? 'closed' : shifts.map(one => `${one.from} to ${one.to}`).join(', ')
  return `${days} ${hours}${name === undefined ? '' : `, ${name}`}`
}
