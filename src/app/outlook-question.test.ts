import { describe, expect, it } from 'vitest'
import { bomSet, itemSet } from '#activities/materials/events.ts'
import { materials } from '#activities/materials/activity.ts'
import { routingSet } from '#activities/orders/events.ts'
import { orders } from '#activities/orders/activity.ts'
import { schedule } from '#activities/schedule/activity.ts'
import { buildPlanned } from '#activities/schedule/events.ts'
import type { Activity } from '#kernel/activity.ts'
import { type Draft, draft } from '#kernel/event.ts'
import type { Question } from '#kernel/question.ts'
import { remembering } from '#kernel/remember.ts'
import { lineSet, siteSetUp, stationSet } from '#plant/events.ts'
import { knownAfter } from '#test/room.ts'
import { bomQuestion, loadWorkQuestion, outlookQuestion } from './outlook-question.ts'
import { scheduleQuestion } from './schedule-question.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
const today = '2026-11-23'
const item = (code: string, over: object) =>
  draft(itemSet, { item: code, name: code, revision: 'A', uom: 'pcs', source: 'make', tracking: 'none', ...over })
const routing = (code: string, station: string, runMinutes: number) =>
  draft(routingSet, {
    item: code,
    revision: 'A',
    operations: [{ op: 10, name: 'Build', stations: [station], setupMinutes: 10, runMinutes, steps: [] }]
  })
const base: readonly Draft[] = [
  draft(siteSetUp, { site: 'main', name: 'Fennel', timeZone: 'Europe/Berlin', sample: true }),
  draft(lineSet, { line: 'L1', name: 'Line' }),
  ...['ST-1', 'ST-2'].map(station =>
    draft(stationSet, { station, name: station, line: 'L1', kind: 'build', order: 1 })
  ),
  item('UNIT', { leadTimeDays: 2 }),
  item('BOARD', { leadTimeDays: 1 }),
  draft(bomSet, { item: 'UNIT', revision: 'A', lines: [{ component: 'BOARD', quantity: 2, uom: 'pcs' }] }),
  routing('UNIT', 'ST-1', 3),
  routing('BOARD', 'ST-2', 1)
]
const everything = { views: [materials, schedule, orders].flatMap(room => room.views) } as unknown as Activity
const asked = <I, A>({ answer }: Question<I, A>, input: I, more: readonly Draft[]): A =>
  answer(knownAfter(everything, [...base, ...more]), input, { now: () => 0, progress: () => {}, keep: remembering() })

const build = (quantity: number) => draft(buildPlanned, { build: 'B-1', item: 'UNIT', quantity, due: '2026-12-04' })
const weeks = { today, now, bucket: 'week', count: 3 } as const

describe('a build of the master schedule', () => {
  const planned = (station: string, more: readonly Draft[]) =>
    asked(outlookQuestion, weeks, more)
      .loads.find(({ resource }) => resource === station)
      ?.buckets.map(one => one.planned)

  it('loads its own stations as well as those of its parts', () => {
    expect(planned('ST-1', [])).toEqual([0, 0, 0])
    // Ten minutes to set up, three for each of fifty; a hundred boards of a minute each come before it.
    expect(planned('ST-1', [build(50)])).toEqual([0, 160, 0])
    expect(planned('ST-2', [build(50)])).toEqual([0, 110, 0])
  })

  it('is named among what loads a station', () => {
    const work = asked(loadWorkQuestion, { ...weeks, resource: 'ST-1', at: 1 }, [build(50)])
    expect(work).toEqual([
      { order: 'B-1', item: 'UNIT', op: 10, name: 'Build', due: '2026-12-04', kind: 'planned', minutes: 160 }
    ])
  })

  it('has its place in the finite schedule, behind its parts', () => {
    const { schedule: made, runs } = asked(scheduleQuestion, { today, now, seconds: 0, seed: 1 }, [build(50)])
    const of = (station: string) => made.operations.find(one => one.station === station)
    expect(runs['B-1']).toMatchObject({ item: 'UNIT', quantity: 50, firm: false })
    expect(of('ST-1')?.workOrder).toBe('B-1')
    expect(of('ST-1')?.start).toBeGreaterThanOrEqual(of('ST-2')?.end ?? Number.NaN)
  })
})

describe('the BOM of an item', () => {
  const lines = [{ component: 'BOARD', quantity: 3, uom: 'pcs' }]

  it('is that of its revision of today, with what is supposed of it', () => {
    expect(asked(bomQuestion, { item: 'UNIT' }, [])?.lines).toEqual([{ component: 'BOARD', quantity: 2, uom: 'pcs' }])
    expect(
      asked(bomQuestion, { item: 'UNIT' }, [draft(bomSet, { item: 'UNIT', revision: 'A', lines })])?.lines
    ).toEqual(lines)
    expect(asked(bomQuestion, { item: 'UNIT' }, [item('UNIT', { revision: 'B' })])).toBeNull()
    expect(asked(bomQuestion, { item: 'BOARD' }, [])).toBeNull()
  })
})
