import { describe, expect, it } from 'vitest'
import type { WorkOrder } from '../projection.ts'
import { loadWords, strayParts, touches } from './routing-words.ts'

const order = (workOrder: string, state: WorkOrder['state'], item = 'FL-100', revision = 'C') => ({
  workOrder,
  state,
  item,
  revision
})

describe('what a routing touches', () => {
  it('names the orders that keep their method and those that will take this one, and no others', () => {
    const orders = [
      order('WO-0015', 'released'),
      order('WO-0013', 'released'),
      order('WO-0019', 'created'),
      order('WO-0002', 'complete'),
      order('WO-0003', 'cancelled'),
      order('WO-0004', 'released', 'FL-120'),
      order('WO-0005', 'created', 'FL-100', 'D')
    ]
    expect(touches(orders, 'FL-100', 'C', 'C')).toEqual([
      'WO-0013, WO-0015 are on the floor and keep the method they were released with.',
      'WO-0019 will use this one when it is released.',
      'The plan counts with it at once: load, schedule and dates.'
    ])
  })

  it('says when no order is made by it, and when its revision is not in use', () => {
    expect(touches([], 'FL-100', 'D', 'C')).toEqual([
      'No open order is made by it.',
      'Rev C is in use. New orders are made by rev D once a change order has released it.'
    ])
  })

  it('names six orders and counts the rest', () => {
    const many = Array.from({ length: 9 }, (_, at) => order(`WO-000${at}`, 'created'))
    expect(touches(many, 'FL-100', 'C', 'C')[0]).toBe(
      'WO-0000, WO-0001, WO-0002, WO-0003, WO-0004, WO-0005 and 3 more will use this one when they are released.'
    )
  })

  it('finds the parts that are for an operation which is not there any more', () => {
    const bom = {
      item: 'FL-100',
      revision: 'C',
      lines: [{ component: 'A', operation: 10 }, { component: 'B', operation: 30 }, { component: 'C' }]
    }
    expect(strayParts(bom, [{ op: 10 }, { op: 30 }])).toEqual([])
    expect(strayParts(bom, [{ op: 10 }])).toEqual([
      'The BOM has B for operation 30, which is not there. Change the column “op_seq” of bom.csv with it.'
    ])
    expect(strayParts(undefined, [])).toEqual([])
  })

  it('says how many pieces are a load, and where nobody has said it', () => {
    const size = (code: string) => (code === 'ST-05' ? { batchCapacity: 24 } : {})
    expect(loadWords({ op: '20', batch: 'cure-60', stations: ['ST-05', 'ST-06'] }, size)).toBe(
      'Operation 20 is done a load at a time with others of “cure-60”: its run minutes are for one load (24 pieces fill ST-05, no size given at ST-06).'
    )
  })
})
