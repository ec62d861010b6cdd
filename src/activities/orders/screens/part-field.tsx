import { useContext, useState } from 'preact/hooks'
import type { Refusal } from '#kernel/decision.ts'
import { readLabel } from '#kernel/label.ts'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { HelpSlot } from '#ui/floor-screen.tsx'
import { useFloor, useScan } from '#ui/floor.tsx'
import { StopCard } from '#ui/stop-card.tsx'
import { stillNeeded, taken, trackingOf } from '../step.ts'
import { consumePart, returnPart } from '../step-rules.ts'
import { useAct } from './act.ts'
import dialogs from './dialogs.module.css'
import { finishStep } from './step-done.ts'
import css from './step-panel.module.css'
import { useDraft } from './use-draft.ts'
import type { FieldProps, OperationState } from './use-operation.ts'

/** Refusals that are about the part in the hand: they take the whole screen, because building it in would be worse. */
const wrongInHand = ['wrong-part', 'not-a-part-label', 'lot-unknown', 'lot-expired', 'serial-used', 'serial-here']
const titles: Record<string, string> = {
  'wrong-part': 'Wrong part',
  'not-a-part-label': 'Not a part',
  'lot-unknown': 'Not known here',
  'lot-expired': 'Too old',
  'serial-used': 'Built in already',
  'serial-here': 'Scanned already'
}

type Wrong = { readonly refusal: Refusal; readonly scanned: string }

export const PartField = ({ state, step, onUndo }: FieldProps) => {
  const act = useAct()
  const floor = useFloor()
  const [wrong, setWrong] = useState<Wrong>()
  const [typing, setTyping] = useState(false)
  const { order, operation, spot, record, method } = state
  const item = step.item ?? ''
  const name = method?.bom.find(line => line.component === item)?.name ?? item
  const tracking = trackingOf(method, item)
  const place = { workOrder: order.workOrder, op: operation.op, ...spot }
  const putBack = (lot: string) => void act(returnPart, { ...place, lot }, { told: `${lot || name} is put back.` })
  const take = (scanned: string): Promise<boolean> => {
    setWrong(undefined)
    setTyping(false)
    const lot = scanned.trim()
    const refused = (refusal: Refusal) => {
      if (!wrongInHand.includes(refusal.refused)) return false
      setWrong({ refusal, scanned: lot })
      return true
    }
    return act(consumePart, { ...place, lot }, { refused })
  }
  useScan(({ raw }) => {
    const { label } = readLabel(raw)
    if (tracking === 'none' || label === 'job-card' || label === 'work-order' || label === 'badge') return false
    void take(raw)
    return true
  })
  const missing = stillNeeded(step, record)
  const again = tracking === 'lot' && record.parts.length === 0 ? lotBefore(state) : undefined
  const takeAgain = async (lot: string) => {
    if (await take(lot)) await finishStep({ state, act, onUndo })
  }
  return (
    <div class={css.part} data-state={missing === 0 ? 'taken' : 'open'}>
      <p class={css.item}>
        <b>{name}</b>{' '}
        <span class={css.code} data-nocut="">
          {item}
        </span>
      </p>
      <p class={css.quantity} data-nocut="">
        {show(taken(step, record))} of {show(step.quantity ?? 1)}
      </p>
      {record.parts
        .filter(part => part.quantity > 0)
        .map(part => (
          <div class={css.lot} key={part.lot}>
            <p data-nocut="">
              <span aria-hidden="true">✓</span> {part.lot || 'taken'}
            </p>
            <Button onPress={() => putBack(part.lot)}>Put back</Button>
          </div>
        ))}
      {missing > 0 &&
        (tracking === 'none' ? (
          <p class={css.ask}>No number to scan. Step done takes {show(missing)}.</p>
        ) : (
          <Ask
            tracking={tracking}
            again={again}
            onAgain={lot => void takeAgain(lot)}
            onCamera={() => floor.openCamera()}
            onType={() => setTyping(true)}
          />
        ))}
      {typing && (
        <TypeDialog
          item={item}
          draftKey={`job/${order.workOrder}/${operation.op}/${spot.cycle}/${spot.step}/lot`}
          onTake={take}
          onClose={() => setTyping(false)}
        />
      )}
      {wrong && <WrongCard wrong={wrong} needed={`${name} ${item}`} onAgain={() => setWrong(undefined)} />}
    </div>
  )
}

/** The lot that the unit before was built from: a pack lasts for many pieces, and one tap says that it still does. */
const lotBefore = ({ units, spot }: OperationState): string | undefined =>
  units.get(spot.cycle - 1)?.steps[spot.step]?.parts.findLast(part => part.quantity > 0)?.lot

type AskProps = {
  readonly tracking: 'lot' | 'serial'
  readonly again: string | undefined
  readonly onAgain: (lot: string) => void
  readonly onCamera: () => void
  readonly onType: () => void
}

const Ask = ({ tracking, again, onAgain, onCamera, onType }: AskProps) => (
  <div class={css.scan}>
    {again ? (
      <Button grow onPress={() => onAgain(again)} data-again="">
        Same lot {again}, step done
      </Button>
    ) : (
      <p class={css.ask}>Scan its {tracking === 'serial' ? 'serial number' : 'lot'}</p>
    )}
    <Button onPress={onCamera}>Camera</Button>
    <Button onPress={onType}>Type</Button>
  </div>
)

type TypeProps = {
  readonly item: string
  readonly draftKey: string
  readonly onTake: (text: string) => Promise<unknown>
  readonly onClose: () => void
}

const TypeDialog = ({ item, draftKey, onTake, onClose }: TypeProps) => {
  const [text, setText] = useDraft(draftKey)
  const done = () => {
    if (!text.trim()) return
    void onTake(text)
    setText('')
  }
  return (
    <Dialog title={`Lot or serial number of ${item}`} onClose={onClose}>
      <div class={dialogs.stack}>
        <Field label="As it is printed on the label">
          <TextInput value={text} onChange={setText} onDone={done} autoFocus data-nocut="" />
        </Field>
        <Button grow why={text.trim() ? undefined : 'Type the number first.'} onPress={done}>
          Take this part
        </Button>
      </div>
    </Dialog>
  )
}

const WrongCard = ({
  wrong,
  needed,
  onAgain
}: {
  readonly wrong: Wrong
  readonly needed: string
  readonly onAgain: () => void
}) => {
  const floor = useFloor()
  const Help = useContext(HelpSlot)
  const { refusal, scanned } = wrong
  const is = refusal.about?.['is']
  return (
    <StopCard
      title={titles[refusal.refused] ?? 'Wrong part'}
      scanned={is ? `${scanned} (${is})` : scanned}
      needed={needed}
      sentence={floor.say(refusal)}
    >
      <Button tone="primary" onPress={onAgain}>
        Scan again
      </Button>
      {Help && <Help />}
    </StopCard>
  )
}
