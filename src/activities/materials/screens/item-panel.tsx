/** One item: what it is, what it is made of, where it goes, and where it lies. */
import { useState } from 'preact/hooks'
import { show, times } from '#kernel/quantity.ts'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { dayOf, Facts, Inline, Mark, Panel, Quiet } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import { grouped } from '../planning/words.ts'
import { bomKey, bomView, type BomLine, type Item, itemView, type Stock, stockView } from '../projection.ts'
import { countStock } from '../rules.ts'
import type { Desk } from './desk-state.ts'
import { ItemPlanning } from './item-planning.tsx'
import css from './materials-desk.module.css'
import { PlannedByForm } from './planned-by-form.tsx'

type Props = {
  readonly desk: Desk
  readonly item: Item
  readonly onHand: ReadonlyMap<string, number>
  readonly onOpen: (item: string) => void
}

export const ItemPanel = ({ desk, item, onHand, onOpen }: Props) => {
  const floor = useFloor()
  const [counting, setCounting] = useState<Stock | 'new'>()
  const [planning, setPlanning] = useState(false)
  const all = floor.list(stockView, `${item.item}/`).map(([, stock]) => stock)
  const lots = all.filter(one => one.quantity !== 0)
  const used = all.length - lots.length
  const today = dayOf(floor.now.peek())
  const columns: readonly Column<Stock>[] = [
    { name: 'Lot', value: one => one.lot || 'Not tracked' },
    { name: 'Where', value: one => one.location || 'Never counted' },
    { name: 'Quantity', value: one => `${show(one.quantity)} ${item.uom}`, align: 'end' },
    {
      name: 'Expires',
      value: one =>
        one.expires === undefined ? '' : one.expires < today ? <Mark level="stop" word={one.expires} /> : one.expires
    },
    { name: 'As of', value: one => <Age since={one.changedAt} /> }
  ]
  return (
    <>
      <Panel
        title={
          <>
            {item.name}{' '}
            <small>
              {item.item} rev {item.revision}
            </small>
          </>
        }
        actions={<Button onPress={() => setPlanning(true)}>Change the planning</Button>}
      >
        <Facts
          facts={[
            ['Unit', item.uom],
            ['Tracked by', item.tracking === 'none' ? 'Nothing' : item.tracking === 'lot' ? 'Lot' : 'Serial number'],
            ['Maker', [item.manufacturer, item.mpn].filter(Boolean).join(' ')],
            ['Supplier', [item.supplier, item.supplierPart].filter(Boolean).join(' ')],
            ['GTIN', item.gtin ?? ''],
            ['Lead time', leadWords(item)],
            ['Safety stock', item.safetyStock === undefined ? '' : `${grouped(item.safetyStock)} ${item.uom}`],
            ['Maximum stock', item.maximumStock === undefined ? '' : `${grouped(item.maximumStock)} ${item.uom}`]
          ]}
        />
      </Panel>
      <ItemPlanning desk={desk} item={item.item} />
      <Panel title="On the shelf" actions={<Button onPress={() => setCounting('new')}>Count</Button>}>
        <Table
          columns={columns}
          rows={lots}
          keyOf={one => one.lot}
          onOpen={setCounting}
          empty={<Quiet>Nothing on hand. Count what is on the shelf to begin.</Quiet>}
        />
        {used > 0 && <Quiet>{used === 1 ? 'One more is used up.' : `${used} more are used up.`}</Quiet>}
      </Panel>
      <Panel
        title="BOM"
        actions={<a href={`/routings?item=${encodeURIComponent(item.item)}`}>Its routing: what is done where</a>}
      >
        <BomTree item={item} onHand={onHand} onOpen={onOpen} />
      </Panel>
      <Panel title="Where used">
        <WhereUsed item={item.item} onOpen={onOpen} />
      </Panel>
      {planning && <PlannedByForm item={item} onClose={() => setPlanning(false)} />}
      {counting && (
        <Count item={item} stock={counting === 'new' ? undefined : counting} onClose={() => setCounting(undefined)} />
      )}
    </>
  )
}

/** '5 d and 0.02 d for each unit' */
const leadWords = ({ leadTimeDays, leadDaysPerUnit }: Item): string =>
  [
    ...(leadTimeDays === undefined ? [] : [`${show(leadTimeDays)} d`]),
    ...(leadDaysPerUnit ? [`${show(leadDaysPerUnit)} d for each unit`] : [])
  ].join(' and ')

type TreeLine = { readonly line: BomLine; readonly depth: number; readonly quantity: number; readonly path: string }

/** The BOM with the BOMs of its components, at most six levels: deeper ones are opened from their own page. */
const explode = (
  floor: Floor,
  item: string,
  revision: string,
  factor = 1,
  depth = 0,
  path = ''
): readonly TreeLine[] => {
  const lines = floor.get(bomView, bomKey(item, revision))?.lines ?? []
  return lines.flatMap((line, index) => {
    const quantity = times(line.quantity, factor)
    const here = `${path}/${index}`
    const below = floor.get(itemView, line.component)?.revision
    return [
      { line, depth, quantity, path: here },
      ...(below === undefined || depth > 4 ? [] : explode(floor, line.component, below, quantity, depth + 1, here))
    ]
  })
}

