/** The routing of one item revision: its operations as rows to type into, what saving them touches, and the way back. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Panel, Quiet, Row } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Level, StateMark } from '#ui/state-mark.tsx'
import type { OrderItem } from '../item.ts'
import { workOrderView } from '../projection.ts'
import { setRouting } from '../routing-rules.ts'
import { bomLinesView, routingKey, routingStationView, routingView } from '../routing-view.ts'
import css from './routing.module.css'
import { type Cell, CELLS, listOf, problemsOf, rowsOf, WORDS } from './routing-rows.ts'
import { addOperation, type Cursor, RoutingTable, useCursor } from './routing-table.tsx'
import { RoutingTools } from './routing-tools.tsx'
import { loadWords, strayParts, touches } from './routing-words.ts'
import { type RoutingForm as Form, useRouting } from './use-routing.ts'

type Props = { readonly item: OrderItem; readonly revision: string }

/** Why it can only be read, as a sentence. Nothing but an empty routing can be wrong with this question, and that is meant. */
const useLacks = ({ item, revision }: Props): string | undefined => {
  const floor = useFloor()
  if (floor.network.value.state === 'offline')
    return 'No network. The routing can be read; a change is a decision of the office, which can’t be asked now. What is typed stays.'
  const refusal = floor.may(setRouting, { item: item.item, revision, operations: [] })
  return refusal === undefined || refusal.refused === 'routing-empty' ? undefined : floor.say(refusal)
}

export const RoutingForm = ({ item, revision }: Props) => {
  const floor = useFloor()
  const form = useRouting(item.item, revision)
  const lacks = useLacks({ item, revision })
  const cursor = useCursor()
  const [chosen, setAt] = useState<number>()
  const at = form.rows.find(row => row.key === chosen)
  const problems = problemsOf(form.rows, { has: station => floor.get(routingStationView, station) !== undefined })
  const set = form.routing?.set
  return (
    <Panel
      title={
        <>
          {item.name}{' '}
          <small>
            {item.item} rev {revision}
          </small>
        </>
      }
      actions={<Saving form={form} lacks={lacks} why={whyNot(form, lacks, problems)} />}
    >
      {lacks !== undefined && (
        <Said level="off" word="Read only">
          {lacks}
        </Said>
      )}
      {form.moved && <Moved form={form} />}
      {form.rows.length === 0 ? (
        <None {...{ item, revision, form, lacks, cursor }} />
      ) : (
        <>
          {lacks === undefined && <RoutingTools form={form} at={at} cursor={cursor} />}
          <RoutingTable {...{ form, problems, lacks, cursor }} used={useCodes()} at={at?.key} onAt={setAt} />
          <Notes item={item} revision={revision} form={form} />
          {lacks === undefined && <Keys />}
        </>
      )}
      {set && (
        <Quiet>
          Set by {floor.nameOf(set.person)}, <Age since={set.at} /> ago.
        </Quiet>
      )}
    </Panel>
  )
}

const NO_CHANGE = 'Nothing is typed that is not saved.'
type Problems = ReturnType<typeof problemsOf>
const whyNot = (form: Form, lacks: string | undefined, problems: Problems): string | undefined => {
  if (lacks !== undefined) return lacks
  if (form.moved) return 'Somebody else saved this routing meanwhile. Say first which one counts.'
  if (!form.dirty) return NO_CHANGE
  if (form.rows.length === 0) return 'A routing needs an operation. Take back what you took out, or add one.'
  const wrong = form.rows.find(row => problems.has(row.key))
  const found = wrong && problems.get(wrong.key)
  const cell = found && CELLS.find(one => found[one] !== undefined)
  return wrong && cell
    ? `Operation ${wrong.op}, ${WORDS[cell].replace(', min', '')}: ${found?.[cell] ?? ''}`
    : undefined
}

const Saving = ({
  form,
  lacks,
  why
}: {
  readonly form: Form
  readonly lacks: string | undefined
  readonly why: string | undefined
}) => (
  <>
    <Button why={form.dirty ? undefined : NO_CHANGE} onPress={form.leave}>
      Back to what is saved
    </Button>
    <Button
      tone={form.dirty && lacks === undefined ? 'primary' : 'plain'}
      busy={form.waits}
      why={why}
      data-action="save-routing"
      onPress={() => void form.save()}
    >
      Save the routing
    </Button>
  </>
)

