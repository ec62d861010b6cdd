import { describe, expect, it } from 'vitest'
import { storyOf, type Told } from './story.ts'

const run = (...events: (readonly [string, object, (readonly string[])?])[]): readonly Told[] =>
  events.map(([type, payload, flags = []], i) => ({
    seq: i + 1,
    id: `e${i}`,
    type,
    payload,
    flags,
    person: i % 2 ? 'P-002' : 'P-001',
    device: 'd1',
    at: '2026-11-22T10:00:00Z',
    received: '2026-11-22T10:00:01Z',
    h: 'f'.repeat(64)
  }))
const job = { workOrder: 'WO-0012', op: 10 }
const place = { ...job, step: 1 }

describe('the story of a run', () => {
  it('counts what each operation gave, less what was taken back', () => {
    const story = storyOf(
      run(
        ['orders/quantity-reported.v1', { ...job, op: 20, report: 'c', good: 1, scrap: 0, rework: 0 }],
        ['orders/quantity-reported.v1', { ...job, report: 'a', good: 5, scrap: 1, rework: 0 }],
        ['orders/quantity-reported.v1', { ...job, report: 'b', good: 3, scrap: 0, rework: 2 }],
        ['orders/quantity-withdrawn.v1', { ...job, report: 'a', good: 5, scrap: 1, rework: 0 }]
      )
    )
    expect(story.counts).toEqual([
      { op: 10, good: 3, scrap: 0, rework: 2 },
      { op: 20, good: 1, scrap: 0, rework: 0 }
    ])
    expect(story.people).toEqual(['P-001', 'P-002'])
  })

  it('adds parts by lot, in decimals as people write them, and takes off what went back', () => {
    const story = storyOf(
      run(
        ['orders/material-consumed.v1', { ...place, cycle: 1, item: 'GLUE', quantity: 0.1, lot: 'L1' }],
        ['orders/material-consumed.v1', { ...place, cycle: 2, item: 'GLUE', quantity: 0.2, lot: 'L1' }],
        ['orders/material-consumed.v1', { ...place, cycle: 2, item: 'BAT', quantity: 1, lot: 'L9' }],
        ['orders/material-returned.v1', { ...place, cycle: 2, item: 'BAT', quantity: 1, lot: 'L9' }]
      )
    )
    expect(story.parts).toEqual([{ item: 'GLUE', lot: 'L1', quantity: 0.3, pieces: 2 }])
  })

  it('takes the last word on each check and counts marks once', () => {
    const check = { ...job, op: 30, sample: 1, characteristic: 2 }
    const story = storyOf(
      run(
        ['quality/check-recorded.v1', { ...check, verdict: 'fail' }, ['gauge-expired', 'work-order-closed']],
        ['quality/check-recorded.v1', { ...check, verdict: 'pass' }],
        ['quality/check-recorded.v1', { ...check, characteristic: 3, verdict: 'fail' }],
        ['quality/check-recorded.v1', { ...check, characteristic: 4, verdict: 'fail' }],
        ['quality/check-cleared.v1', { ...check, characteristic: 4 }]
      )
    )
    expect(story).toMatchObject({ checks: { passed: 1, failed: 1 }, flagged: 1 })
  })

  it('names the method that the run was released with', () => {
    const story = storyOf(
      run(
        ['changes/method-frozen.v1', { method: 'a'.repeat(64), number: 4, content: {} }],
        ['orders/work-order-released.v1', { workOrder: 'WO-0012', method: 'a'.repeat(64), operations: [] }]
      )
    )
    expect(story).toMatchObject({ method: 'a'.repeat(64), methodNumber: 4 })
  })
})