const BomTree = ({ item, onHand, onOpen }: Omit<Props, 'desk'>) => {
  const floor = useFloor()
  const rows = explode(floor, item.item, item.revision)
  const columns: readonly Column<TreeLine>[] = [
    {
      name: 'Component',
      value: ({ line, depth }) => (
        <span class={css.branch} style={{ paddingInlineStart: `${depth * 20}px` }}>
          <strong>{line.component}</strong> {floor.get(itemView, line.component)?.name}
        </span>
      )
    },
    { name: 'Each', value: ({ quantity, line }) => <Inline>{`${show(quantity)} ${line.uom}`}</Inline>, align: 'end' },
    { name: 'On hand', value: ({ line }) => show(onHand.get(line.component) ?? 0), align: 'end' },
    { name: 'Op', value: ({ line }) => line.operation ?? '', align: 'end' },
    { name: 'Places', value: ({ line }) => <Places places={line.places ?? []} /> }
  ]
  const empty =
    item.source === 'buy' ? (
      <Quiet>It is bought, so it has no BOM.</Quiet>
    ) : (
      <Empty title="No BOM yet" hint="Bring it with Import. An order can’t be released without it." />
    )
  return (
    <Table
      columns={columns}
      rows={rows}
      keyOf={one => one.path}
      onOpen={({ line }) => onOpen(line.component)}
      empty={empty}
    />
  )
}

/** A board can have fifty of one part: the first few are named, all are there for whoever points at it. */
const Places = ({ places }: { places: readonly string[] }) => (
  <span title={places.join(' ')}>
    {places.slice(0, 4).join(' ')}
    {places.length > 4 && ` and ${places.length - 4} more`}
  </span>
)

const WhereUsed = ({ item, onOpen }: { item: string; onOpen: (item: string) => void }) => {
  const floor = useFloor()
  const uses = floor
    .list(bomView)
    .flatMap(([key, bom]) => bom.lines.filter(line => line.component === item).map(line => ({ key, bom, line })))
  const columns: readonly Column<(typeof uses)[number]>[] = [
    {
      name: 'Item',
      value: ({ bom }) => (
        <span>
          <strong>{bom.item}</strong> {floor.get(itemView, bom.item)?.name}
        </span>
      )
    },
    { name: 'Rev', value: ({ bom }) => bom.revision },
    { name: 'Each', value: ({ line }) => `${show(line.quantity)} ${line.uom}`, align: 'end' }
  ]
  return (
    <Table
      columns={columns}
      rows={uses}
      keyOf={use => `${use.key}/${use.bom.lines.indexOf(use.line)}`}
      onOpen={({ bom }) => onOpen(bom.item)}
      empty={<Quiet>In no BOM that is known here.</Quiet>}
    />
  )
}

const Count = ({ item, stock, onClose }: { item: Item; stock: Stock | undefined; onClose: () => void }) => {
  const { act, busy } = useAct()
  const [lot, setLot] = useState(stock?.lot ?? '')
  const [location, setLocation] = useState(stock?.location ?? '')
  const [quantity, setQuantity] = useState(stock ? show(stock.quantity) : '')
  const [expires, setExpires] = useState(stock?.expires ?? '')
  const found = Number(quantity.replace(',', '.'))
  const missing =
    quantity.trim() === '' || !Number.isFinite(found)
      ? 'Give the quantity that you found.'
      : !location.trim()
        ? 'Give the place.'
        : item.tracking !== 'none' && !lot.trim()
          ? `Give the ${item.tracking} number.`
          : undefined
  const count = async () => {
    const facts = { item: item.item, lot: lot.trim(), location: location.trim(), quantity: found }
    const all = {
      ...facts,
      ...(stock?.supplierLot ? { supplierLot: stock.supplierLot } : {}),
      ...(expires ? { expires } : {})
    }
    if (await act(countStock, all, `Counted ${show(found)} ${item.uom} of ${item.item}.`)) onClose()
  }
  return (
    <FormDialog
      title={`Count ${item.name}`}
      onClose={onClose}
      does="Save the count"
      onDo={() => void count()}
      busy={busy}
      why={missing}
    >
      <Field label={`Found, ${item.uom}`}>
        <TextInput value={quantity} onChange={setQuantity} inputMode="decimal" autoFocus />
      </Field>
      <Field label="Place" hint="The shelf’s label, LOC-…">
        <TextInput value={location} onChange={setLocation} />
      </Field>
      {item.tracking !== 'none' && (
        <Field label={item.tracking === 'lot' ? 'Lot' : 'Serial number'}>
          <TextInput value={lot} onChange={setLot} readOnly={stock !== undefined} />
        </Field>
      )}
      <Field label="Expires">
        <TextInput type="date" value={expires} onChange={setExpires} />
      </Field>
    </FormDialog>
  )
}
