/**
 * The engine against a slow MRP that is written as a book would say it: maps of days, one item after the other, fractions
 * of whole numbers. Nothing of the engine is used by it.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planOf } from './plan.ts'
import type { LotRule, PlanBomLine, PlanItem, PlanProblem } from './problem.ts'
import { itemRows, plannedOrders } from './read.ts'
import { problems } from '#test/plan-problems.ts'

/** `RUNS=5000` looks harder. */
const RUNS = Number(process.env['RUNS'] ?? 300)

type Order = { item: string; quantity: number; start: number; due: number }

const ceil = (value: number): number => Math.ceil(Math.round(value * 1e9) / 1e9)

const workday = ({ workingDays }: PlanProblem, day: number): boolean => {
  if (!workingDays) return true
  return day < Math.min(...workingDays) || day > Math.max(...workingDays) || workingDays.includes(day)
}

const startOf = (problem: PlanProblem, item: PlanItem, due: number, quantity: number): number => {
  const working = (item.leadIn ?? (item.source === 'make' ? 'working' : 'calendar')) === 'working'
  let left = item.source === 'phantom' ? 0 : ceil((item.leadTime ?? 0) + (item.leadTimePer ?? 0) * quantity)
  if (left === 0) return due
  if (!working) return due - left
  let day = due
  while (!workday(problem, day)) day--
  while (left > 0) {
    day--
    if (workday(problem, day)) left--
  }
  return day
}

const moved = (problem: PlanProblem, item: PlanItem, start: number, days: number): number => {
  if (days === 0) return start
  const working = (item.leadIn ?? (item.source === 'make' ? 'working' : 'calendar')) === 'working'
  if (!working) return start + days
  let day = start
  while (!workday(problem, day)) day++
  for (let left = days; left > 0; ) {
    day++
    if (workday(problem, day)) left--
  }
  return day
}

const takes = (line: PlanBomLine, quantity: number): number => {
  const base = line.quantity * (line.fixed ? 1 : quantity)
  const usual = ceil(base / (1 - (line.scrap ?? 0)))
  const least = line.lossMinimum ? ceil(base) + line.lossMinimum : 0
  const all = Math.max(usual, least) + (line.setup ?? 0)
  return line.rounding ? ceil(all / line.rounding) * line.rounding : all
}

const lots = (lot: LotRule | undefined, net: number, yields: number): number[] => {
  const fixed = lot?.rule === 'fixed' ? lot.quantity : undefined
  const least = fixed ?? lot?.minimum ?? 0
  const most = fixed ?? lot?.maximum ?? 0
  const step = fixed ?? lot?.multiple ?? 1
  const orders: number[] = []
  let good = 0
  while (good < net) {
    const input = ceil((net - good) / yields)
    let one = Math.ceil(Math.max(input, least) / step) * step
    if (most > 0 && one > most) {
      one = Math.ceil(Math.max(Math.min(input, most), least) / step) * step
      if (one > most) one = Math.floor(most / step) * step || most
    }
    orders.push(one)
    good += Math.floor(Math.round(one * yields * 1e9) / 1e9)
  }
  return orders
}

/** In the order of low-level codes: an item waits until all its parents are planned. */
const parentsFirst = ({ items, bom }: PlanProblem): PlanItem[] => {
  const done: PlanItem[] = []
  while (done.length < items.length)
    for (const item of items)
      if (
        !done.includes(item) &&
        bom.every(line => line.component !== item.id || done.some(one => one.id === line.parent))
      )
        done.push(item)
  return done
}

const literal = (problem: PlanProblem): Order[] => {
  const gross = new Map<string, Map<number, number>>()
  const ask = (item: string, day: number, quantity: number): void => {
    const days = gross.get(item) ?? new Map<number, number>()
    gross.set(item, days.set(day, (days.get(day) ?? 0) + quantity))
  }
  for (const { item, day, quantity } of problem.demands) ask(item, day, quantity)
  const orders: Order[] = []
  for (const item of parentsFirst(problem)) {
    const asked = gross.get(item.id) ?? new Map<number, number>()
    const comes = new Map<number, number>()
    for (const { item: of, day, quantity } of problem.receipts)
      if (of === item.id)
        comes.set(Math.max(day, problem.today), (comes.get(Math.max(day, problem.today)) ?? 0) + quantity)
    let stock = item.onHand ?? 0
    const safety = item.safetyStock ?? 0
    const fillTo = item.stockMaximum ?? 0
    const days = [...new Set([...asked.keys(), ...comes.keys(), problem.today])].sort((a, b) => a - b)
    for (const day of days) {
      stock += (comes.get(day) ?? 0) - (asked.get(day) ?? 0)
      if (stock >= safety || item.source === 'none') continue
      let [left, deepest] = [stock, stock]
      const window = item.lot?.rule === 'period' && item.source !== 'phantom' ? item.lot.days : 1
      for (let ahead = day + 1; ahead < day + window; ahead++) {
        left += (comes.get(ahead) ?? 0) - (asked.get(ahead) ?? 0)
        deepest = Math.min(deepest, left)
      }
      for (const quantity of lots(
        item.source === 'phantom' ? undefined : item.lot,
        Math.max(safety - deepest, item.source === 'phantom' || fillTo <= safety ? 0 : fillTo - stock),
        item.yield ?? 1
      )) {
        const start = startOf(problem, item, day, quantity)
        orders.push({ item: item.id, quantity, start, due: day })
        stock += Math.floor(Math.round(quantity * (item.yield ?? 1) * 1e9) / 1e9)
        for (const line of problem.bom)
          if (line.parent === item.id && day >= (line.from ?? -1e9) && day < (line.to ?? 1e9))
            ask(line.component, moved(problem, item, start, line.offset ?? 0), takes(line, quantity))
      }
    }
  }
  return orders
}

const sorted = (orders: readonly Order[], { items }: PlanProblem): string[] => {
  const phantoms = new Set(items.filter(({ source }) => source === 'phantom').map(({ id }) => id))
  return orders
    .filter(({ item }) => !phantoms.has(item))
    .map(({ item, quantity, start, due }) => `${item} ${start} ${due} ${quantity}`)
    .toSorted()
}

describe('the planning engine, against MRP as a book says it', () => {
  it('plans the same orders, whatever the lots, losses, offsets, calendars and phantoms', () => {
    fc.assert(
      fc.property(problems({ literal: true }), problem => {
        expect(sorted(plannedOrders(planOf(problem)), problem)).toEqual(sorted(literal(problem), problem))
      }),
      { numRuns: RUNS }
    )
  })

  it('ends each row with what the one before left, what came and what was asked', () => {
    fc.assert(
      fc.property(problems({ literal: true }), problem => {
        const plan = planOf(problem)
        for (const item of problem.items) {
          let stock = item.onHand ?? 0
          for (const { gross, receipts, planned, projected } of itemRows(plan, item.id)) {
            stock += receipts + planned - gross
            expect(projected).toBeCloseTo(stock, 6)
          }
        }
      }),
      { numRuns: 100 }
    )
  })
})
