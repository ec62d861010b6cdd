/** Work that was recorded and broke a rule its tablet could not know: what happened, what is safe, what to do. */
import { useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Card, Empty } from '#ui/card.tsx'
import { Facts, Mark, Quiet, Row } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'
import type { Flag } from '../projection.ts'
import { decideLateWork } from '../rules.ts'
import { outcomeWord, recordText, recordWord } from '../words.ts'
import css from './changes-desk.module.css'
import { type SetAside, SetAsideCard } from './set-aside.tsx'

type Props = {
  readonly flags: readonly Flag[]
  readonly aside: readonly SetAside[]
  /** How many more there are than are listed here. */
  readonly more: number
  /** Names by device. */
  readonly tablets: ReadonlyMap<string, string>
}

export const DecisionTray = ({ flags, aside, more, tablets }: Props) =>
  flags.length + aside.length === 0 ? (
    <Empty
      title="Nothing to decide"
      hint="Work done without a network that broke a rule in the meantime lands here, and whatever arrived and could not be taken in. It is kept as it was recorded."
    />
  ) : (
    <ol class={css.tray}>
      {flags.map(flag => (
        <li key={flag.event}>
          <FlagCard flag={flag} tablet={tablets.get(flag.device)} />
        </li>
      ))}
      {aside.map(item => (
        <li key={item.q}>
          <SetAsideCard item={item} items={aside} tablet={tablets.get(item.device)} />
        </li>
      ))}
      {more > 0 && (
        <li>
          <Quiet>{more} more were set aside. They come here as these are closed.</Quiet>
        </li>
      )}
    </ol>
  )

/** Milliseconds that a tablet's clock may be ahead before its times are worth a word. */
const AHEAD = 120_000

const FlagCard = ({ flag, tablet }: { readonly flag: Flag; readonly tablet: string | undefined }) => {
  const floor = useFloor()
  const ahead = Date.parse(flag.at) - Date.parse(flag.flaggedAt) > AHEAD
  const isOrder = flag.subject.startsWith('WO-')
  return (
    <Card level={flag.state === 'open' ? 'attention' : 'off'}>
      <div class={css.flag}>
        <p class={css.sentence}>
          {floor.nameOf(flag.person)} recorded “{recordWord(flag.type)}” without knowing: {flag.sentence}
        </p>
        <Facts
          facts={[
            [
              'About',
              isOrder ? (
                <Row>
                  <a href={`/orders/${flag.subject}`}>{flag.subject}</a>
                  <a href={`/trace/${flag.subject}`}>Its story</a>
                </Row>
              ) : (
                flag.subject
              )
            ],
            ['Recorded', recordText(flag.record) || undefined],
            [
              'Done',
              <>
                {ahead ? 'when its clock was wrong' : <Age since={flag.at} />}
                {ahead ? '' : ' ago'}, at {tablet ?? `tablet ${flag.device.slice(0, 8)}`}; reached the office{' '}
                <Age since={flag.flaggedAt} /> ago
              </>
            ],
            ['Safe', 'The record is kept and counted as it was made. Nothing was lost or taken back.'],
            [
              'To do',
              flag.state === 'open'
                ? 'Look at the pieces, then decide. Your decision is kept with your name; it moves no piece by itself.'
                : undefined
            ]
          ]}
        />
        {flag.state === 'open' ? (
          <Decide flag={flag} />
        ) : (
          <Row>
            <Mark level="info" word={outcomeWord[flag.outcome]} />
            <span>{flag.note}</span>
            <Quiet>
              {floor.nameOf(flag.by)}, <Age since={flag.decidedAt} /> ago
            </Quiet>
          </Row>
        )}
      </div>
    </Card>
  )
}

const outcomes = ['accept', 'rework', 'hold', 'scrap'] as const

const Decide = ({ flag }: { flag: Flag }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const key = `changes/${flag.event}/note`
  const [note, setNote] = useState(floor.draft(key) ?? '')
  const write = (text: string) => {
    setNote(text)
    floor.setDraft(key, text || undefined)
  }
  const decide = async (outcome: (typeof outcomes)[number]) => {
    if (
      await act(decideLateWork, { event: flag.event, outcome, note: note.trim() }, `Decided: ${outcomeWord[outcome]}.`)
    )
      floor.setDraft(key, undefined)
  }
  return (
    <>
      <Field label="Why">
        <TextInput lines={2} value={note} onChange={write} />
      </Field>
      <Row>
        {outcomes.map(outcome => (
          <Button
            key={outcome}
            tone={outcome === 'scrap' ? 'stop' : outcome === 'accept' ? 'primary' : 'plain'}
            busy={busy}
            data-outcome={outcome}
            why={why(decideLateWork, { event: flag.event, outcome, note })}
            onPress={() => void decide(outcome)}
          >
            {outcomeWord[outcome]}
          </Button>
        ))}
      </Row>
    </>
  )
}
