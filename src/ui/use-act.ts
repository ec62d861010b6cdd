/** Does an action from a desk and says in one line how it went. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import { type Action, isRefusal } from '#kernel/decision.ts'
import { type Floor, OfficeProblem, useFloor } from './floor.tsx'

export const useAct = () => {
  const floor = useFloor()
  const [busy, setBusy] = useState(false)
  const answered = useRef(signal(0)).current
  /** True when it was done. A refusal or a missing network is told; nothing is thrown. */
  const attempt = async (work: () => Promise<string | undefined>): Promise<boolean> => {
    setBusy(true)
    try {
      const said = await work()
      answered.value += 1
      if (said !== undefined) floor.tell({ text: said, tone: 'ok' })
      return true
    } catch (problem) {
      const over = isUnanswered(problem) ? { over: answeredSince(floor, answered) } : {}
      floor.tell({ text: sentenceOf(problem), tone: 'stop', ...over })
      return false
    } finally {
      setBusy(false)
    }
  }
  const act = <I>(action: Action<I>, input: I, done?: string): Promise<boolean> =>
    attempt(async () => {
      const answer = await floor.act(action, input)
      if (isRefusal(answer)) throw new Refused(answer.refused, floor.say(answer))
      return done
    })
  /** The sentence why it would not be done now; undefined when it would. */
  const why = <I>(action: Action<I>, input: I): string | undefined => {
    const refusal = floor.may(action, input)
    return refusal && floor.say(refusal)
  }
  return { act, attempt, why, busy }
}

class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const isUnanswered = (problem: unknown): boolean =>
  (problem instanceof OfficeProblem || problem instanceof Refused) && problem.code === 'no-network'

/** True once the network, which was away, is back, or something that was asked later was answered. */
const answeredSince = ({ network }: Floor, answered: ReadonlySignal<number>): ReadonlySignal<boolean> => {
  const before = answered.peek()
  let away = false
  return computed(() => {
    const now = network.value.state === 'offline'
    const back = away && !now
    away ||= now
    return back || answered.value > before
  })
}

export const sentenceOf = (problem: unknown): string => {
  if (problem instanceof OfficeProblem && problem.code === 'no-network')
    return 'No network, so the office was not asked. Nothing has changed. Try again when it is back.'
  if (problem instanceof OfficeProblem) return problem.hint ? `${problem.message} ${problem.hint}` : problem.message
  return problem instanceof Refused ? problem.message : 'The office did not take it. Nothing has changed. Try again.'
}
