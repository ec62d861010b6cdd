/**
 * Clear to build, first version: on hand is given to open work orders in the order in which they are due; what is then
 * missing names the order it stops. Pure. Orders on the way from a supplier don't count yet.
 */
import { add, times } from '#kernel/quantity.ts'
import type { BomLine, OpenOrder } from './projection.ts'

export type Shortage = {
  readonly component: string
  /** In the component's unit. */
  readonly needed: number
  readonly short: number
  readonly workOrder: string
  readonly due: string
}

/** Each order with what it lacks; an order without shortages is clear to build. `hasBom` is false when nobody knows. */
export type Clearance = { readonly order: OpenOrder; readonly hasBom: boolean; readonly shortages: readonly Shortage[] }

/** What one order still needs, component by component, with the scrap that its BOM expects. */
const needsOf = (order: OpenOrder, lines: readonly BomLine[]): ReadonlyMap<string, number> => {
  const needs = new Map<string, number>()
  for (const { component, quantity, scrapPercent } of lines) {
    const need = times(times(quantity, order.quantity), 1 + (scrapPercent ?? 0) / 100)
    needs.set(component, add(needs.get(component) ?? 0, need))
  }
  return new Map(
    [...needs].map(([component, need]) => [component, Math.max(0, add(need, -(order.consumed[component] ?? 0)))])
  )
}

/**
 * The lines of a BOM with every phantom replaced by its own parts, at most eight levels deep. `below` answers the lines of a
 * phantom, and nothing for what is stocked. A phantom whose BOM nobody knows stays as it is: then it is short by itself.
 */
export const throughPhantoms = (
  lines: readonly BomLine[],
  below: (component: string) => readonly BomLine[] | undefined,
  depth = 0
): readonly BomLine[] =>
  lines.flatMap(line => {
    const parts = depth < 8 ? below(line.component) : undefined
    if (!parts) return [line]
    const factor = times(line.quantity, 1 + (line.scrapPercent ?? 0) / 100)
    return throughPhantoms(
      parts.map(part => ({ ...part, quantity: times(part.quantity, factor) })),
      below,
      depth + 1
    )
  })

export const clearToBuild = (
  orders: readonly OpenOrder[],
  bomOf: (item: string, revision: string) => readonly BomLine[] | undefined,
  onHandOf: (item: string) => number
): readonly Clearance[] => {
  const left = new Map<string, number>()
  const inOrder = orders.toSorted((a, b) =>
    a.due === b.due ? (a.workOrder < b.workOrder ? -1 : 1) : a.due < b.due ? -1 : 1
  )
  return inOrder.map(order => {
    const lines = bomOf(order.item, order.revision)
    const shortages: Shortage[] = []
    for (const [component, needed] of needsOf(order, lines ?? [])) {
      const available = Math.max(0, left.get(component) ?? onHandOf(component))
      const short = Math.max(0, add(needed, -available))
      left.set(component, Math.max(0, add(available, -needed)))
      if (short > 0) shortages.push({ component, needed, short, workOrder: order.workOrder, due: order.due })
    }
    return { order, hasBom: lines !== undefined, shortages }
  })
}

export type ShortPart = {
  readonly component: string
  readonly short: number
  /** The orders it stops, the first due first. */
  readonly stops: readonly Shortage[]
}

/** One row for each short part, the one that stops the earliest order first. */
export const shortParts = (clearances: readonly Clearance[]): readonly ShortPart[] => {
  const parts = new Map<string, Shortage[]>()
  for (const { shortages } of clearances)
    for (const one of shortages) parts.set(one.component, [...(parts.get(one.component) ?? []), one])
  return [...parts].map(([component, stops]) => ({ component, stops, short: add(...stops.map(({ short }) => short)) }))
}
