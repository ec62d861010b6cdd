/** The work orders as they are read, without the folds that make them: what a station's first screen needs. */
import { view } from '#kernel/view.ts'
import type { Counts } from './fold.ts'
import type { OperationState } from './running.ts'

/** One operation as every tablet, the board and the desk list it. */
export type OperationSummary = Counts & {
  readonly op: number
  readonly name: string
  readonly stations: readonly string[]
  readonly runMinutes: number
  /** Steps of one unit, by number. */
  readonly steps: readonly number[]
  readonly checks: number
  /** Tools, jigs and gauges that it needs. */
  readonly tools?: readonly string[] | undefined
  readonly state: OperationState
  readonly station?: string
  readonly since?: string
  /** Why it is paused. */
  readonly reason?: string
  /** Reports already counted here: a repeated one changes nothing. */
  readonly ledger: readonly string[]
}

export type Hold = {
  readonly hold: string
  readonly reason: string
  readonly note?: string
  readonly person: string
  readonly at: string
  readonly defect?: string
}

export type WorkOrder = {
  readonly workOrder: string
  readonly label?: string
  readonly item: string
  readonly itemName: string
  readonly revision: string
  readonly quantity: number
  /** YYYY-MM-DD */
  readonly due: string
  readonly priority: number
  readonly customer?: string
  readonly state: 'created' | 'released' | 'complete' | 'cancelled'
  readonly method?: string
  readonly operations: readonly OperationSummary[]
  readonly holds: readonly Hold[]
}

/** Nothing but checks: worked on the inspection's own screen, counted by its close. */
export const isInspection = (op: OperationSummary): boolean => op.checks > 0 && op.steps.length === 0

/** The mark in the ledger that the inspection of the operation is closed. */
export const INSPECTED = 'inspection'

export const workOrderView = view<WorkOrder>('orders/work-order')

/** The published schedule as one station follows it. */
export type Dispatch = {
  readonly version: number
  /** When it was published, ISO 8601 UTC. */
  readonly at: string
  /** When each job begins here, ISO 8601 UTC, by `WO-0012/30`. */
  readonly jobs: Readonly<Record<string, string>>
}

/** By station; under `PLAN` stands which schedule holds now, as a station without a job in it hears of no other. */
export const dispatchView = view<Dispatch>('orders/dispatch')
export const PLAN = 'plan'

export const dispatchOf = (at: (key: string) => Dispatch | undefined, station: string): Dispatch | undefined => {
  const [plan, mine] = [at(PLAN), at(station)]
  return mine?.version === plan?.version ? mine : plan
}
