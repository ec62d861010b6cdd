import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import type { PlanMessage } from './problem.ts'
import { dayWords, messageSentence, shortageSentence } from './words.ts'

const today = dayNumber('2026-11-24')
const nameOf = (item: string) => (item === 'SCR' ? 'M2x5 screw' : item)

describe('the plan in words', () => {
  it('says a shortage as one says it across a desk', () => {
    const shortage = {
      item: 'SCR',
      short: 2,
      day: dayNumber('2026-11-26'),
      stops: [
        {
          what: { kind: 'receipt' as const, receipt: 'WO-0012' },
          item: 'UNIT',
          quantity: 3000,
          affected: 1,
          due: dayNumber('2026-11-27'),
          days: 6
        }
      ],
      next: { day: dayNumber('2026-12-02'), quantity: 500, receipt: 'PO-1/1' }
    }
    expect(shortageSentence(shortage, nameOf, today)).toBe(
      'M2x5 screw: 2 short on Thu; stops WO-0012 (3,000 units, due Fri); next receipt Wed 2 Dec.'
    )
    const { next: _, ...without } = { ...shortage, stops: [] }
    expect(shortageSentence(without, nameOf, today)).toBe('M2x5 screw: 2 short on Thu; nothing is on order.')
  })

  it('calls a day by its name while it is near, and by its date and year when not', () => {
    const said = ['2026-11-24', '2026-11-30', '2026-12-01', '2026-11-23', '2027-01-04']
    expect(said.map(day => dayWords(dayNumber(day), today))).toEqual([
      'Tue',
      'Mon',
      'Tue 1 Dec',
      'Mon 23 Nov',
      'Mon 4 Jan 2027'
    ])
  })

  it('gives every message its why', () => {
    const message = (over: Partial<PlanMessage>): PlanMessage => ({
      key: 'k',
      state: 's',
      kind: 'expedite',
      severity: 'stop',
      item: 'SCR',
      about: { kind: 'receipt', item: 'SCR', receipt: 'PO-1/1' },
      day: today + 12,
      quantity: 1500.5,
      to: { day: today + 2 },
      why: { days: 10 },
      ...over
    })
    expect(messageSentence(message({}), nameOf, today)).toBe(
      'M2x5 screw: PO-1/1 comes Sun 6 Dec and is needed Thu. Bring it in by 10 d.'
    )
    expect(messageSentence(message({ kind: 'cancel' }), nameOf, today)).toBe(
      'M2x5 screw: nobody needs PO-1/1 (1,500.5).'
    )
    const overdue = (brings: string) =>
      messageSentence(message({ kind: 'past-due', why: { late: 2, brings } }), nameOf, today)
    expect(overdue('purchase')).toMatch(/is 2 d late\. Ask when it comes\.$/)
    expect(overdue('work-order')).toMatch(/is 2 d late\. It is our own: give it a new day, split off/)
    expect(overdue('firm-planned')).toMatch(/is 2 d late\. Nobody has ordered it yet:/)
    const data = (kind: PlanMessage['kind'], why: PlanMessage['why']) =>
      messageSentence(message({ kind, why }), nameOf, today)
    expect(data('unit-unknown', { parent: 'UNIT', unit: 'm', keptIn: 'kg', treated: 'left out' })).toBe(
      'M2x5 screw: is kept in kg, and UNIT says m; these don’t convert; planned without it.'
    )
    expect(data('bom-loop', { path: ['A', 'B', 'A'] })).toBe('M2x5 screw: is built from itself: A → B → A.')
  })
})
