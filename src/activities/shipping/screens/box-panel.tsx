/** One box: what is in it, packing by scan or count, its label, closing it. */
import { useState } from 'preact/hooks'
import { readLabel } from '#kernel/label.ts'
import { Barcode } from '#ui/barcode.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Code, Facts, Panel, Quiet, Row } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor, useScan } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'
import { type HandlingUnit, packedOrderView } from '../projection.ts'
import { closeHandlingUnit, packPieces } from '../rules.ts'
import { showSscc } from '../sscc.ts'
import css from './shipping-desk.module.css'

export const BoxPanel = ({ unit }: { readonly unit: HandlingUnit }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const order = floor.get(packedOrderView, unit.workOrder)
  const close = { handlingUnit: unit.handlingUnit }
  return (
    <>
      <Panel
        title={`Box for ${unit.workOrder}`}
        actions={
          unit.state === 'open' && (
            <Button
              busy={busy}
              why={why(closeHandlingUnit, close)}
              onPress={() => void act(closeHandlingUnit, close, 'The box is closed. Print its label.')}
            >
              Close the box
            </Button>
          )
        }
      >
        <p class={css.count} data-nocut="">
          {unit.packed}
          <small> of {unit.capacity}</small>
        </p>
        {unit.state === 'open' && <Pack unit={unit} />}
        <Facts
          facts={[
            ['Item', order ? `${order.itemName}, ${unit.item}` : unit.item],
            ['Order', order && `${order.packed} of ${order.quantity} packed`],
            ['Serials', unit.serials.length > 0 ? <Code>{unit.serials.join(', ')}</Code> : ''],
            ['Shipment', unit.shipment]
          ]}
        />
      </Panel>
      <Label unit={unit} name={order?.itemName ?? unit.item} customer={order?.customer} />
    </>
  )
}

const Pack = ({ unit }: { unit: HandlingUnit }) => {
  const { act, why, busy } = useAct()
  const [typed, setTyped] = useState('1')
  const quantity = Number(typed)
  const input = { handlingUnit: unit.handlingUnit, quantity }
  const stop = why(packPieces, { ...input, quantity: 1 })
  // A serial on a piece packs that piece; labels of ours that are something else are left to the rest of the app.
  useScan(({ raw }) => {
    const label = readLabel(raw)
    if (label.label !== 'other') return false
    void act(
      packPieces,
      { handlingUnit: unit.handlingUnit, quantity: 1, serial: label.text },
      `${label.text} is in the box.`
    )
    return true
  })
  const missing = !(Number.isInteger(quantity) && quantity > 0)
    ? 'Give a whole number of pieces.'
    : why(packPieces, input)
  return (
    <>
      {stop && <Card level="attention">{stop}</Card>}
      <Row>
        <Field label="Pieces">
          <TextInput value={typed} onChange={setTyped} inputMode="numeric" />
        </Field>
        <Button tone="primary" busy={busy} why={missing} onPress={() => void act(packPieces, input)}>
          Pack
        </Button>
      </Row>
      <Quiet>Scan a serial number to pack one piece, or give the count.</Quiet>
    </>
  )
}

const Label = ({ unit, name, customer }: { unit: HandlingUnit; name: string; customer: string | undefined }) => (
  <Panel
    title="Label"
    actions={
      <Button why={unit.packed === 0 ? 'The box is empty. Pack it first.' : undefined} onPress={() => window.print()}>
        Print the label
      </Button>
    }
  >
    <div class={css.label} data-print="">
      <p class={css.labelName}>{name}</p>
      <p>{unit.item}</p>
      <p class={css.labelCount}>{unit.packed} pcs</p>
      <p>
        {unit.workOrder}
        {customer && `, ${customer}`}
      </p>
      <Barcode kind="code128" text={`00${unit.handlingUnit}`} label={`(00) ${showSscc(unit.handlingUnit)}`} />
    </div>
  </Panel>
)
