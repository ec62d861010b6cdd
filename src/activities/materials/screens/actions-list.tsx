/** What the plan asks people to do: each message with its why, its owner and its note; done, dismissed or brought back from here. */
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Mark, matches, Quiet, Stack } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Select } from '#ui/field.tsx'
import type { Floor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import type { Said } from '../outlook.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { messageSentence } from '../planning/words.ts'
import { noteMessage } from '../plan-rules.ts'
import { messageNoteView } from '../projection.ts'
import { byUrgency, kindName, levelOf, seenSince } from './action-words.ts'
import { type Desk, planners } from './desk-state.ts'
import { FirmList } from './firm-list.tsx'
import { firmOf } from './firm.ts'
import { noteInput, NoteLine, noteWords } from './note-line.tsx'
import { Inside } from './links.tsx'
import css from './materials-desk.module.css'
import { OrderMany } from './order-many-form.tsx'
import { FirmButton, RemedyButton } from './remedy-button.tsx'

/** Rows drawn at once; the filters find the others. */
const SHOWN = 150
const SEEN = 'materials/messages-seen'

const readSeen = (floor: Floor): Readonly<Record<string, number>> => {
  // Written only by this file, below.
  const kept = JSON.parse(floor.draft(SEEN) ?? '{}') as Readonly<Record<string, number>>
  return kept
}

/** Since when this browser has seen each message: the plan itself forgets, it is made anew each time. */
const useSeen = (desk: Desk): Readonly<Record<string, number>> => {
  const { floor, answer, day } = desk
  const seen = useMemo(
    () =>
      answer
        ? seenSince(
            readSeen(floor),
            answer.messages.map(({ message }) => message.key),
            day
          )
        : {},
    [answer, day]
  )
  useEffect(() => {
    if (answer) floor.setDraft(SEEN, JSON.stringify(seen))
  }, [seen])
  return seen
}

const SHOWINGS = ['open', 'dismissed', 'firm'] as const

/** `kind` by its name, `owner` by number or '-' for nobody; '' for all. */
type Filter = { readonly shown: (typeof SHOWINGS)[number]; readonly kind: string; readonly owner: string }

export const ActionsList = ({ desk, typed }: { readonly desk: Desk; readonly typed: string }) => {
  const { answer, floor, nameOf, day } = desk
  const [filter, setFilter] = useState<Filter>({ shown: 'open', kind: '', owner: '' })
  const seen = useSeen(desk)
  if (!answer) return null
  const { shown, kind, owner } = filter
  const all = answer.messages.filter(one => (shown === 'dismissed') === one.dismissed)
  const ownerOf = ({ message }: Said): string => floor.get(messageNoteView, message.key)?.owner ?? ''
  const sentence = ({ message }: Said): string => messageSentence(message, nameOf, day)
  const rows = all
    .filter(one => kind === '' || kindName(one.message.kind) === kind)
    .filter(one => owner === '' || (owner === '-' ? ownerOf(one) === '' : ownerOf(one) === owner))
    .filter(one => matches(typed, one.message.item, sentence(one), kindName(one.message.kind)))
    .toSorted((a, b) => byUrgency(a.message, b.message))
  const columns = columnsOf(desk, sentence, seen)
  return (
    <Stack>
      <Filters desk={desk} all={all} filter={filter} onChange={next => setFilter(was => ({ ...was, ...next }))} />
      {shown === 'firm' ? (
        <FirmList desk={desk} typed={typed} />
      ) : (
        <Messages desk={desk} rows={rows} columns={columns} shown={shown} />
      )}
    </Stack>
  )
}

type MessagesProps = {
  readonly desk: Desk
  readonly rows: readonly Said[]
  readonly columns: readonly Column<Said>[]
  readonly shown: 'open' | 'dismissed'
}

const Messages = ({ desk, rows, columns, shown }: MessagesProps) => (
  <>
    <Table
      stack
      columns={columns}
      rows={rows.slice(0, SHOWN)}
      keyOf={({ message }) => message.key}
      onOpen={({ message }) => message.item !== undefined && desk.openItem(message.item)}
      empty={
        <Empty
          title={shown === 'dismissed' ? 'Nothing is dismissed' : 'Nothing to do here'}
          hint={
            shown === 'dismissed'
              ? 'A dismissed message stays here until it changes.'
              : 'The plan asks for nothing that these filters show.'
          }
        />
      }
    />
    {rows.length > SHOWN && <Quiet>and {rows.length - SHOWN} more. Choose a kind or an owner to see them.</Quiet>}
  </>
)

const columnsOf = (
  desk: Desk,
  sentence: (one: Said) => string,
  seen: Readonly<Record<string, number>>
): readonly Column<Said>[] => {
  const { floor, day } = desk
  return [
    {
      name: 'What and why',
      value: one => (
        <div class={css.why}>
          <Mark level={levelOf(one.message)} word={kindName(one.message.kind)} />
          <span>{sentence(one)}</span>
        </div>
      ),
      sort: sentence
    },
    {
      name: 'Owner and note',
      value: ({ message }) => {
        const note = floor.get(messageNoteView, message.key)
        const words = [note?.owner === undefined ? '' : floor.nameOf(note.owner), noteWords(desk, note)]
        const days = day - (seen[message.key] ?? day)
        return (
          <div class={css.owner}>
            <Inside onPress={() => desk.ask(<Noting desk={desk} message={message} />)}>
              {words.filter(Boolean).join(': ') || 'Add a note'}
            </Inside>
            <small>{days === 0 ? 'seen first today' : `seen for ${days} d`}</small>
          </div>
        )
      },
      sort: ({ message }) => seen[message.key] ?? day
    },
    {
      name: 'Do',
      value: one => (
        <div class={css.actions}>
          {!one.dismissed && <RemedyButton desk={desk} message={one.message} />}
          {!one.dismissed && <FirmButton desk={desk} message={one.message} />}
          <Dismiss desk={desk} one={one} />
        </div>
      ),
      align: 'end'
    }
  ]
}

type FilterProps = {
  readonly desk: Desk
  readonly all: readonly Said[]
  readonly filter: Filter
  readonly onChange: (next: Partial<Filter>) => void
}

const Filters = ({ desk, all, filter, onChange }: FilterProps) => {
  const { answer, floor, ask } = desk
  const dismissed = answer?.messages.filter(one => one.dismissed).length ?? 0
  return (
    <div class={css.filters}>
      <Select
        label="Which messages"
        value={filter.shown}
        options={[
          { value: 'open', label: `To do (${(answer?.messages.length ?? 0) - dismissed})` },
          { value: 'dismissed', label: `Dismissed (${dismissed})` },
          { value: 'firm', label: `Firm (${firmOf(floor).length})` }
        ]}
        onChange={value => onChange({ shown: SHOWINGS.find(one => one === value) ?? 'open' })}
      />
      {filter.shown !== 'firm' && (
        <>
          <Select label="Kind" value={filter.kind} options={kindsOf(all)} onChange={kind => onChange({ kind })} />
          <Select
            label="Owner"
            value={filter.owner}
            options={[
              { value: '', label: 'Everyone’s' },
              { value: '-', label: 'Nobody’s' },
              ...planners(floor).filter(({ value }) => value !== '')
            ]}
            onChange={owner => onChange({ owner })}
          />
        </>
      )}
      <Button onPress={() => ask(<OrderMany desk={desk} onClose={() => ask(undefined)} />)}>
        Order from one supplier
      </Button>
    </div>
  )
}

const kindsOf = (all: readonly Said[]) => {
  const counts = new Map<string, number>()
  for (const { message } of all) counts.set(kindName(message.kind), (counts.get(kindName(message.kind)) ?? 0) + 1)
  return [
    { value: '', label: 'Every kind' },
    ...[...counts].sort().map(([name, count]) => ({ value: name, label: `${name} (${count})` }))
  ]
}

const Noting = ({ desk, message }: { readonly desk: Desk; readonly message: PlanMessage }) => (
  <Dialog title={messageSentence(message, desk.nameOf, desk.day)} onClose={() => desk.ask(undefined)}>
    <NoteLine desk={desk} message={message.key} />
  </Dialog>
)

/** Until it changes materially: the state that was looked at is kept with the note. */
const Dismiss = ({ desk, one: { message, dismissed } }: { readonly desk: Desk; readonly one: Said }) => {
  const { act, why, busy } = useAct()
  const was = desk.floor.get(messageNoteView, message.key)
  const input = noteInput(message.key, was, { dismissed: dismissed ? undefined : message.state })
  const done = dismissed ? 'It is back in the list.' : 'Dismissed until it changes.'
  return (
    <Button busy={busy} why={why(noteMessage, input)} onPress={() => void act(noteMessage, input, done)}>
      {dismissed ? 'Bring back' : 'Dismiss'}
    </Button>
  )
}
