/** Then: the story of a run, from the log. Forward: what went into it. Backward: where a lot went. */
import { useEffect, useState } from 'preact/hooks'
import { type Run, runView } from '#activities/quality/projection.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { storyOf, type Told } from '../story.ts'
import { Facts } from './facts.tsx'
import { saveFile } from '#ui/save-file.ts'
import { Timeline } from './timeline.tsx'
import css from './trace-desk.module.css'
import { WhereUsed } from './where-used.tsx'

export const TraceDesk = ({ workOrder }: { readonly workOrder?: string }) => {
  const floor = useFloor()
  return workOrder ? <RunStory floor={floor} workOrder={decodeURIComponent(workOrder)} /> : <Runs floor={floor} />
}

const states = {
  created: ['off', 'not released'],
  released: ['normal', 'in work'],
  closed: ['info', 'closed']
} as const

const Runs = ({ floor }: { readonly floor: Floor }) => {
  const runs = floor
    .list(runView)
    .map(([, run]) => run)
    .reverse()
  const columns: readonly Column<Run>[] = [
    { name: 'Work order', value: run => <strong data-nocut="">{run.workOrder}</strong>, sort: run => run.workOrder },
    { name: 'Label', value: run => run.label ?? '', sort: run => run.label ?? '' },
    { name: 'Item', value: run => `${run.itemName} rev ${run.revision}`, sort: run => run.itemName },
    { name: 'Pieces', value: run => run.quantity, sort: run => run.quantity, align: 'end' },
    {
      name: 'State',
      value: run =>
        run.holds.length > 0 ? (
          <StateMark level="stop" word="on hold" />
        ) : (
          <StateMark level={states[run.state][0]} word={states[run.state][1]} />
        ),
      sort: run => run.state
    }
  ]
  return (
    <DeskScreen title="Trace">
      <div class={css.desk}>
        <WhereUsed floor={floor} />
        <section class={css.section}>
          <h2>Runs</h2>
          <Table
            columns={columns}
            rows={runs}
            keyOf={run => run.workOrder}
            onOpen={run => floor.go(`/trace/${encodeURIComponent(run.workOrder)}`)}
            empty={
              <Empty title="No run yet" hint="A run begins when a planner creates a work order.">
                <Button onPress={() => floor.go('/orders')}>Work orders</Button>
              </Empty>
            }
          />
        </section>
      </div>
    </DeskScreen>
  )
}

type Asked =
  | { readonly state: 'asking' }
  | { readonly state: 'told'; readonly events: readonly Told[] }
  | { readonly state: 'not-told'; readonly why: string }

const useHistory = (floor: Floor, workOrder: string, turn: number): Asked => {
  const [asked, setAsked] = useState<Asked>({ state: 'asking' })
  useEffect(() => {
    let shown = true
    setAsked({ state: 'asking' })
    floor.office.get<{ events: readonly Told[] }>(`/v1/history?work-order=${encodeURIComponent(workOrder)}`).then(
      ({ events }) => shown && setAsked({ state: 'told', events }),
      (problem: unknown) =>
        shown &&
        setAsked({ state: 'not-told', why: problem instanceof Error ? problem.message : 'The office gave no answer.' })
    )
    return () => {
      shown = false
    }
  }, [workOrder, turn])
  return asked
}

const RunStory = ({ floor, workOrder }: { readonly floor: Floor; readonly workOrder: string }) => {
  const [turn, setTurn] = useState(0)
  const [all, setAll] = useState(false)
  const asked = useHistory(floor, workOrder, turn)
  const run = floor.get(runView, workOrder)
  const title = run?.label ? `${workOrder} ${run.label}` : workOrder
  const dossier = async () => {
    try {
      saveFile(await floor.office.file(`/v1/dossier?work-order=${encodeURIComponent(workOrder)}`), `${workOrder}.jsonl`)
    } catch (problem) {
      floor.tell({ text: problem instanceof Error ? problem.message : 'The office gave no answer.', tone: 'stop' })
    }
  }
  // Paper holds the whole story; it is drawn before the browser is asked to print it.
  const print = () => {
    setAll(true)
    setTimeout(() => window.print(), 200)
  }
  return (
    <DeskScreen
      title={title}
      actions={
        <>
          <Button onPress={() => floor.go('/trace')}>All runs</Button>
          <Button onPress={() => setTurn(turn + 1)}>Read again</Button>
          <Button onPress={print}>Print</Button>
          <Button onPress={() => void dossier()}>Dossier</Button>
        </>
      }
    >
      <div class={css.desk}>
        <header class={css.printed}>
          <h1>{title}</h1>
        </header>
        {run && (
          <p class={css.sub}>
            {run.quantity} × {run.itemName} rev {run.revision} ({run.item})
          </p>
        )}
        {asked.state === 'asking' && <p class={css.sub}>Reading the log.</p>}
        {asked.state === 'not-told' && (
          <Empty title="The story is in the office" hint={asked.why}>
            <Button onPress={() => setTurn(turn + 1)}>Try again</Button>
          </Empty>
        )}
        {asked.state === 'told' && asked.events.length === 0 && (
          <Empty
            title={`Nothing is recorded for ${workOrder}`}
            hint="Look at its number, or choose a run from the list."
          />
        )}
        {asked.state === 'told' && asked.events.length > 0 && (
          <>
            <Facts floor={floor} story={storyOf(asked.events)} />
            <Timeline floor={floor} events={asked.events} all={all} onAll={() => setAll(true)} />
          </>
        )}
      </div>
    </DeskScreen>
  )
}
