/** What each station follows now: the schedule that was published, station by station. */
import { Empty } from '#ui/card.tsx'
import { Label, Panel, Quiet, Stack } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { dispatchList, PUBLISHED, type Published, publishedView } from '../dispatch-view.ts'
import { zoneOf } from '../frozen.ts'
import { openOrderView } from '../order-view.ts'
import { plannedItemView, stationView } from '../projection.ts'
import { whenWord } from './schedule-words.ts'
import css from './schedule-view.module.css'

type Line = Published['operations'][number]

export const DispatchLists = () => {
  const floor = useFloor()
  const published = floor.get(publishedView, PUBLISHED)
  if (!published)
    return (
      <Empty
        title="No schedule is published yet"
        hint="Until one is, stations take work by priority and due day. Publish the schedule above."
      />
    )
  const zone = zoneOf(floor)
  const itemOf = ({ workOrder }: Line): string => {
    const item = floor.get(openOrderView, workOrder)?.item ?? ''
    return floor.get(plannedItemView, item)?.name ?? item
  }
  const columns: readonly Column<Line>[] = [
    {
      name: 'Job',
      value: one => (
        <Label>
          {one.workOrder} · {one.op}
        </Label>
      )
    },
    { name: 'Item', value: itemOf },
    { name: 'Begins', value: one => whenWord(Date.parse(one.start), zone) }
  ]
  const stations = floor.list(stationView).filter(([key]) => dispatchList(published, key).length > 0)
  return (
    <Stack>
      <Quiet>
        Schedule {published.version}, by {floor.nameOf(published.person)} on {whenWord(Date.parse(published.at), zone)}
        {published.note === undefined ? '.' : `: ${published.note}`}
      </Quiet>
      <div class={css.lists}>
        {stations.map(([key, { name }]) => (
          <Panel key={key} title={`${key} ${name}`}>
            <Table
              columns={columns}
              rows={dispatchList(published, key)}
              keyOf={one => `${one.workOrder}/${one.op}`}
              empty={null}
            />
          </Panel>
        ))}
      </div>
      {stations.length === 0 && <Empty title="All of it is done" hint="Publish the next schedule." />}
    </Stack>
  )
}
