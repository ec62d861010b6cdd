import { describe, expect, it } from 'vitest'
import type { Wait } from '../solver/problem.ts'
import { faultSentence, lengthWord, whenWord, whyLate } from './schedule-words.ts'

const names = {
  station: (station: string) => `Test (${station})`,
  tool: (tool: string) => `Jig ${tool}`,
  order: (order: string) => (order.startsWith('WO-') ? order : 'the build of Unit by Fri 4 Dec'),
  material: (order: string) => (order === 'WO-1' ? '2026-11-27' : undefined)
}
const wait = (over: Partial<Wait>): Wait => ({
  cause: 'capacity',
  how: 'station-busy',
  minutes: 90,
  operation: 'WO-1-30',
  ...over
})

const said = (cause: Wait) => whyLate({ due: 60, cause }, names).sentence

describe('the schedule in words', () => {
  it('says for what the work waits, how long, and who has it', () => {
    expect(said(wait({ station: 'ST-5/2', blocking: 'UNIT@7-10' }))).toBe(
      'Operation 30 waits 1.5 h for Test (ST-5), busy with the build of Unit by Fri 4 Dec.'
    )
    expect(said(wait({ how: 'tool-busy', tool: 'J-1', blocking: 'WO-2-10' }))).toBe(
      'Operation 30 waits 1.5 h for Jig J-1, busy with WO-2.'
    )
    expect(said(wait({ cause: 'material', how: 'material-date' }))).toBe(
      'Its parts are there on Fri 27 Nov; operation 30 waits 1.5 h for them.'
    )
    expect(said(wait({ cause: 'predecessor', how: 'other-work-order', blocking: 'WO-9-20' }))).toBe(
      'Operation 30 waits 1.5 h for WO-9.'
    )
  })

  it('says of an order whose day was over before the plan was made that it is past due, and what is still ahead', () => {
    const busy = wait({ station: 'ST-5/2', blocking: 'WO-2-10' })
    expect(whyLate({ due: 1, cause: busy }, names).head).toBe('Too much to do')
    expect(whyLate({ due: -600, cause: busy }, names)).toEqual({
      head: 'Past due',
      sentence:
        'The day it was due was over before this plan was made. Still ahead: operation 30 waits 1.5 h for Test (ST-5), busy with WO-2.'
    })
    expect(whyLate({ due: 0 }, names).sentence).toBe('The day it was due was over before this plan was made.')
  })

  it('does not call a night, a tool or long work too much to do', () => {
    const heads = (['station-closed', 'tool-busy', 'work-content', 'locked'] as const).map(
      how => whyLate({ due: 5, cause: wait({ how }) }, names).head
    )
    expect(heads).toEqual(['Closed', 'A tool too few', 'Long work', 'Held in place'])
  })

  it('names what could not be placed, and what to look at', () => {
    expect(faultSentence({ code: 'no-open-time', operation: 'WO-1-30' }, names)).toBe(
      'WO-1, operation 30: its station never opens. Look at its calendar.'
    )
    expect(faultSentence({ code: 'open-interval-out-of-range', station: 'ST-1' }, names)).toContain('ST-1: ')
  })

  it('says lengths as exactly as one needs them, and times by the plant’s clock', () => {
    expect([45, 90, 2160].map(lengthWord)).toEqual(['45 min', '1.5 h', '1.5 d'])
    expect(whenWord(Date.parse('2026-11-23T23:30:00Z'), 'Europe/Berlin')).toBe('Tue 24 Nov 00:30')
  })
})
