import { describe, expect, it } from 'vitest'
import { sentenceOf } from './sentences.ts'

const say = sentenceOf([{ reasons: { 'batch-on-hold': ({ workOrder }) => `${workOrder} is on hold.` } }])

describe('the sentence for a refusal', () => {
  it('is the one of the room', () => {
    expect(say({ refused: 'batch-on-hold', about: { workOrder: 'WO-7' } })).toBe('WO-7 is on hold.')
  })

  it("is the office's own when it sent one", () => {
    expect(say({ refused: 'batch-on-hold', about: { sentence: 'Ben put it on hold at 10:31.' } })).toBe(
      'Ben put it on hold at 10:31.'
    )
  })

  it('exists for what belongs to no room, and for what nobody knows', () => {
    expect(say({ refused: 'no-network' })).toContain('network')
    expect(say({ refused: 'role-missing', about: { roles: 'planner' } })).toContain('planner')
    expect(say({ refused: 'something-new' })).toContain('something-new')
  })
})
