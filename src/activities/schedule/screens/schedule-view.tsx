/** When each station does what: searched here, drawn, what comes late and why, moved by hand, published to the floor. */
import { useEffect, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { matches, Quiet, Stack, Tabs } from '#ui/desk-parts.tsx'
import { Select } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { Progress } from '#ui/progress.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { useAct } from '#ui/use-act.ts'
import { pinOperation } from '../dispatch-rules.ts'
import { zoneOf } from '../frozen.ts'
import type { PlanSchedule } from '../outlook.ts'
import type { WorkOrderResult } from '../solver/problem.ts'
import { stationOf } from '../solver/problem-from.ts'
import { DispatchLists } from './dispatch-lists.tsx'
import { GanttChart } from './gantt.tsx'
import { type Bar, ganttOf, type Zoom } from './gantt-model.ts'
import { LateList } from './late-list.tsx'
import { OperationDialog, OperationLine } from './operation-dialog.tsx'
import tools from './plan-desk.module.css'
import { PublishSchedule } from './publish-schedule.tsx'
import { WhichPlan } from './scenario-bar.tsx'
import { faultSentence, lengthWord, whenWord } from './schedule-words.ts'
import { namesOfSchedule } from './schedule-names.ts'
import css from './schedule-view.module.css'
import { type KeptSchedule, type Scheduling, useSchedule } from './use-schedule.ts'
import type { Scenarios } from './use-scenarios.ts'

const SECONDS = ['5', '30', '120'] as const
const ZOOMS = [
  { value: 'day', label: 'Hours' },
  { value: 'week', label: 'Days' },
  { value: 'month', label: 'Weeks' }
] as const

type Tab = 'chart' | 'late' | 'dispatch'
type Props = {
  readonly scenarios: Scenarios
  readonly kept: KeptSchedule
  /** What is looked for: an order's number, or what it builds. */
  readonly typed: string
}

export const ScheduleView = ({ scenarios, kept, typed }: Props) => {
  const floor = useFloor()
  const { plan, part, problem, stale, search, stop, follow } = useSchedule(scenarios, kept)
  const [tab, setTab] = useState<Tab>('chart')
  const [zoom, setZoom] = useState<Zoom>('week')
  const [seconds, setSeconds] = useState<string>('5')
  const [publishing, setPublishing] = useState(false)
  if (!plan)
    return problem === undefined ? (
      <Progress label="Scheduling" part={part ?? 0} />
    ) : (
      <StateMark level="attention" word={problem} />
    )
  const late = plan.schedule.workOrders.filter(one => one.lateMinutes > 0)
  return (
    <Stack>
      <div class={tools.tools}>
        <WhichPlan scenarios={scenarios} />
        {part === undefined ? (
          <>
            <Button onPress={() => search(Number(seconds))}>Look for a better one</Button>
            <Select
              label="How long to look"
              value={seconds}
              options={SECONDS.map(value => ({ value, label: `${value} s` }))}
              onChange={setSeconds}
            />
          </>
        ) : (
          <>
            <Button onPress={stop}>Stop, keep the best so far</Button>
            <span class={css.progress}>
              <Progress label="Looking for a better one" part={part} />
            </span>
          </>
        )}
        <Button
          tone="primary"
          why={scenarios.scenario ? 'Publish the scenario first. The floor follows the plan as it is.' : undefined}
          onPress={() => setPublishing(true)}
        >
          Publish the schedule
        </Button>
        {tab === 'chart' && (
          <Select
            label="How much to see"
            value={zoom}
            options={[...ZOOMS]}
            onChange={value => setZoom(value === 'day' || value === 'month' ? value : 'week')}
          />
        )}
      </div>
      {problem !== undefined && <StateMark level="attention" word={problem} />}
      {stale && part === undefined && (
        <StateMark level="attention" word="Something has changed since this was searched. Look again." />
      )}
      <Summary plan={plan} late={late} zone={zoneOf(floor)} />
      <Tabs
        label="What of the schedule to see"
        chosen={tab}
        onChange={setTab}
        tabs={[
          { tab: 'chart', name: 'Chart' },
          { tab: 'late', name: 'Late', count: late.length, level: 'stop' },
          { tab: 'dispatch', name: 'Dispatch lists' }
        ]}
      />
      {tab === 'chart' && <Chart plan={plan} scenarios={scenarios} zoom={zoom} follow={follow} typed={typed} />}
      {tab === 'late' && <LateList plan={plan} late={late} typed={typed} />}
      {tab === 'dispatch' && <DispatchLists />}
      {publishing && <PublishSchedule plan={plan} onClose={() => setPublishing(false)} />}
    </Stack>
  )
}

type SummaryProps = { readonly plan: PlanSchedule; readonly late: readonly WorkOrderResult[]; readonly zone: string }

const Summary = ({ plan, late, zone }: SummaryProps) => {
  const names = namesOfSchedule(useFloor(), plan)
  const { operations, faults, makespan, setupMinutes } = plan.schedule
  const end = plan.from + makespan * 60_000
  const sum = late.reduce((all, one) => all + one.lateMinutes, 0)
  return (
    <>
      <p data-schedule-summary="">
        {operations.length} operations, the last one done {whenWord(end, zone)}.{' '}
        {late.length === 0 ? 'Nothing is late.' : `${late.length} late by ${lengthWord(sum)} in all.`}{' '}
        {setupMinutes > 0 && `${lengthWord(setupMinutes)} of change-overs.`}
      </p>
      {faults.length > 0 && (
        <ul class={css.faults}>
          {faults.slice(0, 5).map(fault => (
            <li key={JSON.stringify(fault)}>
              <StateMark level="attention" word={faultSentence(fault, names)} />
            </li>
          ))}
          {faults.length > 5 && <li>and {faults.length - 5} more could not be placed.</li>}
        </ul>
      )}
    </>
  )
}

type ChartProps = {
  readonly plan: PlanSchedule
  readonly scenarios: Scenarios
  readonly zoom: Zoom
  readonly follow: Scheduling['follow']
  readonly typed: string
}

const Chart = ({ plan, scenarios, zoom, follow, typed }: ChartProps) => {
  const floor = useFloor()
  const { act } = useAct()
  const [chosen, setChosen] = useState<string>()
  const [opened, setOpened] = useState<Bar>()
  const gantt = ganttOf(scenarios.known, plan, zoneOf(floor))
  const bars = gantt.rows.flatMap(row => row.bars)
  const found = typed === '' ? undefined : new Set(bars.filter(one => isFound(one, typed)).map(one => one.workOrder))
  const first = found && bars.toSorted((a, b) => a.from - b.from).find(one => found.has(one.workOrder))?.id
  useEffect(() => {
    if (first !== undefined) setChosen(first)
  }, [first])
  const bar = bars.find(one => one.id === chosen) ?? bars[0]
  const move = (one: Bar, place: string, from: number) => {
    const cannot = pinLacks(one, scenarios)
    if (cannot) return floor.tell({ text: cannot, tone: 'stop' })
    const { workOrder, op } = one
    const input = { workOrder, op, station: stationOf(place), start: new Date(from).toISOString() }
    follow(true)
    const done = `${workOrder} · ${op} is pinned at ${place}, ${whenWord(from, gantt.zone)}.`
    void act(pinOperation, input, done).then(pinned => pinned || follow(false))
  }
  if (bars.length === 0) return <Empty title="Nothing to schedule" hint="Plan a build, or make a work order of one." />
  return (
    <Stack>
      {found?.size === 0 && <Quiet>No order matches “{typed}”.</Quiet>}
      <GanttChart
        gantt={gantt}
        zoom={zoom}
        chosen={bar?.id}
        found={found}
        onChoose={one => setChosen(one.id)}
        onOpen={setOpened}
        onMove={move}
      />
      {bar && <OperationLine bar={bar} zone={gantt.zone} plan={plan} onOpen={() => setOpened(bar)} />}
      <Keys />
      <Quiet>
        Arrows go from bar to bar, Enter opens one, Alt and an arrow changes its place with its neighbour; pull a bar to
        pin it elsewhere.
      </Quiet>
      {opened && (
        <OperationDialog
          bar={opened}
          plan={plan}
          zone={gantt.zone}
          lacks={pinLacks(opened, scenarios)}
          follow={follow}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Stack>
  )
}

const isFound = ({ workOrder, run }: Bar, typed: string): boolean =>
  matches(typed, run?.firm === false ? '' : workOrder, run?.name, run?.item)

const Keys = () => (
  <p class={css.keys}>
    <span data-state="firm">work order</span>
    <span data-state="planned">planned</span>
    <span data-state="started">begun</span>
    <span data-state="pinned">pinned</span>
    <span data-state="late">late</span>
    <span data-state="setup">set-up</span>
    <span data-state="closed">closed</span>
    <span data-state="parts">parts are there</span>
  </p>
)

const pinLacks = (bar: Bar, scenarios: Scenarios): string | undefined => {
  if (scenarios.scenario) return 'Pins belong to the plan as it is. Choose it first.'
  return bar.run?.firm ? undefined : 'This is only planned. Make a work order of it, then pin that.'
}
