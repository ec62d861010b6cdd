import { describe, expect, it } from 'vitest'
import { type Action, decideAction, type Given, isRefusal, type Known, type Role } from '#kernel/decision.ts'
import type { Draft } from '#kernel/event.ts'
import { draft } from '#kernel/event.ts'
import { foldEvent, knownFrom, listenersOf } from '#kernel/fold.ts'
import { plant } from './activity.ts'
import { andonAnswered, andonCalled, andonClosed, calendarSet, tabletRevoked } from './events.ts'
import { plantViews } from './projection.ts'
import {
  answerAndon,
  assignTablet,
  callAndon,
  closeAndon,
  openCalls,
  plantGuards,
  revokeTablet,
  setCalendar,
  setLine,
  setPerson,
  setStation,
  setUpSite,
  withdrawAndon
} from './rules.ts'
import { samplePeople, samplePlant, sampleTablet } from './samples.ts'

const call = '018f0000-0000-7000-8000-000000000001'

const given = (
  person = 'P-001',
  roles: readonly Role[] = ['operator'],
  station: string | undefined = 'ST-02'
): Given => ({
  person,
  roles,
  station,
  at: '2026-11-22T10:00:00.000Z',
  newId: () => call,
  hash: () => ''
})
const administrator = given('P-006', ['administrator'], undefined)

const knownAfter = (...drafts: readonly Draft[]): Known => {
  const views = new Map<string, Map<string, unknown>>()
  const listeners = listenersOf(plantViews as never)
  for (const { kind, payload } of [...samplePlant, ...drafts])
    foldEvent(
      listeners,
      { type: kind.type, payload, stamp: { id: '', person: 'P-001', device: '', at: '2026-11-22T10:00:00.000Z' } },
      (kind, key) => views.get(kind)?.get(key),
      ({ kind, key, view }) => views.set(kind, (views.get(kind) ?? new Map<string, unknown>()).set(key, view))
    )
  return knownFrom(views)
}

/** The reason, or the types of the events. */
const answer = <I>(known: Known, action: Action<I>, input: I, who = given()): string | readonly string[] => {
  const said = decideAction(action, plantGuards, known, input, who)
  return isRefusal(said) ? said.refused : said.map(one => one.kind.type)
}

const called = draft(andonCalled, { call, station: 'ST-02', kind: 'quality' })
const answered = draft(andonAnswered, { call, station: 'ST-02' })
const closed = draft(andonClosed, { call, station: 'ST-02', cause: 'Quality decided', withdrawn: false })

describe('calling for help', () => {
  it('calls for the tablet’s own station', () => {
    const said = decideAction(callAndon, plantGuards, knownAfter(), { kind: 'parts' }, given())
    expect(isRefusal(said) ? said : said[0]?.payload).toEqual({ call, station: 'ST-02', kind: 'parts' })
  })

  it('asks which station when the tablet stands at none', () => {
    expect(answer(knownAfter(), callAndon, { kind: 'parts' }, { ...given(), station: undefined })).toBe('no-station')
    expect(
      answer(knownAfter(), callAndon, { kind: 'parts', station: 'ST-01' }, { ...given(), station: undefined })
    ).toEqual(['plant/andon-called.v1'])
  })

  it('does not call twice for the same, but calls for something else', () => {
    expect(answer(knownAfter(called), callAndon, { kind: 'quality' })).toBe('already-called')
    expect(answer(knownAfter(called), callAndon, { kind: 'machine' })).toEqual(['plant/andon-called.v1'])
    expect(answer(knownAfter(called, closed), callAndon, { kind: 'quality' })).toEqual(['plant/andon-called.v1'])
  })

  it('knows no station that does not exist', () => {
    expect(answer(knownAfter(), callAndon, { kind: 'help', station: 'ST-99' })).toBe('station-unknown')
  })

  it('lists what is open, oldest first, and not what is closed', () => {
    expect(openCalls(knownAfter(called)).map(one => one.call)).toEqual([call])
    expect(openCalls(knownAfter(called, closed))).toEqual([])
  })
})

describe('answering and closing a call', () => {
  it('is answered by another, once each', () => {
    expect(answer(knownAfter(called), answerAndon, { call }, given('P-003'))).toEqual(['plant/andon-answered.v1'])
    expect(answer(knownAfter(called, answered), answerAndon, { call }, given('P-001'))).toBe('answered-already')
    expect(answer(knownAfter(called, closed), answerAndon, { call })).toBe('call-closed')
    expect(answer(knownAfter(), answerAndon, { call })).toBe('call-unknown')
  })

  it('is closed with what it was', () => {
    expect(answer(knownAfter(called), closeAndon, { call, cause: 'Parts brought' })).toEqual(['plant/andon-closed.v1'])
    expect(answer(knownAfter(called), closeAndon, { call, cause: '  ' })).toBe('cause-needed')
    expect(answer(knownAfter(called, closed), closeAndon, { call, cause: 'Parts brought' })).toBe('call-closed')
  })

  it('is taken back by the caller until somebody comes', () => {
    expect(answer(knownAfter(called), withdrawAndon, { call })).toEqual(['plant/andon-closed.v1'])
    expect(answer(knownAfter(called), withdrawAndon, { call }, given('P-003'))).toBe('not-your-call')
    expect(answer(knownAfter(called, answered), withdrawAndon, { call })).toBe('answered-by')
    expect(answer(knownAfter(called, closed), withdrawAndon, { call })).toBe('call-closed')
  })
})

