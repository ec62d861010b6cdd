/** What is missing in the masters of items that somebody wants: the plan goes on without it, and its dates are less true. */
import { bomKey, bomView, itemView, wantedView } from '#activities/materials/projection.ts'
import { routingKey, routingView } from '#activities/schedule/projection.ts'
import type { Known } from '#kernel/decision.ts'

const SHOWN = 6

const told = (items: readonly string[], one: string, more: string): readonly string[] => {
  if (items.length === 0) return []
  const rest = items.length > SHOWN ? ` and ${items.length - SHOWN} more` : ''
  return [`${items.slice(0, SHOWN).join(', ')}${rest}: ${items.length === 1 ? one : more}`]
}

/** Sentences about items that are wanted, by somebody or by another item. */
export const mastersLacking = (known: Known): readonly string[] => {
  const wanted = new Set(known.list(wantedView).map(([, { item }]) => item))
  for (const [, { lines }] of known.list(bomView)) for (const { component } of lines) wanted.add(component)
  const items = known.list(itemView).flatMap(([, item]) => (wanted.has(item.item) ? [item] : []))
  const bought = items.filter(item => item.source === 'buy' && item.transferFrom === undefined)
  const made = items.filter(item => item.source === 'make' && item.transferFrom === undefined)
  const names = (list: typeof items): readonly string[] => list.map(({ item }) => item)
  return [
    ...told(
      names(bought.filter(item => item.supplier === undefined)),
      'is bought and has no supplier',
      'are bought and have no supplier'
    ),
    ...told(
      names(made.filter(item => !known.get(routingView, routingKey(item.item, item.revision)))),
      'is made here and has no routing: it is planned, and loads no station',
      'are made here and have no routing: they are planned, and load no station'
    ),
    ...told(
      names(made.filter(item => !known.get(bomView, bomKey(item.item, item.revision)))),
      'is made here and has no bill of material: it needs nothing',
      'are made here and have no bill of material: they need nothing'
    )
  ]
}
