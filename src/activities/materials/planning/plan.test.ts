/** What must be true of every plan, whatever the problem. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problems } from '#test/plan-problems.ts'
import { type Change, changed } from './change.ts'
import { messagesOf } from './messages.ts'
import { pegsOfItem } from './pegs.ts'
import { planFollower } from './follow.ts'
import { planOf } from './plan.ts'
import type { PlanProblem } from './problem.ts'
import { itemRows, plannedOrders } from './read.ts'
import type { Plan } from './state.ts'

/** `RUNS=5000` looks harder. */
const RUNS = Number(process.env['RUNS'] ?? 150)

const anything = problems({ literal: false })

/** All that a plan says, without the order in which it says it. */
const said = (plan: Plan, { items }: PlanProblem) => ({
  orders: plannedOrders(plan)
    .map(one => JSON.stringify(one))
    .toSorted(),
  rows: items.map(({ id }) => [id, itemRows(plan, id)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  pegs: items.flatMap(({ id }) => pegsOfItem(plan, id).map(one => JSON.stringify(one))).toSorted(),
  messages: messagesOf(plan)
    .map(one => JSON.stringify(one))
    .toSorted()
})

describe('every plan', () => {
  it('has no planned order without a peg, and covers no need twice', () => {
    fc.assert(
      fc.property(anything, problem => {
        const plan = planOf(problem)
        for (const { id } of problem.items) {
          const pegs = pegsOfItem(plan, id)
          const served = new Set(pegs.flatMap(({ supply }) => (supply.kind === 'planned' ? [supply.order] : [])))
          expect(plannedOrders(plan, id).filter(order => order.output > 0 && !served.has(order.id))).toEqual([])
          for (const demand of problem.demands.filter(one => one.item === id)) {
            const given = pegs
              .filter(({ need }) => need.kind === 'demand' && need.demand === demand.id)
              .reduce((sum, { quantity }) => sum + quantity, 0)
            expect(given).toBeLessThanOrEqual(demand.quantity)
            if (given < demand.quantity)
              expect(messagesOf(plan).some(one => one.kind === 'no-supply' && one.item === id)).toBe(true)
          }
        }
      }),
      { numRuns: RUNS }
    )
  })

  it('never lets stock fall below safety without a message', () => {
    fc.assert(
      fc.property(anything, problem => {
        const plan = planOf(problem)
        const named = new Set(
          messagesOf(plan)
            .filter(({ kind }) =>
              ['below-safety', 'no-supply', 'expedite', 'past-due', 'negative-stock'].includes(kind)
            )
            .map(({ item }) => item)
        )
        for (const item of problem.items) {
          const rows = itemRows(plan, item.id).filter(({ day }) => day >= problem.today)
          if (rows.some(({ projected }) => projected < (item.safetyStock ?? 0))) expect(named).toContain(item.id)
        }
      }),
      { numRuns: RUNS }
    )
  })

  it('is the same when the same problem is written down in another order', () => {
    const shuffled = fc.tuple(anything, fc.integer()).map(([problem, seed]) => {
      const mix = <T>(list: readonly T[]): T[] =>
        list
          .map((one, at) => [((at + 1) * 7919 * (seed | 1)) % 1009, one] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, one]) => one)
      const { items, bom, demands, receipts } = problem
      return [
        problem,
        { ...problem, items: mix(items), bom: mix(bom), demands: mix(demands), receipts: mix(receipts) }
      ] as const
    })
    fc.assert(
      fc.property(shuffled, ([problem, other]) => {
        expect(said(planOf(other), problem)).toEqual(said(planOf(problem), problem))
      }),
      { numRuns: RUNS }
    )
  })

  it('says after a change what a plan of the changed problem says', () => {
    const stories = fc.tuple(
      anything,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 40 }), fc.integer({ min: -2, max: 38 }), fc.nat(9)), {
        minLength: 1,
        maxLength: 6
      })
    )
    fc.assert(
      fc.property(stories, ([start, steps]) => {
        let problem = start
        let plan = planOf(start)
        for (const [at, quantity, days, what] of steps) {
          const change = changeOf(problem, at, quantity, problem.today + days, what)
          plan = changed(plan, change)
          problem = after(problem, change)
          expect(said(plan, problem)).toEqual(said(planOf(problem), problem))
        }
      }),
      { numRuns: RUNS }
    )
  })
})

const kindOf = ['firm-planned', 'work-order'] as const

describe('a plan that follows its problem', () => {
  it('says what a plan of the new problem says, whatever became of the old one', () => {
    const step = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 40 }), fc.integer({ min: -2, max: 38 }), fc.nat(9))
    const other = fc.option(fc.nat(3), { nil: undefined, freq: 4 })
    const stories = fc.tuple(anything, fc.array(fc.tuple(fc.array(step, { maxLength: 3 }), other), { maxLength: 5 }))
    fc.assert(
      fc.property(stories, ([start, steps]) => {
        const follow = planFollower()
        let problem = start
        follow(problem)
        for (const [changes, what] of steps) {
          for (const [at, quantity, days, kind] of changes)
            problem = after(problem, changeOf(problem, at, quantity, problem.today + days, kind))
          if (what !== undefined) problem = otherwise(problem, what)
          expect(said(follow(problem), problem)).toEqual(said(planOf(problem), problem))
        }
      }),
      { numRuns: RUNS }
    )
  })
})

/** What no list of demands and receipts says. */
const otherwise = (problem: PlanProblem, what: number): PlanProblem => {
  const { items, bom, demands } = problem
  if (what === 0) return { ...problem, today: problem.today + 1 }
  if (what === 1) return { ...problem, items: items.map(item => ({ ...item, onHand: (item.onHand ?? 0) + 3 })) }
  if (what === 2) return { ...problem, bom: bom.slice(1) }
  return { ...problem, demands: [...demands, ...demands.slice(0, 1)] }
}

const changeOf = (
  { items, demands, receipts }: PlanProblem,
  at: number,
  quantity: number,
  day: number,
  what: number
): Change => {
  const item = items[at % items.length]?.id ?? ''
  const demand = demands[at % Math.max(1, demands.length)]
  const receipt = receipts[at % Math.max(1, receipts.length)]
  if (what === 0 && demand) return { kind: 'no-demand', id: demand.id }
  if (what === 1 && receipt) return { kind: 'no-receipt', id: receipt.id }
  if (what === 2 && receipt) return { kind: 'receipt', receipt: { ...receipt, quantity, day } }
  if (what === 3) return { kind: 'receipt', receipt: { id: `r${at % 9}`, item, quantity, day, kind: 'purchase' } }
  if (what > 7)
    return { kind: 'receipt', receipt: { id: `r${at % 9}`, item, quantity, day, kind: kindOf[what - 8] ?? 'purchase' } }
  if (what < 6 && demand) return { kind: 'demand', demand: { ...demand, quantity, day } }
  return { kind: 'demand', demand: { id: `d${at % 12}`, item, quantity, day } }
}

const after = (problem: PlanProblem, change: Change): PlanProblem => {
  const id = change.kind === 'demand' ? change.demand.id : change.kind === 'receipt' ? change.receipt.id : change.id
  const demands = problem.demands.filter(one => one.id !== id)
  const receipts = problem.receipts.filter(one => one.id !== id)
  if (change.kind === 'demand') return { ...problem, demands: [...demands, change.demand] }
  if (change.kind === 'receipt') return { ...problem, receipts: [...receipts, change.receipt] }
  return change.kind === 'no-demand' ? { ...problem, demands } : { ...problem, receipts }
}
