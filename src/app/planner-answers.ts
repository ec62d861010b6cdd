/** What runs in the planner's worker: known views, what is supposed on top of them, and the rooms' questions. Pure. */
import type { Known } from '#kernel/decision.ts'
import { knownFrom, type Listeners } from '#kernel/fold.ts'
import type { Question, Run, Supposed } from '#kernel/question.ts'
import { suppose } from '#kernel/suppose.ts'

/** Views by kind and key, as they are sent to the worker. */
export type Views = Readonly<Record<string, readonly (readonly [string, unknown])[]>>

export type Ask = {
  readonly question: string
  readonly input: unknown
  readonly supposing: readonly Supposed[]
}

/** Built once for all questions about what was sent. */
const knownOf = new WeakMap<Views, Known>()

const knownIn = (views: Views): Known => {
  const built =
    knownOf.get(views) ?? knownFrom(new Map(Object.entries(views).map(([kind, list]) => [kind, new Map(list)])))
  knownOf.set(views, built)
  return built
}

/** Throws what the person should read when there is no such question. */
export const answerWith = (
  questions: readonly Question[],
  listeners: Listeners,
  views: Views,
  { question, input, supposing }: Ask,
  run: Run
): unknown => {
  const found = questions.find(one => one.name === question)
  if (!found) throw new Error(`This version does not know the question ${question}.`)
  return found.answer(suppose(knownIn(views), listeners, supposing), input, run)
}
