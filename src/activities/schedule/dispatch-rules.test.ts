import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { ask, drafts, givenBy, knownAfter } from '#test/room.ts'
import {
  operationCompleted,
  operationStarted,
  workOrderClosed,
  workOrderCreated,
  workOrderReleased
} from '#activities/orders/events.ts'
import { stationSet } from '#plant/events.ts'
import { schedule } from './activity.ts'
import { pinOperation, publishSchedule, unpinOperation } from './dispatch-rules.ts'
import { dispatchList, PUBLISHED, pinnedView, publishedView } from './dispatch-view.ts'
import { operationPinned, schedulePublished } from './events.ts'
import { scheduleProblemFrom } from './solver/problem-from.ts'

const operations = [10, 20].map(op => ({
  op,
  name: `Op ${op}`,
  stations: ['ST-1'],
  runMinutes: 1,
  steps: [],
  checks: 0
}))
const base: readonly Draft[] = [
  draft(stationSet, { station: 'ST-1', name: 'One', line: 'L1', kind: 'build', order: 1 }),
  draft(workOrderCreated, {
    workOrder: 'WO-1',
    item: 'UNIT',
    revision: 'A',
    itemName: 'Unit',
    quantity: 10,
    due: '2026-12-01',
    priority: 1
  }),
  draft(workOrderReleased, { workOrder: 'WO-1', method: 'a'.repeat(64), operations })
]
const known = (...more: readonly Draft[]) => knownAfter(schedule, [...base, ...more])
const planner = givenBy('P-004', ['planner'])
const planned = (op: number, hour: number) => ({
  workOrder: 'WO-1',
  op,
  station: 'ST-1',
  start: `2026-11-24T${hour}:00:00Z`,
  end: `2026-11-24T${hour + 1}:00:00Z`
})
const published = draft(schedulePublished, { version: 1, operations: [planned(20, 12), planned(10, 11)] })
const list = (...more: readonly Draft[]) =>
  dispatchList(known(published, ...more).get(publishedView, PUBLISHED), 'ST-1').map(({ op }) => op)

describe('the published schedule', () => {
  it('is what each station does next, without what is done or closed', () => {
    expect(list()).toEqual([10, 20])
    expect(list(draft(operationCompleted, { workOrder: 'WO-1', op: 10 }))).toEqual([20])
    expect(list(draft(workOrderClosed, { workOrder: 'WO-1', outcome: 'complete' }))).toEqual([])
  })

  it('is published over the one that was seen, for orders and stations that there are', () => {
    const publish = (basedOn: number, over = {}, ...more: readonly Draft[]) =>
      ask(
        schedule,
        publishSchedule,
        known(...more),
        { basedOn, operations: [{ ...planned(10, 11), ...over }] },
        planner
      )
    expect(drafts(publish(0))[0]?.payload).toMatchObject({ version: 1 })
    expect(drafts(publish(1, {}, published))[0]?.payload).toMatchObject({ version: 2 })
    expect(publish(0, {}, published)).toMatchObject({ refused: 'schedule-newer', about: { version: 1 } })
    expect(publish(0, { workOrder: 'WO-9' })).toMatchObject({ refused: 'order-not-open' })
    expect(publish(0, { station: 'ST-9' })).toMatchObject({ refused: 'schedule-station-unknown' })
  })
})

describe('a pin', () => {
  const pin = { workOrder: 'WO-1', op: 10, station: 'ST-1', start: '2026-11-24T11:00:00Z' }
  const ask1 = (over = {}, ...more: readonly Draft[]) =>
    ask(schedule, pinOperation, known(...more), { ...pin, ...over }, planner)

  it('holds what has not begun, where it may be done', () => {
    expect(drafts(ask1())).toHaveLength(1)
    expect(ask1({ station: 'ST-9' })).toMatchObject({ refused: 'operation-elsewhere' })
    expect(ask1({}, draft(operationStarted, { workOrder: 'WO-1', op: 10, station: 'ST-1' }))).toMatchObject({
      refused: 'operation-begun'
    })
    expect(ask1({}, draft(operationCompleted, { workOrder: 'WO-1', op: 10 }))).toMatchObject({
      refused: 'operation-over'
    })
    expect(ask(schedule, unpinOperation, known(), { workOrder: 'WO-1', op: 10 }, planner)).toMatchObject({
      refused: 'operation-not-pinned'
    })
    const [gone] = drafts(
      ask(schedule, unpinOperation, known(draft(operationPinned, pin)), { workOrder: 'WO-1', op: 10 }, planner)
    )
    expect(gone && known(draft(operationPinned, pin), gone).get(pinnedView, 'WO-1/10')).toBeUndefined()
  })

  it('is kept by the next schedule, and what was published is what moving costs', () => {
    const problem = scheduleProblemFrom(known(published, draft(operationPinned, pin)), {
      now: Date.parse('2026-11-24T10:00:00Z')
    })
    expect(problem.operations[0]).toMatchObject({
      locked: { station: 'ST-1', start: 60 },
      planned: { station: 'ST-1', start: 60 }
    })
    expect(problem.operations[1]).toMatchObject({ planned: { station: 'ST-1', start: 120 } })
    const late = scheduleProblemFrom(known(draft(operationPinned, pin)), { now: Date.parse('2026-11-24T12:00:00Z') })
    expect(late.operations[0]?.locked).toBeUndefined()
  })
})
