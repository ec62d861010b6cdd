/** Where a person stands in a running operation: which unit, which step, and what the next press does. Pure. */
import { counted } from './fold.ts'
import type { OperationSummary, Unit, WorkOrder } from './projection.ts'
import { expected } from './readiness.ts'
import { readySteps } from './step.ts'

export type Run = {
  readonly order: WorkOrder
  readonly operation: OperationSummary
  readonly units: ReadonlyMap<number, Unit>
}
export type Spot = { readonly cycle: number; readonly step: number }

export const isFinished = ({ units, operation }: Run, cycle: number): boolean =>
  readySteps(units.get(cycle), operation.steps)

export const finishedCount = (run: Run): number => [...run.units.keys()].filter(cycle => isFinished(run, cycle)).length

/** The first step of the unit that is not done; the last one when all are. */
export const openStep = ({ units, operation }: Run, cycle: number): number =>
  operation.steps.find(step => !units.get(cycle)?.steps[step]?.done) ?? operation.steps.at(-1) ?? 1

/** The next unit with open steps after `cycle`, round from the first; undefined when every unit is finished. */
export const nextUnit = (run: Run, cycle: number): number | undefined => {
  const { quantity } = run.order
  for (let i = 1; i <= quantity; i++) {
    const at = ((cycle - 1 + i) % quantity) + 1
    if (!isFinished(run, at)) return at
  }
  return undefined
}

/** Where to go on: the unit that was begun last while it is open, else the next open one. */
export const resumeAt = (run: Run, begun: number): Spot => {
  const last = Math.min(Math.max(1, begun), run.order.quantity)
  const cycle = isFinished(run, last) ? (nextUnit(run, last) ?? last) : last
  return { cycle, step: openStep(run, cycle) }
}

/** The spot one step on or back, over the edge of the unit; undefined at either end. */
export const neighbour = (run: Run, { cycle, step }: Spot, by: 1 | -1): Spot | undefined => {
  const { steps } = run.operation
  const at = steps.indexOf(step) + by
  const beside = steps[at]
  if (at >= 0 && beside !== undefined) return { cycle, step: beside }
  const other = cycle + by
  const edge = by === 1 ? steps[0] : steps.at(-1)
  return other < 1 || other > run.order.quantity || edge === undefined ? undefined : { cycle: other, step: edge }
}

export type Next =
  | { readonly press: 'complete' }
  | { readonly press: 'report' }
  /** Finished pieces that nobody has counted. */
  | { readonly press: 'count'; readonly good: number }
  /** The step; with `counts` it is the last open one of its unit, and the piece is counted with it. */
  | { readonly press: 'step'; readonly counts: boolean }
  | { readonly press: 'unit'; readonly cycle: number }

/** What the one primary button does now. */
export const nextPress = (run: Run, { cycle, step }: Spot): Next => {
  const { operation, order, units } = run
  const left = expected(order, operation.op) - counted(operation)
  if (left <= 0) return { press: 'complete' }
  if (operation.steps.length === 0) return { press: 'report' }
  const unit = units.get(cycle)
  if (!unit?.steps[step]?.done) {
    const last = operation.steps.every(one => one === step || unit?.steps[one]?.done)
    return { press: 'step', counts: last && finishedCount(run) >= operation.good }
  }
  const open = openStep(run, cycle)
  if (!unit.steps[open]?.done) return { press: 'unit', cycle }
  const uncounted = Math.min(left, finishedCount(run) - operation.good)
  if (uncounted > 0) return { press: 'count', good: uncounted }
  const next = nextUnit(run, cycle)
  return next === undefined ? { press: 'report' } : { press: 'unit', cycle: next }
}
