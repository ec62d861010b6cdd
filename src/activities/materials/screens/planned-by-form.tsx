/** Changes how an item is planned: its lead time, and what its stock is kept between. */
import { useState } from 'preact/hooks'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { type Item, itemView } from '../projection.ts'
import { setItem } from '../rules.ts'
import { PLANNED_BY, type PlannedBy, plannedBy, problemsOf, typedOf } from './planned-by.ts'

type Props = { readonly item: Item; readonly onClose: () => void }

export const PlannedByForm = ({ item, onClose }: Props) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [was] = useState(() => typedOf(item))
  const [typed, setTyped] = useState(was)
  const problems = problemsOf(typed, item.uom)
  const next = plannedBy(floor.get(itemView, item.item) ?? item, typed, was)
  const wrong = PLANNED_BY.find(field => problems[field])
  const save = async () => {
    if (await act(setItem, next, `How ${item.item} is planned is saved.`)) onClose()
  }
  const field = (name: PlannedBy, label: string, hint: string, first = false) => (
    <Field label={label} hint={hint} problem={problems[name]}>
      <TextInput
        value={typed[name]}
        onChange={text => setTyped(all => ({ ...all, [name]: text }))}
        inputMode="decimal"
        autoFocus={first}
      />
    </Field>
  )
  return (
    <FormDialog
      title={`How ${item.name} is planned`}
      onClose={onClose}
      does="Save it"
      onDo={() => void save()}
      busy={busy}
      why={wrong ? `${LABELS[wrong]}: ${problems[wrong] ?? ''}` : why(setItem, next)}
    >
      {field('leadTimeDays', `${LABELS.leadTimeDays}, days`, 'From the order to the shelf, whatever its size.', true)}
      {field(
        'leadDaysPerUnit',
        `${LABELS.leadDaysPerUnit}, days`,
        `Every unit of an order makes its lead time longer: 0.01 is a day more for 100 ${item.uom}.`
      )}
      {field('safetyStock', `${LABELS.safetyStock}, ${item.uom}`, 'The plan orders before stock falls below this.')}
      {field(
        'maximumStock',
        `${LABELS.maximumStock}, ${item.uom}`,
        'Once stock falls below the safety stock, as much is ordered as fills it up to this. Empty: as much as is asked.'
      )}
    </FormDialog>
  )
}

const LABELS: Readonly<Record<PlannedBy, string>> = {
  leadTimeDays: 'Lead time',
  leadDaysPerUnit: 'Lead time for each unit',
  safetyStock: 'Safety stock',
  maximumStock: 'Maximum stock'
}
