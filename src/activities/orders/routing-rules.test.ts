import { describe, expect, it } from 'vitest'
import { itemSet } from '#activities/materials/events.ts'
import { stationSet } from '#plant/events.ts'
import { workOrderReleased } from './events.ts'
import { methodView, workOrderView } from './projection.ts'
import { setRouting } from './routing-rules.ts'
import { routingView } from './routing-view.ts'
import { floorOf, there, type Tablet } from './sample-tablet.ts'
import { SAMPLE_METHOD, sampleContent, sampleOperations } from './samples.ts'
import { ordersReasons } from './words.ts'

const first = there(sampleOperations[0])
const routing = { item: 'FL-100', revision: 'C', operations: [...sampleOperations] }

/** An office that knows the item and every station which the sample's routing names. */
const officeOf = (): Tablet => {
  const office = floorOf().happens(itemSet, {
    item: 'FL-100',
    name: 'LoRa sensor',
    revision: 'C',
    uom: 'pcs',
    source: 'make',
    tracking: 'serial'
  })
  for (const [at, station] of [...new Set(sampleOperations.flatMap(one => one.stations))].entries())
    office.happens(stationSet, { station, name: station, line: 'L1', kind: 'build', order: at + 1 })
  return office
}
const stands = (office: Tablet) => office.known.get(routingView, 'FL-100/C')
const refused = (office: Tablet, input: Parameters<typeof setRouting.decide>[1]) => {
  const answer = office.act(setRouting, input)
  if (answer === 'done') throw new Error('it was taken')
  return { ...answer, words: ordersReasons[answer.refused]?.(answer.about ?? {}) }
}

describe('a routing that is set', () => {
  it('is kept in the order of work, with who said so, and an engineer, a planner or an administrator may', () => {
    const office = officeOf()
    expect(office.act(setRouting, { ...routing, operations: [...sampleOperations].reverse() })).toBe('done')
    expect(stands(office)?.operations).toEqual(sampleOperations)
    expect(stands(office)?.set).toMatchObject({ person: 'P-001' })
    expect(setRouting.roles).toEqual(['engineer', 'administrator', 'planner'])
  })

  it('leaves a released order the method that it was released with', () => {
    const office = officeOf()
    office.act(setRouting, { ...routing, operations: [{ ...first, name: 'Quite another thing', runMinutes: 99 }] })
    expect(stands(office)?.operations.map(one => one.name)).toEqual(['Quite another thing'])
    expect(office.known.get(methodView, SAMPLE_METHOD)?.operations).toEqual(sampleContent.operations)
    expect(office.order?.method).toBe(SAMPLE_METHOD)
    expect(office.op(10)).toMatchObject({ name: first.name, runMinutes: first.runMinutes })
    expect(office.flag(workOrderReleased, { workOrder: 'WO-0012', method: SAMPLE_METHOD, operations: [] })).toBe(
      'already-released'
    )
    expect(office.known.get(workOrderView, 'WO-0012')?.operations).toHaveLength(sampleOperations.length)
  })

  it('is refused in words when an operation is there twice, is nowhere, or takes longer than can be meant', () => {
    const office = officeOf()
    const only = (change: Partial<typeof first>) => ({ ...routing, operations: [{ ...first, ...change }] })
    expect(refused(office, { ...routing, operations: [first, first] }).refused).toBe('operation-twice')
    expect(refused(office, { ...routing, operations: [] }).refused).toBe('routing-empty')
    expect(refused(office, only({ stations: ['ST-01', 'ST-99'] })).words).toBe(
      'Operation 10 names ST-99, and there is no such station. Choose one that is there.'
    )
    expect(refused(office, only({ stations: ['ST-01', 'ST-01'] })).refused).toBe('routing-station-twice')
    expect(refused(office, only({ setupMinutes: 100_000.5 })).words).toBe(
      'Operation 10 would take 100000.5 min. At most 100000 can be given.'
    )
    expect(refused(office, only({ runMinutes: 100_001 })).refused).toBe('routing-minutes')
    expect(office.act(setRouting, only({ setupMinutes: 100_000, runMinutes: 0 }))).toBe('done')
    expect(refused(office, { ...routing, item: 'FL-999' }).refused).toBe('routing-item-unknown')
  })

  it('has steps that can be worked', () => {
    const office = officeOf()
    const bare = { step: 1, title: 'Measure', text: '', kind: 'measure' as const }
    const having = (...steps: readonly (typeof first.steps)[number][]) => ({
      ...routing,
      operations: [{ ...first, steps: [...steps] }]
    })
    expect(refused(office, having(bare))).toMatchObject({ refused: 'step-incomplete', about: { lacks: 'a unit' } })
    expect(refused(office, having({ ...bare, unit: 'V', low: 2, high: 1 })).refused).toBe('step-incomplete')
    expect(refused(office, having({ ...bare, unit: 'V' }, { ...bare, unit: 'A' })).refused).toBe('step-twice')
  })

  it('is not written over another that came after the one which was seen', () => {
    const office = officeOf()
    expect(office.act(setRouting, { ...routing, seen: '' })).toBe('done')
    const seen = there(stands(office)?.set).event
    const shorter = { ...routing, operations: [first] }
    expect(refused(office, { ...shorter, seen: '' }).refused).toBe('routing-moved')
    expect(office.act(setRouting, { ...shorter, seen })).toBe('done')
    expect(refused(office, { ...routing, seen }).refused).toBe('routing-moved')
    // A script that saw nothing replaces what stands, as a file does.
    expect(office.act(setRouting, routing)).toBe('done')
    expect(stands(office)?.operations).toHaveLength(sampleOperations.length)
  })

  it('is not recorded once more when it is like that already', () => {
    const office = officeOf()
    office.act(setRouting, routing)
    const before = stands(office)?.set
    expect(refused(office, routing).refused).toBe('routing-same')
    expect(stands(office)?.set).toEqual(before)
  })
})
