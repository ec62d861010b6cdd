import { describe, expect, it } from 'vitest'
import type { Known } from '#kernel/decision.ts'
import { draft, type Draft } from '#kernel/event.ts'
import { ask, drafts, knownAfter } from '#test/room.ts'
import { materials } from './activity.ts'
import {
  itemSet,
  plannedOrderFirmed,
  purchaseLineChanged,
  purchaseOrderSet,
  purchaseReceived,
  stockCounted
} from './events.ts'
import { firmPlanned } from './plan-rules.ts'
import { firmPlannedView, purchaseOrderView, stockView, toCome } from './projection.ts'
import { changePurchaseLine, onOrderOf, orderPlanned, receivePurchase, setPurchaseOrder } from './purchase-rules.ts'

const item = (code: string, tracking: 'none' | 'lot' | 'serial' = 'none') =>
  draft(itemSet, { item: code, name: code, revision: 'A', uom: 'pcs', source: 'buy', tracking })
const line = (number: number, over = {}) => ({
  line: number,
  item: 'SCREW',
  quantity: 1000,
  due: '2026-12-03',
  state: 'open' as const,
  ...over
})
const order = draft(purchaseOrderSet, {
  order: 'PO-1',
  supplier: 'Bolt & Co',
  lines: [line(1), line(2, { item: 'CHIP' })]
})
const received = (quantity: number, lot = '') =>
  draft(purchaseReceived, { order: 'PO-1', line: 1, item: 'SCREW', quantity, lot, location: 'LOC-A' })
const base: readonly Draft[] = [item('SCREW'), item('CHIP', 'lot'), item('BOARD', 'serial'), order]
const knowing = (...more: readonly Draft[]) => knownAfter(materials, [...base, ...more])

describe('an order to a supplier', () => {
  it('keeps what has come when it is set again, and knows what is still to come', () => {
    const known = knowing(
      received(300),
      draft(purchaseOrderSet, { order: 'PO-1', lines: [line(1, { quantity: 800 })] })
    )
    const [first] = known.get(purchaseOrderView, 'PO-1')?.lines ?? []
    expect(first).toMatchObject({ quantity: 800, received: 300, state: 'open' })
    expect(first && toCome(first)).toBe(500)
    expect(onOrderOf(known, 'SCREW')).toBe(500)
  })

  it('names an item nobody knows, a line that is there twice, and one that may not go', () => {
    const set = (lines: ReturnType<typeof line>[], known = knowing()) =>
      ask(materials, setPurchaseOrder, known, { order: 'PO-1', lines })
    expect(set([line(1, { item: 'GLUE' })])).toMatchObject({ refused: 'item-unknown', about: { item: 'GLUE' } })
    expect(set([line(1), line(1)])).toMatchObject({ refused: 'purchase-line-twice' })
    expect(set([line(2)], knowing(received(1)))).toMatchObject({
      refused: 'purchase-line-received',
      about: { line: 1 }
    })
    expect(drafts(set([line(2, { item: 'CHIP' })]))).toHaveLength(1)
  })

  it('is made of planned orders only while the plan is true', () => {
    const make = (onOrder: number) =>
      ask(materials, orderPlanned, knowing(), {
        order: 'PO-2',
        lines: [{ item: 'SCREW', quantity: 500, due: '2026-12-10', onOrder }]
      })
    expect(make(0)).toEqual({ refused: 'plan-outdated', about: { item: 'SCREW', was: 0, now: 1000 } })
    expect(drafts(make(1000))[0]?.payload).toMatchObject({ order: 'PO-2', lines: [{ line: 1, state: 'open' }] })
  })
})

describe('a line', () => {
  const was = { quantity: 1000, due: '2026-12-03' }
  const move = (input: object, ...more: readonly Draft[]) =>
    ask(materials, changePurchaseLine, knowing(...more), { order: 'PO-1', line: 1, was, ...input })

  it('is moved, and counts with its new day and quantity', () => {
    const [moved] = drafts(move({ due: '2026-12-01', quantity: 1200 }))
    const known = knowing(draft(purchaseLineChanged, moved?.payload as never))
    expect(known.get(purchaseOrderView, 'PO-1')?.lines[0]).toMatchObject({ due: '2026-12-01', quantity: 1200 })
  })

  it('is not moved by a message that is older than its last change', () => {
    const since = draft(purchaseLineChanged, { order: 'PO-1', line: 1, due: '2026-12-07' })
    expect(move({ due: '2026-12-01' }, since)).toEqual({
      refused: 'purchase-line-moved',
      about: { order: 'PO-1', line: 1, quantity: 1000, due: '2026-12-07' }
    })
  })

  it('is not made smaller than what has come, nor touched when it is closed, nor changed to what it is', () => {
    expect(move({ quantity: 200 }, received(300))).toMatchObject({ refused: 'purchase-below-received' })
    expect(move({ due: was.due })).toMatchObject({ refused: 'purchase-unchanged' })
    const closed = draft(purchaseLineChanged, { order: 'PO-1', line: 1, state: 'closed' })
    expect(move({ due: '2026-12-01' }, closed)).toMatchObject({ refused: 'purchase-line-closed' })
    expect(onOrderOf(knowing(closed), 'SCREW')).toBe(0)
  })
})

