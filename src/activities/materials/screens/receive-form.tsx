/** What came of a line: how many, under which lot, and where it was put. Recorded here first, with or without a network. */
import { useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Field, TextInput } from '#ui/field.tsx'
import { useScan } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { itemView, type PurchaseLine, stockView } from '../projection.ts'
import { receivePurchase } from '../purchase-rules.ts'
import type { Desk } from './desk-state.ts'

type Props = {
  readonly desk: Desk
  readonly order: string
  readonly line: PurchaseLine
  /** Still to come. */
  readonly open: number
  readonly onClose: () => void
}

export const ReceiveForm = ({ desk, order, line, open, onClose }: Props) => {
  const { floor, nameOf, unitOf } = desk
  const { act, why, busy } = useAct()
  const item = floor.get(itemView, line.item)
  const tracking = item?.tracking ?? 'none'
  const places = [...new Set(floor.list(stockView, `${line.item}/`).map(([, { location }]) => location))].filter(
    Boolean
  )
  const [quantity, setQuantity] = useState(tracking === 'serial' ? '1' : show(open))
  const [lot, setLot] = useState('')
  const [supplierLot, setSupplierLot] = useState('')
  const [location, setLocation] = useState(places[0] ?? '')
  const [expires, setExpires] = useState('')
  // A shelf's label is the place, any other code the lot.
  useScan(({ raw }) => {
    if (raw.startsWith('LOC-')) setLocation(raw)
    else setLot(raw)
    return true
  })
  const many = Number(quantity.replace(',', '.'))
  const input = {
    order,
    line: line.line,
    quantity: many,
    lot: tracking === 'none' ? '' : lot.trim(),
    location: location.trim(),
    ...(supplierLot.trim() ? { supplierLot: supplierLot.trim() } : {}),
    ...(expires ? { expires } : {})
  }
  const missing = !(many > 0)
    ? 'Give the quantity that came.'
    : !input.location
      ? 'Give the place.'
      : why(receivePurchase, input)
  const save = async () => {
    if (await act(receivePurchase, input, `${show(many)} ${unitOf(line.item)} of ${nameOf(line.item)} are here.`))
      onClose()
  }
  return (
    <FormDialog
      title={`Receive ${nameOf(line.item)}`}
      onClose={onClose}
      does="Put it on the shelf"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <Field
        label={`Came, ${unitOf(line.item)}`}
        hint={
          many > open
            ? `${show(many - open)} more than was to come. That is kept as it is.`
            : `${show(open)} are to come.`
        }
      >
        <TextInput value={quantity} onChange={setQuantity} inputMode="decimal" autoFocus />
      </Field>
      <Field label="Place" hint="The shelf’s label, LOC-…">
        <TextInput value={location} onChange={setLocation} list={places} />
      </Field>
      {tracking !== 'none' && (
        <Field label={tracking === 'lot' ? 'Lot' : 'Serial number'} hint="Scan it or type it.">
          <TextInput value={lot} onChange={setLot} />
        </Field>
      )}
      {tracking === 'lot' && (
        <Field label="Supplier’s lot">
          <TextInput value={supplierLot} onChange={setSupplierLot} />
        </Field>
      )}
      <Field label="Expires">
        <TextInput type="date" value={expires} onChange={setExpires} />
      </Field>
    </FormDialog>
  )
}
