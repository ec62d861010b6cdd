/** A tablet in a test: the sample run is released, and what is done is folded at once. */
import { methodFrozen } from '#activities/changes/events.ts'
import { workOrderCreated, workOrderReleased } from '#activities/orders/events.ts'
import { toolSet } from '#activities/tooling/events.ts'
import { type Action, decideAction, type Given, isRefusal } from '#kernel/decision.ts'
import type { EventKind } from '#kernel/event.ts'
import { foldEvent, knownFrom, listenersOf } from '#kernel/fold.ts'
import { siteSetUp } from '#plant/events.ts'
import { quality } from './activity.ts'
import { inspectionView } from './projection.ts'
import { recordCheck } from './rules.ts'
import { sampleContent, sampleMethod } from './samples.ts'

/** Operation 30 of the sample run: its final check. */
export const job = { workOrder: 'WO-0012', op: 30 }
export const photo = { sha256: 'e'.repeat(64), size: 9, type: 'image/webp' }

/** One tablet's knowledge, with so many pieces in the run. */
export const world = (pieces = 3) => {
  const views = new Map<string, Map<string, unknown>>()
  const listeners = listenersOf(quality.views)
  const known = knownFrom(views)
  let ids = 0
  const newId = () => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`
  const happened = <P>(kind: EventKind<P>, payload: P, person = 'P-001', at = '2026-11-22T10:00:00Z') =>
    foldEvent(
      listeners,
      { type: kind.type, payload, stamp: { id: newId(), person, device: 'd', at } },
      (kindName, key) => views.get(kindName)?.get(key),
      ({ kind: name, key, view }) => {
        const map = views.get(name) ?? new Map<string, unknown>()
        views.set(name, map)
        if (view === undefined) map.delete(key)
        else map.set(key, view)
      }
    )
  const act = <I>(action: Action<I>, input: I, over: Partial<Given> = {}) => {
    const given: Given = {
      person: 'P-001',
      roles: ['inspector'],
      station: 'ST-03',
      at: '2026-11-22T10:00:00Z',
      newId,
      hash: text => text,
      ...over
    }
    const answer = decideAction(action, quality.guards, known, input, given)
    if (isRefusal(answer)) return answer
    for (const { kind, payload } of answer) happened(kind, payload, given.person, given.at)
    return { events: answer.map(({ kind }) => kind.type), payloads: answer.map(({ payload }) => payload) }
  }
  happened(siteSetUp, { site: 'S', name: 'Fennel Labs', timeZone: 'Europe/Berlin', sample: true })
  happened(toolSet, { tool: 'T-DC-07', name: 'Caliper', kind: 'gauge', location: 'LOC-Q1', calibratedTo: '2026-11-22' })
  happened(methodFrozen, { method: sampleMethod, number: 1, content: sampleContent })
  happened(workOrderCreated, {
    workOrder: 'WO-0012',
    item: 'FL-100',
    itemName: 'LoRa sensor',
    revision: 'B',
    quantity: pieces,
    due: '2026-12-01',
    priority: 1
  })
  happened(workOrderReleased, {
    workOrder: 'WO-0012',
    method: sampleMethod,
    operations: [
      { op: 10, name: 'Assemble', stations: ['ST-01'], runMinutes: 5, steps: [1], checks: 0 },
      { op: 30, name: 'Final check', stations: ['ST-03'], runMinutes: 3, steps: [], checks: 4 }
    ]
  })
  const check = (
    sample: number,
    characteristic: number,
    more: Partial<Parameters<typeof recordCheck.decide>[1]> = {},
    over: Partial<Given> = {}
  ) => act(recordCheck, { ...job, sample, characteristic, ...more }, over)
  const passAll = (sample: number, except: readonly number[] = []) => {
    if (!except.includes(1)) check(sample, 1, { verdict: 'pass' })
    if (!except.includes(2)) check(sample, 2, { value: 12, gauge: 'T-DC-07' })
    if (!except.includes(3)) check(sample, 3, { value: 5 })
    if (!except.includes(4)) check(sample, 4, { verdict: 'pass' })
  }
  return { known, happened, act, check, passAll, inspection: () => known.get(inspectionView, 'WO-0012/30') }
}

export const defect = { ...job, code: 'missing-part', place: 'J3', quantity: 1, severity: 'major' as const }
