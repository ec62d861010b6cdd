/** Boxes: opened for an order, filled by count or scan, labelled, closed and sent. */
import { useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Label, Mark, matches, Meter, Named, Panel, Search, Split, Stack, Tabs } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import type { Level } from '#ui/state-mark.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { type HandlingUnit, handlingUnitView, packedOrderView, type Shipment, shipmentView } from '../projection.ts'
import { showSscc } from '../sscc.ts'
import { BoxPanel } from './box-panel.tsx'
import { OpenBox } from './open-box.tsx'
import { ShipPanel } from './ship-panel.tsx'

type Tab = 'open' | 'closed' | 'shipped'
const marks: Record<HandlingUnit['state'], { level: Level; word: string }> = {
  open: { level: 'info', word: 'Open' },
  closed: { level: 'normal', word: 'Closed' },
  shipped: { level: 'off', word: 'Shipped' }
}

/** Beside a chosen box there is room for two. */
const columnsOf = (nameOf: (unit: HandlingUnit) => string, narrow: boolean): readonly Column<HandlingUnit>[] => {
  const packed: Column<HandlingUnit> = {
    name: 'Packed',
    value: one => <Meter value={one.packed} of={one.capacity} />,
    sort: one => one.packed,
    span: 3
  }
  const named = (one: HandlingUnit) => (
    <Named number={showSscc(one.handlingUnit)} name={`${one.workOrder}, ${nameOf(one)}`} />
  )
  if (narrow) return [{ name: 'Box', value: named, sort: one => one.handlingUnit }, packed]
  return [
    { name: 'Box', value: one => <Label>{showSscc(one.handlingUnit)}</Label>, sort: one => one.handlingUnit, span: 6 },
    { name: 'Order', value: one => <Label>{one.workOrder}</Label>, sort: one => one.workOrder, span: 6 },
    { name: 'Item', value: nameOf, sort: nameOf, span: 6 },
    packed,
    { name: 'State', value: one => <Mark {...marks[one.state]} />, span: 2 },
    { name: 'Opened', value: one => <Age since={one.openedAt} />, sort: one => one.openedAt, span: 1 }
  ]
}

export const ShippingDesk = () => {
  const floor = useFloor()
  const [tab, setTab] = useState<Tab>('open')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [opening, setOpening] = useState(false)
  const units = floor.list(handlingUnitView).map(([, unit]) => unit)
  const count = (state: Tab) => units.filter(unit => unit.state === state).length
  const rows = units.filter(
    unit => unit.state === tab && matches(typed, unit.handlingUnit, unit.workOrder, unit.item, unit.shipment)
  )
  const unit = units.find(one => one.handlingUnit === chosen)
  const shipping = tab === 'closed' && count('closed') > 0
  /** The box that was just opened is the one to pack. */
  const show = (workOrder: string) => {
    setTab('open')
    setTyped('')
    const last = floor
      .list(handlingUnitView)
      .map(([, one]) => one)
      .filter(one => one.workOrder === workOrder && one.state === 'open')
      .sort((a, b) => (a.handlingUnit < b.handlingUnit ? 1 : -1))[0]
    setChosen(last?.handlingUnit)
  }
  const nameOf = (one: HandlingUnit) => floor.get(packedOrderView, one.workOrder)?.itemName ?? one.item
  const narrow = shipping || unit !== undefined
  return (
    <DeskScreen
      title="Shipping"
      actions={
        <>
          <Search value={typed} onChange={setTyped} label="Find a box or order" />
          <Button tone="primary" onPress={() => setOpening(true)}>
            Open a box
          </Button>
        </>
      }
    >
      <Stack>
        <Tabs
          label="Which boxes"
          chosen={tab}
          onChange={next => {
            setTab(next)
            setChosen(undefined)
          }}
          tabs={[
            { tab: 'open', name: 'Being packed', count: count('open') },
            { tab: 'closed', name: 'Ready to ship', count: count('closed') },
            { tab: 'shipped', name: 'Shipped' }
          ]}
        />
        <Split
          left={
            <>
              <Table
                columns={columnsOf(nameOf, narrow)}
                stack={!narrow}
                rows={rows}
                keyOf={one => one.handlingUnit}
                onOpen={one => setChosen(one.handlingUnit)}
                empty={<None tab={tab} typed={typed} />}
              />
              {tab === 'shipped' && <Shipments />}
            </>
          }
          right={
            shipping || unit ? (
              <>
                {shipping && <ShipPanel units={units.filter(one => one.state === 'closed')} />}
                {unit && <BoxPanel key={unit.handlingUnit} unit={unit} />}
              </>
            ) : undefined
          }
        />
      </Stack>
      {opening && <OpenBox onOpened={show} onClose={() => setOpening(false)} />}
    </DeskScreen>
  )
}

const None = ({ tab, typed }: { tab: Tab; typed: string }) => {
  if (typed) return <Empty title={`No box matches “${typed}”`} />
  if (tab === 'open')
    return <Empty title="No box is being packed" hint="Open one for an order whose inspection is closed." />
  return tab === 'closed' ? (
    <Empty title="No box is ready to ship" hint="Close a box when it is full." />
  ) : (
    <Empty title="Nothing has been shipped yet" />
  )
}

const Shipments = () => {
  const floor = useFloor()
  const rows = floor
    .list(shipmentView)
    .map(([, shipment]) => shipment)
    .sort((a, b) => (a.at < b.at ? 1 : -1))
  const columns: readonly Column<Shipment>[] = [
    { name: 'Shipment', value: one => <Label>{one.shipment}</Label> },
    { name: 'Customer', value: one => one.customer },
    { name: 'Boxes', value: one => one.handlingUnits.length, align: 'end' },
    { name: 'By', value: one => floor.nameOf(one.person) },
    { name: 'Left', value: one => <Age since={one.at} /> }
  ]
  return rows.length === 0 ? null : (
    <Panel title="Shipments">
      <Table columns={columns} rows={rows} keyOf={one => one.shipment} empty="" />
    </Panel>
  )
}
