/** What one of frePPLe's models gives beside its demand: the hours that are worked, and the orders that are there already. */
import type { PlanDemand, PlanReceipt } from '#activities/materials/planning/problem.ts'
import { openSlots } from './frepple-calendar.ts'
import type { Part } from './frepple-parts.ts'
import type { Operation, Plant } from './frepple-plant.ts'
import { every, field, holds, type Node, nameIn, numberIn, slotOfDate } from './frepple-xml.ts'

/** An order's operation, how many of the item one run of it brings, and how long after its end. */
export type Made = { readonly operation: string; readonly times: number; readonly tail: number }

/** How far around what is asked hours are looked up: 200 days of 96 quarters of an hour. */
const ROUND = 200 * 96

/** The hours in which all operations of a case work: one calendar for all, which is what a site of ours has. */
export const hoursOf = (plant: Plant, using: readonly Operation[], demands: readonly PlanDemand[]) => {
  const kinds = new Set(using.filter(one => one.duration + one.per > 0).map(one => one.calendars.toSorted().join('\n')))
  if (kinds.size > 1) return 'several calendars in one chain'
  const [names = ''] = kinds
  if (names === '') return { slots: undefined, next: (slot: number) => slot }
  const calendars = names.split('\n').flatMap(name => plant.calendars.get(name) ?? [])
  const asked = demands.map(({ day }) => day)
  const slots = openSlots(calendars, Math.min(plant.today, ...asked) - ROUND, Math.max(plant.today, ...asked) + ROUND)
  if ((slots[0] ?? Infinity) > Math.min(...asked) - ROUND / 2)
    return 'a calendar of a few dates: ours counts the days before its first and after its last as worked'
  const open = new Set(slots)
  const last = slots.at(-1) ?? 0
  const next = (slot: number): number => {
    let at = slot
    while (at < last && !open.has(at)) at++
    return at
  }
  return { slots, next }
}

/** Words of a running order that we have no words for. */
const OWN = ['loadplans', 'owner', 'suboperationplans', 'consume_material', 'produce_material', 'consume_capacity']

/** Orders that are there already: what is bought, and what runs with its operation's parts or with parts of its own. */
export const receiptsOf = (
  plant: Plant,
  { operations, stocks }: Part,
  madeBy: ReadonlyMap<string, Made>
): readonly PlanReceipt[] | string => {
  const found: PlanReceipt[] = []
  for (const [at, node] of plant.running.entries()) {
    const name = nameIn(node, 'operation')
    const place = plant.placeOf(node)
    if (name !== undefined ? !operations.some(one => one.name === name) : !stocks.includes(place ?? '')) continue
    if (OWN.some(one => holds(node, one)) || every(node, 'reference').length > 0)
      return 'orders that run already, with steps or people of their own'
    const end = field(node, 'end')
    const operation = plant.operations.get(name ?? '')
    const outputs = operation ? operation.flows.filter(({ quantity }) => quantity > 0) : [undefined]
    if (end === undefined || outputs.length === 0) return 'orders that run already and give no end, or bring nothing'
    for (const [part, output] of outputs.entries()) {
      const item = output?.buffer ?? place ?? ''
      const made = madeBy.get(item)
      if (name !== undefined && made !== undefined && made.operation !== name)
        return 'orders of an operation that is not planned'
      found.push({
        id: (field(node, 'id') ?? field(node, 'reference') ?? `r${at}`) + (part === 0 ? '' : `.${part}`),
        item,
        quantity: (numberIn(node, 'quantity') ?? 0) * (output?.quantity ?? 1) + (output?.fixed ?? 0),
        day: slotOfDate(end),
        kind: name === undefined ? 'purchase' : 'work-order',
        firm: true,
        ...ownParts(plant, node, operation, outputs.length > 1, part)
      })
    }
  }
  return found
}

/** An order that says what it takes, or that brings several things, is given its parts by hand, with the first of them. */
const ownParts = (
  plant: Plant,
  node: Node,
  operation: Operation | undefined,
  several: boolean,
  part: number
): Partial<PlanReceipt> => {
  const own = every(node, 'flowplan')
  const start = field(node, 'start')
  const begins = start === undefined ? {} : { start: slotOfDate(start) }
  if (own.length === 0 && !several) return begins
  if (part > 0) return { ...begins, components: [] }
  const taken = (operation?.flows ?? []).filter(({ quantity }) => quantity < 0)
  return {
    ...begins,
    components: taken.flatMap(({ buffer, quantity, atEnd, offset }) => {
      const said = own.filter(one => plant.placeOf(one, operation?.location) === buffer)
      const at = slotOfDate((atEnd ? field(node, 'end') : start) ?? '') + offset
      return said.length === 0
        ? [{ item: buffer, quantity: -quantity * (numberIn(node, 'quantity') ?? 0), day: at }]
        : said.map(one => ({
            item: buffer,
            quantity: -(numberIn(one, 'quantity') ?? 0),
            day: slotOfDate(field(one, 'date') ?? '')
          }))
    })
  }
}
