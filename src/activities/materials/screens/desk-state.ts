/** What every list of the materials desk shares: the plant's day, the plan's answer, names, and the way to an item or an order. */
import type { VNode } from 'preact'
import { dayAt, dayText } from '#kernel/calendar.ts'
import { view } from '#kernel/view.ts'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { type Answer, useAnswer } from '#ui/use-answer.ts'
import type { Outlook, OutlookAsked } from '../outlook.ts'
import type { Delayed, NeedRef, SupplyRef } from '../planning/problem.ts'
import { itemView, needView, placeView } from '../projection.ts'

export type Desk = Answer<Outlook> & {
  readonly floor: Floor
  /** The plant's day, YYYY-MM-DD and as a number. */
  readonly today: string
  readonly day: number
  readonly nameOf: (item: string) => string
  readonly unitOf: (item: string) => string
  readonly openItem: (item: string) => void
  /** Shows a dialog over the desk and not inside the row that asks for it, which has clicks and sizes of its own; undefined closes it. */
  readonly ask: (dialog: VNode | undefined) => void
  /** A purchase order by its number. */
  readonly openPurchase: (order: string) => void
  readonly sequence: readonly string[]
  readonly propose: (sequence: readonly string[]) => void
}

const SEQUENCE = 'materials/sequence'

/** The order in which a planner wants to build; it is kept on this browser. */
const sequenceOf = (floor: Floor): readonly string[] => (floor.draft(SEQUENCE) ?? '').split(' ').filter(Boolean)

export const useMaterials = (
  ways: Pick<Desk, 'openItem' | 'openPurchase' | 'ask'>,
  sequence: readonly string[],
  setSequence: (sequence: readonly string[]) => void
): Desk => {
  const floor = useFloor()
  // A minute is near enough for a day.
  const minute = Math.floor(floor.now.value / 60_000) * 60_000
  const day = dayAt(minute, floor.list(placeView)[0]?.[1].timeZone ?? 'UTC')
  const today = dayText(day)
  const asked: OutlookAsked = { today, sequence }
  const answer = useAnswer<Outlook>('materials/outlook', asked)
  return {
    ...answer,
    ...ways,
    floor,
    today,
    day,
    nameOf: item => floor.get(itemView, item)?.name ?? item,
    unitOf: item => floor.get(itemView, item)?.uom ?? '',
    sequence,
    propose: next => {
      floor.setDraft(SEQUENCE, next.length > 0 ? next.join(' ') : undefined)
      setSequence(next)
    }
  }
}

export const keptSequence = sequenceOf

type Person = {
  readonly person: string
  readonly name: string
  readonly active: boolean
  readonly roles: readonly string[]
}
const personView = view<Person>('plant/person')

/** Who may look after a message. */
export const planners = (floor: Floor): readonly { readonly value: string; readonly label: string }[] => [
  { value: '', label: 'Nobody yet' },
  ...floor
    .list(personView)
    .filter(([, { active, roles }]) => active && roles.includes('planner'))
    .map(([, { person, name }]) => ({ value: person, label: name }))
]

/** 'PO-0207' and its line, when a receipt is a line of a purchase order. */
export const purchaseLineOf = (receipt: string): { readonly order: string; readonly line: number } | undefined => {
  const found = /^(.+)\/(\d+)$/.exec(receipt)
  return found ? { order: found[1] ?? '', line: Number(found[2]) } : undefined
}

/** Where a document of the plan is shown; undefined for what has no page of its own. */
export const addressOf = (floor: Floor, ref: SupplyRef | NeedRef | Delayed['what']): string | undefined => {
  if (ref.kind === 'receipt') return floor.get(needView, ref.receipt) ? `/orders/${ref.receipt}` : '/plan'
  return ref.kind === 'demand' ? '/plan' : undefined
}
