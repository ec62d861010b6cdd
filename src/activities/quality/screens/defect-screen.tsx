/** Recording a defect: what is wrong, where, how many, how bad, with a photo and what to look at in it. */
import { useMemo, useState } from 'preact/hooks'
import { isRefusal } from '#kernel/decision.ts'
import type { BlobRef } from '#kernel/event.ts'
import { Button, HoldButton } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Counter, Field, TextInput, Tiles } from '#ui/field.tsx'
import { FloorScreen } from '#ui/floor-screen.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { PhotoButton } from '#ui/photo-button.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { lotOf, stopAt } from '../known.ts'
import type { Characteristic } from '../plans.ts'
import {
  inspectionKey,
  inspectionView,
  pieceKey,
  pieceView,
  type Run,
  runView,
  type Severity,
  type Stroke
} from '../projection.ts'
import { recordDefect } from '../rules.ts'
import { severities } from '../words.ts'
import css from './defect-screen.module.css'
import { MarkedPhoto, MarkupDialog } from './markup-photo.tsx'
import { act } from './recording.ts'

/** What is on the screen and not yet recorded; kept as it is typed. */
type Draft = {
  readonly code?: string
  readonly place: string
  readonly quantity: number
  readonly severity: Severity
  readonly note: string
  readonly photo?: BlobRef
  readonly strokes: readonly Stroke[]
  readonly holding: boolean
  readonly hold?: string
}

type Props = { readonly workOrder?: string; readonly op?: string }
type At = {
  readonly workOrder: string
  readonly op: number
  readonly sample?: number
  readonly characteristic?: number
}

export const DefectScreen = ({ workOrder = '', op = '0' }: Props) => {
  const floor = useFloor()
  const run = floor.get(runView, workOrder)
  const at = useMemo(() => placeOf(workOrder, Number(op)), [workOrder, op])
  if (!run)
    return (
      <FloorScreen
        title={`${workOrder} · op ${op}`}
        primary={
          <Button tone="primary" onPress={() => floor.go('/')}>
            Scan another job card
          </Button>
        }
      >
        <Empty
          title={`${workOrder} is not on this tablet`}
          hint="It comes by itself when the tablet has the network."
        />
      </FloorScreen>
    )
  return <DefectForm floor={floor} run={run} at={at} />
}

/** The piece and the check come with the address; neither is needed. */
const placeOf = (workOrder: string, op: number): At => {
  const query = new URLSearchParams(location.search)
  const sample = Number(query.get('sample'))
  const characteristic = Number(query.get('characteristic'))
  return { workOrder, op, ...(sample > 0 ? { sample } : {}), ...(characteristic > 0 ? { characteristic } : {}) }
}

const useDraft = (floor: Floor, at: At, check: Characteristic | undefined) => {
  // The picture that was taken at the check shows the defect already.
  const taken =
    at.sample !== undefined && at.characteristic !== undefined
      ? floor.get(pieceView, pieceKey(at.workOrder, at.op, at.sample))?.results[at.characteristic]?.photo
      : undefined
  const key = `quality/defect/${at.workOrder}/${at.op}/${at.sample ?? ''}/${at.characteristic ?? ''}`
  const fresh: Draft = {
    place: check?.name ?? '',
    quantity: 1,
    severity: check?.severity ?? 'major',
    note: '',
    strokes: [],
    holding: false,
    ...(taken ? { photo: taken } : {})
  }
  const [draft, set] = useState<Draft>(() => {
    const kept = floor.draft(key)
    // Written by `change` below.
    return kept === undefined ? fresh : (JSON.parse(kept) as Draft)
  })
  const change = (part: Partial<Draft>): void => {
    const next = { ...draft, ...part }
    floor.setDraft(key, JSON.stringify(next))
    set(next)
  }
  return { draft, change, forget: () => floor.setDraft(key, undefined) }
}

type FormProps = { readonly floor: Floor; readonly run: Run; readonly at: At }

