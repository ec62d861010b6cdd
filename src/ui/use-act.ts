/** Does an action from a desk and says in one line how it went. */
import { useState } from 'preact/hooks'
import { type Action, isRefusal } from '#kernel/decision.ts'
import { OfficeProblem, useFloor } from './floor.tsx'

export const useAct = () => {
  const floor = useFloor()
  const [busy, setBusy] = useState(false)
  /** True when it was done. A refusal or a missing network is told; nothing is thrown. */
  const attempt = async (work: () => Promise<string | undefined>): Promise<boolean> => {
    setBusy(true)
    try {
      const said = await work()
      if (said !== undefined) floor.tell({ text: said, tone: 'ok' })
      return true
    } catch (problem) {
      floor.tell({ text: sentenceOf(problem), tone: 'stop' })
      return false
    } finally {
      setBusy(false)
    }
  }
  const act = <I>(action: Action<I>, input: I, done?: string): Promise<boolean> =>
    attempt(async () => {
      const answer = await floor.act(action, input)
      if (isRefusal(answer)) throw new Refused(floor.say(answer))
      return done
    })
  /** The sentence why it would not be done now; undefined when it would. */
  const why = <I>(action: Action<I>, input: I): string | undefined => {
    const refusal = floor.may(action, input)
    return refusal && floor.say(refusal)
  }
  return { act, attempt, why, busy }
}

class Refused extends Error {}

export const sentenceOf = (problem: unknown): string => {
  if (problem instanceof OfficeProblem && problem.code === 'no-network')
    return 'No network, so the office was not asked. Nothing has changed. Try again when it is back.'
  if (problem instanceof OfficeProblem) return problem.hint ? `${problem.message} ${problem.hint}` : problem.message
  return problem instanceof Refused ? problem.message : 'The office did not take it. Nothing has changed. Try again.'
}
