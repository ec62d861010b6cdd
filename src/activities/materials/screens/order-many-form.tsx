/** One purchase order of all that the plan wants from a supplier by now; each line can be left out. */
import { useState } from 'preact/hooks'
import { numberAfter } from '#kernel/number.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Form, Quiet, showDay } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useAct } from '#ui/use-act.ts'
import { grouped } from '../planning/words.ts'
import { itemView, purchaseOrderView } from '../projection.ts'
import { onOrderOf, orderPlanned } from '../purchase-rules.ts'
import type { Desk } from './desk-state.ts'
import css from './materials-desk.module.css'
import { type Wanted, wantedBySupplier } from './order-many.ts'

/** Read once when the dialog opens: the plan as the planner saw it. The office counts again what is on order. */
const useWanted = ({ answer, floor, day }: Desk) =>
  useState(() => {
    const groups = wantedBySupplier(
      answer?.messages ?? [],
      item => {
        const found = floor.get(itemView, item)
        return { bought: found !== undefined && found.source !== 'make', supplier: found?.supplier ?? '' }
      },
      day
    )
    const items = new Set(groups.flatMap(([, lines]) => lines.map(({ item }) => item)))
    return { groups, onOrder: new Map([...items].map(item => [item, onOrderOf(floor, item)])) }
  })[0]

export const OrderMany = ({ desk, onClose }: { readonly desk: Desk; readonly onClose: () => void }) => {
  const { floor, nameOf, unitOf } = desk
  const { groups, onOrder } = useWanted(desk)
  const { act, why, busy } = useAct()
  const [supplier, setSupplier] = useState(groups[0]?.[0] ?? '')
  const [order, setOrder] = useState(() => numberAfter('PO-', floor.list(purchaseOrderView)))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const lines = groups.find(([name]) => name === supplier)?.[1] ?? []
  const taken = lines.filter(({ key }) => !left.has(key))
  const input = {
    order: order.trim(),
    ...(supplier ? { supplier } : {}),
    lines: taken.map(({ item, quantity, due }) => ({ item, quantity, due, onOrder: onOrder.get(item) ?? 0 }))
  }
  const missing = !input.order
    ? 'Give the order a number.'
    : taken.length === 0
      ? 'Take one line at least.'
      : why(orderPlanned, input)
  const turn = ({ key }: Wanted) =>
    setLeft(was => (was.has(key) ? new Set([...was].filter(one => one !== key)) : new Set([...was, key])))
  const save = async () => {
    if (await act(orderPlanned, input, `${input.order} is ordered, ${taken.length} lines.`)) onClose()
  }
  return (
    <Dialog title="Order from one supplier" onClose={onClose}>
      {groups.length === 0 ? (
        <Empty title="Nothing to order now" hint="The plan wants nothing placed within the next days." />
      ) : (
        <Form
          end={
            <>
              <Button onPress={onClose}>Leave it</Button>
              <Button tone="primary" busy={busy} why={missing} onPress={() => void save()}>
                Order {taken.length} lines
              </Button>
            </>
          }
        >
          <Field label="Supplier">
            <Select
              value={supplier}
              options={groups.map(([name, all]) => ({
                value: name,
                label: `${name === '' ? 'No supplier given' : name} (${all.length})`
              }))}
              onChange={setSupplier}
            />
          </Field>
          <Field label="Number">
            <TextInput value={order} onChange={setOrder} />
          </Field>
          <ul class={css.many} data-wide="">
            {lines.map(one => (
              <li key={one.key}>
                <label>
                  <input type="checkbox" checked={!left.has(one.key)} onChange={() => turn(one)} />
                  <span>
                    {nameOf(one.item)}: {grouped(one.quantity)} {unitOf(one.item)} by {showDay(one.due)}
                  </span>
                </label>
              </li>
            ))}
          </ul>
          <div data-wide="">
            <Quiet>Quantities and days are the plan’s. They can be changed under Purchase orders afterwards.</Quiet>
          </div>
        </Form>
      )}
    </Dialog>
  )
}
