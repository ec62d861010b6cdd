import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import type { Action } from '#kernel/decision.ts'
import { draft, type Draft } from '#kernel/event.ts'
import { knownAfter } from '#test/room.ts'
import { workOrderCreated, workOrderRescheduled } from '#activities/orders/events.ts'
import { buildPlanned } from '#activities/schedule/events.ts'
import { materials } from '../activity.ts'
import { itemSet, plannedOrderFirmed, purchaseOrderSet, purchaseReceived } from '../events.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { firming, firmOf } from './firm.ts'
import { remedyOf } from './use-remedy.ts'

const TODAY = dayNumber('2026-11-22')
const item = (code: string, source: 'make' | 'buy') =>
  draft(itemSet, { item: code, name: code, revision: 'A', uom: 'pcs', source, tracking: 'none' })
const order = draft(workOrderCreated, {
  workOrder: 'WO-0012',
  item: 'SENSOR',
  revision: 'A',
  itemName: 'Sensor',
  quantity: 32,
  due: '2026-12-04',
  priority: 5
})
const purchase = draft(purchaseOrderSet, {
  order: 'PO-1',
  lines: [{ line: 1, item: 'SCREW', quantity: 100, due: '2026-12-03', state: 'open' }]
})

/** Actions of other rooms are asked by their name. */
const floorAfter = (...events: readonly Draft[]) => {
  const known = knownAfter(materials, [item('SENSOR', 'make'), item('SCREW', 'buy'), order, purchase, ...events])
  // Only their names are looked at here.
  return { ...known, action: (name: string) => ({ name }) as Action, draft: () => undefined }
}
const asks = (kind: PlanMessage['kind'], receipt: string, to?: PlanMessage['to']): PlanMessage => ({
  key: kind,
  state: '',
  kind,
  severity: 'info',
  item: receipt.startsWith('PO') ? 'SCREW' : 'SENSOR',
  about: { kind: 'receipt', item: 'SENSOR', receipt },
  why: {},
  ...(to ? { to } : {})
})
const remedy = (floor: ReturnType<typeof floorAfter>, message: PlanMessage) =>
  // A screen's floor can do much more than a remedy asks of it.
  remedyOf({ floor: floor as never, day: TODAY }, message)

describe('what a message may do to a work order', () => {
  const moved = { workOrder: 'WO-0012', was: { quantity: 32, due: '2026-12-04' } }

  it('moves its day, from what the plan saw', () => {
    const day = dayNumber('2026-11-27')
    expect(remedy(floorAfter(), asks('expedite', 'WO-0012', { day }))).toMatchObject({
      kind: 'apply',
      label: 'Move to Fri',
      action: { name: 'orders/reschedule-work-order' },
      input: { ...moved, due: '2026-11-27' }
    })
    const later = draft(workOrderRescheduled, { workOrder: 'WO-0012', due: '2026-12-01' })
    expect(remedy(floorAfter(later), asks('defer', 'WO-0012', { day }))).toMatchObject({
      input: { was: { quantity: 32, due: '2026-12-01' }, due: '2026-11-27' }
    })
  })

  it('changes its quantity by whole pieces', () => {
    expect(remedy(floorAfter(), asks('decrease', 'WO-0012', { quantity: 19.2 }))).toMatchObject({
      label: 'Set to 20',
      input: { ...moved, quantity: 20 }
    })
  })

  it('asks for a reason before it goes, and for a day when it is past due', () => {
    expect(remedy(floorAfter(), asks('cancel', 'WO-0012'))).toEqual({ kind: 'cancel', label: 'Cancel it' })
    // It is our own: its page splits it and opens its operations.
    expect(remedy(floorAfter(), asks('past-due', 'WO-0012'))).toEqual({
      kind: 'redate',
      label: 'Give a new day',
      open: 'WO-0012'
    })
    expect(remedy(floorAfter(), asks('past-due', 'PO-1/1'))).toEqual({ kind: 'redate', label: 'Give a new day' })
  })

  it('still changes a line of a purchase order by all that was ordered', () => {
    const came = draft(purchaseReceived, {
      order: 'PO-1',
      line: 1,
      item: 'SCREW',
      quantity: 40,
      lot: '',
      location: 'LOC-A'
    })
    expect(remedy(floorAfter(came), asks('increase', 'PO-1/1', { quantity: 75 }))).toMatchObject({
      label: 'Set to 115',
      action: { name: 'materials/change-purchase-line' },
      input: { order: 'PO-1', line: 1, quantity: 115 }
    })
    expect(remedy(floorAfter(came), asks('cancel', 'PO-1/1'))).toMatchObject({ input: { close: true } })
  })
})

describe('a firm planned order', () => {
  const screws = { order: 'FPO-0001', item: 'SCREW', quantity: 50, due: '2026-12-10' }
  const sensors = { build: 'SENSOR/firm-1', item: 'SENSOR', quantity: 8, due: '2026-12-05' }

  it('is this room’s when it is bought and a build of the master schedule when it is made', () => {
    const floor = floorAfter(draft(plannedOrderFirmed, screws), draft(buildPlanned, sensors))
    expect(firmOf(floor).map(({ firm, made }) => [firm, made])).toEqual([
      ['SENSOR/firm-1', true],
      ['FPO-0001', false]
    ])
    expect(firming(floor, { item: 'SENSOR', quantity: 8, due: '2026-12-05' })).toEqual({
      action: { name: 'schedule/plan-build' },
      input: { item: 'SENSOR', quantity: 8, due: '2026-12-05' }
    })
    const letGo = firming(floor, { firm: 'FPO-0001', item: 'SCREW', quantity: 0, due: '2026-12-10' })
    expect(letGo).toMatchObject({
      action: { name: 'materials/firm-planned' },
      input: { order: 'FPO-0001', quantity: 0 }
    })
  })

  it('asks for a new day when it is past due, and for nothing else', () => {
    const floor = floorAfter(draft(plannedOrderFirmed, screws))
    expect(remedy(floor, asks('past-due', 'FPO-0001'))).toEqual({ kind: 'firm', label: 'Give a new day' })
    expect(remedy(floor, asks('below-safety', 'FPO-0001'))).toBeUndefined()
  })
})
