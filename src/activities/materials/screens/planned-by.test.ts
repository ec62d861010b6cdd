import { describe, expect, it } from 'vitest'
import { draft } from '#kernel/event.ts'
import { ask, drafts, knownAfter } from '#test/room.ts'
import { materials } from '../activity.ts'
import { itemSet } from '../events.ts'
import type { Item } from '../projection.ts'
import { setItem } from '../rules.ts'
import { plannedBy, problemsOf, typedOf } from './planned-by.ts'

const reel: Item = {
  item: 'REEL',
  name: 'Reel',
  revision: 'A',
  uom: 'm',
  source: 'buy',
  tracking: 'none',
  leadTimeDays: 5,
  leadDaysPerUnit: 0.02,
  safetyStock: 100,
  maximumStock: 400,
  lotRule: 'fixed',
  lotQuantity: 50
}
const typed = typedOf(reel)

describe('how an item is planned, as it is typed', () => {
  it('begins with what the item has, and changes nothing by itself', () => {
    expect(typed).toEqual({
      leadTimeDays: '5',
      leadDaysPerUnit: '0.02',
      safetyStock: '100',
      maximumStock: '400'
    })
    expect(problemsOf(typed, 'm')).toEqual({})
    expect(plannedBy(reel, typed, typed)).toEqual(reel)
  })

  it('takes a decimal comma, and an empty field as no rule at all', () => {
    const next = plannedBy(reel, { ...typed, leadDaysPerUnit: '0,5', maximumStock: ' ', safetyStock: '' }, typed)
    expect(next.leadDaysPerUnit).toBe(0.5)
    expect('maximumStock' in next || 'safetyStock' in next).toBe(false)
    expect(next.lotQuantity).toBe(50)
    const known = knownAfter(materials, [draft(itemSet, reel)])
    expect(drafts(ask(materials, setItem, known, next))).toMatchObject([{ payload: next }])
  })

  it('leaves alone what was not typed: another may have changed it, and a file may say it to more decimals', () => {
    const fine = { ...reel, leadDaysPerUnit: 0.000000123 }
    const meanwhile = { ...fine, safetyStock: 70, buyer: 'Bo' }
    const before = typedOf(fine)
    expect(plannedBy(meanwhile, { ...before, leadTimeDays: '6' }, before)).toEqual({ ...meanwhile, leadTimeDays: 6 })
  })

  it.each([
    ['leadDaysPerUnit', '-1', /less than nothing/],
    ['leadDaysPerUnit', 'two', /“two” is no number/],
    ['leadTimeDays', '1e15', /no number/],
    ['maximumStock', '1,000', /two ways/],
    ['leadTimeDays', '4000', /At most 3,650 days/],
    ['maximumStock', '1000000000000000', /At most 1,000,000,000 m/],
    ['maximumStock', '99.5', /Less than the safety stock of 100 m/]
  ] as const)('says what is wrong with %s %s', (field, text, said) => {
    const problems = problemsOf({ ...typed, [field]: text }, 'm')
    expect(Object.keys(problems)).toEqual([field])
    expect(problems[field]).toMatch(said)
  })

  it('lets a maximum be the safety stock itself', () => {
    expect(problemsOf({ ...typed, maximumStock: '100' }, 'm')).toEqual({})
  })
})
