/** What a remedy has to be told first: the number of the order, who supplies it, a day, or why an order goes. */
import { useState } from 'preact/hooks'
import { dayText } from '#kernel/calendar.ts'
import { Quiet } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { messageSentence } from '../planning/words.ts'
import { DayForm } from './day-form.tsx'
import type { Desk } from './desk-state.ts'
import { firmOf } from './firm.ts'
import { BuildForm, FirmForm, OrderForm, type Planned } from './planned-forms.tsx'
import { type Remedy, useStillHolds } from './use-remedy.ts'

type Props = {
  readonly desk: Desk
  readonly message: PlanMessage
  readonly kind: Exclude<Remedy['kind'], 'apply' | 'go'>
  readonly onClose: () => void
}

export const RemedyForm = (props: Props) => {
  const { desk, message, kind, onClose } = props
  const why = messageSentence(message, desk.nameOf, desk.day)
  const receipt = message.about?.kind === 'receipt' ? message.about.receipt : ''
  if (kind === 'redate') return <DayForm desk={desk} receipt={receipt} day={desk.today} why={why} onClose={onClose} />
  if (kind === 'cancel') return <CancelOrder {...props} workOrder={receipt} why={why} />
  const firm = firmOf(desk.floor).find(one => one.firm === receipt)
  const planned = firm ? { ...firm, why } : plannedOf(message, desk.day, why)
  if (kind === 'firm') return <FirmForm desk={desk} planned={planned} onClose={onClose} />
  const Chosen = kind === 'order' ? OrderForm : BuildForm
  return <Chosen desk={desk} planned={planned} onClose={onClose} />
}

/** A planned order as the message that asks for it tells it. */
export const plannedOf = (message: PlanMessage, today: number, why: string): Planned => {
  const start = Number(message.why['start'] ?? today)
  return {
    item: message.item ?? '',
    quantity: message.quantity ?? 0,
    ...(start >= today ? { start: dayText(start) } : {}),
    due: dayText(Number(message.why['due'] ?? today)),
    why,
    message
  }
}

type CancelProps = Props & { readonly workOrder: string; readonly why: string }

const CancelOrder = ({ desk, message, onClose, workOrder, why: sentence }: CancelProps) => {
  const stillHolds = useStillHolds(desk)
  const { act, why, busy } = useAct()
  const [note, setNote] = useState('The plan no longer needs it.')
  const close = desk.floor.action('orders/close-work-order')
  const input = { workOrder, outcome: 'cancelled', note }
  const cancel = async () => {
    if (close && (await stillHolds(message)) && (await act(close, input, `${workOrder} is cancelled.`))) onClose()
  }
  return (
    <FormDialog
      title={`Cancel ${workOrder}`}
      onClose={onClose}
      does="Cancel the order"
      onDo={() => void cancel()}
      tone="stop"
      busy={busy}
      why={close ? why(close, input) : 'This version can’t cancel work orders.'}
    >
      <div data-wide="">
        <Quiet>{sentence} What has been recorded is kept.</Quiet>
      </div>
      <div data-wide="">
        <Field label="Why">
          <TextInput value={note} onChange={setNote} maxLength={500} autoFocus />
        </Field>
      </div>
    </FormDialog>
  )
}
