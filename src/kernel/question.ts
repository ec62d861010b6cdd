/**
 * Questions: what a room can work out of what is known, when that takes longer than a screen may wait. They are answered
 * beside the page, in the office's job and in a test alike, over what is known or over what is supposed.
 */
import type { Known } from './decision.ts'
import type { Remember } from './remember.ts'
import type { View } from './view.ts'

/** Given from outside, as long work needs a clock, a way to tell how far it is, and to hand over what it has so far. */
export type Run = {
  /** Milliseconds; only differences mean anything. */
  readonly now: () => number
  /** `part` from 0 to 1. `soFar` is an answer that would do if it were stopped here. */
  readonly progress: (part: number, soFar?: unknown) => void
  /** What earlier answers made and this one may use: never anything that another answer would be worked out from. */
  readonly keep: Remember
}

export type Question<I = unknown, A = unknown> = {
  /** `room/noun` */
  readonly name: string
  /** What has to be known to answer it. */
  readonly views: readonly View[]
  /** Pure but for `run`: the same for the same known views and input. The answer is plain data. */
  readonly answer: (known: Known, input: I, run: Run) => A
}

/** An event that has not happened, for a what-if: its type and payload, folded like one that did. */
export type Supposed = { readonly type: string; readonly payload: unknown }

export const question = <I, A>(
  name: string,
  views: readonly View[],
  answer: Question<I, A>['answer']
): Question<I, A> => ({ name, views, answer })
