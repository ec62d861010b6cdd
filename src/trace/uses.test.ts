import { describe, expect, it } from 'vitest'
import { usesByRun } from './uses.ts'

describe('where a lot went', () => {
  it('adds up each run and names its pieces once, in order', () => {
    const use = { op: 10, item: 'BAT', quantity: 0.1 }
    expect(
      usesByRun([
        { ...use, workOrder: 'WO-2', cycle: 7 },
        { ...use, workOrder: 'WO-1', cycle: 3 },
        { ...use, workOrder: 'WO-1', cycle: 1 },
        { ...use, workOrder: 'WO-1', cycle: 3 }
      ])
    ).toEqual([
      { workOrder: 'WO-1', item: 'BAT', quantity: 0.3, cycles: [1, 3] },
      { workOrder: 'WO-2', item: 'BAT', quantity: 0.1, cycles: [7] }
    ])
  })
})
