/** How much there is to do at each station, with each tool and for the inspectors, against the time that there is. */
import { useState } from 'preact/hooks'
import { Empty } from '#ui/card.tsx'
import { Label, Mark, matches, Quiet, showDay, Stack } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Progress } from '#ui/progress.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAnswer } from '#ui/use-answer.ts'
import type { Load, LoadBucket, LoadingWork } from '../capacity/load.ts'
import type { BucketKind } from '../mps/buckets.ts'
import { LOAD_WORK, type LoadWork, OUTLOOK, type PlanOutlook } from '../outlook.ts'
import { plannedItemView } from '../projection.ts'
import { againstOpen, hours, inOrder, isIdle, isOver, loadSaid, onBar, overOf } from './load-words.ts'
import css from './load-view.module.css'
import { columnOf } from './mps-sheet.tsx'
import { BucketChoice } from './bucket-choice.tsx'
import tools from './plan-desk.module.css'
import { WhichPlan } from './scenario-bar.tsx'
import { askedOf, type Desk } from './plan-time.ts'
import { stepFocus } from './step-focus.ts'
import type { Scenarios } from './use-scenarios.ts'

type Props = { readonly desk: Desk; readonly kind: BucketKind; readonly scenarios: Scenarios }
type ViewProps = Props & { readonly onKind: (kind: BucketKind) => void; readonly typed: string }
type Chosen = { readonly load: Load; readonly at: number }

export const LoadView = ({ desk, kind, onKind, scenarios, typed }: ViewProps) => {
  const { answer, part, problem } = useAnswer<PlanOutlook>(OUTLOOK, askedOf(desk, kind), scenarios.supposing)
  const [chosen, setChosen] = useState<Chosen>()
  const nameOf = (at: number): string => {
    const bucket = desk.buckets[at]
    if (!bucket) return ''
    const { name, note } = columnOf(bucket, kind, at)
    return kind === 'day' ? `${name} ${note}` : at === 0 ? name.toLowerCase() : name
  }
  const shortOf = (at: number): string => {
    const bucket = desk.buckets[at]
    if (!bucket) return ''
    if (kind === 'day') return columnOf(bucket, kind, 1).name.slice(0, 2)
    return at === 0 ? 'now' : columnOf(bucket, kind, at).name.slice(0, 3)
  }
  if (problem !== undefined) return <StateMark level="attention" word={problem} />
  if (!answer) return <Progress label="Adding up the load" part={part ?? 0} />
  const shown = inOrder(answer.loads.filter(one => !isIdle(one)))
  const idle = answer.loads.filter(isIdle)
  const found = shown.filter(({ name, resource }) => matches(typed, name, resource))
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
        <span class={css.key} data-part="open" /> time that it is open, dotted where that is above the picture. The
        hours to do stand over each bar, the hours open under its {kind}. Each run counts in the {kind} in which it is
        due; choose a bar to see what is in it.
      </Quiet>
      <div class={css.charts} data-kind={kind} aria-busy={part !== undefined}>
        {found.map(load => (
          <Chart
            key={load.resource}
            load={load}
            nameOf={nameOf}
            shortOf={shortOf}
            onOpen={at => setChosen({ load, at })}
          />
        ))}
      </div>
      {found.length === 0 && <Empty title={`No station or tool matches “${typed}”`} />}
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
  /** What fits under a bar. */
  readonly shortOf: (at: number) => string
  readonly onOpen: (at: number) => void
}

const Chart = ({ load, nameOf, shortOf, onOpen }: ChartProps) => {
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
          <Bar
            key={nameOf(at)}
            bucket={bucket}
            most={most}
            name={nameOf(at)}
            short={shortOf(at)}
            at={at}
            onOpen={() => onOpen(at)}
          />
        ))}
      </div>
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
  readonly short: string
  readonly at: number
  readonly onOpen: () => void
}

const Bar = ({ bucket, most, name, short, at, onOpen }: BarProps) => {
  const { firm, planned, open } = bucket
  const over = isOver(bucket)
  const said = `${name}: ${againstOpen(bucket)}${planned > 0 ? `, ${hours(planned)} of it planned` : ''}${over ? `, ${hours(overOf(bucket))} too much` : ''}`
  const high = (minutes: number) => ({ blockSize: `${(100 * minutes) / most}%` })
  return (
    <button type="button" tabIndex={at === 0 ? 0 : -1} aria-label={said} title={said} onClick={onOpen}>
      <span class={css.plot} data-over={over ? '' : undefined}>
        <span class={css.stack}>
          <span class={css.much}>{onBar(firm + planned, over)}</span>
          <span data-part="planned" style={high(planned)} />
          <span data-part="firm" style={high(firm)} />
        </span>
        <span
          class={css.open}
          data-above={open > most ? '' : undefined}
          style={{ insetBlockEnd: `${Math.min(100, (100 * open) / most)}%` }}
        />
      </span>
      <span class={css.foot}>
        <span>{short}</span>
        <span>{open > 0 ? onBar(open, false) : '0'}</span>
      </span>
    </button>
  )
}

const Work = ({ desk, kind, scenarios, load, at }: Props & Chosen) => {
  const asked = { ...askedOf(desk, kind), resource: load.resource, at }
  const { answer, part } = useAnswer<LoadWork>(LOAD_WORK, asked, scenarios.supposing)
  const bucket = load.buckets[at]
  if (!answer || !bucket) return <Progress label="Looking it up" part={part ?? 0} />
  return (
    <Stack>
      <p>
        {againstOpen(bucket)}
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