type SaidProps = { readonly level: Level; readonly word: string; readonly children: ComponentChildren }
const Said = ({ level, word, children }: SaidProps) => (
  <p class={css.said}>
    <StateMark level={level} word={word} /> <span class={css.saying}>{children}</span>
  </p>
)

const Moved = ({ form }: { readonly form: Form }) => {
  const { nameOf } = useFloor()
  const set = form.routing?.set
  return (
    <div class={css.said}>
      <StateMark level="attention" word="Changed meanwhile" />
      <span class={css.saying}>
        {set ? nameOf(set.person) : 'Somebody'} saved another routing while this was typed. Yours is not saved.
      </span>
      <Button onPress={form.leave}>Look at theirs</Button>
      <Button onPress={form.over}>Keep mine instead</Button>
    </div>
  )
}

/** What it touches is said before it is saved; what it leaves behind, always. */
const Notes = ({ item, revision, form }: Props & { readonly form: Form }) => {
  const floor = useFloor()
  const orders = floor.list(workOrderView).map(([, one]) => one)
  const key = routingKey(item.item, revision)
  const stray = strayParts(
    floor.get(bomLinesView, key),
    form.rows.map(({ op }) => ({ op: Number(op) }))
  )
  const loads = form.rows.filter(row => row.batch.trim() !== '')
  return (
    <div class={css.notes} aria-live="polite" data-notes="">
      {form.dirty && (
        <Said level="info" word="Not saved yet">
          {touches(orders, item.item, revision, item.revision).join(' ')}
        </Said>
      )}
      {stray.map(one => (
        <Said key={one} level="attention" word="Look">
          {one}
        </Said>
      ))}
      {loads.map(row => (
        <Quiet key={row.key}>
          {loadWords({ op: row.op, batch: row.batch.trim(), stations: listOf(row.stations) }, station =>
            floor.get(routingStationView, station)
          )}
        </Quiet>
      ))}
    </div>
  )
}

const Keys = () => (
  <Quiet>
    Run minutes are for one piece. Arrows and Enter go up and down, Tab goes on; Ctrl+Enter adds an operation, Alt with
    an arrow moves it, Alt+Delete takes it out, Ctrl+Z takes back. Steps stay with their operation; they come with
    steps.csv.
  </Quiet>
)

const MOST_CODES = 300
/** Cells whose codes are worth proposing: what one routing calls a family, the next should call the same. */
const PROPOSED = ['family', 'batch', 'document', 'controlPlan'] as const

const useCodes = (): Readonly<Partial<Record<Cell, readonly string[]>>> => {
  const operations = useFloor()
    .list(routingView)
    .flatMap(([, one]) => one.operations)
  return Object.fromEntries(
    PROPOSED.map(cell => [cell, [...new Set(operations.flatMap(one => one[cell] ?? []))].sort().slice(0, MOST_CODES)])
  )
}

type NoneProps = Props & { readonly form: Form; readonly lacks: string | undefined; readonly cursor: Cursor }
const None = ({ item, revision, form, lacks, cursor }: NoneProps) => {
  const others = useFloor()
    .list(routingView, `${item.item}/`)
    .map(([, one]) => one)
    .filter(one => one.revision !== revision && one.operations.length > 0)
  return (
    <Empty
      title={form.dirty ? 'Every operation is taken out' : `No routing of rev ${revision} yet`}
      hint={
        item.source === 'make'
          ? 'It says what is done, where and how long. Without it no order can be released and the plan counts no time.'
          : 'It is not made here, so it needs none.'
      }
    >
      <Row>
        <Button tone="primary" why={lacks} onPress={() => addOperation(form, cursor, undefined)}>
          Add the first operation
        </Button>
        {form.undoes && <Button onPress={form.undo}>Undo</Button>}
        {others.map(one => (
          <Button
            key={one.revision}
            why={lacks}
            onPress={() => form.edit(() => rowsOf(one.operations).map(({ was: _was, ...row }) => row))}
          >
            Begin with that of rev {one.revision}
          </Button>
        ))}
      </Row>
    </Empty>
  )
}
