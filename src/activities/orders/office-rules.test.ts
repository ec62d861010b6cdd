import { describe, expect, it } from 'vitest'
import { closeWorkOrder, createWorkOrder } from './office-rules.ts'
import { workOrderReleased } from './events.ts'
import { jobView, methodView, unitView, workOrderView } from './projection.ts'
import { startOperation } from './rules.ts'
import { floorOf, op10, there, unitDone } from './sample-tablet.ts'
import { SAMPLE_METHOD } from './samples.ts'
import { ordersReasons } from './words.ts'

describe('the office', () => {
  const wanted = {
    item: 'FL-100',
    revision: 'C',
    itemName: 'LoRa sensor',
    quantity: 48,
    due: '2026-12-01',
    priority: 2
  }
  it('numbers a new order after the highest, and takes no number twice or one that no card can say', () => {
    const tablet = floorOf()
    expect(tablet.act(createWorkOrder, wanted)).toBe('done')
    expect(tablet.known.get(workOrderView, 'WO-0013')).toMatchObject({ state: 'created', quantity: 48 })
    expect(tablet.act(createWorkOrder, { ...wanted, workOrder: 'WO-0012' })).toMatchObject({ refused: 'order-known' })
    expect(tablet.act(createWorkOrder, { ...wanted, workOrder: 'WO-2026-12' })).toMatchObject({
      refused: 'number-not-scannable'
    })
    expect(tablet.act(createWorkOrder, { ...wanted, workOrder: 'B-12' })).toMatchObject({
      refused: 'number-not-scannable'
    })
  })
  it('closes an order when its operations are done, and its jobs and units leave the tablets', () => {
    const tablet = floorOf()
    expect(tablet.act(closeWorkOrder, { workOrder: 'WO-0012', outcome: 'complete' })).toMatchObject({
      refused: 'operations-open',
      about: { ops: '10, 20, 30, 40' }
    })
    expect(tablet.act(closeWorkOrder, { workOrder: 'WO-0012', outcome: 'cancelled' })).toMatchObject({
      refused: 'cancel-needs-note'
    })
    tablet.act(startOperation, op10)
    unitDone(tablet, 1)
    expect(tablet.act(closeWorkOrder, { workOrder: 'WO-0012', outcome: 'cancelled', note: 'Customer withdrew' })).toBe(
      'done'
    )
    expect(tablet.known.get(jobView, 'WO-0012/10')?.closed).toBe(true)
    expect(unitView.scope(there(tablet.known.get(unitView, 'WO-0012/10/00001')))).toBe('archive')
    expect(workOrderView.scope(there(tablet.order))).toBe('archive')
    expect(tablet.act(closeWorkOrder, { workOrder: 'WO-0012', outcome: 'cancelled', note: 'again' })).toMatchObject({
      refused: 'order-closed'
    })
  })
  it('gives an order on the floor another method only in place of its own, and only between operations', () => {
    const tablet = floorOf()
    const method = 'f'.repeat(64)
    const again = { workOrder: 'WO-0012', method, replaces: SAMPLE_METHOD, operations: [] }
    const { replaces: _, ...twice } = again
    expect(tablet.flag(workOrderReleased, twice)).toBe('already-released')
    expect(tablet.flag(workOrderReleased, { ...again, replaces: 'e'.repeat(64) })).toBe('already-released')
    expect(tablet.flag(workOrderReleased, again)).toBeUndefined()
    tablet.act(startOperation, op10)
    expect(tablet.flag(workOrderReleased, again)).toBe('operation-begun')
    const operations = there(tablet.order).operations.map(({ op, name, stations, runMinutes, steps, checks }) => ({
      op,
      name,
      stations: [...stations],
      runMinutes,
      steps: [...steps],
      checks
    }))
    tablet.happens(workOrderReleased, { ...again, operations })
    expect(tablet.order?.method).toBe(method)
    expect(tablet.op(10)?.state).toBe('running')
    expect(tablet.known.get(methodView, SAMPLE_METHOD)?.workOrders).toEqual([])
  })
})

describe('the words', () => {
  const about = {
    workOrder: 'WO-0012',
    due: '2026-11-27',
    begun: 2,
    op: 10,
    count: 2,
    state: 'complete',
    before: 10,
    name: 'Solder',
    station: 'ST-01',
    stations: 'ST-02',
    revision: 'C',
    step: 2,
    cycle: 2,
    quantity: 3,
    title: 'Fit the nut',
    value: 0.76,
    unit: 'N·m',
    by: 0.11,
    side: 'above',
    limit: 0.65,
    item: 'RM-868',
    tracking: 'serial',
    lot: 'RM-1',
    scanned: 'SL-22',
    is: 'SEAL-7',
    needed: 'RM-868',
    expires: '2026-10-01',
    left: 1,
    good: 2,
    finished: 1,
    missing: 1,
    expected: 3,
    ops: '20, 30',
    lacks: 'a unit',
    what: 'a shelf label'
  }
  const sentences = Object.entries(ordersReasons).map(([reason, sentence]) => [reason, sentence(about)] as const)
  it.each(sentences)('%s says what happened and what to do', (_reason, sentence) => {
    expect(sentence).toMatch(/^[A-Z0-9“].*\.$/)
    expect(sentence).not.toContain('undefined')
    expect(sentence).not.toMatch(/invalid|failed|^error|oops|please|!/i)
  })
})
