/** What is typed into the set-up matrix until the office has it: one decision after the other, a block in one. */
import { useRef, useState } from 'preact/hooks'
import { useFloor } from '#ui/floor.tsx'
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

export const useSetups = () => {
  const floor = useFloor()
  const { act, why } = useAct()
  const [cells, setCells] = useState(NONE)
  const latest = useRef(NONE)
  const sent = useRef(NONE)
  const put = (next: Cells): void => {
    latest.current = next
    setCells(next)
  }
  const settled = (key: string, { text }: TypedCell): boolean =>
    !sent.current.has(key) && minutesText(floor.get(setupView, key)?.minutes) === text
  const send = async (): Promise<void> => {
    if (sent.current.size > 0) return
    const now = [...latest.current].filter(([, one]) => one.state === 'saving').slice(0, MOST_SETUPS)
    if (now.length === 0) return
    sent.current = new Map(now)
    const done = await act(setSetups, { rows: now.map(([, one]) => one.row) })
    const asked = sent.current
    sent.current = NONE
    put(
      new Map(
        [...latest.current].flatMap(([key, one]): readonly (readonly [string, TypedCell])[] => {
          if (settled(key, one) || (done && asked.get(key) === one)) return []
          return [[key, asked.get(key) === one ? { ...one, state: 'kept' } : one]]
        })
      )
    )
    void send()
  }
  return {
    cells,
    /** Why nothing can be saved now, as a sentence; undefined when it can. */
    lacks:
      floor.network.value.state === 'offline'
        ? 'No network. The matrix can be read and printed; a change is a decision of the office, which can’t be asked now.'
        : why(setSetups, { rows: [{ from: '?', to: '?', minutes: 1 }] }),
    type: (rows: readonly (SetupRow & { readonly text: string })[]): void => {
      const next = new Map(latest.current)
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
          [...latest.current].map(([key, one]) => [key, one.state === 'kept' ? { ...one, state: 'saving' } : one])
        )
      )
      void send()
    },
    /** Back to what the office has. */
    leave: (): void => put(new Map([...latest.current].filter(([, one]) => one.state === 'saving')))
  }
}

const minutesOf = (minutes: number | undefined): Pick<SetupRow, 'minutes'> => (minutes === undefined ? {} : { minutes })
