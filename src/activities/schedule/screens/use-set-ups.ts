/**
 * What is typed into the set-up matrix until the office has it: one decision after the other, a block in one. It goes on and
 * stays while another page is looked at; what is not saved stays in this browser.
 */
import { type Signal, signal } from '@preact/signals'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'
import { setupKey, setupView } from '../projection.ts'
import { MOST_SETUPS, setSetups, type SetupRow } from '../set-up-rules.ts'
import { minutesText, minutesTyped } from './set-up-matrix.ts'

export type TypedCell = {
  readonly row: SetupRow
  readonly text: string
  /** 'kept': the office did not take it. 'wrong': it is never asked. */
  readonly state: 'saving' | 'kept' | 'wrong'
  readonly why?: string
}
type Cells = ReadonlyMap<string, TypedCell>
const NONE: Cells = new Map()

const DRAFT = 'schedule/set-ups'

type Store = { readonly cells: Signal<Cells>; sent: Cells }
/** Of the app that runs: a decision that was on its way when the page was left ends here, not in a second copy. */
const stores = new WeakMap<Floor, Store>()

const storeOf = (floor: Floor): Store => {
  const store = stores.get(floor) ?? { cells: signal(draftOf(floor)), sent: NONE }
  stores.set(floor, store)
  return store
}

/** What was on its way when the browser was closed is for a person to ask again. */
const draftOf = (floor: Floor): Cells => {
  try {
    // Written by `put` below; what an earlier build wrote differently is left out.
    const found = JSON.parse(floor.draft(DRAFT) ?? '[]') as readonly (readonly [string, TypedCell])[]
    return new Map(found.map(([key, one]) => [key, one.state === 'saving' ? { ...one, state: 'kept' } : one]))
  } catch {
    return NONE
  }
}

const isSaved = (floor: Floor, key: string, { text }: TypedCell): boolean =>
  minutesText(floor.get(setupView, key)?.minutes) === text

/** Cells that are typed and that the office has not. */
export const unsavedSetups = (floor: Floor): number =>
  [...storeOf(floor).cells.value].filter(([key, one]) => !isSaved(floor, key, one)).length

export const useSetups = () => {
  const floor = useFloor()
  const { act, why } = useAct()
  const store = storeOf(floor)
  const put = (next: Cells): void => {
    store.cells.value = next
    floor.setDraft(DRAFT, next.size === 0 ? undefined : JSON.stringify([...next]))
  }
  const settled = (key: string, one: TypedCell): boolean => !store.sent.has(key) && isSaved(floor, key, one)
  const send = async (): Promise<void> => {
    if (store.sent.size > 0) return
    const now = [...store.cells.peek()].filter(([, one]) => one.state === 'saving').slice(0, MOST_SETUPS)
    if (now.length === 0) return
    store.sent = new Map(now)
    const done = await act(setSetups, { rows: now.map(([, one]) => one.row) })
    const asked = store.sent
    store.sent = NONE
    put(
      new Map(
        [...store.cells.peek()].flatMap(([key, one]): readonly (readonly [string, TypedCell])[] => {
          if (settled(key, one) || (done && asked.get(key) === one)) return []
          return [[key, asked.get(key) === one ? { ...one, state: 'kept' } : one]]
        })
      )
    )
    void send()
  }
  return {
    cells: new Map([...store.cells.value].filter(([key, one]) => one.state === 'saving' || !isSaved(floor, key, one))),
    /** Why nothing can be saved now, as a sentence; undefined when it can. */
    lacks:
      floor.network.value.state === 'offline'
        ? 'No network. The matrix can be read and printed; a change is a decision of the office, which can’t be asked now.'
        : why(setSetups, { rows: [{ from: '?', to: '?', minutes: 1 }] }),
    type: (rows: readonly (SetupRow & { readonly text: string })[]): void => {
      const next = new Map(store.cells.peek())
      for (const { text, ...row } of rows) {
        const key = setupKey(row)
        const read = minutesTyped(text)
        const cell: TypedCell =
          'why' in read
            ? { row, text, state: 'wrong', why: read.why }
            : { row: { ...row, ...minutesOf(read.minutes) }, text: minutesText(read.minutes), state: 'saving' }
        next.delete(key)
        if (!settled(key, cell)) next.set(key, cell)
      }
      put(next)
      void send()
    },
    /** Asks once more for what the office did not take. */
    again: (): void => {
      put(
        new Map(
          [...store.cells.peek()].map(([key, one]) => [key, one.state === 'kept' ? { ...one, state: 'saving' } : one])
        )
      )
      void send()
    },
    /** Back to what the office has. */
    leave: (): void => put(new Map([...store.cells.peek()].filter(([, one]) => one.state === 'saving')))
  }
}

const minutesOf = (minutes: number | undefined): Pick<SetupRow, 'minutes'> => (minutes === undefined ? {} : { minutes })
