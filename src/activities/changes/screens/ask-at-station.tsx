/** Asking for a change where it is seen: a word by a tile, more by keyboard or photo, and what became of earlier requests. */
import { useState } from 'preact/hooks'
import type { BlobRef } from '#kernel/event.ts'
import { isRefusal } from '#kernel/decision.ts'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Field, TextInput, Tiles } from '#ui/field.tsx'
import { FloorScreen } from '#ui/floor-screen.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { Photo } from '#ui/photo.tsx'
import { PhotoButton } from '#ui/photo-button.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { requestChange } from '../change-order-rules.ts'
import { type ChangeRequest, requestView } from '../change-order-view.ts'
import css from './ask-at-station.module.css'

type Props = { readonly workOrder?: string; readonly op?: string }
/** On the screen and not yet recorded; kept as it is typed. */
type Draft = { readonly what?: string; readonly text: string; readonly photo?: BlobRef }

const wrongs = [
  'The part looks otherwise',
  'A value is wrong',
  'A part is missing here',
  'The order of steps is wrong',
  'I can’t read or follow it',
  'I know a better way'
].map(what => ({ value: what, label: what }))

export const AskAtStation = ({ workOrder = '', op = '' }: Props) => {
  const floor = useFloor()
  const query = new URLSearchParams(location.search)
  const [document, page] = [query.get('document') ?? '', query.get('page') ?? '']
  const { draft, change, forget } = useKept(floor, `changes/ask/${workOrder}/${op}/${document}/${page}`)
  const said = [draft.what, draft.text.trim()].filter(Boolean).join(': ')
  const input = {
    problem: said && page ? `Page ${page}. ${said}` : said,
    ...(document ? { document } : {}),
    workOrder,
    op: Number(op),
    ...(draft.photo ? { photo: draft.photo } : {})
  }
  const back = () => (history.length > 1 ? history.back() : floor.go(`/job/${workOrder}/${op}`))
  const refusal = said ? floor.may(requestChange, input) : undefined
  const ask = async () => {
    const answer = await floor.act(requestChange, input)
    if (isRefusal(answer)) return floor.tell({ text: floor.say(answer), tone: 'stop' })
    forget()
    floor.tell({ text: 'Saved on this tablet. An engineer answers.', tone: 'ok' })
    back()
  }
  return (
    <FloorScreen
      title="What is wrong here?"
      sub={[workOrder, `op ${op}`, document && `${document}, page ${page}`].filter(Boolean).join(' · ')}
      left={<Button onPress={back}>Back</Button>}
      primary={
        <Button
          tone="primary"
          why={said ? refusal && floor.say(refusal) : 'Choose what is wrong, or write it.'}
          onPress={() => void ask()}
        >
          Ask for a change
        </Button>
      }
    >
      <div class={css.ask}>
        <Tiles label="What is wrong" options={wrongs} value={draft.what} onChange={what => change({ what })} />
        <div class={css.more}>
          <Field label="In your words" hint="Where exactly, and what it should be">
            <TextInput lines={3} value={draft.text} onChange={text => change({ text })} maxLength={1000} />
          </Field>
          <PhotoButton
            label={draft.photo ? 'Take another photo' : 'Take a photo'}
            onPhoto={photo => change({ photo })}
          />
          {draft.photo && <Photo sha256={draft.photo.sha256} alt="What was seen" />}
        </div>
        <Earlier floor={floor} workOrder={workOrder} />
      </div>
    </FloorScreen>
  )
}

const useKept = (floor: Floor, key: string) => {
  const [draft, set] = useState<Draft>(() => {
    const kept = floor.draft(key)
    // Written by `change` below.
    return kept === undefined ? { text: '' } : (JSON.parse(kept) as Draft)
  })
  const change = (part: Partial<Draft>): void => {
    const next = { ...draft, ...part }
    floor.setDraft(key, JSON.stringify(next))
    set(next)
  }
  return { draft, change, forget: () => floor.setDraft(key, undefined) }
}

/** What was asked about this order before, so that nobody asks twice and everybody hears the answer. */
const Earlier = ({ floor, workOrder }: { readonly floor: Floor; readonly workOrder: string }) => {
  const earlier = floor
    .list(requestView)
    .map(([, one]) => one)
    .filter(one => one.workOrder === workOrder)
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, 4)
  if (earlier.length === 0) return null
  return (
    <section class={css.earlier} aria-label="Asked before">
      <h2>Asked before about {workOrder}</h2>
      <ul>
        {earlier.map(one => (
          <li key={one.request}>
            <p>{one.problem}</p>
            <p>
              <Answer request={one} />
              <span>
                {floor.nameOf(one.by)}, <Age since={one.at} /> ago
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Answer = ({ request }: { readonly request: ChangeRequest }) => {
  switch (request.state) {
    case 'open':
      return <StateMark level="attention" word="Not answered yet" />
    case 'taken':
      return <StateMark level="info" word={`Will change: ${request.order}`} />
    case 'declined':
      return <StateMark level="off" word={`Stays as it is: ${request.note}`} />
  }
}
