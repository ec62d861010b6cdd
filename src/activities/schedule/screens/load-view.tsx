/** How much there is to do at each station, with each tool and for the inspectors, against the time that there is. */
import { useState } from 'preact/hooks'
import { Empty } from '#ui/card.tsx'
import { Label, Mark, Quiet, showDay, Stack } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Progress } from '#ui/progress.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAnswer } from '#ui/use-answer.ts'
import type { Load, LoadBucket, LoadingWork } from '../capacity/load.ts'
import type { BucketKind } from '../mps/buckets.ts'
import { LOAD_WORK, type LoadWork, OUTLOOK, type PlanOutlook } from '../outlook.ts'
import { plannedItemView } from '../projection.ts'
import { hours, inOrder, isIdle, isOver, loadSaid, overOf } from './load-words.ts'
import css from './load-view.module.css'
import { columnOf } from './mps-sheet.tsx'
import { BucketChoice } from './bucket-choice.tsx'
import tools from './plan-desk.module.css'
import { WhichPlan } from './scenario-bar.tsx'
import { askedOf, type Desk } from './plan-time.ts'
import { stepFocus } from './step-focus.ts'
import type { Scenarios } from './use-scenarios.ts'

type Props = { readonly desk: Desk; readonly kind: BucketKind; readonly scenarios: Scenarios }
type ViewProps = Props & { readonly onKind: (kind: BucketKind) => void }
type Chosen = { readonly load: Load; readonly at: number }

export const LoadView = ({ desk, kind, onKind, scenarios }: ViewProps) => {
  const { answer, part, problem } = useAnswer<PlanOutlook>(OUTLOOK, askedOf(desk, kind), scenarios.supposing)
  const [chosen, setChosen] = useState<Chosen>()
  const nameOf = (at: number): string => {
    const bucket = desk.buckets[at]
    if (!bucket) return ''
    const { name, note } = columnOf(bucket, kind, at)
    return kind === 'day' ? `${name} ${note}` : at === 0 ? name.toLowerCase() : name
  }
  if (problem !== undefined) return <StateMark level="attention" word={problem} />
  if (!answer) return <Progress label="Adding up the load" part={part ?? 0} />
  const shown = inOrder(answer.loads.filter(one => !isIdle(one)))
  const idle = answer.loads.filter(isIdle)
  if (shown.length === 0)
    return (
      <Empty
        title="Nothing loads a station yet"
        hint="Plan a build or release a work order of an item with a routing."
      />
    )
  return (
    <Stack>
      <div class={tools.tools}>
        <WhichPlan scenarios={scenarios} />
        <BucketChoice kind={kind} onKind={onKind} />
      </div>
      <Quiet>
        <span class={css.key} data-part="firm" /> work orders <span class={css.key} data-part="planned" /> planned{' '}
        <span class={css.key} data-part="open" /> time that it is open, dotted where that is above the picture. Each run
        counts in the {kind} in which it is due; choose a bar to see what is in it.
      </Quiet>
      <div class={css.charts} aria-busy={part !== undefined}>
        {shown.map(load => (
          <Chart key={load.resource} load={load} nameOf={nameOf} onOpen={at => setChosen({ load, at })} />
        ))}
      </div>
      {idle.length > 0 && <Quiet>Nothing to do: {idle.map(({ name }) => name).join(', ')}.</Quiet>}
      {chosen && (
        <Dialog wide title={`${chosen.load.name}, ${nameOf(chosen.at)}`} onClose={() => setChosen(undefined)}>
          <Work desk={desk} kind={kind} scenarios={scenarios} {...chosen} />
        </Dialog>
      )}
    </Stack>
  )
}

type ChartProps = {
  readonly load: Load
  readonly nameOf: (at: number) => string
  readonly onOpen: (at: number) => void
}

