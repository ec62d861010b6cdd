/** Doing something on a floor screen: a refusal is told as its sentence, what was done may be taken back. */
import type { Action, Refusal } from '#kernel/decision.ts'
import { type Floor, useFloor } from '#ui/floor.tsx'

type After = {
  /** What to say when it is saved. */
  readonly told?: string | undefined
  readonly undo?: (() => void) | undefined
  /** Takes a refusal to show it in its own way; the others are told. */
  readonly refused?: ((refusal: Refusal) => boolean) | undefined
}

export type Act = <I>(action: Action<I>, input: I, after?: After) => Promise<boolean>

export const actOn =
  (floor: Floor): Act =>
  async (action, input, { told, undo, refused } = {}) => {
    const answer = await floor.act(action, input)
    if ('refused' in answer) {
      if (!refused?.(answer)) floor.tell({ text: floor.say(answer), tone: 'stop' })
      return false
    }
    if (told) floor.tell({ text: told, tone: 'ok', ...(undo ? { undo } : {}) })
    return true
  }

export const useAct = (): Act => actOn(useFloor())
