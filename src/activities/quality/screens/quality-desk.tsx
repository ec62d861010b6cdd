/** The desk of quality: what is held, what waits for a decision, how inspections go, and what is checked at all. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { type Lot, lotOf, overLimit, samplesOf, tally } from '../known.ts'
import { type ControlPlan, controlPlanView } from '../plans.ts'
import { samplingWords } from '../sampling.ts'
import { type Defect, defectView, type Hold, holdView, inspectionView, runView, type Severity } from '../projection.ts'
import { dispositionName, holdWords } from '../words.ts'
import { DefectDialog, ReleaseDialog } from './decide-dialogs.tsx'
import { Pareto } from './pareto.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import css from './quality-desk.module.css'
import { ValuePlot } from './value-plot.tsx'

type Open =
  | { readonly open: 'hold'; readonly hold: Hold }
  | { readonly open: 'defect'; readonly defect: Defect }
  | { readonly open: 'plan'; readonly plan: ControlPlan }

export const QualityDesk = () => {
  const floor = useFloor()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  return (
    <DeskScreen title="Quality">
      <div class={css.desk}>
        <OverLimit floor={floor} />
        <Holds floor={floor} onOpen={hold => setOpen({ open: 'hold', hold })} />
        <Defects floor={floor} onOpen={defect => setOpen({ open: 'defect', defect })} />
        <Inspections floor={floor} />
        <div class={css.plots}>
          <ValuePlot floor={floor} />
          <Pareto floor={floor} />
        </div>
        <Plans floor={floor} onOpen={plan => setOpen({ open: 'plan', plan })} />
      </div>
      {open?.open === 'hold' && <ReleaseDialog floor={floor} hold={open.hold} onClose={close} />}
      {open?.open === 'defect' && <DefectDialog floor={floor} defect={open.defect} onClose={close} />}
      {open?.open === 'plan' && <PlanDialog plan={open.plan} onClose={close} />}
    </DeskScreen>
  )
}

type SectionProps = {
  readonly title: string
  readonly count?: number | undefined
  readonly children: ComponentChildren
}

const Section = ({ title, count, children }: SectionProps) => (
  <section class={css.section}>
    <h2>
      {title} {count !== undefined && count > 0 && <span>{count}</span>}
    </h2>
    {children}
  </section>
)

/** Two tablets that were apart can reach a limit together without either knowing. Here a person sees it. */
const OverLimit = ({ floor }: { readonly floor: Floor }) => {
  const over = floor.list(runView).flatMap(([, run]) => (run.state === 'released' ? overLimit(floor, run) : []))
  if (over.length === 0) return null
  return (
    <ul class={css.over}>
      {over.map(({ run, severity, count, limit }) => (
        <li key={`${run.workOrder}/${severity}`}>
          <StateMark
            level="attention"
            word={`${run.workOrder}: ${count} ${severity} defects, the batch stops at ${limit}, and it is not on hold`}
          />
        </li>
      ))}
    </ul>
  )
}

const newest = <T extends { readonly at: string }>(a: T, b: T): number => (a.at < b.at ? 1 : -1)

const Holds = ({ floor, onOpen }: { readonly floor: Floor; readonly onOpen: (hold: Hold) => void }) => {
  const holds = floor
    .list(holdView)
    .map(([, hold]) => hold)
    .filter(hold => !hold.released)
    .sort(newest)
  const columns: readonly Column<Hold>[] = [
    {
      name: 'Work order',
      value: hold => <strong data-nocut="">{hold.workOrder}</strong>,
      sort: hold => hold.workOrder
    },
    { name: 'Why', value: hold => holdWords(hold, floor.reasons('hold')), sort: hold => hold.reason },
    { name: 'Placed by', value: hold => floor.nameOf(hold.person), sort: hold => floor.nameOf(hold.person) },
    { name: 'For', value: hold => <Age since={hold.at} />, sort: hold => hold.at, align: 'end' },
    { name: '', value: hold => <Button onPress={() => onOpen(hold)}>Release</Button>, align: 'end' }
  ]
  return (
    <Section title="On hold" count={holds.length}>
      <Table
        columns={columns}
        rows={holds}
        keyOf={hold => hold.hold}
        onOpen={onOpen}
        empty={
          <Empty
            title="Nothing is on hold"
            hint="A batch is held from its inspection, from a defect, or by a stop rule of its control plan."
          />
        }
      />
    </Section>
  )
}

const level = { critical: 'stop', major: 'attention', minor: 'normal' } as const satisfies Record<Severity, string>

