/** Adds an item. Its BOM and stock come afterwards. */
import { useState } from 'preact/hooks'
import { gtinOf } from '#kernel/gs1-check.ts'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import type { Item } from '../projection.ts'
import { setItem } from '../rules.ts'

const sources = [
  { value: 'make', label: 'Made here' },
  { value: 'buy', label: 'Bought' },
  { value: 'phantom', label: 'Phantom, never stocked' }
] as const
const trackings = [
  { value: 'none', label: 'Not tracked' },
  { value: 'lot', label: 'By lot' },
  { value: 'serial', label: 'By serial number' }
] as const

export const ItemForm = ({
  onClose,
  onDone
}: {
  readonly onClose: () => void
  readonly onDone: (item: string) => void
}) => {
  const { act, why, busy } = useAct()
  const [item, setNumber] = useState('')
  const [name, setName] = useState('')
  const [revision, setRevision] = useState('A')
  const [uom, setUom] = useState('pcs')
  const [source, setSource] = useState<Item['source']>('buy')
  const [tracking, setTracking] = useState<Item['tracking']>('none')
  const [barcode, setBarcode] = useState('')
  const gtin = gtinOf(barcode.trim())
  const input = {
    item: item.trim(),
    name: name.trim(),
    revision: revision.trim(),
    uom: uom.trim(),
    source,
    tracking,
    ...(gtin && { gtin })
  }
  const missing = !input.item
    ? 'Give the item a number.'
    : !input.name
      ? 'Give its name.'
      : !input.revision
        ? 'Give its revision.'
        : !input.uom
          ? 'Give its unit.'
          : barcode.trim() && !gtin
            ? 'A GTIN has 8, 12, 13 or 14 digits, and the last one does not fit the others.'
            : why(setItem, input)
  const save = async () => {
    if (await act(setItem, input, `${input.item} is saved.`)) onDone(input.item)
  }
  return (
    <FormDialog
      title="Add an item"
      onClose={onClose}
      does="Save the item"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <Field label="Number">
        <TextInput value={item} onChange={setNumber} autoFocus />
      </Field>
      <Field label="Name">
        <TextInput value={name} onChange={setName} />
      </Field>
      <Field label="Revision">
        <TextInput value={revision} onChange={setRevision} />
      </Field>
      <Field label="Unit">
        <TextInput value={uom} onChange={setUom} list={['pcs', 'm', 'g', 'ml']} />
      </Field>
      <Field label="Kind">
        <Select
          value={source}
          options={sources}
          onChange={value => setSource(sources.find(one => one.value === value)?.value ?? 'buy')}
        />
      </Field>
      <Field label="Tracked">
        <Select
          value={tracking}
          options={trackings}
          onChange={value => setTracking(trackings.find(one => one.value === value)?.value ?? 'none')}
        />
      </Field>
      <Field label="GTIN" hint="The number under the bars of its package, if it has one.">
        <TextInput value={barcode} onChange={setBarcode} />
      </Field>
    </FormDialog>
  )
}
