/** The planner's desk: the master schedule, load, schedule and what belongs to them, each on a tab; drafts and scenarios over all. */
import { useRef, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Quiet, Search, Stack, Tabs } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import type { BucketKind } from '../mps/buckets.ts'
import { plannedItemView } from '../projection.ts'
import { countOf } from '../scenario.ts'
import { frozenEditView } from '../version-view.ts'
import { Compare } from './compare.tsx'
import { LoadView } from './load-view.tsx'
import { Master } from './master.tsx'
import { DemandForm } from './plan-forms.tsx'
import { useDesk } from './plan-time.ts'
import { ScheduleView } from './schedule-view.tsx'
import { SetUps } from './set-ups.tsx'
import { type Scenarios, useScenarios } from './use-scenarios.ts'
import type { KeptSchedule } from './use-schedule.ts'
import { unsavedSetups } from './use-set-ups.ts'
import { Versions } from './versions.tsx'
import { WhatIf } from './what-if.tsx'

type Tab = 'sheet' | 'load' | 'schedule' | 'set-ups' | 'what-if' | 'compare' | 'versions'

/** What is looked for on a tab; the others have nothing to look through. */
const FINDS: Partial<Record<Tab, string>> = {
  sheet: 'Find an item',
  load: 'Find a station or tool',
  schedule: 'Find an order',
  compare: 'Find what differs'
}

export const PlanDesk = () => {
  const floor = useFloor()
  const [typed, setTyped] = useState<Partial<Record<Tab, string>>>({})
  const [tab, setTab] = useState<Tab>('sheet')
  const [kind, setKind] = useState<BucketKind>('week')
  const [demanding, setDemanding] = useState(false)
  const scenarios = useScenarios()
  const desk = useDesk(floor, kind)
  const kept: KeptSchedule = useRef(undefined)
  const waiting = floor.list(frozenEditView).filter(([, one]) => one.state === 'asked').length
  const find = typed[tab] ?? ''
  const items = floor.list(plannedItemView).map(([, item]) => item)
  return (
    <DeskScreen
      title="Plan"
      actions={
        <>
          {FINDS[tab] && (
            <Search value={find} onChange={text => setTyped(was => ({ ...was, [tab]: text }))} label={FINDS[tab]} />
          )}
          <Button tone="primary" onPress={() => setDemanding(true)}>
            {scenarios.scenario ? `Add demand to ${scenarios.scenario.name}` : 'Add demand'}
          </Button>
        </>
      }
    >
      <Stack>
        <Tabs
          label="What to see"
          chosen={tab}
          onChange={setTab}
          tabs={tabsOf(scenarios, waiting, unsavedSetups(floor))}
        />
        {(tab === 'set-ups' || tab === 'versions') && <LiveOnly scenarios={scenarios} />}
        {tab === 'sheet' && <Master desk={desk} kind={kind} onKind={setKind} scenarios={scenarios} typed={find} />}
        {tab === 'load' && <LoadView desk={desk} kind={kind} onKind={setKind} scenarios={scenarios} typed={find} />}
        {tab === 'schedule' && <ScheduleView scenarios={scenarios} kept={kept} typed={find} />}
        {tab === 'set-ups' && <SetUps />}
        {tab === 'versions' && <Versions desk={desk} kind={kind} />}
        {tab === 'what-if' && <WhatIf scenarios={scenarios} />}
        {tab === 'compare' && (
          <Compare
            desk={desk}
            kind={kind}
            onKind={setKind}
            scenarios={scenarios}
            typed={find}
            onOpen={() => setTab('sheet')}
          />
        )}
      </Stack>
      {demanding && (
        <DemandForm
          items={items.filter(one => one.source === 'make')}
          scenarios={scenarios}
          onClose={() => setDemanding(false)}
        />
      )}
    </DeskScreen>
  )
}

const tabsOf = (
  { scenario, changes, list }: Scenarios,
  waiting: number,
  unsaved: number
): Parameters<typeof Tabs<Tab>>[0]['tabs'] => [
  { tab: 'sheet', name: 'Master schedule' },
  { tab: 'load', name: 'Load' },
  { tab: 'schedule', name: 'Schedule' },
  { tab: 'set-ups', name: 'Set-ups', ...(unsaved > 0 ? { count: unsaved, level: 'attention' } : {}) },
  { tab: 'what-if', name: 'What if', ...(scenario ? { count: countOf(changes) } : {}) },
  { tab: 'compare', name: 'Compare', count: list.length },
  { tab: 'versions', name: 'Approvals and versions', count: waiting, level: 'attention' }
]

/** What is decided with others, or is the plant's own, is not tried in a copy. */
const LiveOnly = ({ scenarios: { scenario } }: { readonly scenarios: Scenarios }) =>
  scenario ? (
    <Quiet>
      {scenario.name} is open. What is changed on this page changes the plan as it is, for everybody, and not{' '}
      {scenario.name}.
    </Quiet>
  ) : null