describe('setting up the plant', () => {
  const station = { station: 'ST-09', name: 'Rework', line: 'L9', kind: 'build' as const, order: 9 }

  it('is the administrator’s', () => {
    expect(answer(knownAfter(), setLine, { line: 'L9', name: 'Rework' }, given())).toBe('role-missing')
    expect(answer(knownAfter(), setLine, { line: 'L9', name: 'Rework' }, administrator)).toEqual(['plant/line-set.v1'])
  })

  it('wants a line before a station', () => {
    expect(answer(knownAfter(), setStation, station, administrator)).toBe('line-unknown')
    expect(answer(knownAfter(), setStation, { ...station, line: 'L1' }, administrator)).toEqual([
      'plant/station-set.v1'
    ])
  })

  it('has one site, in a time zone that exists', () => {
    const site = { site: 'fennel', name: 'Fennel', timeZone: 'Europe/Lisbon', sample: true }
    expect(answer(knownAfter(), setUpSite, site, administrator)).toEqual(['plant/site-set-up.v1'])
    expect(answer(knownAfter(), setUpSite, { ...site, site: 'other' }, administrator)).toBe('site-is-set')
    expect(answer(knownAfter(), setUpSite, { ...site, timeZone: 'Mars/Base' }, administrator)).toBe('time-zone-unknown')
  })
})

describe('people', () => {
  const [ana, , noor] = samplePeople
  if (!ana || !noor) throw new Error('the sample plant has lost its people')
  const person = (was = ana, change = {}) => ({ ...was, roles: [...was.roles], ...change })

  it('do not share a badge, however it is written', () => {
    expect(answer(knownAfter(), setPerson, person(ana, { person: 'P-050', badge: 'b-1001' }), administrator)).toBe(
      'badge-taken'
    )
    expect(answer(knownAfter(), setPerson, person(ana, { name: 'Ana K.' }), administrator)).toEqual([
      'plant/person-set.v1'
    ])
  })

  it('have a role while they are active', () => {
    expect(answer(knownAfter(), setPerson, person(ana, { roles: [] }), administrator)).toBe('role-needed')
    expect(answer(knownAfter(), setPerson, person(ana, { roles: [], active: false }), administrator)).toEqual([
      'plant/person-set.v1'
    ])
  })

  it('include an administrator, always', () => {
    expect(answer(knownAfter(), setPerson, person(noor, { active: false }), administrator)).toBe('last-administrator')
    expect(answer(knownAfter(), setPerson, person(noor, { roles: ['planner'] }), administrator)).toBe(
      'last-administrator'
    )
  })
})

describe('tablets', () => {
  it('move to a station that exists', () => {
    expect(answer(knownAfter(), assignTablet, { device: sampleTablet, station: 'ST-03' }, administrator)).toEqual([
      'plant/tablet-assigned.v1'
    ])
    expect(answer(knownAfter(), assignTablet, { device: sampleTablet, station: 'ST-99' }, administrator)).toBe(
      'station-unknown'
    )
    expect(answer(knownAfter(), assignTablet, { device: call, station: 'ST-03' }, administrator)).toBe('tablet-unknown')
  })

  it('are revoked once, with a reason', () => {
    const revoked = draft(tabletRevoked, { device: sampleTablet, reason: 'Lost' })
    expect(answer(knownAfter(), revokeTablet, { device: sampleTablet, reason: 'Lost' }, administrator)).toEqual([
      'plant/tablet-revoked.v1'
    ])
    expect(answer(knownAfter(), revokeTablet, { device: sampleTablet, reason: ' ' }, administrator)).toBe(
      'revoke-reason-needed'
    )
    expect(answer(knownAfter(revoked), revokeTablet, { device: sampleTablet, reason: 'Lost' }, administrator)).toBe(
      'tablet-revoked'
    )
    expect(answer(knownAfter(revoked), assignTablet, { device: sampleTablet, station: 'ST-03' }, administrator)).toBe(
      'tablet-revoked'
    )
  })
})

describe('the words', () => {
  it('have a sentence for every reason the rules give', async () => {
    const { readFile } = await import('node:fs/promises')
    const source = await readFile(new URL('./rules.ts', import.meta.url), 'utf8')
    const given = [...source.matchAll(/refuse\('([a-z-]+)'/g)].map(match => match[1])
    expect(given.length).toBeGreaterThan(10)
    for (const code of given) expect(plant.reasons[code ?? ''], code).toBeTypeOf('function')
    expect(Object.keys(plant.reasons).filter(code => !given.includes(code))).toEqual([])
  })
})

describe('a calendar', () => {
  const day = { calendar: 'PLANT', name: 'Plant', week: [{ day: 1, from: '08:00', to: '16:00' }], exceptions: [] }
  const closed = (from: string, to: string) => ({ ...day, exceptions: [{ from, to, shifts: [] }] })

  it('needs a working day somewhere, and days in their order', () => {
    expect(answer(knownAfter(), setCalendar, day, administrator)).toEqual(['plant/calendar-set.v1'])
    expect(answer(knownAfter(), setCalendar, { ...day, week: [] }, administrator)).toBe('calendar-never-opens')
    expect(answer(knownAfter(), setCalendar, closed('2026-12-24', '2026-12-23'), administrator)).toBe(
      'calendar-days-reversed'
    )
  })

  it('is there before a station follows it', () => {
    const station = { station: 'ST-09', name: 'Oven', line: 'L1', kind: 'build' as const, order: 9, calendar: 'NIGHT' }
    expect(answer(knownAfter(), setStation, station, administrator)).toBe('calendar-unknown')
    const night = draft(calendarSet, { ...day, calendar: 'NIGHT' })
    expect(answer(knownAfter(night), setStation, station, administrator)).toEqual(['plant/station-set.v1'])
  })

  it('reads times of day and nothing else', () => {
    for (const from of ['8:00', '24:30', '25:00', '08:60'])
      expect(calendarSet.payload.safeParse({ ...day, week: [{ day: 1, from, to: '16:00' }] }).success).toBe(false)
  })
})
