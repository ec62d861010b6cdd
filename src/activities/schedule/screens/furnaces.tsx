/** Operations that are done a load at a time: how long a load takes, and how many pieces fill it where. */
import { show } from '#kernel/quantity.ts'
import { Mark, Named, Panel, Quiet } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { stationView } from '../projection.ts'
import { type LiveOperation, liveOperations } from './set-up-matrix.ts'
import css from './set-ups.module.css'

export const Furnaces = () => {
  const floor = useFloor()
  const rows = liveOperations(floor).filter(one => one.batch !== undefined)
  const columns: readonly Column<LiveOperation>[] = [
    { name: 'Item', value: one => <Named number={one.item} name={one.itemName} />, sort: one => one.item },
    {
      name: 'Operation',
      value: one => <Named number={`${one.op} ${one.name}`} name={`goes in with ${one.batch ?? ''}`} />,
      sort: one => one.batch ?? ''
    },
    { name: 'A load takes', value: one => `${show(one.runMinutes)} min`, sort: one => one.runMinutes, align: 'end' },
    { name: 'Filled by', value: one => <Sizes operation={one} /> }
  ]
  return (
    <Panel title="Furnaces and other loads">
      <Table
        columns={columns}
        rows={rows}
        keyOf={one => `${one.item}/${one.op}/${one.batch ?? ''}`}
        empty={<Quiet>No operation is done a load at a time. Every run time is for one piece.</Quiet>}
      />
      <Quiet>
        Which operations go into a furnace and how long a load takes is the engineer’s method: “Load” and “Run” in{' '}
        <a href="/routings">Routings</a>. How many pieces fill it is said of its station under{' '}
        <a href="/admin">Plant</a>; where it is not, each order is a load of its own.
      </Quiet>
    </Panel>
  )
}

const Sizes = ({ operation }: { readonly operation: LiveOperation }) => {
  const floor = useFloor()
  return (
    <ul class={css.sizes}>
      {operation.stations.map(station => {
        const size = floor.get(stationView, station)?.batchCapacity
        return (
          <li key={station}>
            {size === undefined ? (
              <>
                {station}: <Mark level="attention" word="not given" />
              </>
            ) : (
              `${station}: ${show(size)} pieces`
            )}
          </li>
        )
      })}
    </ul>
  )
}
