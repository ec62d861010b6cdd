/** What came in late and waits for a decision, and the methods that orders were released with. */
import { useState } from 'preact/hooks'
import { Search, Stack, Tabs } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { flagView } from '../projection.ts'
import { DecisionTray } from './decision-tray.tsx'
import { MethodList } from './method-list.tsx'

type Tab = 'decide' | 'methods' | 'decided'

export const ChangesDesk = () => {
  const floor = useFloor()
  const [tab, setTab] = useState<Tab>('decide')
  const [typed, setTyped] = useState('')
  const flags = floor.list(flagView).map(([, flag]) => flag)
  const open = flags.filter(({ state }) => state === 'open').sort((a, b) => (a.at < b.at ? -1 : 1))
  const decided = flags.filter(({ state }) => state === 'decided').sort((a, b) => (a.at < b.at ? 1 : -1))
  return (
    <DeskScreen
      title="Changes"
      actions={tab === 'methods' && <Search value={typed} onChange={setTyped} label="Find an item" />}
    >
      <Stack>
        <Tabs
          label="What to see"
          chosen={tab}
          onChange={setTab}
          tabs={[
            { tab: 'decide', name: 'To decide', count: open.length, level: 'attention' },
            { tab: 'decided', name: 'Decided', count: decided.length },
            { tab: 'methods', name: 'Methods' }
          ]}
        />
        {tab === 'methods' ? <MethodList typed={typed} /> : <DecisionTray flags={tab === 'decide' ? open : decided} />}
      </Stack>
    </DeskScreen>
  )
}
