import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { ask, drafts, knownAfter } from '#test/room.ts'
import { itemSet, stockCounted } from '#activities/materials/events.ts'
import { materialConsumed } from '#activities/orders/events.ts'
import { schedule } from './activity.ts'
import { buildPlanned } from './events.ts'
import { openOrderView } from './order-view.ts'
import { buildView, onHandView, total } from './projection.ts'
import { makeWorkOrder, planBuild, setDemand } from './rules.ts'

const item = (code: string, source: 'make' | 'buy' = 'make') =>
  draft(itemSet, { item: code, name: `${code} unit`, revision: 'B', uom: 'pcs', source, tracking: 'none' })
const having = (...events: readonly Draft[]) => knownAfter(schedule, events)
const build = { build: 'SENSOR/2026-11-23', item: 'SENSOR', quantity: 40, due: '2026-11-27' }

describe('the master schedule', () => {
  it('takes builds of items that are made here', () => {
    expect(drafts(ask(schedule, planBuild, having(item('SENSOR')), build))).toHaveLength(1)
    expect(ask(schedule, planBuild, having(item('SENSOR', 'buy')), build)).toMatchObject({
      refused: 'plan-item-bought'
    })
    expect(ask(schedule, planBuild, having(), build)).toMatchObject({ refused: 'plan-item-unknown' })
  })

  it('loses a line whose quantity becomes nothing', () => {
    const planned = draft(buildPlanned, build)
    expect(having(planned).get(buildView, build.build)?.quantity).toBe(40)
    expect(having(planned, draft(buildPlanned, { ...build, quantity: 0 })).get(buildView, build.build)).toBeUndefined()
  })

  it('turns a planned build into a work order of the current revision, once', () => {
    const before = [item('SENSOR'), draft(buildPlanned, build)]
    const input = { build: build.build, workOrder: 'WO-0020' }
    const made = drafts(ask(schedule, makeWorkOrder, having(...before), input))
    expect(made[0]?.payload).toMatchObject({
      workOrder: 'WO-0020',
      item: 'SENSOR',
      revision: 'B',
      itemName: 'SENSOR unit',
      quantity: 40,
      due: '2026-11-27'
    })
    const known = having(...before, ...made)
    expect(known.get(openOrderView, 'WO-0020')).toMatchObject({ quantity: 40, state: 'open' })
    expect(ask(schedule, makeWorkOrder, known, { ...input, workOrder: 'WO-0021' })).toEqual({
      refused: 'build-ordered',
      about: { workOrder: 'WO-0020' }
    })
    expect(ask(schedule, planBuild, known, build)).toMatchObject({ refused: 'build-ordered' })
  })

  it('names a build that was a planned order, and numbers its work order, where nobody has', () => {
    const { build: _, ...unnamed } = build
    const known = having(item('SENSOR'), draft(buildPlanned, { ...build, build: 'SENSOR/firm-4' }))
    expect(drafts(ask(schedule, planBuild, known, unnamed))[0]?.payload).toMatchObject({ build: 'SENSOR/firm-5' })
    const made = drafts(ask(schedule, makeWorkOrder, known, { build: 'SENSOR/firm-4' }))
    expect(made.map(({ payload }) => payload)).toMatchObject([{ workOrder: 'WO-0001' }, { workOrder: 'WO-0001' }])
  })

  it('refuses an order number that is taken', () => {
    const before = [item('SENSOR'), draft(buildPlanned, build), draft(buildPlanned, { ...build, build: 'other' })]
    const made = drafts(ask(schedule, makeWorkOrder, having(...before), { build: build.build, workOrder: 'WO-0020' }))
    expect(
      ask(schedule, makeWorkOrder, having(...before, ...made), { build: 'other', workOrder: 'WO-0020' })
    ).toMatchObject({ refused: 'order-number-taken' })
  })

  it('wants a known item behind a demand', () => {
    const demand = { demand: 'SO-1', item: 'SENSOR', quantity: 5, due: '2026-11-27', kind: 'order' } as const
    expect(ask(schedule, setDemand, having(), demand)).toMatchObject({ refused: 'plan-item-unknown' })
    expect(drafts(ask(schedule, setDemand, having(item('SENSOR')), demand))).toHaveLength(1)
  })
})

describe('what is on hand', () => {
  it('adds up the lots, each as it was last counted less what was used since', () => {
    const counted = (lot: string, quantity: number) =>
      draft(stockCounted, { item: 'CHIP', lot, location: 'LOC-A1', quantity })
    const used = draft(materialConsumed, {
      workOrder: 'WO-1',
      op: 10,
      cycle: 1,
      step: 1,
      item: 'CHIP',
      quantity: 4,
      lot: 'L1'
    })
    expect(total(having(counted('L1', 10), counted('L2', 5), used).get(onHandView, 'CHIP'))).toBe(11)
    expect(total(having(counted('L1', 10), used, counted('L1', 3)).get(onHandView, 'CHIP'))).toBe(3)
    expect(total(undefined)).toBe(0)
  })
})
