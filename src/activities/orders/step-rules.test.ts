import { describe, expect, it } from 'vitest'
import { defectRecorded } from '#activities/quality/events.ts'
import { lotView, unitView } from './projection.ts'
import { pauseOperation, startOperation } from './rules.ts'
import { floorOf, op10, op20, unitDone, uuid } from './sample-tablet.ts'
import { sampleReleased } from './samples.ts'
import { completeStep, consumePart, measureValue, reopenStep, returnPart } from './step-rules.ts'

describe('steps', () => {
  const started = () => {
    const tablet = floorOf()
    tablet.act(startOperation, op10)
    return tablet
  }
  it('need a running operation', () => {
    expect(floorOf().act(completeStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({ refused: 'operation-waiting' })
    const tablet = started()
    tablet.act(pauseOperation, { ...op10, reason: 'break' })
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({ refused: 'operation-paused' })
  })
  it('are done in order, once, and can be taken back', () => {
    const tablet = started()
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 2 })).toMatchObject({
      refused: 'step-before-open',
      about: { step: 1 }
    })
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })).toBe('done')
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({ refused: 'step-done' })
    expect(tablet.act(reopenStep, { ...op10, cycle: 1, step: 1 })).toBe('done')
    expect(tablet.act(reopenStep, { ...op10, cycle: 1, step: 1 })).toMatchObject({ refused: 'step-not-done' })
    expect(tablet.act(completeStep, { ...op10, cycle: 4, step: 1 })).toMatchObject({ refused: 'unit-beyond' })
    expect(tablet.act(completeStep, { ...op10, cycle: 1, step: 9 })).toMatchObject({ refused: 'step-unknown' })
  })
  it('keep every reading, and wait for one inside or for a defect', () => {
    const tablet = started()
    const spot = { ...op10, cycle: 1, step: 2 }
    tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })
    expect(tablet.act(completeStep, spot)).toMatchObject({ refused: 'value-missing' })
    expect(tablet.act(measureValue, { ...spot, value: 0.76 })).toBe('done')
    expect(tablet.act(completeStep, spot)).toEqual({
      refused: 'value-outside',
      about: { value: 0.76, unit: 'N·m', by: 0.11, side: 'above', limit: 0.65 }
    })
    tablet.happens(
      defectRecorded,
      { defect: uuid(2), ...op10, code: 'torque', place: 'nut', quantity: 1, severity: 'minor', sample: 2 },
      '2026-11-23T09:30:00.000Z'
    )
    expect(tablet.act(completeStep, spot)).toMatchObject({ refused: 'value-outside' })
    tablet.happens(
      defectRecorded,
      { defect: uuid(3), ...op10, code: 'torque', place: 'nut', quantity: 1, severity: 'minor', sample: 1 },
      '2026-11-23T09:31:00.000Z'
    )
    expect(tablet.act(completeStep, spot)).toBe('done')
    expect(tablet.known.get(unitView, 'WO-0012/10/00001')?.steps[2]?.values.map(one => one.value)).toEqual([0.76])
  })
  it('are done again when a second reading lies inside, limits included', () => {
    const tablet = started()
    const spot = { ...op10, cycle: 1, step: 2 }
    tablet.act(completeStep, { ...op10, cycle: 1, step: 1 })
    tablet.act(measureValue, { ...spot, value: 0.5 })
    tablet.act(measureValue, { ...spot, value: 0.65 })
    expect(tablet.act(completeStep, spot)).toBe('done')
  })
  it('wait for their photo', () => {
    const tablet = started()
    unitDone(tablet, 1)
    expect(tablet.act(completeStep, { ...op10, cycle: 2, step: 1 })).toBe('done')
    tablet.act(measureValue, { ...op10, cycle: 2, step: 2, value: 0.6 })
    tablet.act(completeStep, { ...op10, cycle: 2, step: 2 })
    tablet.act(consumePart, { ...op10, cycle: 2, step: 3, lot: 'rm-2' })
    tablet.act(completeStep, { ...op10, cycle: 2, step: 3 })
    expect(tablet.act(completeStep, { ...op10, cycle: 2, step: 4 })).toMatchObject({ refused: 'photo-missing' })
  })
})

