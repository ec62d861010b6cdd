import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { ask, drafts, givenBy, knownAfter } from '#test/room.ts'
import { itemSet } from '#activities/materials/events.ts'
import { operationStarted, quantityReported, workOrderCreated, workOrderReleased } from '#activities/orders/events.ts'
import { piecesPacked } from '#activities/shipping/events.ts'
import { siteSetUp } from '#plant/events.ts'
import { schedule } from './activity.ts'
import { buildPlanned, frozenEditAsked, mpsVersionLocked } from './events.ts'
import { madeOf, openOrderView } from './order-view.ts'
import { planBuild } from './rules.ts'
import {
  approveFrozenEdit,
  askFrozenEdit,
  declineFrozenEdit,
  lockMpsVersion,
  publishScenario,
  signMpsVersion
} from './version-rules.ts'

const base: readonly Draft[] = [
  draft(siteSetUp, { site: 'main', name: 'Fennel', timeZone: 'Australia/Sydney', sample: true }),
  draft(itemSet, {
    item: 'UNIT',
    name: 'Unit',
    revision: 'A',
    uom: 'pcs',
    source: 'make',
    tracking: 'none',
    demandFenceDays: 7
  })
]
const build = (over = {}) => ({ build: 'B1', item: 'UNIT', quantity: 10, due: '2026-11-27', ...over })
const known = (...more: readonly Draft[]) => knownAfter(schedule, [...base, ...more])
const planner = givenBy('P-004', ['planner'])
const boss = givenBy('P-003', ['supervisor'])
const edit = '00000000-0000-7000-8000-000000000009'
const asked = (over = {}) => draft(frozenEditAsked, { edit, ...build(), reason: 'Customer called', ...over })

describe('the frozen zone', () => {
  it('begins today and ends before the fence, in the plant’s own days', () => {
    const at = (due: string, when = '2026-11-23T09:00:00.000Z') =>
      ask(schedule, planBuild, known(), build({ due }), givenBy('P-004', ['planner'], when))
    expect(at('2026-11-29')).toMatchObject({ refused: 'build-frozen', about: { fence: '2026-11-30' } })
    expect(drafts(at('2026-11-30'))).toHaveLength(1)
    // In Sydney it is the 24th already.
    expect(at('2026-11-30', '2026-11-23T14:00:00.000Z')).toMatchObject({ refused: 'build-frozen' })
  })

  it('keeps what lies in it from being moved out or taken out, and lets what does not change be', () => {
    const there = known(draft(buildPlanned, build()))
    expect(ask(schedule, planBuild, there, build({ due: '2026-12-24' }), planner)).toMatchObject({
      refused: 'build-frozen'
    })
    expect(ask(schedule, planBuild, there, build({ quantity: 0 }), planner)).toMatchObject({ refused: 'build-frozen' })
    expect(drafts(ask(schedule, planBuild, there, build(), planner))).toHaveLength(1)
  })

  it('is changed by one who asks with a reason and another who signs', () => {
    const ask1 = (input: object, ...more: readonly Draft[]) =>
      ask(schedule, askFrozenEdit, known(...more), { ...build(), reason: 'Customer called', ...input }, planner)
    expect(ask1({ reason: ' ' })).toMatchObject({ refused: 'edit-unexplained' })
    expect(ask1({ due: '2026-12-24' })).toMatchObject({ refused: 'edit-not-frozen' })
    expect(ask1({}, asked())).toMatchObject({ refused: 'edit-asked-already' })
    expect(drafts(ask1({}, draft(buildPlanned, build({ quantity: 4 }))))[0]?.payload).toMatchObject({
      was: { quantity: 4 }
    })
    const sign = (given = boss, ...more: readonly Draft[]) =>
      ask(schedule, approveFrozenEdit, known(asked(), ...more), { edit }, given)
    expect(sign(planner)).toMatchObject({ refused: 'role-missing' })
    expect(sign(givenBy('P-001', ['supervisor']))).toMatchObject({ refused: 'edit-own' })
    expect(drafts(sign()).map(({ kind }) => kind.type)).toEqual([
      'schedule/frozen-edit-approved.v1',
      'schedule/build-planned.v1'
    ])
    expect(sign(boss, draft(buildPlanned, build({ quantity: 99 })))).toMatchObject({ refused: 'edit-stale' })
    const declined = ask(schedule, declineFrozenEdit, known(asked()), { edit, note: 'No parts' }, boss)
    const [no] = drafts(declined)
    expect(no && sign(boss, no)).toMatchObject({ refused: 'edit-decided' })
  })
})

