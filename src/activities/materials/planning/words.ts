/** What the plan says, in sentences: what it is about, what to do, and why. */
import { dayText, weekdayOf } from '#kernel/calendar.ts'
import { show } from '#kernel/quantity.ts'
import type { Delayed, NeedRef, PlanMessage, Shortage, SupplyRef } from './problem.ts'

/** How a part is called: 'Screw M2x5'. May answer with what it was given. */
export type NameOf = (item: string) => string

const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 'Thu' within the next six days, 'Wed 3 Dec' later or before, 'Wed 3 Dec 2031' in another year. */
export const dayWords = (day: number, today: number): string => {
  const weekday = WEEKDAYS[weekdayOf(day)] ?? ''
  if (day >= today && day < today + 7) return weekday
  const [year, month, date] = dayText(day).split('-')
  const other = year === dayText(today).slice(0, 4) ? '' : ` ${year}`
  return `${weekday} ${Number(date)} ${MONTHS[Number(month) - 1]}${other}`
}

/** Thousands with a comma. */
export const grouped = (quantity: number): string => show(quantity).replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, ',')

const whatOf = ({ what }: Delayed): string =>
  what.kind === 'demand'
    ? what.customer === undefined
      ? what.demand
      : `${what.demand} for ${what.customer}`
    : what.kind === 'receipt'
      ? what.receipt
      : `a planned order of ${what.order.replace(/@[^@]*$/, '')}`

/** 'Screw M2x5: 2 short on Thu; stops WO-0012 (3,000 units, due Fri) and 2 more; next receipt Wed 3 Dec.' */
export const shortageSentence = (shortage: Shortage, nameOf: NameOf, today: number): string => {
  const { item, short, day, stops, next } = shortage
  const [first, ...others] = stops
  const stopped = first
    ? `; stops ${whatOf(first)} (${grouped(first.quantity)} units, due ${dayWords(first.due, today)})`
    : ''
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const coming = next ? `; next receipt ${dayWords(next.day, today)}` : '; nothing is on order'
  return `${nameOf(item)}: ${grouped(short)} short on ${dayWords(day, today)}${stopped}${more}${coming}.`
}

/** What an order or a need is called. */
export const refWords = (ref: SupplyRef | NeedRef): string => {
  switch (ref.kind) {
    case 'receipt':
      return ref.receipt
    case 'planned':
      return ref.order
    case 'demand':
      return ref.demand
    case 'on-hand':
      return 'on hand'
    case 'stand-in':
      return `${ref.by} standing in`
    case 'safety':
      return 'safety stock'
    case 'owed':
      return 'books below nothing'
    case 'through':
      return `through ${ref.item}`
  }
}

type Why = PlanMessage['why']
const num = (why: Why, name: string): number => Number(why[name] ?? 0)
const words = (value: Why[string] | undefined): string =>
  Array.isArray(value) ? value.join(' → ') : value === undefined ? '' : String(value)

/** Nobody else can be asked about what is ours. */
const OVERDUE: Readonly<Record<string, string>> = {
  'work-order':
    'It is our own: give it a new day, split off what can be finished now, or bring its operations forward in the schedule.',
  'firm-planned': 'Nobody has ordered it yet: give it a new day, make an order of it, or let it go.'
}

/** One message with its why, as one sentence or two. */
export const messageSentence = (message: PlanMessage, nameOf: NameOf, today: number): string => {
  const item = message.item ? nameOf(message.item) : 'The plan'
  const on = (day: number | undefined): string => (day === undefined ? 'no day' : dayWords(day, today))
  const about = message.about ? refWords(message.about) : ''
  const many = message.quantity === undefined ? '' : grouped(message.quantity)
  const { why, to } = message
  switch (message.kind) {
    case 'release':
      return `${item}: order ${many} by ${on(message.day)}. They are needed on ${on(num(why, 'due'))}.`
    case 'past-due':
      return message.about?.kind === 'receipt'
        ? `${item}: ${about} was due ${on(message.day)} and is ${num(why, 'late')} d late. ${OVERDUE[words(why['brings'])] ?? 'Ask when it comes.'}`
        : `${item}: ${many} should have been ordered ${on(message.day)}, ${num(why, 'late')} d ago, to be there on ${on(num(why, 'due'))}.`
    case 'expedite':
      return `${item}: ${about} comes ${on(message.day)} and is needed ${on(to?.day)}. Bring it in by ${num(why, 'days')} d.`
    case 'defer':
      return `${item}: ${about} comes ${on(message.day)} and is not needed before ${on(to?.day)}.`
    case 'increase':
      return `${item}: ${show(num(why, 'missing'))} more are needed on ${on(num(why, 'needed'))}. Raise ${about} to ${grouped(to?.quantity ?? 0)}.`
    case 'decrease':
      return `${item}: ${about} brings ${many}, and ${grouped(to?.quantity ?? 0)} are needed.`
    case 'cancel':
      return `${item}: nobody needs ${about} (${many}).`
    case 'no-supply':
      return `${item}: ${many} are needed on ${on(message.day)}, and nothing brings them.`
    case 'below-safety':
      return `${item}: ${grouped(num(why, 'there'))} left on ${on(message.day)}, below the safety stock of ${grouped(num(why, 'safety'))}.`
    case 'inside-fence':
      return `${item}: ${many} more are needed on ${on(message.day)}, inside the planning fence of ${num(why, 'fence')} d.`
    case 'tool-short':
      return `${item}: ${many} more are needed at once on ${on(message.day)} than there are.`
    default:
      return `${item}: ${dataWords(message)}.`
  }
}

/** What is wrong with the data, and what the plan makes of it. */
const dataWords = ({ kind, why }: PlanMessage): string => {
  const treated =
    why['treated'] === undefined ? '' : `; ${words(why['treated'])}`.replace('left out', 'planned without it')
  switch (kind) {
    case 'bom-loop':
      return `is built from itself: ${words(why['path'] ?? why['loop'] ?? why['items'])}${treated}`
    case 'no-source':
      return `has no ${words(why['missing'] ?? 'source')}${treated}`
    case 'no-lead-time':
      return 'has no lead time; planned with 0 days'
    case 'unit-unknown':
      return `is kept in ${words(why['keptIn'])}, and ${words(why['parent'] ?? why['id'])} says ${words(why['unit'])}; these don’t convert${treated}`
    case 'item-unknown':
      return `isn’t known, and ${words(why['id'] ?? why['parent'] ?? why['standsInFor'])} names it${treated}`
    case 'negative-stock':
      return `the books are below nothing: ${words(why['onHand'] ?? why['quantity'])}`
    case 'date-unlikely':
      return `${words(why['id'])} has a day that can’t be meant: ${typeof why['day'] === 'number' ? dayText(why['day']) : words(why['days'])}${treated}`
    case 'quantity-unlikely':
      return `a quantity that can’t be meant: ${words(why['quantity'] ?? why['ratio'] ?? why['yield'])} in ${words(why['id'] ?? why['parent'] ?? why['field'])}${treated}`
    case 'too-deep':
      return `is built over more levels than a product has${treated}`
    case 'no-working-day':
      return 'the calendar has no working day; planned as if every day were one'
    default:
      return kind.replaceAll('-', ' ')
  }
}
