/** Which orders of the schedule are late, by how much, and why. */
import { Empty } from '#ui/card.tsx'
import { Label, Mark, matches, showDay } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { zoneOf } from '../frozen.ts'
import type { PlanSchedule } from '../outlook.ts'
import type { WorkOrderResult } from '../solver/problem.ts'
import { namesOfSchedule } from './schedule-names.ts'
import css from './schedule-view.module.css'
import { lengthWord, whenWord, whyLate } from './schedule-words.ts'

type Props = { readonly plan: PlanSchedule; readonly late: readonly WorkOrderResult[]; readonly typed: string }

export const LateList = ({ plan, late, typed }: Props) => {
  const floor = useFloor()
  const zone = zoneOf(floor)
  const names = namesOfSchedule(floor, plan)
  const columns: readonly Column<WorkOrderResult>[] = [
    {
      name: 'Order',
      value: one => (plan.runs[one.workOrder]?.firm ? <Label>{one.workOrder}</Label> : 'planned'),
      sort: one => one.workOrder
    },
    { name: 'Item', value: one => plan.runs[one.workOrder]?.name, sort: one => plan.runs[one.workOrder]?.name ?? '' },
    { name: 'Due', named: true, value: one => dueWord(plan, one), sort: one => one.due ?? 0 },
    { name: 'Done', named: true, value: one => whenWord(plan.from + one.end * 60_000, zone), sort: one => one.end },
    {
      name: 'Late',
      value: one => <Mark level="stop" word={lengthWord(one.lateMinutes)} />,
      sort: one => one.lateMinutes
    },
    {
      name: 'Why',
      value: one => {
        const { head, sentence } = whyLate(one, names)
        return (
          <span class={css.why}>
            <strong>{head}.</strong> {sentence}
          </span>
        )
      },
      sort: one => whyLate(one, names).head
    }
  ]
  const isFound = ({ workOrder }: WorkOrderResult): boolean => {
    const run = plan.runs[workOrder]
    return matches(typed, run?.firm ? workOrder : 'planned', run?.name, run?.item)
  }
  return (
    <Table
      stack
      columns={columns}
      rows={late.filter(isFound).toSorted((a, b) => b.lateMinutes - a.lateMinutes)}
      keyOf={one => one.workOrder}
      empty={
        late.length > 0 ? (
          <Empty title={`No late order matches “${typed}”`} />
        ) : (
          <Empty title="Nothing is late" hint="Every order in this schedule is done by the day it is due." />
        )
      }
    />
  )
}

const dueWord = (plan: PlanSchedule, { workOrder }: WorkOrderResult): string => {
  const due = plan.runs[workOrder]?.due
  return due === undefined ? '' : showDay(due)
}