const DefectForm = ({ floor, run, at }: FormProps) => {
  const check = lotOf(floor, at.workOrder, at.op)?.plan.characteristics.find(
    ({ number }) => number === at.characteristic
  )
  const { draft, change, forget } = useDraft(floor, at, check)
  const back = floor.get(inspectionView, inspectionKey(at.workOrder, at.op))
    ? `/inspect/${at.workOrder}/${at.op}`
    : `/job/${at.workOrder}/${at.op}`
  const save = async () => {
    if (!draft.code || !(await act(floor, recordDefect, inputOf(at, draft, draft.code)))) return
    forget()
    const held = run.holds.length === 0 && (floor.get(runView, at.workOrder)?.holds.length ?? 0) > 0
    floor.tell({
      text: held ? `Defect saved on this tablet. ${at.workOrder} is on hold.` : 'Defect saved on this tablet.',
      tone: 'ok'
    })
    floor.go(back)
  }
  const problem = problemOf(floor, at, draft)
  const title = check ? `Defect at check ${check.number} ${check.name}` : 'Record a defect'
  return (
    <FloorScreen
      title={title}
      sub={[at.workOrder, `op ${at.op}`, at.sample === undefined ? undefined : `piece ${at.sample}`]
        .filter(Boolean)
        .join(' · ')}
      left={<Button onPress={() => floor.go(back)}>Back</Button>}
      primary={
        <Button tone="primary" why={problem} onPress={() => void save()}>
          Save defect
        </Button>
      }
    >
      <div class={css.form}>
        <div class={css.column}>
          <Reasons floor={floor} value={draft.code} onChange={code => change({ code })} />
          <Field label="Where" hint="The place on the part: J3, left edge, lid">
            <TextInput value={draft.place} onChange={place => change({ place })} maxLength={2000} />
          </Field>
          <Field label="Note">
            <TextInput value={draft.note} onChange={note => change({ note })} maxLength={2000} />
          </Field>
        </div>
        <div class={css.column}>
          <Picture draft={draft} change={change} title={title} />
          <Counter
            label="Pieces"
            value={draft.quantity}
            max={run.quantity}
            onChange={quantity => change({ quantity: Math.max(1, quantity) })}
          />
          <section class={`${css.section} ${css.three}`}>
            <h2>How bad</h2>
            <Tiles
              label="How bad"
              options={severities}
              value={draft.severity}
              onChange={word => change({ severity: severities.find(one => one.value === word)?.value ?? 'major' })}
            />
          </section>
          <HoldPart floor={floor} run={run} at={at} draft={draft} change={change} />
        </div>
      </div>
    </FloorScreen>
  )
}

const inputOf = (at: At, { place, quantity, severity, note, photo, strokes, holding, hold }: Draft, code: string) => ({
  ...at,
  code,
  place,
  quantity,
  severity,
  ...(note.trim() ? { note: note.trim() } : {}),
  ...(photo ? { photo } : {}),
  ...(photo && strokes.length > 0
    ? { markup: strokes.map(stroke => stroke.map(([x, y]): [number, number] => [x, y])) }
    : {}),
  ...(holding && hold ? { hold } : {})
})

const problemOf = (floor: Floor, at: At, draft: Draft): string | undefined => {
  if (!draft.code) return 'Choose what is wrong.'
  if (draft.holding && !draft.hold) return 'Choose why the batch is held.'
  const refusal = floor.may(recordDefect, inputOf(at, draft, draft.code))
  return refusal && isRefusal(refusal) ? floor.say(refusal) : undefined
}

/** The first of the plant's list; what is used most stands first there. */
const SHOWN = 9

const Reasons = ({
  floor,
  value,
  onChange
}: {
  readonly floor: Floor
  readonly value: string | undefined
  readonly onChange: (code: string) => void
}) => {
  const [all, setAll] = useState(false)
  const reasons = floor.reasons('defect')
  const shown = all ? reasons : reasons.filter(({ code }, i) => i < SHOWN || code === value)
  return (
    <section class={css.section}>
      <h2>What is wrong</h2>
      <Tiles
        label="What is wrong"
        options={shown.map(({ code, name }) => ({ value: code, label: name }))}
        value={value}
        onChange={onChange}
      />
      {reasons.length > shown.length && <Button onPress={() => setAll(true)}>Show all {reasons.length}</Button>}
    </section>
  )
}

type PartProps = { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void }

const Picture = ({ draft: { photo, strokes }, change, title }: PartProps & { readonly title: string }) => {
  const [marking, setMarking] = useState(false)
  const taken = (ref: BlobRef) => {
    change({ photo: ref, strokes: [] })
    setMarking(true)
  }
  return (
    <section class={css.photo} data-taken={photo ? '' : undefined}>
      {photo && <MarkedPhoto photo={photo} strokes={strokes} alt={title} />}
      <div class={css.buttons}>
        <PhotoButton label={photo ? 'Take again' : 'Take a photo'} onPhoto={taken} grow />
        {photo && (
          <Button grow onPress={() => setMarking(true)}>
            Show where
          </Button>
        )}
      </div>
      {photo && marking && (
        <MarkupDialog
          photo={photo}
          strokes={strokes}
          alt={title}
          onChange={next => change({ strokes: next })}
          onClose={() => setMarking(false)}
        />
      )}
    </section>
  )
}

const HoldPart = ({ floor, run, at, draft, change }: FormProps & PartProps) => {
  const limit = stopAt(floor, run, at.op, draft.severity)
  const count = run.defects[draft.severity] + draft.quantity
  const byRule = limit !== undefined && count >= limit && run.holds.length === 0
  if (run.holds.length > 0 && !draft.holding) return <StateMark level="stop" word={`${run.workOrder} is on hold`} />
  const turn = (holding: boolean) => change({ holding })
  return (
    <section class={css.section}>
      {byRule && <StateMark level="stop" word={`Stops the batch: ${count} ${draft.severity}, limit ${limit}`} />}
      {draft.holding ? (
        <>
          <h2>Why the batch is held</h2>
          <Tiles
            label="Why the batch is held"
            options={floor.reasons('hold').map(({ code, name }) => ({ value: code, label: name }))}
            value={draft.hold}
            onChange={hold => change({ hold })}
          />
          <Button onPress={() => turn(false)}>Don’t hold the batch</Button>
        </>
      ) : (
        <HoldButton what={`Hold ${run.workOrder}`} onPress={() => turn(true)}>
          Hold the batch
        </HoldButton>
      )}
    </section>
  )
}
