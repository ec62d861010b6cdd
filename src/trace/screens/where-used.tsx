/** Backward: where a lot or a serial went. The question of a recall, answered in one look. */
import { useEffect, useState } from 'preact/hooks'
import { runView } from '#activities/quality/projection.ts'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { type Floor, useScan } from '#ui/floor.tsx'
import { Table } from '#ui/table.tsx'
import { type Use, usesByRun } from '../uses.ts'
import css from './trace-desk.module.css'

type Found = { readonly lot: string; readonly uses: readonly Use[] }

export const WhereUsed = ({ floor }: { readonly floor: Floor }) => {
  const [lot, setLot] = useState(() => new URLSearchParams(location.search).get('lot') ?? '')
  const [found, setFound] = useState<Found | string>()
  const look = async (wanted: string) => {
    if (wanted.trim() === '') return
    try {
      setFound(await floor.office.get<Found>(`/v1/where-used?lot=${encodeURIComponent(wanted.trim())}`))
    } catch (problem) {
      setFound(problem instanceof Error ? problem.message : 'The office gave no answer.')
    }
  }
  useEffect(() => void look(lot), [])
  useScan(({ raw }) => {
    setLot(raw.trim())
    void look(raw)
    return true
  })
  return (
    <section class={css.section}>
      <h2>Where did this lot go</h2>
      <div class={css.ask}>
        <Field label="Lot or serial" hint="Scan it or type it as the label says">
          <TextInput value={lot} onChange={setLot} onDone={() => void look(lot)} />
        </Field>
        <Button why={lot.trim() === '' ? 'Type the lot or the serial.' : undefined} onPress={() => void look(lot)}>
          Look
        </Button>
      </div>
      {typeof found === 'string' && <p class={css.sub}>{found}</p>}
      {typeof found === 'object' && <Answer floor={floor} found={found} />}
    </section>
  )
}

const Answer = ({ floor, found }: { readonly floor: Floor; readonly found: Found }) => {
  const runs = usesByRun(found.uses)
  return (
    <Table
      rows={runs}
      keyOf={one => `${one.workOrder}/${one.item}`}
      onOpen={one => floor.go(`/trace/${encodeURIComponent(one.workOrder)}`)}
      empty={
        <Empty
          title={`${found.lot} went into no run`}
          hint="Either it was not used yet, or it was recorded under another number."
        />
      }
      columns={[
        {
          name: 'Work order',
          value: one => <strong data-nocut="">{one.workOrder}</strong>,
          sort: one => one.workOrder
        },
        { name: 'Run', value: one => floor.get(runView, one.workOrder)?.itemName ?? '' },
        { name: 'Item', value: one => one.item, sort: one => one.item },
        { name: 'Quantity', value: one => show(one.quantity), sort: one => one.quantity, align: 'end' },
        { name: 'Pieces', value: one => piecesOf(one.cycles) }
      ]}
    />
  )
}

const MOST = 20
const piecesOf = (cycles: readonly number[]): string =>
  cycles.length > MOST ? `${cycles.slice(0, MOST).join(', ')} and ${cycles.length - MOST} more` : cycles.join(', ')
