/** What runs in the planner's worker: known views, what is supposed on top of them, and the rooms' questions. Pure. */
import type { Known } from '#kernel/decision.ts'
import type { Listeners } from '#kernel/fold.ts'
import type { Question, Run, Supposed } from '#kernel/question.ts'
import { suppose } from '#kernel/suppose.ts'

type Rows = readonly (readonly [string, unknown])[]
/** Views by kind, sorted by key, as they are sent to the worker. */
export type Views = Readonly<Record<string, Rows>>

export type Ask = {
  readonly question: string
  readonly input: unknown
  readonly supposing: readonly Supposed[]
}

/** Built once for all questions about what was sent. */
const byKey = new WeakMap<Rows, ReadonlyMap<string, unknown>>()

/** Lists are the very ones that were sent, so that whoever works with them sees which have changed. */
const knownIn = (views: Views): Known => ({
  get: (kind, key) => {
    const rows = views[kind.name] ?? NONE
    const found = byKey.get(rows) ?? new Map(rows)
    byKey.set(rows, found)
    // The view kind says what it holds; here it is only a name.
    return found.get(key) as never
  },
  list: (kind, prefix = '') => {
    const rows = views[kind.name] ?? NONE
    return (prefix === '' ? rows : rows.filter(([key]) => key.startsWith(prefix))) as never
  }
})

const NONE: Rows = []

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
