/** What would be known if something had happened: events folded over what is known, which stays as it is. */
import type { Known } from './decision.ts'
import { foldEvent, type Listeners } from './fold.ts'
import type { Supposed } from './question.ts'

/** The same folds as for events that happened; their stamp is empty. Only kinds that `listeners` has are changed. */
export const suppose = (known: Known, listeners: Listeners, supposing: readonly Supposed[]): Known => {
  if (supposing.length === 0) return known
  const over = new Map<string, Map<string, unknown>>()
  const read = (kind: string, key: string): unknown => {
    const changed = over.get(kind)
    return changed?.has(key) ? changed.get(key) : known.get({ name: kind }, key)
  }
  for (const [index, { type, payload }] of supposing.entries())
    foldEvent(
      listeners,
      { type, payload, stamp: { id: `supposed-${index}`, person: '', device: '', at: '1970-01-01T00:00:00.000Z' } },
      read,
      ({ kind, key, view }) => over.set(kind, (over.get(kind) ?? new Map()).set(key, view))
    )
  const lists = new Map<string, readonly (readonly [string, unknown])[]>()
  const listed = (kind: string, changed: ReadonlyMap<string, unknown>) => {
    const all = new Map<string, unknown>(known.list({ name: kind }))
    for (const [key, view] of changed)
      if (view === undefined) all.delete(key)
      else all.set(key, view)
    return [...all].sort(([a], [b]) => (a < b ? -1 : 1))
  }
  return {
    // The view kind says what it holds; here it is only a name.
    get: (kind, key) => read(kind.name, key) as never,
    list: (kind, prefix = '') => {
      const changed = over.get(kind.name)
      if (!changed) return known.list(kind, prefix)
      const all = lists.get(kind.name) ?? listed(kind.name, changed)
      lists.set(kind.name, all)
      return (prefix === '' ? all : all.filter(([key]) => key.startsWith(prefix))) as never
    }
  }
}
