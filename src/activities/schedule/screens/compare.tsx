/** The plan and its copies side by side: what of orders, parts, builds and stations differs, each beside the plan as it is. */
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Empty } from '#ui/card.tsx'
import { matches, Quiet, Stack } from '#ui/desk-parts.tsx'
import { Progress } from '#ui/progress.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import type { BucketKind } from '../mps/buckets.ts'
import { OUTLOOK, type PlanOutlook, type PlanSchedule, SCHEDULE } from '../outlook.ts'
import { type Changes, NO_CHANGES, supposedOf } from '../scenario.ts'
import { BucketChoice } from './bucket-choice.tsx'
import { differencesOf, type Standing } from './compare-model.ts'
import { CompareTable } from './compare-table.tsx'
import tools from './plan-desk.module.css'
import { namesOf } from './plan-names.ts'
import { askedOf, type Desk } from './plan-time.ts'
import { changesWord, knownWith, LIVE, type Scenarios } from './use-scenarios.ts'

type Props = {
  readonly desk: Desk
  readonly kind: BucketKind
  readonly onKind: (kind: BucketKind) => void
  readonly scenarios: Scenarios
  readonly typed: string
  /** One of them was chosen to be worked in. */
  readonly onOpen: () => void
}
type Plan = { readonly id: string; readonly name: string; readonly changes: Changes }
type Answers = Pick<Standing, 'outlook' | 'schedule'>

export const Compare = ({ desk, kind, onKind, scenarios, typed, onOpen }: Props) => {
  const plans: readonly Plan[] = [{ id: LIVE, name: 'Plan as it is', changes: NO_CHANGES }, ...scenarios.list]
  const asked = JSON.stringify([askedOf(desk, kind), plans.map(({ id, changes }) => [id, changes])])
  const { answers, part, problem } = useAnswers(desk, kind, plans, asked)
  const version = desk.floor.planner?.version.value
  const groups = useMemo(() => {
    const standing = plans.map(
      ({ id, changes }): Standing => ({ known: knownWith(desk.floor, supposedOf(changes)), ...answers.get(id) })
    )
    const names = namesOf(desk.floor, answers.get(LIVE)?.outlook, desk.buckets, kind)
    return differencesOf(standing, desk.buckets, names)
  }, [version, asked, answers])
  if (scenarios.list.length === 0)
    return (
      <Empty
        title="Nothing to compare yet"
        hint="Type into the planned line, or copy the plan; each copy shows here beside the plan as it is."
      />
    )
  const open = (id: string): void => {
    scenarios.choose(id)
    onOpen()
  }
  return (
    <Stack>
      <div class={tools.tools}>
        <BucketChoice kind={kind} onKind={onKind} />
        {part !== undefined && <Progress label="Planning each copy" part={part} />}
      </div>
      {problem !== undefined && <StateMark level="attention" word={problem} />}
      <CompareTable
        plans={plans.map(({ id, name, changes }) => ({ id, name, note: id === LIVE ? '' : changesWord(changes) }))}
        groups={groups.map(group => ({ ...group, rows: group.rows.filter(({ name }) => matches(typed, name)) }))}
        busy={part !== undefined}
        onOpen={open}
      />
      <Quiet>
        Only what differs is listed. The schedule is the first that its rules find, without a search for a better one.
      </Quiet>
    </Stack>
  )
}

/** One after the other, so that the first is there at once; all outlooks before the first schedule, which takes longer. */
const useAnswers = (desk: Desk, kind: BucketKind, plans: readonly Plan[], asked: string) => {
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answers>>(new Map())
  const [part, setPart] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const { planner } = desk.floor
  const version = planner?.version.value
  useEffect(() => {
    if (!planner) return
    const stop = new AbortController()
    const put = (id: string, more: Answers): void =>
      setAnswers(was => (stop.signal.aborted ? was : new Map(was).set(id, { ...was.get(id), ...more })))
    const outlook = askedOf(desk, kind)
    const work = async (): Promise<void> => {
      for (const [at, { id, changes }] of plans.entries()) {
        setPart(at / plans.length / 2)
        const asking = { supposing: supposedOf(changes), stop: stop.signal }
        put(id, { outlook: await planner.ask<PlanOutlook>(OUTLOOK, outlook, asking) })
      }
      const schedule = { today: outlook.today, now: outlook.now, seconds: 0, seed: 1 }
      for (const [at, { id, changes }] of plans.entries()) {
        setPart(0.5 + at / plans.length / 2)
        const asking = { supposing: supposedOf(changes), stop: stop.signal }
        put(id, { schedule: await planner.ask<PlanSchedule>(SCHEDULE, schedule, asking) })
      }
    }
    setProblem(undefined)
    const end = (said?: string): void => {
      if (stop.signal.aborted) return
      setPart(undefined)
      setProblem(said)
    }
    work().then(
      () => end(),
      (reason: unknown) => end(reason instanceof Error ? reason.message : String(reason))
    )
    return () => stop.abort()
  }, [planner, version, asked])
  return { answers, part, problem }
}
