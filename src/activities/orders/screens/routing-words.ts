/** What a routing that is typed will touch, and what it leaves behind, as sentences. */
import { show } from '#kernel/quantity.ts'
import type { Operation } from '../events.ts'
import type { WorkOrder } from '../projection.ts'
import type { BomLines, RoutingStation } from '../routing-view.ts'

const NAMED = 6
const someOf = (names: readonly string[]): string =>
  names.length > NAMED ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more` : names.join(', ')

type Orders = readonly Pick<WorkOrder, 'workOrder' | 'item' | 'revision' | 'state'>[]

/** Orders of that item revision: those on the floor keep their method, those that are only created take this one. */
export const touches = (orders: Orders, item: string, revision: string, used: string): readonly string[] => {
  const named = (state: WorkOrder['state']) =>
    orders
      .filter(one => one.item === item && one.revision === revision && one.state === state)
      .map(one => one.workOrder)
      .sort()
  const [floor, created] = [named('released'), named('created')]
  const one = (all: readonly string[]) => all.length === 1
  return [
    ...(floor.length > 0
      ? [
          `${someOf(floor)} ${one(floor) ? 'is' : 'are'} on the floor and ${one(floor) ? 'keeps the method it was' : 'keep the method they were'} released with.`
        ]
      : []),
    ...(created.length > 0
      ? [`${someOf(created)} will use this one when ${one(created) ? 'it is' : 'they are'} released.`]
      : []),
    ...(floor.length + created.length === 0 ? ['No open order is made by it.'] : []),
    revision === used
      ? 'The plan counts with it at once: load, schedule and dates.'
      : `Rev ${used} is in use. New orders are made by rev ${revision} once a change order has released it.`
  ]
}

/** Parts of the BOM that are for an operation which is no longer there. */
export const strayParts = (bom: BomLines | undefined, operations: readonly Pick<Operation, 'op'>[]): string[] => {
  const stray = (bom?.lines ?? []).filter(
    line => line.operation !== undefined && !operations.some(one => one.op === line.operation)
  )
  return [...Map.groupBy(stray, line => line.operation ?? 0)]
    .sort(([a], [b]) => a - b)
    .map(
      ([op, lines]) =>
        `The BOM has ${someOf(lines.map(line => line.component))} for operation ${op}, which is not there. Change the column “op_seq” of bom.csv with it.`
    )
}

/** How many pieces are a load, by station, for an operation that is done a load at a time. */
export const loadWords = (
  row: { readonly op: string; readonly batch: string; readonly stations: readonly string[] },
  station: (code: string) => Pick<RoutingStation, 'batchCapacity'> | undefined
): string => {
  const sizes = row.stations.map(code => {
    const size = station(code)?.batchCapacity
    return size === undefined ? `no size given at ${code}` : `${show(size)} pieces fill ${code}`
  })
  const told = sizes.length > 0 ? ` (${sizes.join(', ')})` : ''
  return `Operation ${row.op} is done a load at a time with others of “${row.batch}”: its run minutes are for one load${told}.`
}
