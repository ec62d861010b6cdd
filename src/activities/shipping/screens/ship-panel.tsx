/** Sends closed boxes to a customer. The gate asks again for holds and open inspections. */
import { useState } from 'preact/hooks'
import { HoldButton } from '#ui/button.tsx'
import { Code, Panel, Quiet, Stack } from '#ui/desk-parts.tsx'
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
  const [left, setLeft] = useState<readonly string[]>([])
  const chosen = units.filter(unit => !left.includes(unit.handlingUnit))
  const [customer, setCustomer] = useState<string>()
  const customers = [...new Set(chosen.map(unit => floor.get(packedOrderView, unit.workOrder)?.customer ?? ''))].filter(
    Boolean
  )
  const name = (customer ?? customers[0] ?? '').trim()
  const shipment = `SH-${String(floor.list(shipmentView).length + 1).padStart(4, '0')}`
  const input = { shipment, customer: name, handlingUnits: chosen.map(unit => unit.handlingUnit) }
  if (units.length === 0) return null
  const missing =
    chosen.length === 0 ? 'Choose the boxes that leave.' : !name ? 'Give the customer.' : why(sendShipment, input)
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
            <Code>{showSscc(unit.handlingUnit)}</Code> {unit.workOrder}, {unit.packed} pcs
          </label>
        ))}
        <Field label="Customer">
          <TextInput value={customer ?? name} onChange={setCustomer} list={customers} />
        </Field>
        {customers.length > 1 && (
          <Quiet>These boxes are for {customers.join(' and ')}. Choose the boxes of one customer.</Quiet>
        )}
        <HoldButton
          tone="primary"
          busy={busy}
          why={missing}
          what={`Ship ${chosen.length} boxes to ${name}?`}
          onPress={() => void act(sendShipment, input, `${shipment} has left.`)}
        >
          Hold to ship {chosen.length} {chosen.length === 1 ? 'box' : 'boxes'}
        </HoldButton>
      </Stack>
    </Panel>
  )
}
