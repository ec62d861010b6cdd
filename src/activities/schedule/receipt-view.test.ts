import { describe, expect, it } from 'vitest'
import { type Draft, draft } from '#kernel/event.ts'
import { knownAfter } from '#test/room.ts'
import { purchaseLineChanged, purchaseOrderSet, purchaseReceived } from '#activities/materials/events.ts'
import { schedule } from './activity.ts'
import { openReceipts, receiptView } from './receipt-view.ts'

const line = (number: number, due: string, quantity = 100) => ({
  line: number,
  item: `PART-${number}`,
  quantity,
  due,
  state: 'open' as const
})
const ordered = draft(purchaseOrderSet, {
  order: 'PO-1',
  supplier: 'Bolts',
  lines: [line(1, '2026-12-03'), line(2, '2026-12-01')]
})
const open = (...more: readonly Draft[]) =>
  openReceipts(
    knownAfter(schedule, [ordered, ...more])
      .list(receiptView)
      .map(([, one]) => one)
  ).map(one => `${one.order}/${one.line} ${one.quantity} ${one.due}`)

describe('what is on order', () => {
  it('lists the first to come first', () => {
    expect(open()).toEqual(['PO-1/2 100 2026-12-01', 'PO-1/1 100 2026-12-03'])
  })

  it('moves one line, and leaves the rest of the order', () => {
    expect(open(draft(purchaseLineChanged, { order: 'PO-1', line: 2, due: '2026-12-20', quantity: 50 }))).toEqual([
      'PO-1/1 100 2026-12-03',
      'PO-1/2 50 2026-12-20'
    ])
  })

  it('leaves out what has come whole or was closed, and remembers that when the order is written anew', () => {
    const came = draft(purchaseReceived, {
      order: 'PO-1',
      line: 1,
      item: 'PART-1',
      quantity: 100,
      lot: '',
      location: 'A1'
    })
    expect(open(came)).toEqual(['PO-1/2 100 2026-12-01'])
    expect(open(came, ordered)).toEqual(['PO-1/2 100 2026-12-01'])
    expect(open(came, draft(purchaseLineChanged, { order: 'PO-1', line: 2, state: 'closed' }))).toEqual([])
  })
})