const Chart = ({ load, nameOf, onOpen }: ChartProps) => {
  const { level, word, text } = loadSaid(load, nameOf)
  const most = heightOf(load.buckets)
  return (
    <section class={css.chart} data-resource={load.resource}>
      <h2>
        {load.name} {load.kind === 'station' && <small>{load.resource}</small>}
        {load.kind === 'tool' && <small>tool {load.resource}</small>}
      </h2>
      <p class={css.said}>
        <Mark level={level} word={word} /> {text}
      </p>
      <div class={css.bars} role="group" aria-label={`${load.name}: ${word}, ${text}`} onKeyDown={stepFocus}>
        {load.buckets.map((bucket, at) => (
          <Bar key={nameOf(at)} bucket={bucket} most={most} name={nameOf(at)} at={at} onOpen={() => onOpen(at)} />
        ))}
      </div>
      <p class={css.axis} aria-hidden="true">
        <span>{nameOf(0)}</span>
        <span>{hours(most)} high</span>
        <span>{nameOf(load.buckets.length - 1)}</span>
      </p>
    </section>
  )
}

/** A week that is open far longer than anybody needs it would make every bar a line. */
const heightOf = (buckets: readonly LoadBucket[]): number => {
  const work = Math.max(1, ...buckets.map(({ firm, planned }) => firm + planned))
  return Math.min(3 * work, Math.max(work, ...buckets.map(({ open }) => open)))
}

type BarProps = {
  readonly bucket: LoadBucket
  readonly most: number
  readonly name: string
  readonly at: number
  readonly onOpen: () => void
}

const Bar = ({ bucket, most, name, at, onOpen }: BarProps) => {
  const { firm, planned, open } = bucket
  const over = isOver(bucket)
  const said = `${name}: ${hours(firm + planned)} of ${hours(open)}${planned > 0 ? `, ${hours(planned)} of it planned` : ''}${over ? `, ${hours(overOf(bucket))} too much` : ''}`
  const high = (minutes: number) => ({ blockSize: `${(100 * minutes) / most}%` })
  return (
    <button type="button" tabIndex={at === 0 ? 0 : -1} aria-label={said} title={said} onClick={onOpen}>
      <span class={css.stack} data-over={over ? '' : undefined}>
        <span data-part="planned" style={high(planned)} />
        <span data-part="firm" style={high(firm)} />
      </span>
      <span
        class={css.open}
        data-above={open > most ? '' : undefined}
        style={{ insetBlockEnd: `${Math.min(100, (100 * open) / most)}%` }}
      />
    </button>
  )
}

const Work = ({ desk, kind, scenarios, load, at }: Props & Chosen) => {
  const asked = { ...askedOf(desk, kind), resource: load.resource, at }
  const { answer, part } = useAnswer<LoadWork>(LOAD_WORK, asked, scenarios.supposing)
  const bucket = load.buckets[at]
  if (!answer || !bucket) return <Progress label="Looking it up" part={part ?? 0} />
  const sum = bucket.firm + bucket.planned
  return (
    <Stack>
      <p>
        {hours(sum)} to do, {hours(bucket.open)} open
        {isOver(bucket) ? `: ${hours(overOf(bucket))} too much.` : '.'}
      </p>
      <Table
        columns={columnsOf(item => desk.floor.get(plannedItemView, item)?.name ?? item)}
        rows={answer}
        keyOf={one => `${one.order}/${one.op}`}
        empty={<Empty title="Nothing is due here" />}
      />
    </Stack>
  )
}

const columnsOf = (nameOf: (item: string) => string): readonly Column<LoadingWork>[] => [
  {
    name: 'Order',
    value: one => (one.kind === 'firm' ? <Label>{one.order}</Label> : 'planned'),
    sort: one => `${one.kind}${one.order}`
  },
  { name: 'Item', value: one => nameOf(one.item), sort: one => nameOf(one.item) },
  { name: 'Operation', value: one => `${one.op} ${one.name}`, sort: one => one.op },
  { name: 'Due', value: one => showDay(one.due), sort: one => one.due },
  { name: 'Takes', value: one => hours(one.minutes), sort: one => one.minutes, align: 'end' }
]