describe('receiving', () => {
  const receive = (number: number, over = {}) =>
    ask(materials, receivePurchase, knowing(), {
      order: 'PO-1',
      line: number,
      quantity: 5,
      lot: '',
      location: 'LOC-A',
      ...over
    })

  it('adds to what lies there, beside what a count has found', () => {
    const counted = draft(stockCounted, { item: 'SCREW', lot: '', location: 'LOC-B', quantity: 40 })
    expect(knowing(counted, received(300), received(5)).get(stockView, 'SCREW/')).toMatchObject({
      quantity: 345,
      location: 'LOC-A'
    })
  })

  it('takes more than was ordered, because it is there', () => {
    expect(drafts(receive(1, { quantity: 5000 }))).toHaveLength(1)
    const [first] = knowing(received(5000)).get(purchaseOrderView, 'PO-1')?.lines ?? []
    expect(first && toCome(first)).toBe(0)
  })

  it('asks for the lot of what is kept by lot, and for one serial at a time', () => {
    expect(receive(2)).toMatchObject({ refused: 'lot-needed' })
    expect(drafts(receive(2, { lot: ' L-7 ' }))[0]?.payload).toMatchObject({ item: 'CHIP', lot: 'L-7' })
    const serial = draft(purchaseOrderSet, { order: 'PO-1', lines: [line(3, { item: 'BOARD' })] })
    expect(
      ask(materials, receivePurchase, knowing(serial), {
        order: 'PO-1',
        line: 3,
        quantity: 2,
        lot: 'S1',
        location: 'LOC-A'
      })
    ).toMatchObject({ refused: 'one-for-each-serial' })
  })
})

describe('a firm planned order', () => {
  const firm = { order: 'FP-1', item: 'SCREW', quantity: 50, due: '2026-12-10' }

  it('stays until it is let go, and keeps its number to itself', () => {
    const held = draft(plannedOrderFirmed, firm)
    expect(knowing(held).get(firmPlannedView, 'FP-1')).toMatchObject({ quantity: 50 })
    expect(
      knowing(held, draft(plannedOrderFirmed, { ...firm, quantity: 0 })).get(firmPlannedView, 'FP-1')
    ).toBeUndefined()
    expect(ask(materials, firmPlanned, knowing(held), { ...firm, item: 'CHIP' })).toMatchObject({
      refused: 'firm-number-taken'
    })
    expect(ask(materials, firmPlanned, knowing(), { ...firm, quantity: 0 })).toMatchObject({ refused: 'firm-unknown' })
    expect(ask(materials, firmPlanned, knowing(), { ...firm, start: '2026-12-11' })).toMatchObject({
      refused: 'firm-days-reversed'
    })
  })

  it('gets the next free number of the office', () => {
    const { order: _, ...unnamed } = firm
    const made = (known: Known) => drafts(ask(materials, firmPlanned, known, unnamed))[0]?.payload
    expect(made(knowing())).toMatchObject({ order: 'FPO-0001', quantity: 50 })
    expect(made(knowing(draft(plannedOrderFirmed, { ...firm, order: 'FPO-0007' })))).toMatchObject({
      order: 'FPO-0008'
    })
  })

  it('is gone when it is ordered, and is ordered once', () => {
    const held = draft(plannedOrderFirmed, firm)
    const line = { item: 'SCREW', quantity: 60, due: '2026-12-10', onOrder: 1000, firm: 'FP-1' }
    const ordered = drafts(ask(materials, orderPlanned, knowing(held), { order: 'PO-9', lines: [line] }))
    const known = knowing(held, ...ordered)
    expect(known.get(firmPlannedView, 'FP-1')).toBeUndefined()
    expect(known.get(purchaseOrderView, 'PO-9')?.lines).toMatchObject([{ line: 1, quantity: 60, state: 'open' }])
    const again = { order: 'PO-10', lines: [{ ...line, onOrder: 1060 }] }
    expect(ask(materials, orderPlanned, known, again)).toMatchObject({ refused: 'firm-unknown' })
  })
})
