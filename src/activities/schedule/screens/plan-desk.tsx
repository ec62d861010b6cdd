/** The master schedule: demand, planned builds and what is left, item by item and week by week. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { dayOf, matches, Quiet, Search, Stack } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { projectBalance, weeksFrom } from '../balance.ts'
import { openOrderView } from '../order-view.ts'
import { buildView, demandView, onHandView, plannedItemView, total } from '../projection.ts'
import { DemandForm, type Ordering, OrderForm } from './plan-forms.tsx'
import { PlanGrid, type PlanRow } from './plan-grid.tsx'

const WEEKS = 10

/** Items that are made here, or that somebody wants or plans. */
const usePlan = (): { readonly weeks: readonly string[]; readonly rows: readonly PlanRow[] } => {
  const floor = useFloor()
  const weeks = weeksFrom(dayOf(floor.now.peek()), WEEKS)
  const demands = floor.list(demandView).map(([, demand]) => demand)
  const builds = floor.list(buildView).map(([, build]) => build)
  const orders = floor
    .list(openOrderView)
    .map(([, order]) => order)
    .filter(({ state }) => state === 'open')
  const rows = floor.list(plannedItemView).flatMap(([, item]) => {
    const demand = demands.filter(one => one.item === item.item)
    const planned = builds.filter(one => one.item === item.item && one.workOrder === undefined)
    const ordered = orders.filter(one => one.item === item.item)
    if (item.source !== 'make' && demand.length === 0) return []
    const onHand = total(floor.get(onHandView, item.item))
    return [
      {
        item,
        onHand,
        demand,
        builds: planned,
        orders: ordered,
        weeks: projectBalance(weeks, onHand, { demand, planned, ordered })
      }
    ]
  })
  const busyFirst = (row: PlanRow) => (row.demand.length > 0 ? 0 : row.builds.length + row.orders.length > 0 ? 1 : 2)
  return { weeks, rows: rows.toSorted((a, b) => busyFirst(a) - busyFirst(b)) }
}

export const PlanDesk = () => {
  const { weeks, rows } = usePlan()
  const [typed, setTyped] = useState('')
  const [demanding, setDemanding] = useState(false)
  const [ordering, setOrdering] = useState<Ordering>()
  const shown = rows.filter(({ item }) => matches(typed, item.item, item.name))
  const short = rows.filter(row => row.weeks.some(({ balance }) => balance < 0))
  return (
    <DeskScreen
      title="Plan"
      actions={
        <>
          <Search value={typed} onChange={setTyped} label="Find an item" />
          <Button tone="primary" onPress={() => setDemanding(true)}>
            Add demand
          </Button>
        </>
      }
    >
      <Stack>
        {rows.length > 0 && (
          <Quiet>
            {short.length === 0
              ? 'Every week is served. '
              : `${short.length} ${short.length === 1 ? 'item runs' : 'items run'} short: ${short.map(({ item }) => item.name).join(', ')}. `}
            Type into the planned line; arrows move, Enter saves.
          </Quiet>
        )}
        {shown.length === 0 ? (
          <Empty
            title={typed ? `No item matches “${typed}”` : 'Nothing to plan yet'}
            hint="Add items that are made here, then say who wants how many by when."
          />
        ) : (
          <PlanGrid weeks={weeks} rows={shown} onOrder={setOrdering} />
        )}
        <Quiet>
          Left = left before + on open orders + planned − demand. Open orders count in full until they are closed; then
          the stock count has them. What is past due counts in this week. Parts used inside other items aren’t counted
          here; see Materials.
        </Quiet>
      </Stack>
      {demanding && <DemandForm items={rows.map(({ item }) => item)} onClose={() => setDemanding(false)} />}
      {ordering && <OrderForm {...ordering} onClose={() => setOrdering(undefined)} />}
    </DeskScreen>
  )
}
