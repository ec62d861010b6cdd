import { describe, expect, it } from 'vitest'
import { holdPlaced } from '#activities/quality/events.ts'
import type { EventKind } from '#kernel/event.ts'
import { operationPaused, operationStarted, quantityReported, stepCompleted, stepReopened } from './events.ts'
import { jobKey, unitView, workOrderView } from './projection.ts'
import { jobPath, queueOf } from './queue.ts'
import { finishedCount, neighbour, nextPress, nextUnit, openStep, resumeAt, type Run } from './run.ts'
import { type Happened, happened, knownAfter, sampleReleased } from './samples.ts'
import { targetWord } from './format.ts'

const op10 = { workOrder: 'WO-0012', op: 10 }
const counts = { good: 0, scrap: 0, rework: 0 }
const done = (cycle: number, ...steps: number[]): Happened[] =>
  steps.map(step => happened(stepCompleted, { ...op10, cycle, step }))
const reported = (op: number, good: number, scrap = 0) =>
  happened(quantityReported, {
    workOrder: 'WO-0012',
    op,
    report: `r${op}-${good}-${scrap}`,
    ...counts,
    good,
    scrap,
    ...(scrap ? { scrapReason: 'burnt' } : {})
  })

const runOf = (op: number, ...events: Happened[]): Run => {
  const known = knownAfter([...sampleReleased, ...events])
  const order = known.get(workOrderView, 'WO-0012')
  const operation = order?.operations.find(one => one.op === op)
  if (!order || !operation) throw new Error('the sample has no such operation')
  return {
    order,
    operation,
    units: new Map(known.list(unitView, `${jobKey('WO-0012', op)}/`).map(([, unit]) => [unit.cycle, unit]))
  }
}

describe('working unit by unit', () => {
  it('begins at the first step of the first unit and goes on where it was left', () => {
    expect(resumeAt(runOf(10), 0)).toEqual({ cycle: 1, step: 1 })
    expect(resumeAt(runOf(10, ...done(1, 1, 2)), 1)).toEqual({ cycle: 1, step: 3 })
    expect(resumeAt(runOf(10, ...done(1, 1, 2, 3, 4)), 1)).toEqual({ cycle: 2, step: 1 })
  })
  it('finds the units that are open, round from the first', () => {
    const run = runOf(10, ...done(3, 1, 2, 3, 4), ...done(1, 1))
    expect([finishedCount(run), nextUnit(run, 2), nextUnit(run, 3)]).toEqual([1, 1, 1])
    expect(
      nextUnit(runOf(10, ...done(1, 1, 2, 3, 4), ...done(2, 1, 2, 3, 4), ...done(3, 1, 2, 3, 4)), 1)
    ).toBeUndefined()
    expect(openStep(runOf(10, ...done(1, 1, 2), happened(stepReopened, { ...op10, cycle: 1, step: 1 })), 1)).toBe(1)
  })
  it('steps over the edge of a unit, and not beyond the first and the last', () => {
    const run = runOf(10)
    expect(neighbour(run, { cycle: 1, step: 4 }, 1)).toEqual({ cycle: 2, step: 1 })
    expect(neighbour(run, { cycle: 2, step: 1 }, -1)).toEqual({ cycle: 1, step: 4 })
    expect(neighbour(run, { cycle: 1, step: 1 }, -1)).toBeUndefined()
    expect(neighbour(run, { cycle: 3, step: 4 }, 1)).toBeUndefined()
  })
})

