/** What arrived and could not become part of the log: what happened, what is safe, what to do, and the bytes themselves. */
import { useEffect, useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Code, Facts, Quiet, Row } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'
import { type Seen, seenView } from '../seen-view.ts'
import { closeSetAside } from '../rules.ts'
import { recordText, recordWord, setAsideWords } from '../words.ts'
import css from './changes-desk.module.css'

/** One item of `GET /v1/set-aside`. */
export type SetAside = {
  readonly q: number
  readonly verdict: string
  readonly code: string
  readonly id: string
  readonly device: string
  readonly n: number | null
  readonly h: string
  readonly body: string
  readonly at: string
  /** Somebody said what was done about it. */
  readonly closed: boolean
}
/** The oldest that are open, the newest that are closed, and how many are open in all. */
type Answer = { readonly items: readonly SetAside[]; readonly open: number }

/** Asked for anew whenever the log has grown; undefined before the first answer or without the network. */
export const useSetAside = (): Answer | undefined => {
  const floor = useFloor()
  const [answer, setAnswer] = useState<Answer>()
  const heard = floor.network.value.state === 'sent' ? floor.network.value.at : undefined
  useEffect(() => {
    let shown = true
    floor.office.get<Answer>('/v1/set-aside').then(
      next => shown && setAnswer(next),
      () => undefined
    )
    return () => {
      shown = false
    }
  }, [heard])
  return answer
}

type CardProps = {
  readonly item: SetAside
  /** The whole tray: what one tablet sent after it was taken out of use is seldom decided one by one. */
  readonly items: readonly SetAside[]
  readonly tablet: string | undefined
}

export const SetAsideCard = ({ item, items, tablet }: CardProps) => {
  const floor = useFloor()
  const seen = floor.get(seenView, item.h)
  const words = setAsideWords(item.code)
  const told = readBody(item.body)
  return (
    <Card level={seen ? 'off' : 'stop'} data-set-aside={item.code}>
      <div class={css.flag}>
        <p class={css.sentence}>{words.what}</p>
        <Facts
          facts={[
            [
              'Safe',
              'Every byte is kept here as it arrived. Nothing was counted, and what came after it was taken in.'
            ],
            ['To do', seen ? undefined : words.toDo],
            ['Recorded', told && `${told.what}${told.person ? `, by ${floor.nameOf(told.person)}` : ''}`],
            ['About', told?.subject],
            ['It says', told?.says],
            [
              'Arrived',
              <>
                <Age since={item.at} /> ago, from {tablet ?? `tablet ${item.device.slice(0, 8)}`}
                {item.n === null ? '' : `, its record ${item.n}`}
              </>
            ]
          ]}
        />
        <details class={css.bytes}>
          <summary>The record as it arrived, {item.body.length} characters</summary>
          <pre>{item.body}</pre>
          <Quiet>
            SHA-256 as sent: <Code>{item.h}</Code>
          </Quiet>
        </details>
        {seen ? <Closed seen={seen} /> : <Close item={item} items={items} />}
      </div>
    </Card>
  )
}

const Closed = ({ seen }: { seen: Seen }) => {
  const floor = useFloor()
  return (
    <Row>
      <span>{seen.note}</span>
      <Quiet>
        {floor.nameOf(seen.by)}, <Age since={seen.at} /> ago
      </Quiet>
    </Row>
  )
}

const Close = ({ item, items }: Pick<CardProps, 'item' | 'items'>) => {
  const { act, why, busy } = useAct()
  const [note, setNote] = useState('')
  const alike = items.filter(one => one.device === item.device && one.code === item.code)
  const { h } = item
  const closeAll = async () => {
    const told = `Closed ${alike.length}. The records stay kept.`
    for (const [at, one] of alike.entries())
      if (!(await act(closeSetAside, { h: one.h, note }, at === alike.length - 1 ? told : undefined))) return
  }
  return (
    <>
      <Field label="What was done about it">
        <TextInput lines={2} value={note} onChange={setNote} />
      </Field>
      <Row>
        <Button
          busy={busy}
          why={why(closeSetAside, { h, note })}
          onPress={() => void act(closeSetAside, { h, note }, 'Closed. The record stays kept.')}
        >
          Close
        </Button>
        {alike.length > 1 && (
          <Button busy={busy} why={why(closeSetAside, { h, note })} onPress={() => void closeAll()}>
            Close all {alike.length} of this tablet
          </Button>
        )}
      </Row>
    </>
  )
}

type Told = { readonly what: string; readonly person: string; readonly subject: string; readonly says: string }

/** What can be read of it, if anything can. */
const readBody = (body: string): Told | undefined => {
  try {
    // Nothing is known of these bytes, so every part is looked at before it is used.
    const { type, actor, payload } = JSON.parse(body) as Record<string, Record<string, unknown> | undefined>
    const text = (value: unknown): string =>
      typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    const words = recordWord(text(type))
    const subject = [payload?.['workOrder'], payload?.['op']].map(text).filter(Boolean).join(' operation ')
    return words ? { what: words, person: text(actor?.['person']), subject, says: recordText(payload) } : undefined
  } catch {
    return undefined
  }
}