const Defects = ({ floor, onOpen }: { readonly floor: Floor; readonly onOpen: (defect: Defect) => void }) => {
  const [all, setAll] = useState(false)
  const list = floor
    .list(defectView)
    .map(([, defect]) => defect)
    .sort(newest)
  const open = list.filter(({ state }) => state === 'open')
  const named = new Map(floor.reasons('defect').map(({ code, name }) => [code, name]))
  const columns: readonly Column<Defect>[] = [
    { name: 'Work order', value: one => <strong data-nocut="">{one.workOrder}</strong>, sort: one => one.workOrder },
    { name: 'What', value: one => `${one.quantity} × ${named.get(one.code) ?? one.code}`, sort: one => one.code },
    {
      name: 'Where',
      value: one => [one.place, one.sample === undefined ? undefined : `piece ${one.sample}`].filter(Boolean).join(', ')
    },
    {
      name: 'How bad',
      value: one => <StateMark level={level[one.severity]} word={one.severity} />,
      sort: one => one.severity
    },
    { name: 'Found by', value: one => floor.nameOf(one.person), sort: one => floor.nameOf(one.person) },
    { name: 'Age', value: one => <Age since={one.at} />, sort: one => one.at, align: 'end' },
    {
      name: 'Decision',
      value: one =>
        one.decision ? (
          `${dispositionName(one.decision.disposition)}, ${floor.nameOf(one.decision.person)}`
        ) : (
          <Button onPress={() => onOpen(one)}>Decide</Button>
        )
    }
  ]
  return (
    <Section title="Defects to decide" count={open.length}>
      <Table
        columns={columns}
        rows={all ? list : open}
        keyOf={one => one.defect}
        onOpen={onOpen}
        empty={
          <Empty
            title="No defect waits for a decision"
            hint="Defects are recorded at an inspection or at any operation."
          />
        }
      />
      {list.length > open.length && (
        <Button tone="quiet" onPress={() => setAll(!all)}>
          {all ? 'Show only open ones' : `Show the ${list.length - open.length} decided as well`}
        </Button>
      )}
    </Section>
  )
}

const Inspections = ({ floor }: { readonly floor: Floor }) => {
  const lots = floor.list(inspectionView).flatMap(([, { workOrder, op, closed }]) => {
    const lot = closed ? undefined : lotOf(floor, workOrder, op)
    return lot && lot.run.state === 'released' ? [{ lot, ...tally(lot) }] : []
  })
  type Row = (typeof lots)[number]
  const columns: readonly Column<Row>[] = [
    {
      name: 'Work order',
      value: ({ lot }) => <strong data-nocut="">{lot.run.workOrder}</strong>,
      sort: ({ lot }) => lot.run.workOrder
    },
    {
      name: 'Operation',
      value: ({ lot }) => `${lot.inspection.op} ${lot.inspection.name}`,
      sort: ({ lot }) => lot.inspection.op
    },
    { name: 'Plan', value: ({ lot }) => `${lot.plan.plan} rev ${lot.plan.revision}`, sort: ({ lot }) => lot.plan.plan },
    {
      name: 'Looked at',
      value: ({ lot }) => `${begun(lot)} of ${samplesOf(lot).length}`,
      sort: ({ lot }) => begun(lot),
      align: 'end'
    },
    { name: 'Accepted', value: ({ accepted }) => accepted, sort: ({ accepted }) => accepted, align: 'end' },
    { name: 'Rejected', value: ({ rejected }) => rejected, sort: ({ rejected }) => rejected, align: 'end' }
  ]
  return (
    <Section title="Inspections in progress" count={lots.length}>
      <Table
        columns={columns}
        rows={lots}
        keyOf={({ lot }) => `${lot.run.workOrder}/${lot.inspection.op}`}
        onOpen={({ lot }) => floor.go(`/trace/${lot.run.workOrder}`)}
        empty={
          <Empty
            title="No inspection is open"
            hint="One opens by itself when a work order is released whose routing has a control plan."
          />
        }
      />
    </Section>
  )
}

const begun = ({ inspection }: Lot): number => Object.keys(inspection.verdicts).length

const Plans = ({ floor, onOpen }: { readonly floor: Floor; readonly onOpen: (plan: ControlPlan) => void }) => {
  const plans = floor.list(controlPlanView).map(([, plan]) => plan)
  const columns: readonly Column<ControlPlan>[] = [
    { name: 'Plan', value: plan => <strong data-nocut="">{plan.plan}</strong>, sort: plan => plan.plan },
    { name: 'Rev', value: plan => plan.revision },
    { name: 'Title', value: plan => plan.title, sort: plan => plan.title },
    {
      name: 'Checks',
      value: plan => plan.characteristics.length,
      sort: plan => plan.characteristics.length,
      align: 'end'
    },
    { name: 'Pieces', value: plan => samplingWords(plan.sample) },
    {
      name: 'Stops at',
      value: ({ stopAt: { critical, major, minor } }) => `${critical} critical, ${major} major, ${minor} minor`
    }
  ]
  return (
    <Section title="Control plans" count={plans.length}>
      <Table
        columns={columns}
        rows={plans}
        keyOf={plan => plan.plan}
        onOpen={onOpen}
        empty={
          <Empty
            title="No control plan yet"
            hint="Import control_plans.csv: a plan lists what is checked, with its limits."
          >
            <Button onPress={() => floor.go('/import')}>Import</Button>
          </Empty>
        }
      />
    </Section>
  )
}
