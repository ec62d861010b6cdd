/**
 * A routing while it is typed: it stays in this browser until it is saved or given back, every step can be taken back, and what the
 * office has meanwhile is told and not typed over.
 */
import { useRef, useState } from 'preact/hooks'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'
import { setRouting } from '../routing-rules.ts'
import { routingKey, routingView } from '../routing-view.ts'
import { changed, operationsOf, type Rows, rowsOf } from './routing-rows.ts'

type Typed = {
  readonly rows: Rows
  /** What stood there when the typing began, and the event that said so. */
  readonly base: Rows
  readonly seen: string
  readonly done: readonly Rows[]
  readonly undone: readonly Rows[]
  /** The cell of the last step: letters typed into one cell are one step. */
  readonly at: string | undefined
  /** The office has taken it, and its answer is on the way here. */
  readonly sent: boolean
}

const REMEMBERED = 200
const fresh = (rows: Rows, seen: string): Typed => ({
  rows,
  base: rows,
  seen,
  done: [],
  undone: [],
  at: undefined,
  sent: false
})

const draftKey = (key: string): string => `orders/routing/${key}`
type Kept = Pick<Typed, 'rows' | 'base' | 'seen'>

const keptIn = (floor: Floor, key: string): Typed | undefined => {
  try {
    // Written by `keep` below; what an earlier build wrote differently is left out.
    const kept = JSON.parse(floor.draft(draftKey(key)) ?? 'null') as Kept | null
    return kept && Array.isArray(kept.rows) && Array.isArray(kept.base)
      ? { ...fresh(kept.base, kept.seen), rows: kept.rows }
      : undefined
  } catch {
    return undefined
  }
}

/** Whether something is typed for it that the office does not have. */
export const routingDraft = (floor: Floor, key: string): boolean => floor.draft(draftKey(key)) !== undefined

const steps = (was: Typed, next: Rows, at: string | undefined): Typed => ({
  ...was,
  rows: next,
  done: at !== undefined && at === was.at ? was.done : [...was.done, was.rows].slice(-REMEMBERED),
  undone: [],
  at
})
const back = (was: Typed): Typed => {
  const rows = was.done.at(-1)
  return rows ? { ...was, rows, done: was.done.slice(0, -1), undone: [...was.undone, was.rows], at: undefined } : was
}
const again = (was: Typed): Typed => {
  const rows = was.undone.at(-1)
  return rows ? { ...was, rows, done: [...was.done, was.rows], undone: was.undone.slice(0, -1), at: undefined } : was
}

/** Another routing came meanwhile: what is typed for the older one stays, what only shows it is shown anew. */
const current = (typed: Typed | undefined, saved: Rows, seen: string): Typed => {
  if (!typed || typed.seen === seen) return typed ?? fresh(saved, seen)
  return !typed.sent && changed(typed.rows, typed.base) ? typed : fresh(saved, seen)
}

export const useRouting = (item: string, revision: string) => {
  const floor = useFloor()
  const { act, busy } = useAct()
  const key = routingKey(item, revision)
  const routing = floor.get(routingView, key)
  const seen = routing?.set?.event ?? ''
  const [typed, setTyped] = useState<Typed | undefined>(() => keptIn(floor, key))
  const now = current(typed, rowsOf(routing?.operations ?? []), seen)
  // Two keys may be struck before the page is drawn again.
  const latest = useRef(now)
  latest.current = now
  const keep = (next: Typed): void => {
    latest.current = next
    setTyped(next)
    const { rows, base } = next
    const kept: Kept = { rows, base, seen: next.seen }
    floor.setDraft(draftKey(key), !next.sent && changed(rows, base) ? JSON.stringify(kept) : undefined)
  }
  const dirty = !now.sent && changed(now.rows, now.base)
  const waits = busy || now.sent
  return {
    routing,
    rows: now.rows,
    dirty,
    /** It is on its way to the office and back; nothing is typed into it meanwhile. */
    waits,
    /** Somebody else saved another one while this was typed. */
    moved: dirty && !waits && now.seen !== seen,
    undoes: now.done.length > 0,
    redoes: now.undone.length > 0,
    /** `at` names the cell: what is typed into one in a row is one step. */
    edit: (next: (rows: Rows) => Rows, at?: string): void => {
      if (waits) return
      const rows = next(latest.current.rows)
      if (changed(rows, latest.current.rows)) keep(steps(latest.current, rows, at))
    },
    undo: (): void => (waits ? undefined : keep(back(latest.current))),
    redo: (): void => (waits ? undefined : keep(again(latest.current))),
    /** Back to what the office has. */
    leave: (): void => keep(fresh(rowsOf(routing?.operations ?? []), seen)),
    /** What is typed goes over what somebody else saved, knowingly. */
    over: (): void => keep({ ...latest.current, seen }),
    save: async (): Promise<void> => {
      const asked = latest.current
      const input = { item, revision, operations: [...operationsOf(asked.rows)], seen: asked.seen }
      if (await act(setRouting, input, `The routing of ${item} rev ${revision} is saved.`))
        keep({ ...asked, sent: true, done: [], undone: [] })
    }
  }
}
export type RoutingForm = ReturnType<typeof useRouting>
