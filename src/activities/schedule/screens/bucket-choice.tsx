/** How long a column is: a day, a week or a month. */
import { Select } from '#ui/field.tsx'
import type { BucketKind } from '../mps/buckets.ts'

const KINDS = [
  { value: 'day', label: 'Days' },
  { value: 'week', label: 'Weeks' },
  { value: 'month', label: 'Months' }
] as const

type Props = { readonly kind: BucketKind; readonly onKind: (kind: BucketKind) => void }

export const BucketChoice = ({ kind, onKind }: Props) => (
  <Select
    label="Buckets"
    value={kind}
    options={[...KINDS]}
    onChange={value => onKind(value === 'day' || value === 'month' ? value : 'week')}
  />
)
