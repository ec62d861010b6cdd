/**
 * What the finite scheduler is asked and what it answers, in plain words and plain objects. Times are minutes since a moment
 * that the caller picks (any, as long as all agree); lengths are minutes too. Nothing here knows of days, zones or people.
 */

/** Open from the first minute up to, not including, the second. */
export type OpenInterval = readonly [from: number, to: number]

export type StationInput = {
  readonly station: string
  /** Sorted or not; overlaps are merged. Absent: always open. After the last one the station is closed for good. */
  readonly open?: readonly OpenInterval[]
  /** The family that it is set up for at the beginning. Absent: the first set-up costs nothing. */
  readonly family?: string
  /** A furnace or an oven: how much fits in at once, in the unit of `batch.size`. Absent: one operation at a time. */
  readonly batchCapacity?: number
}

/** Minutes to change a station over from one family to another. A row for a station goes before one for all of them. */
export type SetupInput = {
  readonly from: string
  readonly to: string
  readonly minutes: number
  readonly station?: string
}

/** A tool, jig or gauge of which there are so many. An operation has it from its set-up to its end, pauses included. */
export type ToolInput = { readonly tool: string; readonly count: number }

export type OperationInput = {
  /** Unique, for example `WO-0012-30`, what stands on the job card. */
  readonly id: string
  readonly workOrder: string
  readonly op: number
  /** Where it may be done, and how many minutes the whole of it takes there. */
  readonly stations: readonly { readonly station: string; readonly minutes: number }[]
  readonly family?: string
  readonly tools?: readonly string[]
  /** Operations with the same key may go into a furnace together; together they take as long as the longest. */
  readonly batch?: { readonly key: string; readonly size: number }
  /** Ids of operations that end first, of this or another work order. Finished ones are left out. */
  readonly predecessors?: readonly string[]
  /** Its material is there, or it is allowed, from this minute on. */
  readonly release?: number
  /** Of the work order: the earliest one given by any of its operations counts. */
  readonly due?: number
  /** What a minute late costs; default 1. The greatest one given by any operation of the work order counts. */
  readonly weight?: number
  /** `pause` (default): goes on after closed time. `fit`: begins and ends within one open interval. */
  readonly overBreaks?: 'pause' | 'fit'
  /** Stays where it is and when it is. Its minutes hold its set-up. */
  readonly locked?: { readonly station: string; readonly start: number }
  /** A started operation needs `locked`; with `remaining` it ends so many open minutes after `now`. */
  readonly state?: 'waiting' | 'started'
  readonly remaining?: number
  /** Where the plan that people know has it. Moving it costs `objective.moved`. */
  readonly planned?: { readonly station: string; readonly start: number }
}

/**
 * What a plan costs: the sum of these weights times minutes (`moved`: times operations moved). A weight left out is 0. Without
 * any objective it is 1 for tardiness, 0.1 for set-up, 0.01 for makespan and 60 for moved, and the weighted tardiness alone is
 * never worse than ATCS leaves it; with one, the whole cost is never worse than the best rule's.
 */
export type Objective = {
  /** Of every minute that a work order is late, times its own weight. */
  readonly tardiness?: number
  readonly setup?: number
  readonly makespan?: number
  /** Of every operation that is not where and when `planned` said. */
  readonly moved?: number
}

export type ScheduleProblem = {
  /** Nothing that has not been locked begins before. */
  readonly now: number
  /** The end of the frozen zone: nothing that has not been locked begins before. */
  readonly fence?: number
  readonly stations: readonly StationInput[]
  readonly operations: readonly OperationInput[]
  readonly tools?: readonly ToolInput[]
  readonly setups?: readonly SetupInput[]
  readonly objective?: Objective
}

/** Priority rules; the README beside this file names where each comes from. */
export type RuleName = 'SPT' | 'LPT' | 'MWKR' | 'LWKR' | 'MOPNR' | 'FIFO' | 'EDD' | 'CR' | 'WSPT' | 'ATC' | 'ATCS'

