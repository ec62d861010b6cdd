/** The plan and its copies side by side: who is late, what is short, where there is too much to do. */
import { useEffect, useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Empty } from '#ui/card.tsx'
import { Mark, Stack } from '#ui/desk-parts.tsx'
import { Progress } from '#ui/progress.tsx'
import { type Column, Table } from '#ui/table.tsx'
import type { BucketKind } from '../mps/buckets.ts'
import { OUTLOOK, type PlanOutlook } from '../outlook.ts'
import { type Changes, NO_CHANGES, supposedOf } from '../scenario.ts'
import { askedOf, type Desk } from './plan-time.ts'
import { changesWord, LIVE, type Scenarios } from './use-scenarios.ts'

type Props = { readonly desk: Desk; readonly kind: BucketKind; readonly scenarios: Scenarios }
type Plan = {
  readonly id: string
  readonly name: string
  readonly changes: Changes
  readonly outlook?: PlanOutlook | undefined
}

export const Compare = ({ desk, kind, scenarios }: Props) => {
  const plans: readonly Plan[] = [{ id: LIVE, name: 'Plan as it is', changes: NO_CHANGES }, ...scenarios.list]
  const { outlooks, part } = useOutlooks(desk, kind, plans)
  if (scenarios.list.length === 0)
    return (
      <Empty
        title="Nothing to compare yet"
        hint="Type into the planned line, or copy the plan; each copy shows here beside the plan as it is."
      />
    )
  return (
    <Stack>
      {part !== undefined && <Progress label="Planning each copy" part={part} />}
      <Table
        columns={columns}
        rows={plans.map(one => ({ ...one, outlook: outlooks.get(one.id) }))}
        keyOf={one => one.id}
        onOpen={one => scenarios.choose(one.id)}
        empty={null}
      />
    </Stack>
  )
}

/** One after the other, so that the first is there at once. */
const useOutlooks = (desk: Desk, kind: BucketKind, plans: readonly Plan[]) => {
  const [outlooks, setOutlooks] = useState<ReadonlyMap<string, PlanOutlook>>(new Map())
  const [part, setPart] = useState<number>()
  const { planner } = desk.floor
  const version = planner?.version.value
  const asked = JSON.stringify([askedOf(desk, kind), plans.map(({ id, changes }) => [id, changes])])
  useEffect(() => {
    if (!planner) return
    const stop = new AbortController()
    const work = async () => {
      for (const [at, { id, changes }] of plans.entries()) {
        setPart(at / plans.length)
        const asking = { supposing: supposedOf(changes), stop: stop.signal }
        const outlook = await planner.ask<PlanOutlook>(OUTLOOK, askedOf(desk, kind), asking)
        if (stop.signal.aborted) return
        setOutlooks(was => new Map(was).set(id, outlook))
      }
      setPart(undefined)
    }
    work().catch(() => setPart(undefined))
    return () => stop.abort()
  }, [planner, version, asked])
  return { outlooks, part }
}

const total = <T,>(list: readonly T[], of: (one: T) => number): number => list.reduce((sum, one) => sum + of(one), 0)

const number = (
  name: string,
  level: 'stop' | 'attention',
  of: (outlook: PlanOutlook) => number,
  word: string
): Column<Plan> => ({
  name,
  value: ({ outlook }) => {
    if (!outlook) return '…'
    const value = Math.round(of(outlook) * 10) / 10
    return value === 0 ? '0' : <Mark level={level} word={`${show(value)} ${word}`.trim()} />
  },
  sort: ({ outlook }) => (outlook ? of(outlook) : 0)
})

const columns: readonly Column<Plan>[] = [
  { name: 'Plan', value: one => <strong>{one.name}</strong>, sort: one => one.name },
  { name: 'Against the plan', value: one => (one.id === LIVE ? '' : changesWord(one.changes)) },
  number('Short parts', 'stop', ({ shortages }) => shortages.length, ''),
  number('Late', 'stop', ({ late }) => late.length, ''),
  number('Days late in all', 'stop', ({ late }) => total(late, ({ days }) => days), 'd'),
  number('Too much to do', 'attention', ({ overloads }) => total(overloads, ({ over }) => over) / 60, 'h')
]
