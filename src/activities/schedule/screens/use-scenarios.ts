/** The copies of the plan in which things are tried. They stay in this browser, through a crash, until published or thrown away. */
import { useMemo, useRef, useState } from 'preact/hooks'
import { listenersOf } from '#kernel/fold.ts'
import type { Known } from '#kernel/decision.ts'
import type { Supposed } from '#kernel/question.ts'
import { suppose } from '#kernel/suppose.ts'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { schedule } from '../activity.ts'
import { type Changes, countOf, NO_CHANGES, type Scenario, supposedOf } from '../scenario.ts'

const KEY = 'schedule/scenarios'
/** The name of the plan as it is, among the scenarios. */
export const LIVE = ''

type Stored = { readonly chosen: string; readonly list: readonly Scenario[] }
const listeners = listenersOf(schedule.views)

/** What would be known if this were the plan. */
export const knownWith = (floor: Floor, changes: readonly Supposed[]): Known => suppose(floor, listeners, changes)

const stored = (floor: Floor): Stored => {
  try {
    // Written by `keep` below; what an earlier build wrote differently is begun anew.
    const found = JSON.parse(floor.draft(KEY) ?? '') as Stored
    if (!Array.isArray(found.list)) return { chosen: LIVE, list: [] }
    // Kinds of changes that an earlier build did not have are none.
    return { ...found, list: found.list.map(one => ({ ...one, changes: { ...NO_CHANGES, ...one.changes } })) }
  } catch {
    return { chosen: LIVE, list: [] }
  }
}

export const useScenarios = () => {
  const floor = useFloor()
  const [state, setState] = useState(() => stored(floor))
  // A block that is pasted or filled is many changes before the page is drawn again: each is made of the one before.
  const newest = useRef(state)
  const keep = (next: Stored) => {
    newest.current = next
    floor.setDraft(KEY, next.list.length === 0 ? undefined : JSON.stringify(next))
    setState(next)
  }
  const { chosen, list } = state
  const scenario = list.find(({ id }) => id === chosen)
  const changes = scenario?.changes ?? NO_CHANGES
  const supposing = useMemo(() => supposedOf(changes), [changes])
  // Anew whenever something of what the planner knows has changed, and not at every step of the cursor.
  const version = floor.planner?.version.value
  const known = useMemo(() => knownWith(floor, supposing), [floor, supposing, version])
  const replace = (id: string, next: (was: Scenario) => Scenario) => {
    const was = newest.current
    keep({ ...was, list: was.list.map(one => (one.id === id ? next(one) : one)) })
  }
  const copy = (name: string, from: Changes) => {
    const id = `${Date.now()}`
    keep({ chosen: id, list: [...newest.current.list, { id, name, changes: from }] })
  }
  return {
    list,
    scenario,
    changes,
    supposing,
    known,
    choose: (id: string) => keep({ ...state, chosen: id }),
    /** Typing into the plan as it is begins a draft of it. */
    change: (next: (was: Changes) => Changes) => {
      const now = newest.current
      const open = now.list.find(({ id }) => id === now.chosen)
      if (open) replace(open.id, was => ({ ...was, changes: next(was.changes) }))
      else copy(freeName('Draft', now.list), next(NO_CHANGES))
    },
    copy: () => copy(freeName(scenario ? scenario.name : 'Scenario', list), changes),
    rename: (name: string) => scenario && replace(scenario.id, was => ({ ...was, name })),
    remove: (id: string) => keep({ chosen: id === chosen ? LIVE : chosen, list: list.filter(one => one.id !== id) })
  }
}

export type Scenarios = ReturnType<typeof useScenarios>

const freeName = (name: string, list: readonly Scenario[]): string => {
  const plain = name.replace(/ \d+$/, '')
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? plain : `${plain} ${number}`
    if (!list.some(one => one.name === candidate)) return candidate
  }
}

export const changesWord = (changes: Changes): string => {
  const many = countOf(changes)
  return many === 1 ? '1 change' : `${many} changes`
}