/** `non-delay`: a station never waits while something could begin. `active`: it may wait for something better. */
export type Generation = 'non-delay' | 'active'

export type ScheduledOperation = {
  readonly id: string
  readonly workOrder: string
  readonly op: number
  readonly station: string
  /** The station is taken from here, set-up first. */
  readonly start: number
  readonly end: number
  readonly setupMinutes: number
  /** Open minutes of work after the set-up. */
  readonly runMinutes: number
  readonly locked: boolean
  /** Operations that share a furnace run share this number. */
  readonly batch?: number
}

export type LatenessCause = 'capacity' | 'material' | 'fence' | 'predecessor'

/** One wait on the way to a work order's end. The minutes of all of them are what it could have been done sooner. */
export type Wait = {
  readonly cause: LatenessCause
  /** What exactly: a busy station, a closed one, a busy tool, material, the fence, a lock, another work order. */
  readonly how:
    | 'station-busy'
    | 'station-closed'
    | 'tool-busy'
    | 'material-date'
    | 'fence'
    | 'locked'
    | 'other-work-order'
    | 'work-content'
  readonly minutes: number
  /** The operation that waited. */
  readonly operation: string
  /** The operation that it waited for, where there is one. */
  readonly blocking?: string
  readonly station?: string
  readonly tool?: string
}

export type WorkOrderResult = {
  readonly workOrder: string
  readonly end: number
  readonly due?: number
  readonly weight: number
  /** Minutes after its due date, 0 when in time. */
  readonly lateMinutes: number
  /** Only of a late one: the wait that cost the most, and all of them in the order of time. */
  readonly cause?: Wait
  readonly waits?: readonly Wait[]
  /** How many of its operations could not be planned, where there are any; the faults name them. */
  readonly unplanned?: number
}

/** What could not be planned as asked, named. The rest is planned. */
export type ScheduleFault = {
  readonly code:
    | 'no-station'
    | 'unknown-station'
    | 'no-open-time'
    | 'never-fits'
    | 'beyond-the-calendar'
    | 'minutes-out-of-range'
    | 'time-out-of-range'
    | 'weight-out-of-range'
    | 'predecessor-cycle'
    | 'unknown-predecessor'
    | 'waits-for-unplanned'
    | 'unknown-tool'
    | 'tool-count'
    | 'too-big-for-batch'
    | 'same-id'
    | 'same-station'
    | 'locked-overlap'
    | 'locked-before-predecessor'
    | 'started-without-place'
    | 'setup-out-of-range'
    | 'open-interval-out-of-range'
  readonly operation?: string
  readonly workOrder?: string
  readonly station?: string
  readonly tool?: string
  /** Of a cycle: the operations on it, in order. */
  readonly operations?: readonly string[]
}

export type Schedule = {
  /** In the order of their start. An operation with a fault that kept it out is not among them. */
  readonly operations: readonly ScheduledOperation[]
  readonly workOrders: readonly WorkOrderResult[]
  /** From `now` to the last end. */
  readonly makespan: number
  /** Minutes late times weight, summed over work orders. */
  readonly weightedTardiness: number
  readonly setupMinutes: number
  /** Operations that are not where and when `planned` said. */
  readonly moved: number
  /** The objective's value. */
  readonly cost: number
  readonly faults: readonly ScheduleFault[]
  /** How it came about: the rule it began from, and how far the search went. */
  readonly how: {
    readonly rule: RuleName
    readonly generation: Generation
    readonly iterations: number
    readonly stopped: 'constructed' | 'optimal' | 'iterations' | 'time' | 'cancelled'
  }
}

/** How long to look for something better. Deterministic for a seed when only iterations limit it. */
export type Budget = {
  readonly seed: number
  readonly iterations?: number
  /** Milliseconds by `now`; both or neither. */
  readonly milliseconds?: number
  readonly now?: () => number
}

export type Progress = {
  readonly iterations: number
  readonly cost: number
  /** Between 0 and 1, of whichever limit is nearer. */
  readonly part: number
}
