import { describe, expect, it } from 'vitest'
import type { OpenOrder } from './projection.ts'
import { clearToBuild, shortParts, throughPhantoms } from './shortage.ts'

const order = (workOrder: string, quantity: number, due: string, consumed: Record<string, number> = {}): OpenOrder => ({
  workOrder,
  item: 'UNIT',
  revision: 'A',
  quantity,
  due,
  consumed
})
const lines = [
  { component: 'SCREW', quantity: 4, uom: 'pcs' },
  { component: 'GLUE', quantity: 0.1, uom: 'g' }
]
const bomOf = (item: string) => (item === 'UNIT' ? lines : undefined)
const onHand = (stock: Record<string, number>) => (item: string) => stock[item] ?? 0

describe('clear to build', () => {
  it('gives stock to the order that is due first, and says what the next one lacks', () => {
    const [first, second] = clearToBuild(
      [order('WO-2', 5, '2026-12-02'), order('WO-1', 10, '2026-12-01')],
      bomOf,
      onHand({ SCREW: 50, GLUE: 99 })
    )
    expect(first).toMatchObject({ order: { workOrder: 'WO-1' }, shortages: [] })
    expect(second?.shortages).toEqual([
      { component: 'SCREW', needed: 20, short: 10, workOrder: 'WO-2', due: '2026-12-02' }
    ])
  })

  it('needs only what has not been consumed yet', () => {
    const [one] = clearToBuild([order('WO-1', 10, '2026-12-01', { SCREW: 38, GLUE: 1 })], bomOf, onHand({ SCREW: 2 }))
    expect(one?.shortages).toEqual([])
  })

  it('adds the scrap that the BOM expects', () => {
    const scrapping = () => [{ component: 'SCREW', quantity: 4, uom: 'pcs', scrapPercent: 5 }]
    const [one] = clearToBuild([order('WO-1', 10, '2026-12-01')], scrapping, onHand({ SCREW: 40 }))
    expect(one?.shortages).toMatchObject([{ needed: 42, short: 2 }])
  })

  it('takes books below nothing as nothing', () => {
    const [one] = clearToBuild([order('WO-1', 1, '2026-12-01')], bomOf, onHand({ SCREW: -7, GLUE: 1 }))
    expect(one?.shortages).toMatchObject([{ component: 'SCREW', short: 4 }])
  })

  it('does not call an order clear when nobody knows its BOM', () => {
    const [one] = clearToBuild([{ ...order('WO-1', 1, '2026-12-01'), item: 'OTHER' }], bomOf, onHand({}))
    expect(one).toMatchObject({ hasBom: false, shortages: [] })
  })

  it('lists each short part once, with every order it stops', () => {
    const clearances = clearToBuild(
      [order('WO-1', 10, '2026-12-01'), order('WO-2', 5, '2026-12-02')],
      bomOf,
      onHand({ SCREW: 39, GLUE: 9 })
    )
    expect(shortParts(clearances)).toMatchObject([
      {
        component: 'SCREW',
        short: 21,
        stops: [
          { workOrder: 'WO-1', short: 1 },
          { workOrder: 'WO-2', short: 20 }
        ]
      }
    ])
  })
})

describe('a phantom', () => {
  const line = (component: string, quantity: number) => ({ component, quantity, uom: 'pcs' })
  const below = (component: string) => (component === 'KIT' ? [line('SCREW', 4), line('BAG', 1)] : undefined)

  it('is replaced by its parts, each as often as the phantom is used', () => {
    expect(throughPhantoms([line('CASE', 1), line('KIT', 2)], below)).toEqual([
      line('CASE', 1),
      line('SCREW', 8),
      line('BAG', 2)
    ])
  })

  it('ends when phantoms contain each other', () => {
    const loop = (component: string) => [line(component === 'A' ? 'B' : 'A', 1)]
    expect(throughPhantoms([line('A', 1)], loop)).toHaveLength(1)
  })
})
