/** The jobs of this station as rows to take: what may be worked first, what waits says why. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Card, Empty } from '#ui/card.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Level, StateMark } from '#ui/state-mark.tsx'
import type { QueueRow, QueueState } from '../queue.ts'
import { beginWord, dayWord, planWord } from '../format.ts'
import css from './queue.module.css'

/** More rows than these are a list to search, not to glance at. */
const MOST = 7

const marks: Record<QueueState, { readonly level: Level; readonly word: string }> = {
  running: { level: 'info', word: 'Running' },
  held: { level: 'stop', word: 'On hold' },
  paused: { level: 'attention', word: 'Paused' },
  ready: { level: 'normal', word: 'Ready' },
  blocked: { level: 'off', word: 'Waits' }
}

export const markOf = (row: QueueRow): { readonly level: Level; readonly word: string } =>
  row.why?.refused === 'order-on-hold' ? marks.held : marks[row.state]

type Props = {
  readonly rows: readonly QueueRow[]
  /** When the schedule that is followed was published. */
  readonly plan: string | undefined
  readonly chosen: string | undefined
  readonly onOpen: (row: QueueRow) => void
}

export const Queue = ({ rows, plan, chosen, onOpen }: Props) => {
  const [all, setAll] = useState(false)
  const shown = all ? rows : rows.slice(0, MOST)
  return (
    <section class={css.queue} aria-labelledby="queue-title">
      <h2 id="queue-title">Next at this station {plan !== undefined && <small>{planWord(plan)}</small>}</h2>
      {rows.length === 0 && (
        <Empty title="No open jobs" hint="Jobs appear here when the planner releases a work order for this station." />
      )}
      <ul>
        {shown.map(row => {
          const key = `${row.order.workOrder}-${row.operation.op}`
          return (
            <li key={key}>
              <Row row={row} chosen={key === chosen} onOpen={onOpen} />
            </li>
          )
        })}
      </ul>
      {rows.length > shown.length && <Button onPress={() => setAll(true)}>Show all {rows.length}</Button>}
    </section>
  )
}

type RowProps = { readonly row: QueueRow; readonly chosen: boolean; readonly onOpen: (row: QueueRow) => void }

const Row = ({ row, chosen, onOpen }: RowProps) => {
  const { order, operation } = row
  const { level, word } = markOf(row)
  return (
    <Card
      onPress={() => onOpen(row)}
      chosen={chosen}
      data-state={row.state}
      data-job={`${order.workOrder}-${operation.op}`}
    >
      <div class={css.row}>
        <p class={css.name}>
          <b data-nocut="">
            {order.workOrder} · {operation.op}
          </b>{' '}
          {order.label}
        </p>
        <StateMark level={level} word={word} />
        {row.why ? (
          <Why row={row} />
        ) : (
          <p class={css.detail}>
            {operation.name} ·{' '}
            {row.planned === undefined || row.state === 'running'
              ? `due ${dayWord(order.due)}`
              : `planned ${beginWord(row.planned)}`}
          </p>
        )}
        <p class={css.count} data-nocut="">
          {row.counted}/{row.expected}
        </p>
      </div>
    </Card>
  )
}

const Why = ({ row }: { readonly row: QueueRow }) => {
  const floor = useFloor()
  return <p class={css.why}>{row.why && floor.say(row.why)}</p>
}
