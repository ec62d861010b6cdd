import { describe, expect, it } from 'vitest'
import { catalog } from '#activities/catalog.ts'
import { sentenceOf } from './sentences.ts'

const names = { station: (code: string) => `Station ${code}`, reason: (code: string) => code.replaceAll('-', ' ') }
const job = { workOrder: 'WO-0012', op: 30 }
const types = catalog.flatMap(room => room.events.map(({ type }) => type))

/** Answers something sensible whatever is asked of it, so that every sentence can be said once. */
const anything: unknown = new Proxy(() => 'x', {
  get: (_target, key) => {
    if (key === Symbol.toPrimitive) return () => 'x'
    if (key === 'slice' || key === 'replaceAll' || key === 'toFixed') return () => 'x'
    if (key === 'length') return 2
    return anything
  }
})

describe('sentences', () => {
  it.each(types)('has words of its own for %s', type => {
    const { text } = sentenceOf(type, anything, names)
    expect(text).not.toBe(`Recorded ${type}.`)
    expect(text).toMatch(/\.$|: x$/)
    expect(text).not.toMatch(/undefined|\[object|!|\b(invalid|failed|error|oops|please)\b/i)
  })

  it('tells a failed check with its value and gauge, as a stop', () => {
    const check = { ...job, sample: 3, characteristic: 2, verdict: 'fail', value: 12.31, gauge: 'T-DC-07' }
    expect(sentenceOf('quality/check-recorded.v1', check, names)).toEqual({
      text: 'Check 2 of piece 3: fail, 12.31, with T-DC-07.',
      tone: 'stop'
    })
  })

  it('tells a part with its lot, and one without', () => {
    const used = { ...job, cycle: 4, step: 2, item: 'BAT-18650', quantity: 1, lot: 'L-77' }
    expect(sentenceOf('orders/material-consumed.v1', used, names).text).toBe(
      'Used 1 × BAT-18650 of L-77 in piece 4, operation 30.'
    )
    expect(sentenceOf('orders/material-consumed.v1', { ...used, lot: '' }, names).text).toBe(
      'Used 1 × BAT-18650 in piece 4, operation 30.'
    )
  })

  it('tells stations and reasons by name', () => {
    expect(sentenceOf('orders/operation-started.v1', { ...job, station: 'ST-01' }, names).text).toBe(
      'Started operation 30 at Station ST-01.'
    )
    expect(
      sentenceOf('quality/hold-placed.v1', { workOrder: 'WO-0012', reason: 'suspect-lot', note: 'Reel 3' }, names)
    ).toEqual({
      text: 'Put WO-0012 on hold: suspect lot, Reel 3.',
      tone: 'stop'
    })
  })

  it('marks a measured value outside its limits', () => {
    const measured = { ...job, cycle: 1, step: 3, value: 0.7, unit: 'N·m', low: 0.55, high: 0.65 }
    expect(sentenceOf('orders/value-measured.v1', measured, names).tone).toBe('stop')
    expect(sentenceOf('orders/value-measured.v1', { ...measured, value: 0.6 }, names).tone).toBe('normal')
  })

  it('names an event of a kind it does not know', () => {
    expect(sentenceOf('orders/teleported.v9', {}, names)).toEqual({
      text: 'Recorded orders/teleported.v9.',
      tone: 'normal'
    })
  })
})
