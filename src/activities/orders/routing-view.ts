/** How an item revision is made, and the little of other rooms that a routing is checked against. */
import { bomSet } from '#activities/materials/events.ts'
import { viewKind, when } from '#kernel/view.ts'
import { stationSet } from '#plant/events.ts'
import { type Operation, routingSet } from './events.ts'

export type Routing = {
  readonly item: string
  readonly revision: string
  readonly operations: readonly Operation[]
  /** Which event said so, whose and when; absent in what was folded by an earlier build. */
  readonly set?: { readonly event: string; readonly person: string; readonly at: string }
}

export const routingKey = (item: string, revision: string): string => `${item}/${revision}`

/** The last one stands. Orders on the floor are made by the method that was frozen when they were released, not by this. */
export const routingView = viewKind<Routing>(
  'orders/routing',
  'desk',
  [
    when(
      routingSet,
      p => routingKey(p.item, p.revision),
      (_was, p, { id, person, at }) => ({
        ...p,
        operations: [...p.operations].sort((a, b) => a.op - b.op),
        set: { event: id, person, at }
      })
    )
  ],
  undefined,
  2
)

/** Which operation each part of an item revision is for. */
export type BomLines = {
  readonly item: string
  readonly revision: string
  readonly lines: readonly { readonly component: string; readonly operation?: number }[]
}
export const bomLinesView = viewKind<BomLines>('orders/bom-lines', 'desk', [
  when(
    bomSet,
    p => routingKey(p.item, p.revision),
    (_was, { item, revision, lines }) => ({
      item,
      revision,
      lines: lines.map(({ component, operation }) => ({
        component,
        ...(operation === undefined ? {} : { operation })
      }))
    })
  )
])

export type RoutingStation = {
  readonly station: string
  readonly name: string
  readonly line: string
  /** Pieces that fill it, where it takes a load at a time. */
  readonly batchCapacity?: number
}
export const routingStationView = viewKind<RoutingStation>('orders/station', 'desk', [
  when(
    stationSet,
    p => p.station,
    (_was, { station, name, line, batchCapacity }) => ({
      station,
      name,
      line,
      ...(batchCapacity === undefined ? {} : { batchCapacity })
    })
  )
])
