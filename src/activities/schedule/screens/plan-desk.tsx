/** The master schedule as a sheet, beside it what each edit does; drafts and scenarios of it, and how they compare. */
import { useRef, useState } from 'preact/hooks'
import { remembering } from '#kernel/remember.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { matches, Quiet, Search, Stack, Tabs } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { useAnswer } from '#ui/use-answer.ts'
import { frozenUntil } from '../frozen.ts'
import type { Bucket, BucketKind } from '../mps/buckets.ts'
import { consequencesOf } from '../mps/consequences.ts'
import { buildsIn, type MpsLines, mpsLinesOf, plannedAs } from '../mps/lines.ts'
import { OUTLOOK, type PlanOutlook } from '../outlook.ts'
import { type Build, buildView, plannedItemView } from '../projection.ts'
import { countOf, withChange, without } from '../scenario.ts'
import { BucketChoice } from './bucket-choice.tsx'
import { Compare } from './compare.tsx'
import { Consequences } from './consequences.tsx'
import { AskFrozen, type Frozen } from './frozen-form.tsx'
import { LoadView } from './load-view.tsx'
import { MpsSheet } from './mps-sheet.tsx'
import css from './plan-desk.module.css'
import { namesOf } from './plan-names.ts'
import { askedOf, type Desk, useDesk } from './plan-time.ts'
import { DemandForm, type Ordering, OrderForm } from './plan-forms.tsx'
import { ScenarioBar } from './scenario-bar.tsx'
import { ScheduleView } from './schedule-view.tsx'
import { SetUps } from './set-ups.tsx'
import { frozenEditView } from '../version-view.ts'
import { unsavedSetups } from './use-set-ups.ts'
import { type Scenarios, useScenarios } from './use-scenarios.ts'
import type { KeptSchedule } from './use-schedule.ts'
import { Versions } from './versions.tsx'
import { WhatIf } from './what-if.tsx'

type Tab = 'sheet' | 'load' | 'schedule' | 'set-ups' | 'what-if' | 'compare' | 'versions'

