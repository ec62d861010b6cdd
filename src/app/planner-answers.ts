/** What runs in the planner's worker: known views, what is supposed on top of them, and the rooms' questions. Pure. */
import type { Known } from '#kernel/decision.ts'
import { foldEvent, knownFrom, type Listeners } from '#kernel/fold.ts'
import type { Question, Run, Supposed } from '#kernel/question.ts'

/** Views by kind and key, as they are sent to the worker. */
export type Views = Readonly<Record<string, readonly (readonly [string, unknown])[]>>

export type Ask = {
  readonly question: string
  readonly input: unknown
  readonly supposing: readonly Supposed[]
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
  return found.answer(suppose(views, listeners, supposing), input, run)
}

/** Known views with events folded over them that have not happened. The base is not touched. */
export const suppose = (views: Views, listeners: Listeners, supposing: readonly Supposed[]): Known => {
  const known = new Map(Object.entries(views).map(([kind, list]) => [kind, new Map(list)]))
  for (const [index, { type, payload }] of supposing.entries())
    foldEvent(
      listeners,
      { type, payload, stamp: { id: `supposed-${index}`, person: '', device: '', at: '1970-01-01T00:00:00.000Z' } },
      (kind, key) => known.get(kind)?.get(key),
      ({ kind, key, view }) => {
        const of = known.get(kind) ?? new Map<string, unknown>()
        known.set(kind, of)
        if (view === undefined) of.delete(key)
        else of.set(key, view)
      }
    )
  return knownFrom(known)
}
