/** A BOM tried otherwise in a scenario: another quantity, another part in the place of one, a part more or less. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Quiet } from '#ui/desk-parts.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { readNumber } from '#ui/number-entry.ts'
import { useAnswer } from '#ui/use-answer.ts'
import { type Bom, bomDifferences, withLine } from '../bom-change.ts'
import { BOM } from '../outlook.ts'
import { plannedItemView } from '../projection.ts'
import { withChange, without } from '../scenario.ts'
import { ItemChoice } from './plan-forms.tsx'
import type { Scenarios } from './use-scenarios.ts'

type Props = { readonly scenarios: Scenarios; readonly onClose: () => void }

export const ChangeBom = ({ scenarios, onClose }: Props) => {
  const floor = useFloor()
  const made = floor.list(plannedItemView).flatMap(([, one]) => (one.source === 'make' ? [one] : []))
  const [item, setItem] = useState(made[0]?.item ?? '')
  const { answer, problem } = useAnswer<Bom | null>(BOM, { item }, scenarios.supposing)
  const bom = answer?.item === item ? answer : undefined
  const lacks = problem ?? (answer === null ? 'It has no BOM. Bring one with Import.' : undefined)
  return bom ? (
    <Lines key={item} bom={bom} scenarios={scenarios} onClose={onClose}>
      <ItemChoice items={made} value={item} onChange={setItem} />
    </Lines>
  ) : (
    <FormDialog
      title="Change a BOM"
      onClose={onClose}
      does="Try it"
      why={lacks ?? 'Its BOM is being looked up.'}
      onDo={onClose}
    >
      <ItemChoice items={made} value={item} onChange={setItem} />
      {lacks !== undefined && <Quiet>{lacks}</Quiet>}
    </FormDialog>
  )
}

type LinesProps = Props & { readonly bom: Bom; readonly children: ComponentChildren }

const Lines = ({ bom, scenarios, onClose, children }: LinesProps) => {
  const floor = useFloor()
  const nameOf = (item: string): string => floor.get(plannedItemView, item)?.name ?? item
  const [at, setAt] = useState(0)
  const [component, setComponent] = useState(bom.lines[0]?.component ?? '')
  const [quantity, setQuantity] = useState(show(bom.lines[0]?.quantity ?? 1))
  const choose = (text: string): void => {
    const line = bom.lines[Number(text)]
    setAt(Number(text))
    setComponent(line?.component ?? '')
    setQuantity(show(line?.quantity ?? 1))
  }
  const part = floor.get(plannedItemView, component.trim())
  const each = readNumber(quantity)
  const tryIt = (line: Parameters<typeof withLine>[2]): void => {
    const next = withLine(bom, at, line)
    const key = `${bom.item}@${bom.revision}`
    scenarios.change(was => {
      const first = was.boms.find(one => one.item === bom.item && one.revision === bom.revision)?.was ?? bom.lines
      const same = bomDifferences({ was: first, lines: next.lines }).length === 0
      return same ? without(was, 'boms', key) : withChange(was, 'boms', { ...next, was: first })
    })
    onClose()
  }
  const why = !part
    ? `No item has the number ${component.trim() || '…'}.`
    : part.item === bom.item
      ? 'A thing is no part of itself.'
      : each === undefined || each <= 0
        ? 'Give how much goes into one.'
        : undefined
  return (
    <FormDialog
      title="Change a BOM"
      onClose={onClose}
      does="Try it"
      why={why}
      onDo={() =>
        part && each !== undefined && tryIt({ component: part.item, quantity: each, uom: unitFor(bom, at, part) })
      }
      more={bom.lines[at] && <Button onPress={() => tryIt(undefined)}>Take it out</Button>}
    >
      {children}
      <div data-wide="">
        <Field label="Line">
          <Select
            value={String(at)}
            onChange={choose}
            options={[
              ...bom.lines.map((one, place) => ({
                value: String(place),
                label: `${show(one.quantity)} ${one.uom} ${nameOf(one.component)}${one.operation === undefined ? '' : `, operation ${one.operation}`}`
              })),
              { value: String(bom.lines.length), label: 'One more part' }
            ]}
          />
        </Field>
      </div>
      <Field label="Part" hint={part?.name}>
        <TextInput value={component} onChange={setComponent} label="Part" maxLength={60} />
      </Field>
      <Field label={`For each ${nameOf(bom.item)}${part ? `, ${unitFor(bom, at, part)}` : ''}`}>
        <TextInput value={quantity} onChange={setQuantity} label="For each" inputMode="decimal" />
      </Field>
      <div data-wide="">
        <Quiet>It is tried here only. A BOM is for its engineer to change, with a change order.</Quiet>
      </div>
    </FormDialog>
  )
}

/** A line keeps the unit that it has while the part stays. */
const unitFor = ({ lines }: Bom, at: number, part: { readonly item: string; readonly uom: string }): string => {
  const line = lines[at]
  return line?.component === part.item ? line.uom : part.uom
}
