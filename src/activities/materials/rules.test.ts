import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { ask, drafts, givenBy, knownAfter } from '#test/room.ts'
import { materialConsumed, materialReturned } from '#activities/orders/events.ts'
import { materials } from './activity.ts'
import { bomSet, itemSet, stockCounted } from './events.ts'
import { stockView } from './projection.ts'
import { setBom } from './rules.ts'

const item = (code: string, uom = 'pcs') =>
  draft(itemSet, { item: code, name: code, revision: 'A', uom, source: 'make', tracking: 'none' })
const lines = (...components: readonly string[]) =>
  components.map(component => ({ component, quantity: 1, uom: 'pcs' }))
const bom = (code: string, ...components: readonly string[]) =>
  draft(bomSet, { item: code, revision: 'A', lines: lines(...components) })
const set = (events: readonly Draft[], code: string, ...components: readonly string[]) =>
  ask(materials, setBom, knownAfter(materials, events), { item: code, revision: 'A', lines: lines(...components) })

const items = ['UNIT', 'BOARD', 'CHIP', 'CASE'].map(code => item(code))

describe('a BOM', () => {
  it('is refused when the item would contain itself, naming the path', () => {
    const events = [...items, bom('UNIT', 'CASE', 'BOARD'), bom('BOARD', 'CHIP')]
    expect(set(events, 'CHIP', 'UNIT')).toEqual({
      refused: 'bom-loop',
      about: { item: 'CHIP', revision: 'A', path: 'CHIP → UNIT → BOARD → CHIP' }
    })
    expect(set(items, 'CHIP', 'CHIP')).toMatchObject({ refused: 'bom-loop', about: { path: 'CHIP → CHIP' } })
  })

  it('may use one component along several ways', () => {
    expect(drafts(set([...items, bom('BOARD', 'CHIP')], 'UNIT', 'BOARD', 'CHIP'))).toHaveLength(1)
  })

  it('ends on a loop that is in the books already and does not touch the item', () => {
    expect(drafts(set([...items, bom('BOARD', 'CHIP'), bom('CHIP', 'BOARD')], 'UNIT', 'BOARD'))).toHaveLength(1)
  })

  it('names the component that is not known or is kept in another unit', () => {
    expect(set(items, 'UNIT', 'GLUE')).toEqual({
      refused: 'component-unknown',
      about: { item: 'UNIT', component: 'GLUE' }
    })
    expect(set([...items, item('WIRE', 'm')], 'UNIT', 'WIRE')).toEqual({
      refused: 'unit-differs',
      about: { component: 'WIRE', line: 'pcs', item: 'm' }
    })
  })

  it('is for engineers', () => {
    const known = knownAfter(materials, items)
    const input = { item: 'UNIT', revision: 'A', lines: lines('BOARD') }
    expect(ask(materials, setBom, known, input, givenBy('P-002', ['operator']))).toMatchObject({
      refused: 'role-missing'
    })
  })
})

describe('stock', () => {
  const place = { workOrder: 'WO-0012', op: 10, cycle: 1, step: 1 }
  const counted = draft(stockCounted, { item: 'CHIP', lot: 'L1', location: 'LOC-A1', quantity: 10 })
  const used = (quantity: number) => draft(materialConsumed, { ...place, item: 'CHIP', lot: 'L1', quantity })

  it('goes down as the floor consumes and up as parts come back', () => {
    const back = draft(materialReturned, { ...place, item: 'CHIP', lot: 'L1', quantity: 0.1 })
    const stock = knownAfter(materials, [counted, used(0.3), used(0.1), back]).get(stockView, 'CHIP/L1')
    expect(stock).toMatchObject({ quantity: 9.7, location: 'LOC-A1' })
  })

  it('shows what was used without ever having been counted as less than nothing', () => {
    expect(knownAfter(materials, [used(2)]).get(stockView, 'CHIP/L1')).toMatchObject({ quantity: -2, location: '' })
  })

  it('is what a later count found', () => {
    expect(knownAfter(materials, [counted, used(2), counted]).get(stockView, 'CHIP/L1')?.quantity).toBe(10)
  })
})
