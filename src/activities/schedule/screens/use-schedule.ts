/** The finite schedule on the plan desk: searched beside the page, shown as it gets better, kept when it is stopped. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { dayAt, dayText } from '#kernel/calendar.ts'
import { useFloor } from '#ui/floor.tsx'
import { zoneOf } from '../frozen.ts'
import { type PlanSchedule, SCHEDULE } from '../outlook.ts'
import type { Scenarios } from './use-scenarios.ts'

/** Long enough for a first look. */
const FIRST_SECONDS = 1
const MINUTE = 60_000

export type Scheduling = {
  readonly plan: PlanSchedule | undefined
  /** 0 to 1 while it searches. */
  readonly part: number | undefined
  readonly problem: string | undefined
  /** What is known has changed since it was searched. */
  readonly stale: boolean
  readonly search: (seconds: number) => void
  /** Keeps the best that was found. */
  readonly stop: () => void
  /** Whether the next change is the planner's own: it is searched for again, or what was pulled would stand where it was. */
  readonly follow: (own: boolean) => void
}

type State = Pick<Scheduling, 'plan' | 'part' | 'problem'> & {
  readonly basis: string
  /** A person has asked for it, so nothing shorter replaces it by itself. */
  readonly asked: boolean
  readonly seconds: number
}
/** What was found, over the time that another tab is looked at. */
export type KeptSchedule = { current: State | undefined }

/**
 * A short search runs by itself when it is first shown, when the scenario changes, and when what is known changes; what a
 * person has searched for longer stays until they ask again, or move something themselves.
 */
const NOTHING: State = {
  plan: undefined,
  part: undefined,
  problem: undefined,
  basis: '',
  asked: false,
  seconds: FIRST_SECONDS
}

export const useSchedule = (scenarios: Scenarios, kept: KeptSchedule): Scheduling => {
  const floor = useFloor()
  const { planner } = floor
  const [state, setState] = useState<State>(kept.current ?? NOTHING)
  kept.current = { ...state, part: undefined }
  const running = useRef<AbortController | undefined>(undefined)
  const own = useRef(false)
  const scenario = JSON.stringify(scenarios.supposing)
  const version = planner?.version.value
  const basis = `${version} ${scenario}`
  const search = (seconds: number, byPerson: boolean): void => {
    if (!planner) return
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    const now = Math.floor(floor.now.peek() / MINUTE) * MINUTE
    const input = { today: dayText(dayAt(now, zoneOf(floor))), now, seconds, seed: 1 }
    const heard = (next: Partial<State>): void => {
      if (running.current === stop) setState(was => ({ ...was, ...next }))
    }
    heard({ part: 0, problem: undefined, basis, asked: byPerson, seconds })
    planner
      .ask<PlanSchedule>(SCHEDULE, input, {
        supposing: scenarios.supposing,
        stop: stop.signal,
        // The best so far is of the type that the question answers.
        onProgress: (part, soFar) => heard(soFar === undefined ? { part } : { part, plan: soFar as PlanSchedule })
      })
      .then(
        plan => heard({ plan, part: undefined }),
        (reason: unknown) =>
          heard({ part: undefined, problem: reason instanceof Error ? reason.message : String(reason) })
      )
  }
  useEffect(() => {
    if (state.basis === basis && state.plan) return
    if (!(state.asked && state.basis.endsWith(` ${scenario}`))) return search(FIRST_SECONDS, false)
    if (own.current) search(state.seconds, true)
    own.current = false
  }, [planner, basis])
  useEffect(() => () => running.current?.abort(), [])
  return {
    plan: state.plan,
    part: state.part,
    problem: state.problem,
    stale: state.basis !== basis,
    search: seconds => search(seconds, true),
    follow: yes => {
      own.current = yes
    },
    stop: () => {
      running.current?.abort()
      running.current = undefined
      setState(was => ({ ...was, part: undefined }))
    }
  }
}
