/** Who goes first: one number per waiting operation, the greatest wins. Where each rule comes from stands in the README. */
import type { Model } from './model.ts'
import { at, atTime } from './numbers.ts'
import type { RuleName } from './problem.ts'

/** What a rule may look at, computed once per problem. */
export type Outlook = {
  readonly model: Model
  /** The least minutes of each operation, and the longest way from its beginning to its work order's end. */
  readonly least: Float64Array
  readonly work: Float64Array
  /** The same way counted in operations. */
  readonly steps: Float64Array
  /** When each has to end so that everything that hangs on it can still be in time; infinity when nobody waits. */
  readonly deadline: Float64Array
  /** The greatest weight of the work orders that hang on it. */
  readonly weight: Float64Array
  readonly meanMinutes: number
  readonly meanSetup: number
}

/** How far ATC and ATCS look ahead, in mean minutes and mean set-ups. */
export type Lookahead = { readonly minutes: number; readonly setup: number }

export const outlookOf = (model: Model): Outlook => {
  const { count, topological } = model
  const least = new Float64Array(count)
  const work = new Float64Array(count)
  const steps = new Float64Array(count)
  const deadline = new Float64Array(count)
  const weight = new Float64Array(count)
  let total = 0
  for (let k = count - 1; k >= 0; k--) {
    const i = at(topological, k)
    let minutes = Number.POSITIVE_INFINITY
    for (let c = at(model.choiceFrom, i); c < at(model.choiceFrom, i + 1); c++)
      minutes = Math.min(minutes, atTime(model.choiceMinutes, c))
    least[i] = minutes
    total += minutes
    const order = at(model.workOrder, i)
    let ends = atTime(model.due, order)
    let heavy = ends === Number.POSITIVE_INFINITY ? 0 : atTime(model.weight, order)
    let rest = 0
    let further = 0
    for (let a = at(model.afterFrom, i); a < at(model.afterFrom, i + 1); a++) {
      const next = at(model.after, a)
      rest = Math.max(rest, atTime(work, next))
      further = Math.max(further, atTime(steps, next))
      ends = Math.min(ends, atTime(deadline, next) - atTime(least, next))
      heavy = Math.max(heavy, atTime(weight, next))
    }
    work[i] = minutes + rest
    steps[i] = 1 + further
    deadline[i] = ends
    weight[i] = heavy
  }
  return {
    model,
    least,
    work,
    steps,
    deadline,
    weight,
    meanMinutes: Math.max(1e-9, total / Math.max(1, count)),
    meanSetup: meanSetupOf(model)
  }
}

const meanSetupOf = (model: Model): number => {
  const table = model.setups[0]
  if (!table) return 0
  const positive = table.filter(minutes => minutes > 0)
  return positive.length === 0 ? 0 : positive.reduce((sum, minutes) => sum + minutes, 0) / positive.length
}

/** What stands for a waiting operation at one station at one moment. */
export type Candidate = {
  operation: number
  minutes: number
  setup: number
  ready: number
  time: number
}

/** Priority by a rule; of two equal ones the first in the list of operations goes. */
export const priority = (outlook: Outlook, rule: RuleName, ahead: Lookahead, candidate: Candidate): number => {
  const { operation, minutes, ready, time } = candidate
  switch (rule) {
    case 'SPT':
      return -minutes
    case 'LPT':
      return minutes
    case 'MWKR':
      return atTime(outlook.work, operation)
    case 'LWKR':
      return -atTime(outlook.work, operation)
    case 'MOPNR':
      return atTime(outlook.steps, operation)
    case 'FIFO':
      return -ready
    case 'EDD':
      return -dueOf(outlook, operation)
    case 'CR':
      return -(dueOf(outlook, operation) - time) / Math.max(1e-9, atTime(outlook.work, operation))
    case 'WSPT':
      return atTime(outlook.weight, operation) / Math.max(1e-9, minutes)
    default:
      return apparent(outlook, rule === 'ATCS', ahead, candidate)
  }
}

/** The due date of the work order that presses most: its deadline here and all the work that then still comes. */
const dueOf = (outlook: Outlook, operation: number): number =>
  atTime(outlook.deadline, operation) + atTime(outlook.work, operation) - atTime(outlook.least, operation)

/** Apparent tardiness cost: weight over minutes, worth less the more slack is left and the longer the set-up. */
const apparent = (outlook: Outlook, withSetups: boolean, ahead: Lookahead, candidate: Candidate): number => {
  const { operation, minutes, setup, time } = candidate
  const slack = Math.max(0, atTime(outlook.deadline, operation) - minutes - time)
  const waits = slack === Number.POSITIVE_INFINITY ? 1e6 : slack / (ahead.minutes * outlook.meanMinutes)
  const changes = withSetups && outlook.meanSetup > 0 ? setup / (ahead.setup * outlook.meanSetup) : 0
  // In logarithms, so that those far from their due date are still told apart.
  return Math.log(Math.max(1e-9, atTime(outlook.weight, operation)) / Math.max(1e-9, minutes)) - waits - changes
}
