/** Sends closed boxes to a customer. The gate asks again for holds and open inspections. */
import { useState } from 'preact/hooks'
import { HoldButton } from '#ui/button.tsx'
import { Named, Panel, Stack } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'
import { type HandlingUnit, packedOrderView, shipmentView } from '../projection.ts'
import { sendShipment } from '../rules.ts'
import { showSscc } from '../sscc.ts'
import css from './shipping-desk.module.css'

export const ShipPanel = ({ units }: { readonly units: readonly HandlingUnit[] }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const customerOf = (unit: HandlingUnit) => floor.get(packedOrderView, unit.workOrder)?.customer ?? ''
  const first = units[0] && customerOf(units[0])
  // A shipment goes to one customer, so the boxes of the others stay unless somebody says otherwise.
  const [left, setLeft] = useState<readonly string[]>(() =>
    units.filter(unit => customerOf(unit) !== first).map(unit => unit.handlingUnit)
  )
  const chosen = units.filter(unit => !left.includes(unit.handlingUnit))
  const [customer, setCustomer] = useState<string>()
  const customers = [...new Set(chosen.map(customerOf))].filter(Boolean)
  const name = (customer ?? customers[0] ?? '').trim()
  const shipment = `SH-${String(floor.list(shipmentView).length + 1).padStart(4, '0')}`
  const input = { shipment, customer: name, handlingUnits: chosen.map(unit => unit.handlingUnit) }
  if (units.length === 0) return null
  const boxes = `${chosen.length} ${chosen.length === 1 ? 'box' : 'boxes'}`
  const missing =
    chosen.length === 0
      ? 'Choose the boxes that leave.'
      : customers.length > 1
        ? `These boxes are for ${customers.join(' and ')}. Choose the boxes of one customer.`
        : !name
          ? 'Give the customer.'
          : why(sendShipment, input)
  const turn = (unit: string) => setLeft(was => (was.includes(unit) ? was.filter(one => one !== unit) : [...was, unit]))
  return (
    <Panel title={`Ship as ${shipment}`}>
      <Stack>
        {units.map(unit => (
          <label key={unit.handlingUnit} class={css.pick}>
            <input
              type="checkbox"
              checked={!left.includes(unit.handlingUnit)}
              onChange={() => turn(unit.handlingUnit)}
            />
            <Named
              number={showSscc(unit.handlingUnit)}
              name={[unit.workOrder, `${unit.packed} pcs`, customerOf(unit)].filter(Boolean).join(', ')}
            />
          </label>
        ))}
        <Field label="Customer">
          <TextInput value={customer ?? name} onChange={setCustomer} list={customers} />
        </Field>
        <HoldButton
          tone="primary"
          busy={busy}
          why={missing}
          what={`Ship ${boxes} to ${name}?`}
          onPress={() => void act(sendShipment, input, `${shipment} has left.`)}
        >
          Hold to ship {boxes}
        </HoldButton>
      </Stack>
    </Panel>
  )
}
