/** What may be said about items, BOMs and stock. */
import { floorAction, type Known, officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { bomSet, itemSet, stockCounted } from './events.ts'
import { type BomLine, bomKey, bomView, itemView } from './projection.ts'

export const setItem = officeAction('materials/set-item', ['engineer', 'planner'], itemSet.payload, (_known, input) => [
  draft(itemSet, input)
])

export const setBom = officeAction('materials/set-bom', ['engineer'], bomSet.payload, (known, input) => {
  const { item, revision } = input
  if (!known.get(itemView, item)) return refuse('item-unknown', { item })
  for (const line of input.lines) {
    const component = known.get(itemView, line.component)
    if (line.component !== item && !component) return refuse('component-unknown', { item, component: line.component })
    if (component && component.uom !== line.uom)
      return refuse('unit-differs', { component: line.component, line: line.uom, item: component.uom })
  }
  const path = loopFrom(known, item, input.lines)
  if (path) return refuse('bom-loop', { item, revision, path: path.join(' → ') })
  return [draft(bomSet, input)]
})

/** What was found stands, even for an item the office has never heard of: the shelf is right, the books are not. */
export const countStock = floorAction('materials/count-stock', stockCounted.payload, (_known, input) => [
  draft(stockCounted, input)
])

/**
 * The path by which `item` would contain itself if its BOM had these lines, or nothing. Each component is followed
 * through the BOM of its current revision; every item is entered once, so time is linear in the lines read.
 */
export const loopFrom = (known: Known, item: string, lines: readonly BomLine[]): readonly string[] | undefined => {
  const entered = new Set<string>()
  const walk = (path: readonly string[], below: readonly BomLine[]): readonly string[] | undefined => {
    for (const { component } of below) {
      if (component === item) return [...path, component]
      if (entered.has(component)) continue
      entered.add(component)
      const revision = known.get(itemView, component)?.revision
      const bom = revision === undefined ? undefined : known.get(bomView, bomKey(component, revision))
      const found = bom && walk([...path, component], bom.lines)
      if (found) return found
    }
    return undefined
  }
  return walk([item], lines)
}