describe('the one primary button', () => {
  it('does the step, and counts the piece with the last one', () => {
    expect(nextPress(runOf(10), { cycle: 1, step: 1 })).toEqual({ press: 'step', counts: false })
    expect(nextPress(runOf(10, ...done(1, 1, 2, 3)), { cycle: 1, step: 4 })).toEqual({ press: 'step', counts: true })
  })
  it('counts a unit that was opened again and done once more only once', () => {
    const run = runOf(
      10,
      ...done(1, 1, 2, 3, 4),
      reported(10, 1),
      happened(stepReopened, { ...op10, cycle: 1, step: 4 })
    )
    expect(nextPress(run, { cycle: 1, step: 4 })).toEqual({ press: 'step', counts: false })
  })
  it('offers to count finished pieces that nobody has counted, then the next unit', () => {
    const finished = [...done(1, 1, 2, 3, 4), ...done(2, 1, 2, 3, 4)]
    expect(nextPress(runOf(10, ...finished), { cycle: 2, step: 4 })).toEqual({ press: 'count', good: 2 })
    expect(nextPress(runOf(10, ...finished, reported(10, 2)), { cycle: 2, step: 4 })).toEqual({
      press: 'unit',
      cycle: 3
    })
    expect(nextPress(runOf(10, ...done(1, 1)), { cycle: 1, step: 1 })).toEqual({ press: 'unit', cycle: 1 })
  })
  it('completes when all pieces are counted, even when a scrapped unit was left half done', () => {
    const run = runOf(10, ...done(1, 1, 2, 3, 4), ...done(2, 1, 2, 3, 4), ...done(3, 1), reported(10, 2, 1))
    expect(nextPress(run, { cycle: 3, step: 2 })).toEqual({ press: 'complete' })
  })
  it('reports where there are no steps', () => {
    expect(nextPress(runOf(40), { cycle: 1, step: 1 })).toEqual({ press: 'report' })
  })
})

describe('the jobs of a station', () => {
  const at = (station: string, ...events: Happened[]) =>
    queueOf(
      knownAfter([...sampleReleased, ...events])
        .list(workOrderView)
        .map(([, order]) => order),
      station
    )
  const does = <P>(kind: EventKind<P>, payload: P) => happened(kind, payload)
  it('are its own, and say what may start and what waits', () => {
    expect(at('ST-01').map(row => [row.operation.op, row.state])).toEqual([[10, 'ready']])
    expect(at('ST-02')[0]).toMatchObject({ state: 'blocked', why: { refused: 'pieces-not-here' } })
    expect(at('ST-02', reported(10, 1))[0]).toMatchObject({ state: 'ready' })
    expect(at('ST-09')).toEqual([])
  })
  it('tell running here from running elsewhere, from paused and from held', () => {
    const started = does(operationStarted, { workOrder: 'WO-0012', op: 20, station: 'ST-02' })
    expect(at('ST-02', started)[0]?.state).toBe('running')
    expect(at('ST-03', started)[0]).toMatchObject({
      state: 'blocked',
      why: { refused: 'operation-running', about: { station: 'ST-02' } }
    })
    expect(
      at('ST-03', started, does(operationPaused, { workOrder: 'WO-0012', op: 20, reason: 'break' }))[0]?.state
    ).toBe('paused')
    const held = does(holdPlaced, {
      hold: '00000000-0000-7000-8000-000000000001',
      workOrder: 'WO-0012',
      reason: 'solder'
    })
    expect(at('ST-02', started, held)[0]).toMatchObject({ state: 'held', why: { refused: 'order-on-hold' } })
    expect(at('ST-01', held)[0]).toMatchObject({ state: 'blocked', why: { refused: 'order-on-hold' } })
  })
  it('lead an inspection to its own screen', () => {
    expect(at('ST-04').map(jobPath)).toEqual(['/inspect/WO-0012/30'])
    expect(at('ST-01').map(jobPath)).toEqual(['/job/WO-0012/10'])
  })
})

describe('what a reading is to be', () => {
  it('is said as a drawing says it', () => {
    expect(targetWord({ unit: 'N·m', nominal: 0.6, low: 0.55, high: 0.65 })).toBe('0.6 N·m ± 0.05')
    expect(targetWord({ unit: 'mm', nominal: 12, low: 11.9, high: 12.2 })).toBe('12 mm −0.1 +0.2')
    expect(targetWord({ unit: 'mm', low: 11.8, high: 12.2 })).toBe('11.8 to 12.2 mm')
    expect(targetWord({ unit: 'V', high: 5 })).toBe('at most 5 V')
    expect(targetWord({ unit: 'V', low: 4.9 })).toBe('at least 4.9 V')
  })
})
