/** A control plan as it is set at the desk: what is checked, with what, against what. */
import { Dialog } from '#ui/dialog.tsx'
import { rangeWords } from '#ui/limit-words.ts'
import { Table } from '#ui/table.tsx'
import type { ControlPlan } from '../plans.ts'

export const PlanDialog = ({ plan, onClose }: { readonly plan: ControlPlan; readonly onClose: () => void }) => (
  <Dialog title={`${plan.plan} rev ${plan.revision} ${plan.title}`} onClose={onClose} wide>
    <Table
      rows={plan.characteristics}
      keyOf={one => String(one.number)}
      empty={null}
      columns={[
        { name: 'No.', value: one => one.number, sort: one => one.number, align: 'end' },
        { name: 'Check', value: one => <strong>{one.name}</strong>, sort: one => one.name },
        { name: 'Kind', value: one => one.kind },
        { name: 'Limits', value: one => rangeWords(one, one.unit) || '–' },
        { name: 'Gauge', value: one => one.gauge ?? '–' },
        { name: 'How bad', value: one => one.severity },
        {
          name: 'Drawing',
          value: one => (one.document ? `${one.document}${one.page ? `, page ${one.page}` : ''}` : '–')
        },
        { name: 'How', value: one => one.method ?? '' }
      ]}
    />
  </Dialog>
)