describe('parts', () => {
  const spot = { ...op10, cycle: 1, step: 3 }
  const started = () => {
    const tablet = floorOf()
    tablet.act(startOperation, op10)
    return tablet
  }
  it('are refused when they are another item, unknown or expired, with what was scanned and what is needed', () => {
    const tablet = started()
    expect(tablet.act(consumePart, { ...spot, lot: 'SL-22' })).toEqual({
      refused: 'wrong-part',
      about: { scanned: 'SL-22', is: 'SEAL-7', needed: 'RM-868' }
    })
    expect(tablet.act(consumePart, { ...spot, lot: 'RM-77' })).toEqual({
      refused: 'lot-unknown',
      about: { scanned: 'RM-77', needed: 'RM-868' }
    })
    expect(tablet.act(consumePart, { ...spot, lot: 'LOC-A1' })).toMatchObject({
      refused: 'not-a-part-label',
      about: { what: 'a shelf label' }
    })
    const second = floorOf(sampleReleased, 'ST-02')
    second.act(startOperation, { ...op20, piecesHere: true })
    expect(second.act(consumePart, { ...op20, cycle: 1, step: 1, lot: 'SL-OLD' })).toMatchObject({
      refused: 'lot-expired'
    })
  })
  it('refuse a serial number that is built into another unit, until it is taken out again', () => {
    const tablet = started()
    expect(tablet.act(consumePart, { ...spot, lot: 'RM-1' })).toBe('done')
    expect(tablet.act(consumePart, { ...spot, lot: 'RM-1' })).toMatchObject({ refused: 'serial-here' })
    expect(tablet.act(consumePart, { ...spot, lot: 'RM-2' })).toMatchObject({ refused: 'enough-taken' })
    expect(tablet.act(consumePart, { ...spot, cycle: 2, lot: 'RM-1' })).toMatchObject({
      refused: 'serial-used',
      about: { cycle: 1, workOrder: 'WO-0012' }
    })
    expect(tablet.act(returnPart, { ...spot, lot: 'RM-1' })).toBe('done')
    expect(tablet.known.get(lotView, 'RM-1')?.[0]?.used).toBe(0)
    expect(tablet.act(consumePart, { ...spot, cycle: 2, lot: 'RM-1' })).toBe('done')
    expect(tablet.act(returnPart, { ...spot, lot: 'RM-1' })).toMatchObject({ refused: 'part-not-taken' })
  })
  it('take what is needed from a lot, and what carries no number by the step being done', () => {
    const tablet = floorOf(sampleReleased, 'ST-02')
    tablet.act(startOperation, { ...op20, piecesHere: true })
    expect(tablet.act(completeStep, { ...op20, cycle: 1, step: 1 })).toMatchObject({
      refused: 'part-missing',
      about: { item: 'SEAL-7', count: 2 }
    })
    expect(tablet.act(consumePart, { ...op20, cycle: 1, step: 1, lot: 'SL-22' })).toBe('done')
    expect(tablet.act(completeStep, { ...op20, cycle: 1, step: 1 })).toBe('done')
    expect(tablet.act(completeStep, { ...op20, cycle: 1, step: 2 })).toBe('done')
    const steps = tablet.known.get(unitView, 'WO-0012/20/00001')?.steps
    expect(steps?.[1]?.parts).toMatchObject([{ item: 'SEAL-7', lot: 'SL-22', quantity: 2 }])
    expect(steps?.[2]?.parts).toMatchObject([{ item: 'SCR-M3', lot: '', quantity: 4 }])
  })
  it('open their step again when they go back', () => {
    const tablet = started()
    unitDone(tablet, 1)
    expect(tablet.act(returnPart, { ...spot, lot: 'RM-1' })).toBe('done')
    expect(tablet.known.get(unitView, 'WO-0012/10/00001')?.steps[3]?.done).toBeUndefined()
  })
})
