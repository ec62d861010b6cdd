/** What a person with the right decides: releasing a hold, and what becomes of a defect. */
import { useState } from 'preact/hooks'
import { Button, HoldButton } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput, Tiles } from '#ui/field.tsx'
import type { Floor } from '#ui/floor.tsx'
import type { Defect, Disposition, Hold } from '../projection.ts'
import { dispositionDefect, releaseHold } from '../rules.ts'
import { dispositionName, dispositions, holdWords } from '../words.ts'
import css from './decide-dialogs.module.css'
import { MarkedPhoto } from './markup-photo.tsx'
import { act } from './recording.ts'

type ReleaseProps = { readonly floor: Floor; readonly hold: Hold; readonly onClose: () => void }

export const ReleaseDialog = ({ floor, hold, onClose }: ReleaseProps) => {
  const [note, setNote] = useState('')
  const refusal = floor.may(releaseHold, { hold: hold.hold, note })
  const release = async () => {
    if (!(await act(floor, releaseHold, { hold: hold.hold, note }))) return
    floor.tell({ text: `${hold.workOrder} goes on. Every tablet is told.`, tone: 'ok' })
    onClose()
  }
  return (
    <Dialog title={`Release ${hold.workOrder}`} onClose={onClose}>
      <div class={css.form}>
        <p>{holdWords(hold, floor.reasons('hold'))}</p>
        <p class={css.quiet}>
          Placed by {floor.nameOf(hold.person)} on {hold.at.slice(0, 16).replace('T', ' ')}
        </p>
        <Field label="Why it may go on" hint="What was found, what was done">
          <TextInput value={note} onChange={setNote} lines={3} maxLength={2000} autoFocus />
        </Field>
        <HoldButton
          what={`Release ${hold.workOrder}`}
          tone="plain"
          why={refusal && floor.say(refusal)}
          onPress={() => void release()}
        >
          Release the hold
        </HoldButton>
        {refusal && <p class={css.quiet}>{floor.say(refusal)}</p>}
      </div>
    </Dialog>
  )
}

type DefectProps = { readonly floor: Floor; readonly defect: Defect; readonly onClose: () => void }

export const DefectDialog = ({ floor, defect, onClose }: DefectProps) => {
  const named = floor.reasons('defect').find(({ code }) => code === defect.code)?.name ?? defect.code
  return (
    <Dialog title={`${defect.workOrder}: ${defect.quantity} × ${named}`} onClose={onClose} wide>
      <div class={css.two}>
        <div class={css.form}>
          <dl class={css.facts}>
            <div>
              <dt>Where</dt>
              <dd>
                {defect.place || '–'}, operation {defect.op}
                {defect.sample !== undefined && `, piece ${defect.sample}`}
                {defect.characteristic !== undefined && `, check ${defect.characteristic}`}
              </dd>
            </div>
            <div>
              <dt>How bad</dt>
              <dd>{defect.severity}</dd>
            </div>
            <div>
              <dt>Found</dt>
              <dd>
                {floor.nameOf(defect.person)}, {defect.at.slice(0, 16).replace('T', ' ')}
              </dd>
            </div>
            {defect.note && (
              <div>
                <dt>Note</dt>
                <dd>{defect.note}</dd>
              </div>
            )}
          </dl>
          {defect.decision ? (
            <Decided floor={floor} decision={defect.decision} />
          ) : (
            <Decide floor={floor} defect={defect} onClose={onClose} />
          )}
        </div>
        {defect.photo && (
          <div class={css.photo}>
            <MarkedPhoto photo={defect.photo} strokes={defect.markup ?? []} alt={named} />
          </div>
        )}
      </div>
    </Dialog>
  )
}

const Decided = ({
  floor,
  decision
}: {
  readonly floor: Floor
  readonly decision: NonNullable<Defect['decision']>
}) => (
  <p>
    <strong>{dispositionName(decision.disposition)}</strong> by {floor.nameOf(decision.person)}: {decision.note}
  </p>
)

const Decide = ({ floor, defect, onClose }: DefectProps) => {
  const [word, setWord] = useState<Disposition>()
  const [note, setNote] = useState('')
  const refusal = word && floor.may(dispositionDefect, { defect: defect.defect, disposition: word, note })
  const why = word ? refusal && floor.say(refusal) : 'Choose what becomes of it.'
  const decide = async () => {
    if (word && (await act(floor, dispositionDefect, { defect: defect.defect, disposition: word, note }))) onClose()
  }
  return (
    <>
      <Tiles
        label="What becomes of it"
        options={dispositions}
        value={word}
        onChange={next => setWord(dispositions.find(one => one.value === next)?.value)}
      />
      <Field label="Why">
        <TextInput value={note} onChange={setNote} lines={2} maxLength={2000} />
      </Field>
      <div class={css.row}>
        <Button why={why} onPress={() => void decide()}>
          Decide
        </Button>
        {why && <span class={css.quiet}>{why}</span>}
      </div>
    </>
  )
}
