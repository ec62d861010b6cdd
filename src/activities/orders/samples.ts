/** Example states of the sensor line, for tests and screens: built from events, so that they are what the folds make. */
import type * as z from 'zod/mini'
import { methodFrozen } from '#activities/changes/events.ts'
import { stockCounted } from '#activities/materials/events.ts'
import type { EventKind, Stamp } from '#kernel/event.ts'
import { foldEvent, knownFrom, listenersOf } from '#kernel/fold.ts'
import type { Known } from '#kernel/decision.ts'
import { lines } from '#kernel/activity.ts'
import { workOrderCreated, workOrderReleased } from './events.ts'
import { jobView, lotView, methodView, type Operation, unitView, workOrderView } from './projection.ts'
import { routingStationView, routingView } from './routing-view.ts'
import { orderItemView } from './item.ts'

export type Happened = { readonly type: string; readonly payload: unknown; readonly stamp: Stamp }

let count = 0
/** An event as it comes out of the log. `person` and `at` are given where a test asks about them. */
export const happened = <P>(kind: EventKind<P>, payload: P, stamp: Partial<Stamp> = {}): Happened => {
  count += 1
  return {
    type: kind.type,
    payload,
    stamp: { id: `event-${count}`, person: 'P-001', device: 'tablet-1', at: '2026-11-23T08:00:00.000Z', ...stamp }
  }
}

const listeners = listenersOf(
  lines(workOrderView, jobView, unitView, methodView, lotView, routingView, routingStationView, orderItemView)
)

export type Views = Map<string, Map<string, unknown>>

/** What is known after these events. */
export const viewsAfter = (events: readonly Happened[]): Views => {
  const views: Views = new Map()
  for (const event of events)
    foldEvent(
      listeners,
      event,
      (kind, key) => views.get(kind)?.get(key),
      ({ kind, key, view }) => {
        const map = views.get(kind) ?? new Map<string, unknown>()
        if (view === undefined) map.delete(key)
        else map.set(key, view)
        views.set(kind, map)
      }
    )
  return views
}

export const knownAfter = (events: readonly Happened[]): Known => knownFrom(viewsAfter(events))

export const SAMPLE_METHOD = 'a'.repeat(64)
const PAGES = ['b'.repeat(64), 'c'.repeat(64)]

export const sampleOperations: readonly Operation[] = [
  {
    op: 10,
    name: 'Solder the antenna',
    stations: ['ST-01'],
    setupMinutes: 10,
    runMinutes: 4,
    document: 'BD-100',
    steps: [
      {
        step: 1,
        title: 'Fit the antenna',
        text: 'Flat side to the board edge.',
        kind: 'task',
        document: 'BD-100',
        page: 1
      },
      {
        step: 2,
        title: 'Tighten the antenna nut',
        text: 'Torque driver T-TQ-01.',
        kind: 'measure',
        unit: 'N·m',
        nominal: 0.6,
        low: 0.55,
        high: 0.65,
        document: 'BD-100',
        page: 2,
        news: 'The nut is now brass: never above 0.65.'
      },
      {
        step: 3,
        title: 'Fit the radio module',
        text: 'Scan its serial number.',
        kind: 'part',
        item: 'RM-868',
        quantity: 1
      },
      { step: 4, title: 'Photograph the joint', text: 'The whole joint, in focus.', kind: 'photo', page: 2 }
    ]
  },
  {
    op: 20,
    name: 'Close the housing',
    stations: ['ST-02', 'ST-03'],
    setupMinutes: 5,
    runMinutes: 3,
    steps: [
      {
        step: 1,
        title: 'Lay in the seal',
        text: 'No twist. Scan the lot of the seal.',
        kind: 'part',
        item: 'SEAL-7',
        quantity: 2
      },
      { step: 2, title: 'Fit 4 screws', text: 'Crosswise.', kind: 'part', item: 'SCR-M3', quantity: 4 }
    ]
  },
  {
    op: 30,
    name: 'Final inspection',
    stations: ['ST-04'],
    setupMinutes: 0,
    runMinutes: 6,
    controlPlan: 'QC-100',
    steps: []
  },
  { op: 40, name: 'Pack', stations: ['ST-05'], setupMinutes: 0, runMinutes: 1, steps: [] }
]

export const sampleContent: z.infer<typeof methodFrozen.payload>['content'] = {
  item: 'FL-100',
  itemName: 'LoRa sensor',
  revision: 'C',
  bom: [
    { component: 'RM-868', quantity: 1, uom: 'pc', name: 'Radio module', tracking: 'serial' },
    { component: 'SEAL-7', quantity: 2, uom: 'pc', name: 'Seal', tracking: 'lot' },
    { component: 'SCR-M3', quantity: 4, uom: 'pc', name: 'Screw M3x6', tracking: 'none' }
  ],
  operations: [...sampleOperations],
  documents: [
    {
      document: 'BD-100',
      revision: 'C',
      title: 'Sensor assembly',
      file: 'd'.repeat(64),
      pages: PAGES.map((sha256, index) => ({ page: index + 1, sha256, size: 40_000, width: 1600, height: 1131 }))
    }
  ],
  controlPlans: [],
  tools: []
}

export const heads = (content: Pick<typeof sampleContent, 'operations'>) =>
  content.operations.map(({ op, name, stations, runMinutes, steps, controlPlan }) => ({
    op,
    name,
    stations,
    runMinutes,
    steps: steps.map(one => one.step),
    checks: controlPlan ? 3 : 0
  }))

export const sampleCreated = happened(workOrderCreated, {
  workOrder: 'WO-0012',
  label: 'Batch 12',
  item: 'FL-100',
  revision: 'C',
  itemName: 'LoRa sensor',
  quantity: 3,
  due: '2026-11-27',
  priority: 1,
  customer: 'Alpine Rescue'
})

/** WO-0012, three sensors, released to its method, with the lots that it takes. */
export const sampleReleased: readonly Happened[] = [
  sampleCreated,
  happened(methodFrozen, { method: SAMPLE_METHOD, number: 1, content: sampleContent }),
  happened(workOrderReleased, { workOrder: 'WO-0012', method: SAMPLE_METHOD, operations: heads(sampleContent) }),
  ...['RM-1', 'RM-2', 'RM-3'].map(lot =>
    happened(stockCounted, { item: 'RM-868', lot, location: 'LOC-A1', quantity: 1 })
  ),
  happened(stockCounted, { item: 'SEAL-7', lot: 'SL-22', location: 'LOC-A2', quantity: 100 }),
  happened(stockCounted, { item: 'SEAL-7', lot: 'SL-OLD', location: 'LOC-A2', quantity: 5, expires: '2026-10-01' })
]
