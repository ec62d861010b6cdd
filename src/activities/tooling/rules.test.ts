import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { firstBroken } from '#kernel/decision.ts'
import { ask, drafts, givenBy, knownAfter } from '#test/room.ts'
import { operationStarted, valueMeasured, workOrderClosed, workOrderReleased } from '#activities/orders/events.ts'
import { tooling } from './activity.ts'
import { toolCalibrated, toolSet, toolSetUp } from './events.ts'
import { dueOn, jobToolsView, toolView } from './projection.ts'
import { recordCalibration, setUpLacks, setUpTool } from './rules.ts'

const jig = (calibratedTo?: string) =>
  draft(toolSet, {
    tool: 'T-7',
    name: 'Case jig',
    kind: 'jig',
    location: 'LOC-A1',
    ...(calibratedTo ? { calibratedTo } : {})
  })
const calibrated = (passed: boolean, calibratedTo = '2027-11-23') =>
  draft(toolCalibrated, { tool: 'T-7', calibratedTo, passed })
const having = (...events: readonly Draft[]) => knownAfter(tooling, events)
/** Seen only when the tool was not folded: it has no date, so every expectation below would fail. */
const missing = { tool: '', name: '', kind: 'tool', location: '', calibrations: [] } as const
const input = { tool: 'T-7', station: 'ST-01', workOrder: 'WO-0012', op: 10, aligned: true }
const setUpOn = (day: string, ...events: readonly Draft[]) =>
  ask(tooling, setUpTool, having(...events), input, givenBy('P-001', ['operator'], `${day}T09:00:00.000Z`))

describe('a tool', () => {
  it('may be set up until the end of its last day and not after it', () => {
    expect(drafts(setUpOn('2026-11-23', jig('2026-11-23')))).toHaveLength(1)
    expect(setUpOn('2026-11-24', jig('2026-11-23'))).toEqual({
      refused: 'tool-past-calibration',
      about: { tool: 'T-7', name: 'Case jig', to: '2026-11-23' }
    })
  })

  it('is kept out after it did not pass, whatever its date, until it passes', () => {
    expect(setUpOn('2026-11-23', jig('2030-01-01'), calibrated(false))).toMatchObject({ refused: 'tool-did-not-pass' })
    expect(drafts(setUpOn('2026-11-23', jig(), calibrated(false), calibrated(true)))).toHaveLength(1)
  })

  it('is gated as the gauge of a measured value too', () => {
    const place = { workOrder: 'WO-0012', op: 10, cycle: 1, step: 1 }
    const payload = { ...place, value: 0.6, unit: 'N·m', gauge: 'T-7' }
    const stamp = { id: '', person: 'P-001', device: '', at: '2026-11-24T09:00:00.000Z' }
    const known = having(jig('2026-11-23'))
    expect(firstBroken(tooling.guards, known, valueMeasured.type, payload, stamp)).toMatchObject({
      refused: 'tool-past-calibration'
    })
    expect(
      firstBroken(tooling.guards, known, valueMeasured.type, { ...payload, gauge: undefined }, stamp)
    ).toBeUndefined()
  })

  it('keeps its calibrations and last set-up when its master changes', () => {
    const known = having(
      jig('2026-11-23'),
      calibrated(true),
      ...drafts(setUpOn('2026-11-23', jig())),
      jig('2028-01-01')
    )
    expect(known.get(toolView, 'T-7')).toMatchObject({
      calibratedTo: '2028-01-01',
      calibrations: [{ passed: true }],
      setUp: { aligned: true, station: 'ST-01' }
    })
  })

  it('says how many days are left', () => {
    const word = (to: string) => dueOn(having(jig(to)).get(toolView, 'T-7') ?? missing, '2026-11-23')
    expect(word('2026-11-30')).toEqual({ level: 'attention', word: '7 d left' })
    expect(word('2026-12-01')).toEqual({ level: 'normal', word: '8 d left' })
    expect(word('2026-11-23').level).toBe('attention')
    expect(word('2026-11-21')).toEqual({ level: 'stop', word: '2 d past' })
  })
})

