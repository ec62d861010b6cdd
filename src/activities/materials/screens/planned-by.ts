/** How an item is planned, as it is typed: what is wrong with each field, and the item as it would be. */
import { show } from '#kernel/quantity.ts'
import { ambiguous, readNumber } from '#ui/number-entry.ts'
import type { Item } from '../projection.ts'

export const PLANNED_BY = ['leadTimeDays', 'leadDaysPerUnit', 'safetyStock', 'maximumStock'] as const
export type PlannedBy = (typeof PLANNED_BY)[number]
export type Typed = Readonly<Record<PlannedBy, string>>

/** Ten years; a longer lead time is a slip, and the plan would leave it out. */
const MOST_DAYS = 3650
const MOST = 1e9

export const typedOf = (item: Item): Typed => {
  const text = (field: PlannedBy): string => (item[field] === undefined ? '' : show(item[field]))
  return {
    leadTimeDays: text('leadTimeDays'),
    leadDaysPerUnit: text('leadDaysPerUnit'),
    safetyStock: text('safetyStock'),
    maximumStock: text('maximumStock')
  }
}

const problemOf = (text: string, most: number, unit: string): string | undefined => {
  if (text.trim() === '') return undefined
  const value = readNumber(text)
  if (ambiguous(text)) return `“${text.trim()}” can be read in two ways. Write 1000 or 1.0.`
  if (value === undefined) return `“${text.trim()}” is no number. Write it as 12 or 0.5.`
  if (value < 0) return 'It can’t be less than nothing.'
  return value > most ? `At most ${most.toLocaleString('en')} ${unit}.` : undefined
}

/** A sentence for each field that can't stay as it is typed. */
export const problemsOf = (typed: Typed, uom: string): Partial<Record<PlannedBy, string>> => {
  const problems: Partial<Record<PlannedBy, string>> = {}
  for (const field of PLANNED_BY) {
    const stock = field === 'safetyStock' || field === 'maximumStock'
    const problem = problemOf(typed[field], stock ? MOST : MOST_DAYS, stock ? uom : 'days')
    if (problem) problems[field] = problem
  }
  const [least, most] = [readNumber(typed.safetyStock), readNumber(typed.maximumStock)]
  if (!problems.maximumStock && least !== undefined && most !== undefined && most < least)
    problems.maximumStock = `Less than the safety stock of ${show(least)} ${uom}: stock would never be filled.`
  return problems
}

/**
 * The item with what is typed; an empty field is no rule. A field that reads as it did at first (`was`) stays as the office has
 * it: somebody else may have changed it, and a file may give more decimals than are shown.
 */
export const plannedBy = (item: Item, typed: Typed, was: Typed): Item => {
  const next: { -readonly [K in keyof Item]: Item[K] } = { ...item }
  for (const field of PLANNED_BY) {
    if (typed[field] === was[field]) continue
    const value = readNumber(typed[field])
    if (value === undefined) delete next[field]
    else next[field] = value
  }
  return next
}
