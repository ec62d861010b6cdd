import { describe, expect, it } from 'vitest'
import { lotView, methodView, workOrderView } from '#activities/orders/projection.ts'
import { toolView } from '#activities/tooling/projection.ts'
import { knownFrom } from '#kernel/fold.ts'
import { remembered, slipped, suggestions } from './type-search.ts'

const order = (state: string, ...ops: number[]) => ({
  state,
  itemName: 'Sensor',
  operations: ops.map(op => ({ op, name: `Step ${op}` }))
})
const known = knownFrom(
  new Map<string, ReadonlyMap<string, unknown>>([
    [
      workOrderView.name,
      new Map([
        ['WO-0012', order('released', 10, 20, 30)],
        ['WO-0013', order('complete', 10)]
      ])
    ],
    [lotView.name, new Map([['AB-012', [{ item: 'RES-10K', lot: 'AB-012' }]]])],
    [methodView.name, new Map([['m', { bom: [{ component: 'RES-10K', name: 'Resistor' }] }]])],
    [toolView.name, new Map([['T-JIG-12', { name: 'Heatsink jig' }]])]
  ])
)
const found = (typed: string, recent: readonly string[] = []) => suggestions(known, typed, recent)

describe('a number that is being typed', () => {
  it('is looked for among open job cards, lots and tools, without regard to hyphens and case', () => {
    expect(found('wo001').map(one => one.raw)).toEqual(['WO-0012-10', 'WO-0012-20', 'WO-0012-30'])
    expect(found('0012 3')).toEqual([{ raw: 'WO-0012-30', what: 'Step 30, Sensor' }])
    expect(found('ab0')).toEqual([{ raw: 'AB-012', what: 'lot of Resistor' }])
    expect(found('jig')).toEqual([{ raw: 'T-JIG-12', what: 'Heatsink jig' }])
    expect(found('zz')).toEqual([])
  })
  it('offers first what begins so, and not more than fits', () => {
    expect(found('a').map(one => one.raw)[0]).toBe('AB-012')
    expect(found('0').length).toBeLessThanOrEqual(5)
  })
  it('offers the last codes before anything is typed, the newest first, and no badge', () => {
    const recent = ['B-1004', 'LOT-1', 'LOT-2', 'LOT-1'].reduce(remembered, [] as readonly string[])
    expect(found('', recent).map(one => one.raw)).toEqual(['LOT-1', 'LOT-2'])
    expect(['1', '2', '3', '4', '5', '6'].reduce(remembered, [] as readonly string[])).toEqual([
      '6',
      '5',
      '4',
      '3',
      '2'
    ])
  })
  it('has a slip where the check digit of a GTIN or an SSCC is wrong', () => {
    expect(slipped('4006381333931')).toBe(false)
    expect(slipped('4006381333913')).toBe(true)
    expect(slipped('306141411234567897')).toBe(hasSlip('306141411234567897'))
    expect(slipped('12345678')).toBe(false)
    expect(slipped('WO-0012-30')).toBe(false)
  })
})

/** Threes and ones from the right, by hand. */
const hasSlip = (digits: string): boolean =>
  [...digits].reverse().reduce((sum, digit, i) => sum + Number(digit) * (i % 2 ? 3 : 1), 0) % 10 !== 0