describe('a version of the master schedule', () => {
  const lock = (...more: readonly Draft[]) =>
    drafts(ask(schedule, lockMpsVersion, known(...more), {}, planner))[0]?.payload
  const planned = draft(buildPlanned, build({ due: '2026-12-24' }))

  it('has the same hash for the same plan and another for another', () => {
    const later = draft(buildPlanned, build({ build: 'B2', due: '2026-12-25' }))
    const hash = (...more: readonly Draft[]) => (lock(...more) as { hash: string }).hash
    expect(hash(planned, later)).toBe(hash(later, planned))
    expect(hash(planned)).not.toBe(hash(planned, later))
    expect(ask(schedule, lockMpsVersion, known(), {}, planner)).toMatchObject({ refused: 'version-empty' })
  })

  it('is numbered, and signed by somebody else who saw this one', () => {
    const locked = lock(planned) as { version: string; hash: string }
    expect(locked.version).toBe('MPS-0001')
    const there = known(planned, draft(mpsVersionLocked, locked as never))
    const sign = (hash: string, given = boss) =>
      ask(schedule, signMpsVersion, there, { version: 'MPS-0001', hash }, given)
    expect(sign('0'.repeat(64))).toMatchObject({ refused: 'version-differs' })
    expect(sign(locked.hash, givenBy('P-001', ['supervisor']))).toMatchObject({ refused: 'version-own' })
    const [signed] = drafts(sign(locked.hash))
    const signedOne = known(planned, draft(mpsVersionLocked, locked as never), signed as Draft)
    expect(ask(schedule, signMpsVersion, signedOne, { version: 'MPS-0001', hash: locked.hash }, boss)).toMatchObject({
      refused: 'version-signed'
    })
    expect(drafts(ask(schedule, lockMpsVersion, signedOne, {}, planner))[0]?.payload).toMatchObject({
      version: 'MPS-0002'
    })
  })
})

describe('a scenario', () => {
  const publish = (over = {}) =>
    ask(
      schedule,
      publishScenario,
      known(),
      {
        scenario: 'More in May',
        reason: 'Terravine wants twice as many',
        demands: [{ demand: 'D1', item: 'UNIT', quantity: 5, due: '2027-05-04', kind: 'order' }],
        forecasts: [],
        builds: [build({ due: '2027-05-03' })],
        receipts: [{ order: 'PO-1', line: 1, due: '2027-04-20' }],
        calendars: [],
        ...over
      },
      planner
    )

  it('becomes the plan as a whole, with its reason in front', () => {
    expect(drafts(publish()).map(({ kind }) => kind.type)).toEqual([
      'schedule/scenario-published.v1',
      'schedule/demand-set.v1',
      'schedule/build-planned.v1',
      'materials/purchase-line-changed.v1'
    ])
    expect(drafts(publish())[0]?.payload).toMatchObject({ changes: 3 })
  })

  it('does not go around the frozen zone, nor without a reason, nor about nothing', () => {
    expect(publish({ builds: [build()] })).toMatchObject({ refused: 'build-frozen' })
    expect(publish({ reason: '' })).toMatchObject({ refused: 'scenario-unexplained' })
    expect(publish({ demands: [], builds: [], receipts: [] })).toMatchObject({ refused: 'scenario-empty' })
  })
})

it('knows what an order has made, begun and packed', () => {
  const operations = [10, 20].map(op => ({
    op,
    name: `Op ${op}`,
    stations: ['ST-01'],
    runMinutes: 1,
    steps: [],
    checks: 0
  }))
  const order = known(
    draft(workOrderCreated, {
      workOrder: 'WO-1',
      item: 'UNIT',
      revision: 'A',
      itemName: 'Unit',
      quantity: 10,
      due: '2026-12-01',
      priority: 1
    }),
    draft(workOrderReleased, { workOrder: 'WO-1', method: 'a'.repeat(64), operations }),
    draft(operationStarted, { workOrder: 'WO-1', op: 10, station: 'ST-01' }),
    draft(quantityReported, { workOrder: 'WO-1', op: 10, report: 'r1', good: 9, scrap: 1, rework: 0 }),
    draft(quantityReported, { workOrder: 'WO-1', op: 20, report: 'r2', good: 4, scrap: 0, rework: 0 }),
    draft(piecesPacked, { handlingUnit: '0'.repeat(18), workOrder: 'WO-1', quantity: 2 })
  ).get(openOrderView, 'WO-1')
  expect(order).toMatchObject({
    packed: 2,
    progress: { 10: { state: 'started', good: 9, scrap: 1 }, 20: { state: 'waiting', good: 4 } }
  })
  expect(order && madeOf(order)).toBe(4)
})
