/** Materials: what is short and whom it stops, what to do, what can be built today, what was ordered, and every item. */
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { add } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Search, Stack, Tabs } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { Progress } from '#ui/progress.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { purchaseOrderView, stockView } from '../projection.ts'
import { ActionsList } from './actions-list.tsx'
import { ClearList } from './clear-list.tsx'
import { keptSequence, useMaterials } from './desk-state.ts'
import { ItemForm } from './item-form.tsx'
import { ItemsList } from './items-list.tsx'
import { PurchaseList } from './purchase-list.tsx'
import { orderState } from './purchase-words.ts'
import { Tracker } from './tracker.tsx'

const TABS = ['short', 'actions', 'clear', 'orders', 'items'] as const
type Tab = (typeof TABS)[number]

/** Pieces on hand by item, all lots together. */
const useOnHand = (): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>()
  for (const [, { item, quantity }] of useFloor().list(stockView)) sums.set(item, add(sums.get(item) ?? 0, quantity))
  return sums
}

/** A link may name the item or the purchase order that it is about. */
const asked = (): { readonly tab: Tab; readonly item: string | undefined; readonly order: string | undefined } => {
  const query = new URLSearchParams(location.search)
  const item = query.get('item') ?? undefined
  const order = query.get('order') ?? undefined
  const named = TABS.find(tab => tab === query.get('tab'))
  return { tab: named ?? (item === undefined ? (order === undefined ? 'short' : 'orders') : 'items'), item, order }
}

export const MaterialsDesk = () => {
  const floor = useFloor()
  const [first] = useState(asked)
  const [tab, setTab] = useState<Tab>(first.tab)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(first.item)
  const [order, setOrder] = useState(first.order)
  const [adding, setAdding] = useState(false)
  const [dialog, setDialog] = useState<VNode>()
  const [sequence, setSequence] = useState(() => keptSequence(floor))
  const show = (next: Tab) => {
    setTab(next)
    setTyped('')
  }
  const openItem = (item: string) => {
    setChosen(item)
    show('items')
  }
  const openPurchase = (one: string) => {
    setOrder(one)
    show('orders')
  }
  const desk = useMaterials({ openItem, openPurchase, ask: setDialog }, sequence, setSequence)
  const { answer, part, problem, today } = desk
  const late = floor.list(purchaseOrderView).filter(([, one]) => orderState(one, today).late > 0).length
  return (
    <DeskScreen
      title="Materials"
      actions={
        <>
          <Search value={typed} onChange={setTyped} label="Find here" />
          <Button tone="primary" onPress={() => setAdding(true)}>
            Add an item
          </Button>
        </>
      }
    >
      <Stack>
        <Tabs
          label="What to see"
          chosen={tab}
          onChange={show}
          tabs={[
            { tab: 'short', name: 'Shortages', level: 'stop', ...counted(answer?.parts.length) },
            { tab: 'actions', name: 'Actions', ...counted(answer?.messages.filter(one => !one.dismissed).length) },
            {
              tab: 'clear',
              name: 'Clear to build',
              ...counted(answer?.builds.filter(one => one.hasBom && one.state === 'clear').length)
            },
            { tab: 'orders', name: 'Purchase orders', level: 'stop', ...counted(late || undefined) },
            { tab: 'items', name: 'Items' }
          ]}
        />
        {part !== undefined && !answer && tab !== 'orders' && <Progress label="Planning" part={part} />}
        {problem !== undefined && <StateMark level="attention" word={problem} />}
        {tab === 'short' && <Tracker desk={desk} typed={typed} />}
        {tab === 'actions' && <ActionsList desk={desk} typed={typed} />}
        {tab === 'clear' && <ClearList desk={desk} typed={typed} />}
        {tab === 'orders' && <PurchaseList desk={desk} typed={typed} chosen={order} onChoose={setOrder} />}
        {tab === 'items' && <Items desk={desk} typed={typed} chosen={chosen} onChoose={setChosen} />}
      </Stack>
      {dialog}
      {adding && (
        <ItemForm
          onClose={() => setAdding(false)}
          onDone={item => {
            setAdding(false)
            openItem(item)
          }}
        />
      )}
    </DeskScreen>
  )
}

const counted = (count: number | undefined): { readonly count?: number } => (count === undefined ? {} : { count })

type ItemsProps = Pick<Parameters<typeof ItemsList>[0], 'desk' | 'typed' | 'chosen' | 'onChoose'>

const Items = (props: ItemsProps) => {
  const onHand = useOnHand()
  const short = new Map(props.desk.answer?.parts.map(({ item, all }) => [item, all]))
  return <ItemsList {...props} onHand={onHand} short={short} />
}
