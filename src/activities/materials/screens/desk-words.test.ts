import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { bare, byUrgency, kindName, seenSince } from './action-words.ts'
import { resequenced } from './clear-list.tsx'
import { purchaseLineOf } from './desk-state.ts'
import { noteInput } from './note-line.tsx'
import { restDue } from './split-build.tsx'
import { lineState, orderState } from './purchase-words.ts'

const message = (key: string, severity: PlanMessage['severity'], day?: number): PlanMessage => ({
  key,
  state: '',
  kind: 'release',
  severity,
  why: {},
  ...(day === undefined ? {} : { day })
})

describe('the list of actions', () => {
  it('puts the worst first, and of these the one to act on first', () => {
    const list = [message('a', 'info', 1), message('b', 'stop'), message('c', 'stop', 9), message('d', 'stop', 3)]
    expect(list.toSorted(byUrgency).map(({ key }) => key)).toEqual(['d', 'c', 'b', 'a'])
  })

  it('remembers since when a message is there, and forgets what is gone', () => {
    expect(seenSince({ old: 10, gone: 11 }, ['old', 'new'], 20)).toEqual({ old: 10, new: 20 })
  })

  it('calls what is wrong with the data by one name', () => {
    expect([kindName('no-supply'), kindName('bom-loop')]).toEqual(['No supply', 'Check the data'])
  })

  it('drops the part’s name from a sentence only in front', () => {
    expect(bare('Screw: nobody needs Screw: 5.', 'Screw')).toBe('Nobody needs Screw: 5.')
    expect(bare('Nut: 2 more.', 'Screw')).toBe('Nut: 2 more.')
  })

  it('keeps owner and note when a message is dismissed, and takes the dismissal away alone', () => {
    const was = { message: 'm', owner: 'P-004', note: 'Asked.', dismissed: '[1]', person: 'P-004', at: '' }
    expect(noteInput('m', was, { dismissed: undefined })).toEqual({ message: 'm', owner: 'P-004', note: 'Asked.' })
    expect(noteInput('m', was, { owner: '' })).toEqual({ message: 'm', note: 'Asked.', dismissed: '[1]' })
  })
})

describe('the sequence', () => {
  it('puts one order at the place of another, up or down, and leaves the rest as it was', () => {
    expect(resequenced(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['a', 'd', 'b', 'c'])
    expect(resequenced(['a', 'b', 'c', 'd'], 'a', 'c')).toEqual(['b', 'c', 'a', 'd'])
    expect(resequenced(['a', 'b', 'c'], 'b', 'b')).toEqual(['a', 'b', 'c'])
    expect(resequenced(['a', 'b'], 'gone', 'b')).toEqual(['a', 'b'])
  })
})

describe('a split build', () => {
  const lacks = ['SCREW', 'BOARD'].map(item => ({ item, needed: 4, there: 0, short: 4 }))
  const comes = (item: string, day: string) => ({
    item,
    next: { receipt: 'PO-1/1', quantity: 10, day: dayNumber(day) }
  })

  it('wants the rest when the last of what it lacks comes, and not before it was due', () => {
    const due = '2026-11-26'
    expect(restDue({ due, lacks }, [comes('SCREW', '2026-12-03'), comes('BOARD', '2026-11-25')])).toBe('2026-12-03')
    expect(restDue({ due, lacks }, [comes('BOARD', '2026-11-25')])).toBe(due)
    expect(restDue({ due, lacks }, [])).toBe(due)
  })
})

describe('purchase orders', () => {
  const line = (line: number, due: string, received = 0, state: 'open' | 'closed' = 'open') => ({
    line,
    item: 'SCREW',
    quantity: 10,
    due,
    received,
    state
  })

  it('are late by a line that is still to come after its day', () => {
    const lines = [
      line(1, '2026-11-20'),
      line(2, '2026-11-20', 10),
      line(3, '2026-11-20', 0, 'closed'),
      line(4, '2026-12-01')
    ]
    expect(lines.map(one => lineState(one, '2026-11-22'))).toEqual(['late', 'complete', 'closed', 'open'])
    expect(orderState({ order: 'PO-1', lines }, '2026-11-22')).toEqual({ open: 2, next: '2026-11-20', late: 1 })
  })

  it('are found by what the plan calls their lines', () => {
    expect(purchaseLineOf('PO-0207/12')).toEqual({ order: 'PO-0207', line: 12 })
    expect(purchaseLineOf('WO-0012')).toBeUndefined()
  })
})
