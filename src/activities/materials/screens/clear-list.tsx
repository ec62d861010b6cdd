/** What can be built today: the open orders in the sequence that a planner proposes, against what really lies there. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Inline, Label, Mark, matches, Quiet, Row, RowActions, showDay, Stack } from '#ui/desk-parts.tsx'
import { type Column, Table } from '#ui/table.tsx'
import type { ClearBuild } from '../outlook.ts'
import { grouped } from '../planning/words.ts'
import type { Desk } from './desk-state.ts'
import { ItemLink } from './links.tsx'
import css from './materials-desk.module.css'
import { SplitBuild } from './split-build.tsx'

/** The same orders, one of them at the place of another; those between move up or down. */
export const resequenced = (orders: readonly string[], order: string, to: string): readonly string[] => {
  const [from, place] = [orders.indexOf(order), orders.indexOf(to)]
  return from < 0 || place < 0 ? orders : orders.toSpliced(from, 1).toSpliced(place, 0, order)
}

/** As the planner has put them already; the plan says a moment later what that does. */
const inSequence = (builds: readonly ClearBuild[], sequence: readonly string[]): readonly ClearBuild[] => {
  const place = new Map(sequence.map((order, at) => [order, at]))
  return builds.toSorted((a, b) => (place.get(a.order) ?? builds.length) - (place.get(b.order) ?? builds.length))
}

/** The sequences before this one, the last one last; and what was done last, in words. */
const useUndo = ({ sequence, propose }: Desk) => {
  const [said, setSaid] = useState('')
  // Not a state: two presses may come before the page is drawn again, and the second takes back the step before.
  const before = useRef<(readonly string[])[]>([]).current
  const undo = () => {
    const last = before.pop()
    if (!last) return
    propose(last)
    setSaid(before.length === 0 ? 'All taken back.' : `Taken back, ${before.length} left.`)
  }
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      // A field takes back what was typed into it.
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return
      event.preventDefault()
      undo()
    }
    addEventListener('keydown', key)
    return () => removeEventListener('keydown', key)
  })
  const remembered = (next: readonly string[], words: string) => {
    before.push(sequence)
    propose(next)
    setSaid(words)
  }
  return { propose: remembered, undo, steps: before.length, said }
}

export const ClearList = ({ desk, typed }: { readonly desk: Desk; readonly typed: string }) => {
  const { answer, nameOf, sequence } = desk
  const { propose, undo, steps, said } = useUndo(desk)
  if (!answer) return null
  const builds = inSequence(answer.builds, sequence)
  const orders = builds.map(({ order }) => order)
  const rows = builds.filter(one => matches(typed, one.order, one.item, nameOf(one.item)))
  const move = (order: string, to: string) =>
    propose(resequenced(orders, order, to), `${order} is number ${orders.indexOf(to) + 1} now.`)
  return (
    <Stack>
      <Table
        stack
        columns={columnsOf(desk, orders, move)}
        rows={rows}
        keyOf={({ order }) => order}
        onMove={(one, to) => move(one.order, to.order)}
        empty={
          <Empty
            title={typed ? `No order matches “${typed}”` : 'No open work orders'}
            hint="Make one under Work orders."
          />
        }
      />
      <Row>
        {steps > 0 && <Button onPress={undo}>Undo</Button>}
        <span role="status">{said}</span>
        {sequence.length > 0 && (
          <Button onPress={() => propose([], 'As they are due.')}>Back to the order they are due</Button>
        )}
        <Quiet>
          Drag an order, or press Alt and an arrow on it, to see what another sequence would clear; Ctrl+Z takes it
          back. An order keeps what it finds, also while it lacks something else. Nothing on its way counts. The
          sequence is a proposal of this browser: it changes no order.
        </Quiet>
      </Row>
    </Stack>
  )
}

const columnsOf = (
  desk: Desk,
  orders: readonly string[],
  move: (order: string, to: string) => void
): readonly Column<ClearBuild>[] => [
  {
    name: 'Turn',
    value: ({ order }) => {
      const at = orders.indexOf(order)
      const [before, after] = [orders[at - 1], orders[at + 1]]
      return (
        <div class={css.turn}>
          <span>{at + 1}</span>
          <RowActions>
            <Button
              repeat
              label={`${order}: earlier`}
              why={before === undefined ? 'It is the first already.' : undefined}
              onPress={() => before !== undefined && move(order, before)}
            >
              ↑
            </Button>
            <Button
              repeat
              label={`${order}: later`}
              why={after === undefined ? 'It is the last already.' : undefined}
              onPress={() => after !== undefined && move(order, after)}
            >
              ↓
            </Button>
          </RowActions>
        </div>
      )
    }
  },
  {
    name: 'Order',
    value: ({ order }) => (
      <a href={`/orders/${order}`}>
        <Label>{order}</Label>
      </a>
    )
  },
  { name: 'Item', value: one => <div class={css.item}>{`${grouped(one.quantity)} ${desk.nameOf(one.item)}`}</div> },
  { name: 'Due', named: true, value: ({ due }) => <Inline>{showDay(due)}</Inline> },
  { name: 'Can start', value: one => <Clear one={one} desk={desk} /> },
  { name: 'Lacks', value: one => <Lacks one={one} desk={desk} /> }
]

const LACKS = 3
type CellProps = { readonly one: ClearBuild; readonly desk: Desk }

const Lacks = ({ one: { lacks }, desk }: CellProps) => (
  <div class={css.lacks}>
    {lacks.slice(0, LACKS).map(({ item, short, needed }) => (
      <div key={item}>
        <ItemLink desk={desk} item={item} />: {grouped(short)} of {grouped(needed)} {desk.unitOf(item)} short
      </div>
    ))}
    {lacks.length > LACKS && <div>and {lacks.length - LACKS} more</div>}
  </div>
)

const Clear = ({ one, desk }: CellProps) => {
  const { state, split, quantity, hasBom } = one
  if (!hasBom) return <Mark level="attention" word="No BOM" />
  if (state === 'clear') return <Mark level="normal" word="Clear to build" />
  if (state === 'after-others') return <Mark level="info" word="Clear if it goes first" />
  if (split === 0) return <Mark level="stop" word="Can’t start" />
  const ask = () => desk.ask(<SplitBuild desk={desk} build={one} onClose={() => desk.ask(undefined)} />)
  return (
    <div class={css.split}>
      <Mark level="attention" word={`${grouped(split)} of ${grouped(quantity)} can be built`} />
      <RowActions>
        <Button onPress={ask}>Split it</Button>
      </RowActions>
    </div>
  )
}
