/** Open work orders as clear to build is asked: each with what is taken from the shelf for it, in the components' own units. */
import type { Known } from '#kernel/decision.ts'
import { conversion } from '#kernel/unit.ts'
import { throughPhantoms } from './phantoms.ts'
import type { BuildOrder } from './planning/clear-to-build.ts'
import { bomLineOf } from './planning/problem-from.ts'
import type { PlanBomLine } from './planning/problem.ts'
import { type BomLine, bomKey, bomView, itemView, needView, type OpenOrder } from './projection.ts'

export type Build = BuildOrder & {
  readonly due: string
  /** Nobody knows what it is made of: it can't be called clear. */
  readonly hasBom: boolean
}

/** In the order asked for; the others behind them, the first due first. */
export const buildsOf = (known: Known, sequence: readonly string[] = []): readonly Build[] => {
  const asked = new Map(sequence.map((workOrder, at) => [workOrder, at]))
  const place = ({ workOrder }: OpenOrder): number => asked.get(workOrder) ?? sequence.length
  return known
    .list(needView)
    .map(([, order]) => order)
    .toSorted(
      (a, b) => place(a) - place(b) || (a.due === b.due ? (a.workOrder < b.workOrder ? -1 : 1) : a.due < b.due ? -1 : 1)
    )
    .map(order => buildOf(known, order))
}

const buildOf = (known: Known, { workOrder, item, revision, quantity, due, consumed }: OpenOrder): Build => {
  const lines = known.get(bomView, bomKey(item, revision))?.lines
  const below = (component: string): readonly BomLine[] | undefined => {
    const found = known.get(itemView, component)
    return found?.source === 'phantom' ? known.get(bomView, bomKey(component, found.revision))?.lines : undefined
  }
  const valid = throughPhantoms(lines ?? [], below).filter(
    line => !(line.from !== undefined && due < line.from) && !(line.to !== undefined && due >= line.to)
  )
  return {
    id: workOrder,
    item,
    quantity,
    due,
    hasBom: lines !== undefined,
    issued: consumed,
    lines: valid.flatMap(line => inOwnUnit(known, item, line))
  }
}

/** A line whose unit doesn't convert is left out; the plan names it among its messages. */
const inOwnUnit = (known: Known, parent: string, line: BomLine): readonly PlanBomLine[] => {
  const item = known.get(itemView, line.component)
  const bought = item?.purchaseUnit === line.uom ? { times: item.purchaseFactor ?? 1, per: 1 } : undefined
  const factor = bought ?? conversion(line.uom, item?.uom ?? line.uom)
  if (!factor) return []
  const one = bomLineOf(parent, line)
  return [{ ...one, quantity: (one.quantity * factor.times) / factor.per }]
}
