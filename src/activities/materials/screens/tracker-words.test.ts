import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import type { ShortPart } from '../outlook.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { badgesOf, helpOf, mailOf } from './tracker-words.ts'

const TODAY = dayNumber('2026-11-22')
const part = (coming: ShortPart['coming']): ShortPart => ({
  item: 'SCR-M2X5',
  short: 2,
  all: 98,
  day: TODAY + 4,
  stops: [],
  stopped: 0,
  sentence: '',
  onHand: 10,
  coming,
  cells: {}
})
const comes = (day: number) => ({ receipt: 'PO-0207/1', kind: 'purchase' as const, day, quantity: 2000 })
const message = (kind: PlanMessage['kind'], more: Partial<PlanMessage> = {}): PlanMessage => ({
  key: kind,
  state: '',
  kind,
  severity: 'stop',
  item: 'SCR-M2X5',
  why: {},
  ...more
})
const words = (...given: Parameters<typeof badgesOf>) => badgesOf(...given).map(({ word }) => word)

describe('badges', () => {
  it('say in words why a part is short', () => {
    expect(words(part([]), [], TODAY)).toEqual(['no order'])
    expect(words(part([comes(TODAY - 6)]), [], TODAY)).toEqual(['late 6 d'])
    expect(words(part([comes(TODAY + 9)]), [message('expedite', { why: { days: 5 } })], TODAY)).toEqual([
      'expedite 5 d'
    ])
    const planned = { kind: 'planned', item: 'SCR-M2X5', order: 'SCR-M2X5@1' } as const
    expect(words(part([comes(TODAY + 9)]), [message('past-due', { about: planned })], TODAY)).toEqual(['past due'])
    expect(words(part([comes(TODAY + 9)]), [message('cancel')], TODAY)).toEqual(['excess'])
  })
})

describe('what helps', () => {
  it('is what brings more or sooner, and first what is ordered already', () => {
    const all = [message('defer'), message('release'), message('past-due'), message('expedite'), message('cancel')]
    expect(helpOf(all).map(({ kind }) => kind)).toEqual(['expedite', 'past-due', 'release'])
  })
})

describe('the mail to a supplier', () => {
  const who = { name: 'Screw M2x5', unit: 'pcs', supplier: 'Oakline Direct', supplierPart: 'OD-498', from: 'Pia' }

  it('names the line, both days in full, and what is asked', () => {
    const mail = mailOf(part([comes(TODAY - 2)]), who, TODAY)
    expect(mail.split('\n')).toEqual([
      'Subject: PO-0207: when does SCR-M2X5 come?',
      '',
      'Hello Oakline Direct,',
      '',
      'this is about Screw M2x5 (SCR-M2X5, your number OD-498):',
      '- PO-0207, line 1: 2000 pcs, due Fri 20 Nov, 2 days late',
      '',
      'We are short of 98 pcs; the first 2 are needed by Thu 26 Nov.',
      'On which day will it leave you, and can a part of it come sooner?',
      '',
      'Thank you',
      'Pia'
    ])
  })

  it('asks for an offer where nothing is on order', () => {
    const mail = mailOf(part([]), who, TODAY)
    expect(mail).toContain('Nothing is on order with you yet.')
    expect(mail).toContain('How many can you send, and when?')
  })
})
