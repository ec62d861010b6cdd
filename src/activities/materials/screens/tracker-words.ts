/** What the shortage tracker says: badges in words, names of builds, and the mail to a supplier. */
import { show } from '#kernel/quantity.ts'
import type { Level } from '#ui/state-mark.tsx'
import type { Column, Coming, ShortPart } from '../outlook.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { dayWords, grouped } from '../planning/words.ts'

export type Badge = { readonly level: Level; readonly word: string }

/** Why a part is short, the worst first. */
export const badgesOf = (part: ShortPart, messages: readonly PlanMessage[], today: number): readonly Badge[] => {
  const badges: Badge[] = []
  const overdue = Math.max(0, ...part.coming.map(({ day }) => today - day))
  if (part.coming.length === 0) badges.push({ level: 'stop', word: 'no order' })
  if (overdue > 0) badges.push({ level: 'stop', word: `late ${overdue} d` })
  const expedite = messages.find(({ kind }) => kind === 'expedite')
  if (expedite) badges.push({ level: 'attention', word: `expedite ${expedite.why['days'] ?? 0} d` })
  if (messages.some(({ kind, about }) => kind === 'past-due' && about?.kind === 'planned'))
    badges.push({ level: 'attention', word: 'past due' })
  if (messages.some(({ kind }) => kind === 'cancel' || kind === 'decrease'))
    badges.push({ level: 'info', word: 'excess' })
  return badges
}

const HELP: readonly PlanMessage['kind'][] = ['expedite', 'past-due', 'increase', 'release', 'no-supply']

/** What helps against a shortage, the soonest first: less or later of something doesn't. */
export const helpOf = (messages: readonly PlanMessage[]): readonly PlanMessage[] =>
  HELP.flatMap(wanted => messages.filter(({ kind }) => kind === wanted))

export const columnName = ({ kind, name, item }: Column): string => (kind === 'planned' ? `${item} planned` : name)

/** 'PO-0207/1, 2,000 on Thu 3 Dec' */
export const comingWords = ({ receipt, quantity, day }: Coming, today: number): string =>
  `${receipt}, ${grouped(quantity)} ${day < today ? 'was due' : 'on'} ${dayWords(day, today)}`

export type Chased = {
  readonly name: string
  readonly unit: string
  readonly supplier?: string | undefined
  readonly supplierPart?: string | undefined
  readonly from: string
}

/** What is asked of a supplier, ready for a mail: which line, what was said, by when it is needed and why. */
export const mailOf = (
  part: ShortPart,
  { name, unit, supplier, supplierPart, from }: Chased,
  today: number
): string => {
  const ours = part.coming.filter(({ kind }) => kind === 'purchase')
  const what = `${name} (${part.item}${supplierPart === undefined ? '' : `, your number ${supplierPart}`})`
  const [first] = ours
  const subject = first ? `${orderOf(first)}: when does ${part.item} come?` : `Can you send ${part.item}?`
  const lines = ours.map(
    ({ receipt, quantity, day }) =>
      `- ${orderOf({ receipt })}, line ${receipt.slice(receipt.lastIndexOf('/') + 1)}: ${show(quantity)} ${unit}, due ${fullDay(day)}${day < today ? `, ${today - day} days late` : ''}`
  )
  const needed = `We are short of ${show(part.all)} ${unit}; the first ${show(part.short)} are needed by ${fullDay(part.day)}.`
  return [
    `Subject: ${subject}`,
    '',
    `Hello${supplier === undefined ? '' : ` ${supplier}`},`,
    '',
    ours.length > 0 ? `this is about ${what}:` : `this is about ${what}. Nothing is on order with you yet.`,
    ...lines,
    '',
    needed,
    ours.length > 0
      ? 'On which day will it leave you, and can a part of it come sooner?'
      : 'How many can you send, and when?',
    '',
    'Thank you',
    from
  ].join('\n')
}

/** A supplier may read it next week. */
const fullDay = (day: number): string => dayWords(day, day + 1)

const orderOf = ({ receipt }: Pick<Coming, 'receipt'>): string => receipt.replace(/\/\d+$/, '')