export const PlanDesk = () => {
  const floor = useFloor()
  const [typed, setTyped] = useState('')
  const [tab, setTab] = useState<Tab>('sheet')
  const [kind, setKind] = useState<BucketKind>('week')
  const [demanding, setDemanding] = useState(false)
  const scenarios = useScenarios()
  const desk = useDesk(floor, kind)
  const kept: KeptSchedule = useRef(undefined)
  const waiting = floor.list(frozenEditView).filter(([, one]) => one.state === 'asked').length
  const items = floor.list(plannedItemView).map(([, item]) => item)
  return (
    <DeskScreen
      title="Plan"
      actions={
        <>
          <Search value={typed} onChange={setTyped} label="Find an item" />
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
        {tab === 'sheet' && <Master desk={desk} kind={kind} onKind={setKind} scenarios={scenarios} typed={typed} />}
        {tab === 'load' && <LoadView desk={desk} kind={kind} onKind={setKind} scenarios={scenarios} />}
        {tab === 'schedule' && <ScheduleView scenarios={scenarios} kept={kept} />}
        {tab === 'set-ups' && <SetUps />}
        {tab === 'versions' && <Versions desk={desk} kind={kind} />}
        {tab === 'what-if' && <WhatIf scenarios={scenarios} />}
        {tab === 'compare' && (
          <Compare desk={desk} kind={kind} onKind={setKind} scenarios={scenarios} onOpen={() => setTab('sheet')} />
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

type MasterProps = {
  readonly desk: Desk
  readonly kind: BucketKind
  readonly onKind: (kind: BucketKind) => void
  readonly scenarios: Scenarios
  readonly typed: string
}

const Master = ({ desk, kind, onKind, scenarios, typed }: MasterProps) => {
  const { floor, today, buckets } = desk
  const [at, setAt] = useState<{ readonly item: string; readonly bucket: number }>()
  const [asking, setAsking] = useState<readonly Frozen[]>([])
  const [ordering, setOrdering] = useState<Ordering>()
  const now = useAnswer<PlanOutlook>(OUTLOOK, askedOf(desk, kind))
  const then = useAnswer<PlanOutlook>(OUTLOOK, askedOf(desk, kind), scenarios.supposing)
  const changed = scenarios.supposing.length > 0
  const consequences = changed && now.answer && then.answer ? consequencesOf(now.answer, then.answer) : undefined
  const keep = useRef(remembering()).current
  const live = mpsLinesOf(floor, buckets, today, keep)
  const lines = changed ? mpsLinesOf(scenarios.known, buckets, today, keep, 'draft') : live
  const shown = lines.filter(({ item }) => matches(typed, item.item, item.name))
  const plan = (line: MpsLines, bucket: number, quantity: number) => {
    const builds = plannedAs(line, buckets, bucket, quantity, today)
    // The rule itself decides: a bucket over the fence is shaded whole, and a build late in it may be free.
    const frozen = builds.find(one => frozenUntil(floor, one, { at: new Date(desk.now).toISOString() }))
    // A pasted block may hold several: each is asked for once, one after the other.
    if (frozen)
      return setAsking(was => [
        ...was.filter(one => one.build.build !== frozen.build),
        { name: line.item.name, build: frozen }
      ])
    scenarios.change(was => builds.reduce((sum, one) => asPlanned(floor, sum, one), was))
  }
  const build = at && orderable(live, at, buckets)
  return (
    <>
      <div class={css.tools}>
        <ScenarioBar scenarios={scenarios} consequences={consequences} />
        <BucketChoice kind={kind} onKind={onKind} />
        {build && !scenarios.scenario && (
          <Button onPress={() => setOrdering(build)}>
            Make a work order of {build.build.quantity} {build.name}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <Empty
          title={typed ? `No item matches “${typed}”` : 'Nothing to plan yet'}
          hint="Add items that are made here, then say who wants how many by when."
        />
      ) : (
        <div class={css.desk}>
          <MpsSheet
            buckets={buckets}
            kind={kind}
            lines={shown}
            live={new Map(live.map(line => [line.item.item, line]))}
            onPlan={plan}
            onAt={(item, bucket) => setAt({ item, bucket })}
            onWrong={text =>
              floor.tell({ text: `“${text}” is no whole number of pieces. Nothing was changed.`, tone: 'stop' })
            }
          />
          <Consequences
            consequences={consequences}
            outlook={then.answer}
            part={then.part}
            problem={then.problem ?? now.problem}
            names={namesOf(floor, then.answer, buckets, kind)}
          />
        </div>
      )}
      <Quiet>
        Left = left before + on open orders + planned − demand; what is past due counts in the first column. Type into
        the planned line: arrows move, Enter keeps, Ctrl+D fills down, Ctrl+Z takes back, a block from a spreadsheet can
        be pasted. Before a thick line a change needs a signature.
      </Quiet>
      {asking.slice(0, 1).map(one => (
        <AskFrozen
          key={one.build.build}
          {...one}
          more={asking.length - 1}
          scenario={scenarios.scenario?.name}
          onClose={() => setAsking(was => was.slice(1))}
        />
      ))}
      {ordering && <OrderForm {...ordering} onClose={() => setOrdering(undefined)} />}
    </>
  )
}

/** Typing the number that stands in the plan takes the change out. */
const asPlanned = (
  floor: Floor,
  was: Scenarios['changes'],
  one: Pick<Build, 'build' | 'item' | 'quantity' | 'due'>
) => {
  const live = floor.get(buildView, one.build)
  const same = (live?.quantity ?? 0) === one.quantity && (live === undefined || live.due === one.due)
  return same ? without(was, 'builds', one.build) : withChange(was, 'builds', one)
}

/** The one build under the cursor that could become a work order. */
const orderable = (
  lines: readonly MpsLines[],
  { item, bucket }: { readonly item: string; readonly bucket: number },
  buckets: readonly Bucket[]
): Ordering | undefined => {
  const line = lines.find(one => one.item.item === item)
  const [only, ...others] = line ? buildsIn(line, buckets, bucket) : []
  return line && only && others.length === 0 ? { build: only, name: line.item.name } : undefined
}
