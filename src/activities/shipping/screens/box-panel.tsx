/** One box: what is in it, packing by scan or count, its label, closing it. */
import { useState } from 'preact/hooks'
import { readLabel } from '#kernel/label.ts'
import { Barcode } from '#ui/barcode.tsx'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Code, Facts, Panel, Quiet, Row, RowActions } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor, useScan } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { type HandlingUnit, packedOrderView } from '../projection.ts'
import { closeHandlingUnit, packPieces, reopenHandlingUnit, takeOutPieces } from '../rules.ts'
import { showSscc } from '../sscc.ts'
import css from './shipping-desk.module.css'

export const BoxPanel = ({ unit }: { readonly unit: HandlingUnit }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [reopening, setReopening] = useState(false)
  const order = floor.get(packedOrderView, unit.workOrder)
  const close = { handlingUnit: unit.handlingUnit }
  return (
    <>
      <Panel
        title={`Box for ${unit.workOrder}`}
        actions={
          unit.state === 'closed' ? (
            <Button onPress={() => setReopening(true)}>Open it again</Button>
          ) : unit.state === 'shipped' ? undefined : (
            <Button
              tone={unit.packed >= unit.capacity ? 'primary' : 'plain'}
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
            ['Serials', unit.serials.length > 0 && <Serials unit={unit} />],
            ['Shipment', unit.shipment]
          ]}
        />
      </Panel>
      {reopening && <Reopen unit={unit} onClose={() => setReopening(false)} />}
      <Label unit={unit} name={order?.itemName ?? unit.item} customer={order?.customer} />
    </>
  )
}

const Reopen = ({ unit: { handlingUnit }, onClose }: { unit: HandlingUnit; onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const [reason, setReason] = useState('')
  const input = { handlingUnit, reason }
  const reopen = async () => {
    if (await act(reopenHandlingUnit, input, 'The box is open. Its label is void: print it anew when it is closed.'))
      onClose()
  }
  return (
    <FormDialog
      title="Open the box again"
      onClose={onClose}
      does="Open it"
      onDo={() => void reopen()}
      busy={busy}
      why={why(reopenHandlingUnit, input)}
    >
      <div data-wide="">
        <Field label="Why" hint="The label on it is void then; take it off.">
          <TextInput value={reason} onChange={setReason} autoFocus />
        </Field>
      </div>
    </FormDialog>
  )
}

const Pack = ({ unit }: { unit: HandlingUnit }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [typed, setTyped] = useState('1')
  const { handlingUnit } = unit
  const stop = why(packPieces, { handlingUnit, quantity: 1 })
  const takeOut = (what: Pieces) =>
    act(takeOutPieces, { handlingUnit, ...what }, `${nameOf(what)} out of the box again.`)
  const pack = async (what: Pieces) => {
    if (!(await act(packPieces, { handlingUnit, ...what }))) return
    floor.tell({ text: `${nameOf(what)} in the box.`, tone: 'ok', undo: () => void takeOut(what) })
  }
  // A serial on a piece packs that piece; labels of ours that are something else are left to the rest of the app.
  useScan(({ raw }) => {
    const label = readLabel(raw)
    if (label.label !== 'other') return false
    void pack({ quantity: 1, serial: label.text })
    return true
  })
  const quantity = Number(typed)
  const whole = Number.isInteger(quantity) && quantity > 0
  const missing = whole ? why(packPieces, { handlingUnit, quantity }) : 'Give a whole number of pieces.'
  const bare = unit.packed > unit.serials.length
  return (
    <>
      {stop ? (
        <Card level={unit.packed < unit.capacity ? 'attention' : 'info'}>{stop}</Card>
      ) : (
        <Quiet>Scan a serial number to pack one piece, or give the count.</Quiet>
      )}
      <Row>
        {!(stop && !bare) && (
          <Field label="Pieces">
            <TextInput value={typed} onChange={setTyped} inputMode="numeric" />
          </Field>
        )}
        {!stop && (
          <Button tone="primary" busy={busy} why={missing} onPress={() => void pack({ quantity })}>
            Pack
          </Button>
        )}
        {bare && (
          <Button
            busy={busy}
            why={whole ? why(takeOutPieces, { handlingUnit, quantity }) : 'Give a whole number of pieces.'}
            onPress={() => void takeOut({ quantity })}
          >
            Take out
          </Button>
        )}
      </Row>
    </>
  )
}

type Pieces = { readonly quantity: number; readonly serial?: string }
const nameOf = ({ quantity, serial }: Pieces): string =>
  serial ? `${serial} is` : quantity === 1 ? '1 piece is' : `${quantity} pieces are`

const Serials = ({ unit }: { unit: HandlingUnit }) => {
  const { act, busy } = useAct()
  const { handlingUnit } = unit
  return (
    <ul class={css.serials} aria-label="Serials in the box">
      {unit.serials.map(serial => (
        <li key={serial}>
          <Code>{serial}</Code>
          {unit.state === 'open' && (
            <RowActions>
              <Button
                busy={busy}
                onPress={() =>
                  void act(takeOutPieces, { handlingUnit, quantity: 1, serial }, `${serial} is out of the box again.`)
                }
              >
                Take out
              </Button>
            </RowActions>
          )}
        </li>
      ))}
    </ul>
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
