/** Tablets as the office hears them: what waits on each, what was made and never came, and bringing in an exported file. */
import { useRef, useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Card, Empty } from '#ui/card.tsx'
import { Facts, Mark, Panel, Quiet, Row, Stack } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import { useOffice } from '#ui/use-office.ts'
import {
  broughtWords,
  giveUpRecords,
  type KnownTablet,
  type Missing,
  numbersText,
  partsOf,
  readExport,
  type Standing,
  standingOf,
  type Verdict
} from '../lost-records.ts'
import { givenUpView } from '../projection.ts'
import css from './changes-desk.module.css'

export type Tablets = {
  readonly tablets: readonly KnownTablet[]
  readonly missing: readonly (Missing & { readonly standing: Standing })[]
  readonly again: () => void
}

const EVERY_MS = 10_000
type Answer = { readonly tablets: readonly KnownTablet[]; readonly missing: readonly Missing[] }

/** Asked for every ten seconds: what a tablet says of itself is not part of the log. */
export const useTablets = (): Tablets | undefined => {
  const floor = useFloor()
  const [asked, setAsked] = useState(0)
  const answer = useOffice<Answer>('/v1/tablets', EVERY_MS, asked)
  if (!answer) return undefined
  const tabletOf = new Map(answer.tablets.map(one => [one.device, one]))
  const missing = answer.missing.map(one => ({
    ...one,
    standing: standingOf(one, tabletOf.get(one.device), floor.get(givenUpView, one.chain) ?? [], floor.now.value)
  }))
  return { tablets: answer.tablets, missing, again: () => setAsked(asked + 1) }
}

export const TabletsTab = ({ known }: { readonly known: Tablets | undefined }) => {
  const floor = useFloor()
  if (!known) return <Empty title="Asking the office" hint="This page needs the network." />
  const { tablets, missing, again } = known
  const open = missing.filter(one => one.standing === 'missing')
  return (
    <Stack>
      {open.length > 0 && (
        <ol class={css.tray}>
          {open.map(one => (
            <li key={one.chain}>
              <MissingCard one={one} tablet={tablets.find(({ device }) => device === one.device)} />
            </li>
          ))}
        </ol>
      )}
      <BringIn onDone={again} />
      <Panel title="Last heard">
        <Table
          rows={tablets.filter(one => one.state === 'enrolled' || missing.some(({ device }) => device === one.device))}
          keyOf={one => one.device}
          empty={<Empty title="No tablets yet" hint="Enrol one under Plant." />}
          columns={[
            { name: 'Tablet', value: one => nameOf(floor, one) },
            { name: 'Last heard', value: one => (one.heard ? <Age since={one.heard} /> : 'Never') },
            { name: 'Waiting', value: one => one.waiting, align: 'end' },
            {
              name: 'Records',
              value: one => <RecordsMark many={missing.filter(({ device }) => device === one.device)} />
            }
          ]}
        />
      </Panel>
    </Stack>
  )
}

const RecordsMark = ({ many }: { readonly many: Tablets['missing'] }) => {
  const sum = (standing: Standing) =>
    many.filter(one => one.standing === standing).reduce((all, { count }) => all + count, 0)
  if (sum('missing') > 0) return <Mark level="attention" word={`${sum('missing')} never arrived`} />
  if (sum('waits') > 0) return <Mark level="info" word={`${sum('waits')} still on it`} />
  if (sum('given-up') > 0) return <Mark level="off" word={`${sum('given-up')} given up`} />
  return <Mark level="normal" word="All here" />
}

const nameOf = (floor: Floor, { station, name, device }: KnownTablet): string =>
  `${station ? floor.stationName(station) : name}, ${device.slice(0, 8)}`

const TIME = { hour: '2-digit', minute: '2-digit', hour12: false } as const
const DAY = { day: 'numeric', month: 'short' } as const
const timeText = (iso: string, now: number): string => {
  const at = new Date(iso)
  const today = at.toDateString() === new Date(now).toDateString()
  return at.toLocaleString('en-GB', today ? TIME : { ...DAY, ...TIME })
}

