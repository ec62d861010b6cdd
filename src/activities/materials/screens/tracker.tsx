/** The shortage tracker: a row for each short part, a column for each build in the order in which they are due. */
import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import { dayText } from '#kernel/calendar.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Mark, matches, Quiet, Row, Stack } from '#ui/desk-parts.tsx'
import type { Column, ShortPart } from '../outlook.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { dayWords, grouped } from '../planning/words.ts'
import { itemView, messageNoteView } from '../projection.ts'
import type { Desk } from './desk-state.ts'
import { noteWords } from './note-line.tsx'
import { TrackerDetail } from './tracker-detail.tsx'
import { badgesOf, columnName, comingWords, helpOf } from './tracker-words.ts'
import css from './tracker.module.css'
import { remedyOf } from './use-remedy.ts'

/** Shown at once; a planner works on the first builds first. */
const BUILDS = 8
const PARTS = 100

type Props = { readonly desk: Desk; readonly typed: string }

export const Tracker = ({ desk, typed }: Props) => {
  const { answer: outlook, nameOf, floor } = desk
  const [open, setOpen] = useState<string>()
  const [all, setAll] = useState(false)
  if (!outlook) return null
  const [worst] = outlook.parts
  if (!worst)
    return (
      <Empty
        title="Nothing is short"
        hint="Every order and every demand has what it needs on its day, as the plan sees it."
      />
    )
  const item = (part: ShortPart) => floor.get(itemView, part.item)
  const found = outlook.parts.filter(part =>
    matches(typed, part.item, nameOf(part.item), item(part)?.supplier, item(part)?.mpn, ...Object.keys(part.cells))
  )
  const rows = all ? found : found.slice(0, PARTS)
  const used = outlook.columns.filter(({ key }) => found.some(({ cells }) => cells[key] !== undefined))
  const columns = all ? used : used.slice(0, BUILDS)
  const messages = Map.groupBy(
    outlook.messages.filter(one => !one.dismissed),
    ({ message }) => message.item ?? ''
  )
  const said = (part: ShortPart) => (messages.get(part.item) ?? []).map(({ message }) => message)
  const hidden = used.length - columns.length + (found.length - rows.length)
  return (
    <Stack>
      <div class={css.worst} data-level="stop">
        <p>{worst.sentence}</p>
        <Button onPress={() => setOpen(worst.item)}>Look at it</Button>
        <Button onPress={() => print()}>Print the list</Button>
      </div>
      {found.length === 0 ? (
        <Empty
          title={`Nothing short matches “${typed}”`}
          hint="Search looks at parts, suppliers and the builds they stop."
        />
      ) : (
        <div class={css.scroll}>
          <table class={css.table}>
            <Head columns={columns} desk={desk} />
            <tbody>
              {rows.map(part => (
                <Fragment key={part.item}>
                  <Line
                    part={part}
                    columns={columns}
                    desk={desk}
                    messages={said(part)}
                    open={open === part.item}
                    onOpen={() => setOpen(was => (was === part.item ? undefined : part.item))}
                  />
                  {open === part.item && (
                    <tr class={css.detail}>
                      <td colSpan={columns.length + 4}>
                        <TrackerDetail part={part} desk={desk} messages={said(part)} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Row>
        {hidden > 0 && (
          <Button onPress={() => setAll(true)}>
            Show all {found.length} parts and {used.length} builds
          </Button>
        )}
        <Quiet>
          What is there goes to the need that is due first. Only what can really come by the day counts: an order that
          should have been placed already does not.
        </Quiet>
      </Row>
    </Stack>
  )
}

const Head = ({ columns, desk }: { readonly columns: readonly Column[]; readonly desk: Desk }) => (
  <thead>
    <tr>
      <th scope="col">Part</th>
      <th scope="col" data-align="end">
        Short
      </th>
      <th scope="col">There and coming</th>
      <th scope="col">Next</th>
      {columns.map(column => (
        <th key={column.key} scope="col" data-align="end" title={columnTitle(column, desk)}>
          {column.kind === 'work-order' ? <a href={`/orders/${column.name}`}>{column.name}</a> : columnName(column)}
          <small>{dayWords(column.due, desk.day)}</small>
        </th>
      ))}
    </tr>
  </thead>
)

const KINDS: Readonly<Record<Column['kind'], string>> = {
  'work-order': 'Work order',
  build: 'Planned build',
  planned: 'Planned order',
  demand: 'Demand'
}
const columnTitle = ({ kind, item, quantity, due, customer }: Column, { nameOf }: Desk): string =>
  `${KINDS[kind]}: ${grouped(quantity)} ${nameOf(item)}, due ${dayText(due)}${customer === undefined ? '' : `, for ${customer}`}`

type LineProps = {
  readonly part: ShortPart
  readonly columns: readonly Column[]
  readonly desk: Desk
  readonly messages: readonly PlanMessage[]
  readonly open: boolean
  readonly onOpen: () => void
}

const Line = ({ part, columns, desk, messages, open, onOpen }: LineProps) => {
  const { floor, nameOf, unitOf, day } = desk
  const [next, ...more] = part.coming
  const note = floor.get(messageNoteView, `short/${part.item}`)
  const first = columns.find(({ key }) => part.cells[key] !== undefined)?.key
  return (
    <tr
      data-part=""
      data-open={open ? '' : undefined}
      onClick={event => {
        if (!isControl(event.target)) onOpen()
      }}
    >
      <th scope="row">
        <button type="button" class={css.name} aria-expanded={open} onClick={onOpen} onKeyDown={walk}>
          {nameOf(part.item)}
        </button>
        <small>{part.item}</small>
        <span class={css.badges}>
          {badgesOf(part, messages, day).map(badge => (
            <Mark key={badge.word} {...badge} />
          ))}
        </span>
      </th>
      <td data-align="end" data-nocut="">
        <strong>{grouped(part.all)}</strong> <small>{unitOf(part.item)}</small>
      </td>
      <td>
        {grouped(part.onHand)} there
        <small>
          {next ? comingWords(next, day) : 'Nothing is on order'}
          {more.length > 0 && ` and ${more.length} more`}
        </small>
      </td>
      <td>
        <Next desk={desk} messages={messages} />
        <small>
          {note?.owner === undefined ? (floor.get(itemView, part.item)?.buyer ?? '') : floor.nameOf(note.owner)}
          {note?.note !== undefined && ` · ${noteWords(desk, note)}`}
        </small>
      </td>
      {columns.map(({ key, name }) => {
        const short = part.cells[key]
        return (
          <td
            key={key}
            data-align="end"
            data-nocut=""
            data-level={short === undefined ? undefined : key === first ? 'stop' : 'attention'}
          >
            {short === undefined ? '' : <span title={`${grouped(short)} short for ${name}`}>{grouped(short)}</span>}
          </td>
        )
      })}
    </tr>
  )
}

/** In words; it is done from the opened row. */
const Next = ({ desk, messages }: { readonly desk: Desk; readonly messages: readonly PlanMessage[] }) => {
  const [message] = helpOf(messages)
  const remedy = message && remedyOf(desk, message)
  return <span>{remedy ? remedy.label : 'Look for another way'}</span>
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button,a,input,select,textarea') !== null

/** Arrows go from part to part, over an opened one too. */
const walk = (event: KeyboardEvent): void => {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const name = event.currentTarget
  if (by === 0 || !(name instanceof HTMLElement)) return
  const names = [...(name.closest('tbody')?.querySelectorAll<HTMLElement>('button[aria-expanded]') ?? [])]
  names[names.indexOf(name) + by]?.focus()
  event.preventDefault()
}