describe('a calibration', () => {
  it('belongs to a tool that is known and ends in the future when it passed', () => {
    expect(
      ask(tooling, recordCalibration, having(), { tool: 'T-7', calibratedTo: '2027-01-01', passed: true })
    ).toMatchObject({ refused: 'tool-unknown' })
    expect(
      ask(tooling, recordCalibration, having(jig()), { tool: 'T-7', calibratedTo: '2026-01-01', passed: true })
    ).toMatchObject({
      refused: 'calibration-ends-before-today'
    })
    expect(
      drafts(ask(tooling, recordCalibration, having(jig()), { tool: 'T-7', calibratedTo: '2026-01-01', passed: false }))
    ).toHaveLength(1)
  })
})

describe('a job that needs a jig', () => {
  const job = { workOrder: 'WO-0012', op: 10 }
  const head = { name: 'Close', stations: ['ST-01'], runMinutes: 2, steps: [], checks: 0 }
  const released = draft(workOrderReleased, {
    workOrder: 'WO-0012',
    method: 'a'.repeat(64),
    operations: [
      { ...head, op: 10, tools: ['T-7', 'T-8'] },
      { ...head, op: 20 }
    ]
  })
  const driver = draft(toolSet, { tool: 'T-8', name: 'Driver', kind: 'tool', location: 'LOC-A1' })
  const looked = (tool: string, aligned = true, note?: string) =>
    draft(toolSetUp, { ...job, tool, station: 'ST-01', aligned, ...(note ? { note } : {}) })
  const startOf = (op: number, at: string, ...events: readonly Draft[]) =>
    firstBroken(
      tooling.guards,
      having(...events),
      operationStarted.type,
      { workOrder: 'WO-0012', op, station: 'ST-01' },
      { id: '', person: 'P-001', device: '', at }
    )
  const today = '2026-11-23T09:00:00.000Z'

  it('does not start before the jig was looked at for it; another tool only has to be known', () => {
    expect(startOf(10, today, jig(), driver, released)).toEqual({
      refused: 'jig-not-set-up',
      about: { tool: 'T-7', name: 'Case jig' }
    })
    expect(startOf(10, today, jig(), driver, released, looked('T-7'))).toBeUndefined()
    expect(startOf(20, today, jig(), driver, released)).toBeUndefined()
  })

  it('does not start on a jig that was found out of line, until it is set right', () => {
    const events = [jig(), driver, released, looked('T-7'), looked('T-7', false, 'Left stop loose')]
    expect(startOf(10, today, ...events)).toMatchObject({
      refused: 'jig-out-of-line',
      about: { note: 'Left stop loose' }
    })
    expect(startOf(10, today, ...events, looked('T-7'))).toBeUndefined()
  })

  it('does not start with a tool past its last day', () => {
    const events = [jig('2026-11-22'), driver, released, looked('T-7')]
    expect(startOf(10, today, ...events)).toMatchObject({ refused: 'tool-past-calibration' })
    expect(startOf(10, '2026-11-22T09:00:00.000Z', ...events)).toBeUndefined()
  })

  it('asks again when another order uses the jig, and keeps what was found over a new method', () => {
    const other = draft(workOrderReleased, { ...released.payload, workOrder: 'WO-0013' })
    const known = having(jig(), driver, released, other, looked('T-7'), released)
    expect(setUpLacks(known, 'WO-0012', 10, today)).toBeUndefined()
    expect(setUpLacks(known, 'WO-0013', 10, today)).toMatchObject({ refused: 'jig-not-set-up' })
  })

  it('refuses a tool that it does not use', () => {
    const known = having(jig(), driver, released, draft(toolSet, { ...driver.payload, tool: 'T-9' }))
    const answer = ask(tooling, setUpTool, known, { ...input, tool: 'T-9' }, givenBy('P-001', ['operator'], today))
    expect(answer).toEqual({ refused: 'tool-not-of-job', about: { tool: 'T-9', needed: 'T-7, T-8' } })
  })

  it('leaves the tablets with its work order', () => {
    const closed = draft(workOrderClosed, { workOrder: 'WO-0012', outcome: 'complete', jobs: [{ op: 10, cycles: 1 }] })
    const open = having(released).get(jobToolsView, 'WO-0012/10')
    const gone = having(released, closed).get(jobToolsView, 'WO-0012/10')
    expect(open && jobToolsView.scope(open)).toBe('floor')
    expect(gone && jobToolsView.scope(gone)).toBe('archive')
  })
})
