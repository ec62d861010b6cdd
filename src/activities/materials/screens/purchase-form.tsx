/** A purchase order as a whole: its number, its supplier and its lines. Saved together; what has come is kept. */
import { useState } from 'preact/hooks'
import { numberAfter } from '#kernel/number.ts'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Quiet } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { type Item, itemView, type PurchaseOrder, purchaseOrderView } from '../projection.ts'
import { setPurchaseOrder } from '../purchase-rules.ts'
import type { Desk } from './desk-state.ts'
import css from './materials-desk.module.css'

type Typed = {
  readonly line: number
  readonly item: string
  readonly quantity: string
  readonly due: string
  readonly confirmed: boolean
  readonly state: 'open' | 'closed'
  readonly received: number
}

type Props = {
  readonly desk: Desk
  /** Undefined for a new one. */
  readonly was: PurchaseOrder | undefined
  readonly onClose: () => void
  readonly onDone: (order: string) => void
}

const typedOf = (was: PurchaseOrder | undefined): readonly Typed[] =>
  was?.lines.map(one => ({ ...one, quantity: show(one.quantity), confirmed: one.confirmed ?? false })) ?? []

const emptyLine = (lines: readonly Typed[], today: string): Typed => ({
  line: Math.max(0, ...lines.map(({ line }) => line)) + 1,
  item: '',
  quantity: '',
  due: lines.at(-1)?.due ?? today,
  confirmed: false,
  state: 'open',
  received: 0
})

const amount = (text: string): number => Number(text.replace(',', '.'))

export const PurchaseForm = ({ desk, was, onClose, onDone }: Props) => {
  const { floor, today, nameOf } = desk
  const { act, why, busy } = useAct()
  const [order, setOrder] = useState(() => was?.order ?? numberAfter('PO-', floor.list(purchaseOrderView)))
  const [supplier, setSupplier] = useState(was?.supplier ?? '')
  const [note, setNote] = useState(was?.note ?? '')
  const [lines, setLines] = useState(() => (was ? typedOf(was) : [emptyLine([], today)]))
  const items = floor.list(itemView).map(([, one]) => one)
  const change = (line: number, next: Partial<Typed>) =>
    setLines(now => now.map(one => (one.line === line ? { ...one, ...next } : one)))
  const input = {
    order: order.trim(),
    ...(supplier.trim() ? { supplier: supplier.trim() } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
    lines: lines.map(({ line, item, quantity, due, confirmed, state }) => ({
      line,
      item: item.trim(),
      quantity: amount(quantity),
      due,
      ...(confirmed ? { confirmed } : {}),
      state
    }))
  }
  const missing =
    lackOf(input) ??
    (was === undefined && floor.get(purchaseOrderView, input.order)
      ? `${input.order} is taken. Give another number.`
      : why(setPurchaseOrder, input))
  const save = async () => {
    if (await act(setPurchaseOrder, input, `${input.order} is saved.`)) onDone(input.order)
  }
  return (
    <FormDialog
      title={was ? `Edit ${was.order}` : 'Add a purchase order'}
      onClose={onClose}
      does="Save the order"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <Field label="Number">
        <TextInput value={order} onChange={setOrder} readOnly={was !== undefined} autoFocus={was === undefined} />
      </Field>
      <Field label="Supplier">
        <TextInput
          value={supplier}
          onChange={setSupplier}
          list={[...new Set(items.flatMap(one => one.supplier ?? []))]}
        />
      </Field>
      {lines.map(one => (
        <LineRow
          key={one.line}
          one={one}
          items={items}
          name={one.item === '' ? '' : nameOf(one.item)}
          only={lines.length === 1}
          onChange={next => change(one.line, next)}
          onRemove={() => setLines(now => now.filter(({ line }) => line !== one.line))}
        />
      ))}
      <div data-wide="">
        <Button onPress={() => setLines(now => [...now, emptyLine(now, today)])}>Add a line</Button>
      </div>
      <div data-wide="">
        <Field label="Note">
          <TextInput value={note} onChange={setNote} />
        </Field>
        <Quiet>Quantities are in each item’s own unit.</Quiet>
      </div>
    </FormDialog>
  )
}

type LineProps = {
  readonly one: Typed
  readonly items: readonly Item[]
  readonly name: string
  /** An order has one line at least. */
  readonly only: boolean
  readonly onChange: (next: Partial<Typed>) => void
  readonly onRemove: () => void
}

const LineRow = ({ one, items, name, only, onChange, onRemove }: LineProps) => (
  <div class={css.lines} data-wide="">
    <strong>
      Line {one.line}
      {one.item !== '' && `, ${name}`}
      {one.received > 0 && `, ${show(one.received)} have come`}
      {one.state === 'closed' && ', closed'}
    </strong>
    <TextInput
      label={`Line ${one.line}: item`}
      placeholder="Item number"
      value={one.item}
      onChange={item => onChange({ item })}
      readOnly={one.received > 0}
      list={items.filter(({ source }) => source !== 'phantom').map(({ item }) => item)}
    />
    <TextInput
      label={`Line ${one.line}: quantity`}
      placeholder="Quantity"
      inputMode="decimal"
      value={one.quantity}
      onChange={quantity => onChange({ quantity })}
    />
    <TextInput type="date" label={`Line ${one.line}: due`} value={one.due} onChange={due => onChange({ due })} />
    <Button chosen={one.confirmed} onPress={() => onChange({ confirmed: !one.confirmed })}>
      Confirmed
    </Button>
    <Button
      why={
        one.received > 0
          ? 'Some of it has come. Close the line instead.'
          : only
            ? 'An order has one line at least.'
            : undefined
      }
      onPress={onRemove}
    >
      Take out
    </Button>
  </div>
)

type Input = Parameters<typeof setPurchaseOrder.decide>[1]

const lackOf = ({ order, lines }: Input): string | undefined => {
  if (!order) return 'Give the order a number.'
  const wrong = lines.find(({ item, quantity, due }) => !item || !(quantity > 0) || !due)
  if (!wrong) return undefined
  return !wrong.item
    ? `Line ${wrong.line}: give the item.`
    : !(wrong.quantity > 0)
      ? `Line ${wrong.line}: give a quantity.`
      : `Line ${wrong.line}: give the day.`
}
