/** What waits for a decision, what is asked to be changed and how, and the methods that orders were released with. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Search, Stack, Tabs } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type ChangeRequest, changeOrderView, requestView } from '../change-order-view.ts'
import { flagView } from '../projection.ts'
import { seenView } from '../seen-view.ts'
import { ChangeOrderForm } from './change-order-form.tsx'
import { ChangeOrders } from './change-orders.tsx'
import { AskForChange, ChangeRequests } from './change-requests.tsx'
import { DecisionTray } from './decision-tray.tsx'
import { MethodList } from './method-list.tsx'
import { useSetAside } from './set-aside.tsx'
import { TabletsTab, useTablets } from './tablets.tsx'

type Tab = 'decide' | 'tablets' | 'requests' | 'orders' | 'methods' | 'decided'

const useTray = () => {
  const floor = useFloor()
  const flags = floor.list(flagView).map(([, flag]) => flag)
  const { items, open: openThere } = useSetAside() ?? { items: [], open: 0 }
  const seen = (h: string) => floor.get(seenView, h) !== undefined
  const aside = items.filter(one => !seen(one.h))
  return {
    open: flags.filter(({ state }) => state === 'open').sort((a, b) => (a.at < b.at ? -1 : 1)),
    decided: flags.filter(({ state }) => state === 'decided').sort((a, b) => (a.at < b.at ? 1 : -1)),
    aside,
    more: Math.max(0, openThere - items.filter(one => !one.closed).length),
    closed: items.filter(one => seen(one.h))
  }
}

export const ChangesDesk = () => {
  const floor = useFloor()
  const [tab, setTab] = useState<Tab>(askedMethod() ? 'methods' : 'decide')
  const [typed, setTyped] = useState('')
  const [asking, setAsking] = useState(false)
  const [making, setMaking] = useState<{ readonly request: ChangeRequest | undefined }>()
  const { open, decided, aside, more, closed } = useTray()
  const tablets = useTablets()
  const named = new Map(tablets?.tablets.map(({ device, name }) => [device, name]))
  const requests = floor
    .list(requestView)
    .map(([, one]) => one)
    .sort((a, b) => rank(a) - rank(b) || (a.at < b.at ? 1 : -1))
  const orders = floor.list(changeOrderView).map(([, one]) => one)
  const made = () => {
    setMaking(undefined)
    setTab('orders')
  }
  return (
    <DeskScreen
      title="Changes"
      actions={
        <>
          {tab === 'methods' && <Search value={typed} onChange={setTyped} label="Find an item" />}
          <Button onPress={() => setAsking(true)}>Ask for a change</Button>
          <Button tone="primary" onPress={() => setMaking({ request: undefined })}>
            New change order
          </Button>
        </>
      }
    >
      <Stack>
        <Tabs
          label="What to see"
          chosen={tab}
          onChange={setTab}
          tabs={[
            { tab: 'decide', name: 'To decide', count: open.length + aside.length + more, level: 'attention' },
            {
              tab: 'tablets',
              name: 'Tablets',
              count: tablets?.missing.filter(one => one.standing === 'missing').length ?? 0,
              level: 'attention'
            },
            {
              tab: 'requests',
              name: 'Requests',
              count: requests.filter(({ state }) => state === 'open').length,
              level: 'info'
            },
            {
              tab: 'orders',
              name: 'Change orders',
              count: orders.filter(({ state }) => state === 'open' || state === 'approved').length,
              level: 'info'
            },
            { tab: 'methods', name: 'Methods' },
            { tab: 'decided', name: 'Decided', count: decided.length + closed.length }
          ]}
        />
        {tab === 'decide' && <DecisionTray flags={open} aside={aside} more={more} tablets={named} />}
        {tab === 'tablets' && <TabletsTab known={tablets} />}
        {tab === 'decided' && <DecisionTray flags={decided} aside={closed} more={0} tablets={named} />}
        {tab === 'requests' && <ChangeRequests requests={requests} onOpen={request => setMaking({ request })} />}
        {tab === 'orders' && <ChangeOrders />}
        {tab === 'methods' && <MethodList typed={typed} first={askedMethod()} />}
      </Stack>
      {asking && <AskForChange onClose={() => setAsking(false)} />}
      {making && <ChangeOrderForm request={making.request} onClose={() => setMaking(undefined)} onDone={made} />}
    </DeskScreen>
  )
}

/** The method that another page’s link names. */
const askedMethod = (): string | undefined => new URLSearchParams(location.search).get('method') ?? undefined

const rank = ({ state }: ChangeRequest): number => (state === 'open' ? 0 : 1)
