/** Random multi-level problems answered by another engine, and textbook exercises: planned orders must be equal. */
import { describe, expect, it } from 'vitest'
import { demandsOf } from '#activities/materials/planning/pegs.ts'
import { planOf } from '#activities/materials/planning/plan.ts'
import type { PlanProblem } from '#activities/materials/planning/problem.ts'
import { itemRows, plannedOrders } from '#activities/materials/planning/read.ts'
import { documents, named } from './oracles.ts'

type Item = {
  readonly id: string
  readonly type: 'make' | 'buy'
  readonly lead_time_weeks: number
  readonly lot_min: number
  readonly lot_multiple: number
  readonly lot_max: number | null
  readonly on_hand: number
  readonly safety_stock: number
  readonly yield: number
}

type Line = {
  readonly parent: string
  readonly component: string
  readonly qty: number
  readonly offset_weeks?: number
  readonly effective_from_week?: number
  readonly effective_to_week?: number
}

type Dated = { readonly id: string; readonly item: string; readonly week: number; readonly qty: number }

type Case = {
  readonly case: string
  readonly items: readonly Item[]
  readonly bom: readonly Line[]
  readonly demands: readonly Dated[]
  readonly scheduled_receipts: readonly Dated[]
}

type Order = { readonly item: string; readonly qty: number; readonly start_week: number; readonly due_week: number }

/** Week 0 begins on a Monday. */
const day = (week: number): number => week * 7 + 4

const problemOf = ({ items, bom, demands, scheduled_receipts }: Case): PlanProblem => ({
  today: day(0),
  bucketing: 'week',
  policy: { expediteWithin: 0 },
  items: items.map(item => ({
    id: item.id,
    source: item.type,
    decimals: 4,
    onHand: item.on_hand,
    safetyStock: item.safety_stock,
    leadTime: item.lead_time_weeks * 7,
    leadIn: 'calendar',
    yield: item.yield,
    lot: {
      rule: 'lot-for-lot',
      minimum: item.lot_min,
      multiple: item.lot_multiple,
      ...(item.lot_max === null ? {} : { maximum: item.lot_max })
    }
  })),
  bom: bom.map(line => ({
    parent: line.parent,
    component: line.component,
    quantity: line.qty,
    offset: (line.offset_weeks ?? 0) * 7,
    ...(line.effective_from_week === undefined ? {} : { from: day(line.effective_from_week) }),
    ...(line.effective_to_week === undefined ? {} : { to: day(line.effective_to_week) })
  })),
  demands: demands.map(one => ({ id: one.id, item: one.item, quantity: one.qty, day: day(one.week) })),
  receipts: scheduled_receipts.map(one => ({
    id: one.id,
    item: one.item,
    quantity: one.qty,
    day: day(one.week),
    kind: 'purchase'
  }))
})

const sorted = (orders: readonly Order[]): readonly string[] =>
  orders.map(({ item, qty, start_week, due_week }) => `${item} ${start_week}-${due_week}: ${qty}`).toSorted()

const planned = (problem: PlanProblem): readonly string[] =>
  sorted(
    plannedOrders(planOf(problem)).map(({ item, quantity, start, due }) => ({
      item,
      qty: quantity,
      start_week: (start - 4) / 7,
      due_week: (due - 4) / 7
    }))
  )

type Random = Case & {
  readonly expected_planned_orders: readonly (Order & { readonly demands: Readonly<Record<string, number>> })[]
  /** Whether the pegging beside the orders is exact, and no two demands of one day could change places. */
  readonly pegging_exact: boolean
  readonly peg_tie_free: boolean
}

const nameOf = (one: Case) => one.case
const cases = documents<readonly Random[]>('random problems').flat()

describe.skipIf(cases.length === 0)('material planning, against frePPLe', () => {
  it.each(named(cases, nameOf))('plans the orders of %s', (_, one) => {
    expect(planned(problemOf(one))).toEqual(sorted(one.expected_planned_orders))
  })

  const pegged = cases.filter(one => one.pegging_exact && one.peg_tie_free)
  it.each(named(pegged, nameOf))('pegs the orders of %s to their demands', (_, one) => {
    const plan = planOf(problemOf(one))
    const line = (item: string, due: number, quantity: number, demands: Iterable<readonly [string, number]>): string =>
      [
        item,
        due,
        quantity,
        ...[...demands]
          .filter(([, part]) => part > 1e-3)
          .map(([id, part]) => `${id} ${part.toFixed(2)}`)
          .toSorted()
      ].join(' ')
    const found = plannedOrders(plan).map(({ id, item, due, quantity }) =>
      line(item, (due - 4) / 7, quantity, demandsOf(plan, item, id))
    )
    const expected = one.expected_planned_orders.map(({ item, due_week, qty, demands }) =>
      line(item, due_week, qty, Object.entries(demands))
    )
    expect(found.toSorted()).toEqual(expected.toSorted())
  })
})

type Exercise = Case & {
  readonly expected: readonly { item: string; release_week: number; due_week: number; qty: number }[]
  readonly published?: null | {
    readonly releases?: readonly (readonly [item: string, week: number, quantity: number])[]
    readonly projected_on_hand_end_of_week?: Readonly<Record<string, number>>
  }
}

const exercises = documents<readonly Exercise[]>('textbooks').flat()

describe.skipIf(exercises.length === 0)('material planning, against textbooks', () => {
  it.each(named(exercises, nameOf))('plans the orders of %s', (_, one) => {
    const expected = one.expected.map(order => ({ ...order, start_week: order.release_week }))
    expect(planned(problemOf(one))).toEqual(sorted(expected))
  })

  const published = exercises.filter(one => one.published)
  it.each(named(published, nameOf))('releases what %s prints', (_, one) => {
    const plan = planOf(problemOf(one))
    const releases = plannedOrders(plan).map(({ item, quantity, start }) => `${item} ${(start - 4) / 7} ${quantity}`)
    for (const [item, week, quantity] of one.published?.releases ?? [])
      expect(releases).toContain(`${item} ${week} ${quantity}`)
    for (const [week, onHand] of Object.entries(one.published?.projected_on_hand_end_of_week ?? {})) {
      const before = itemRows(plan, one.items[0]?.id ?? '').filter(row => row.day <= day(Number(week)))
      expect(before.at(-1)?.projected ?? one.items[0]?.on_hand).toBe(onHand)
    }
  })
})