const MissingCard = ({ one, tablet }: { readonly one: Missing; readonly tablet: KnownTablet | undefined }) => {
  const floor = useFloor()
  const now = floor.now.value
  const { count, numbers, after, until } = one
  const were = count === 1 ? 'record was made and has not arrived' : 'records were made and have not arrived'
  const when = after ? `between ${timeText(after, now)} and ${timeText(until, now)}` : `until ${timeText(until, now)}`
  return (
    <Card level="attention" data-missing={count}>
      <div class={css.flag}>
        <p class={css.sentence} data-nocut="">
          Tablet {tablet ? nameOf(floor, tablet) : one.device.slice(0, 8)}: {count} {were}: number
          {count === 1 ? '' : 's'} {numbersText(numbers)}, {when}.
        </p>
        <Facts
          facts={[
            [
              'Last heard',
              tablet?.heard ? (
                <>
                  <Age since={tablet.heard} /> ago, {tablet.waiting} waiting
                </>
              ) : (
                'Never'
              )
            ],
            ['Safe', 'What arrived before is whole and in order. Other tablets lack nothing.'],
            [
              'To do',
              'Switch the tablet on in the Wi-Fi: it sends by itself. If it can’t, export what waits in its Sync centre and bring the file in below. If it was wiped or is gone, ask who worked there and record the work again, then close this.'
            ]
          ]}
        />
        <GiveUp one={one} />
      </div>
    </Card>
  )
}

const GiveUp = ({ one }: { readonly one: Missing }) => {
  const { act, why, busy } = useAct()
  const [note, setNote] = useState('')
  const { device, chain, numbers } = one
  const input = { device, chain, numbers: [...numbers], note }
  return (
    <>
      <Field label="Lost, because">
        <TextInput lines={2} value={note} onChange={setNote} />
      </Field>
      <Row>
        <Button
          busy={busy}
          why={why(giveUpRecords, input)}
          onPress={() => void act(giveUpRecords, input, 'Closed. Should they come, they are taken in.')}
        >
          Close as lost
        </Button>
      </Row>
    </>
  )
}

const BringIn = ({ onDone }: { readonly onDone: () => void }) => {
  const floor = useFloor()
  const { attempt, busy } = useAct()
  const input = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState<{ readonly text: string; readonly ok: boolean }>()
  const take = (file: File) =>
    attempt(async () => {
      setSaid(undefined)
      const read = readExport(await file.text())
      if ('problem' in read) {
        setSaid({ text: `${file.name}: ${read.problem}`, ok: false })
        return undefined
      }
      const verdicts: Verdict[] = []
      // In order: a later part waits for the numbers of the one before.
      for (const part of partsOf(read))
        verdicts.push(...(await floor.office.post<{ verdicts: Verdict[] }>('/v1/brought-in', part)).verdicts)
      setSaid({ text: `${file.name}: ${broughtWords(verdicts)}`, ok: true })
      onDone()
      return undefined
    })
  return (
    <Panel title="Bring in a file">
      <Quiet>
        A tablet that can’t send writes a file: Sync centre, Export what waits. Bring it here on a stick. A file may be
        brought in twice; nothing is counted twice. Photos are not in it and stay on the tablet.
      </Quiet>
      <Row>
        <Button busy={busy} onPress={() => input.current?.click()}>
          Choose the file
        </Button>
        {said && (
          <p role="status" data-brought={said.ok ? 'in' : 'not'}>
            {said.text}
          </p>
        )}
      </Row>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Exported file"
        onChange={event => {
          const chosen = event.currentTarget
          const file = chosen.files?.[0]
          // Emptied, or the same file chosen again would be no change.
          if (file) void take(file).then(() => (chosen.value = ''))
        }}
      />
    </Panel>
  )
}
