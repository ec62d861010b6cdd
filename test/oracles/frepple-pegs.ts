/** What each demand lives on, and how stock goes up and down: by our plan, and by what frePPLe printed of its own. */
import { pegsOfItem } from '#activities/materials/planning/pegs.ts'
import { planOf } from '#activities/materials/planning/plan.ts'
import type { NeedRef, Peg, PlanProblem } from '#activities/materials/planning/problem.ts'
import { plannedOrders } from '#activities/materials/planning/read.ts'
import { soonestOf } from './frepple-promises.ts'
import { slotOfDate } from './frepple-xml.ts'
import type { Case } from './mrp-frepple-model.ts'

const keyOf = (need: NeedRef): string =>
  need.kind === 'demand' ? `demand ${need.demand}` : need.kind === 'planned' ? `order ${need.order}` : need.kind

type Taken = ReadonlyMap<string, number>

/** "demand: so many of that stock, so many of that order", down to what is really there or on order. */
export const livesOn = ({ problem }: Case): readonly string[] => {
  const plan = planOf(problem)
  const pegs = problem.items.flatMap(({ id }) => pegsOfItem(plan, id))
  const byNeed = Map.groupBy(pegs, ({ need }) => keyOf(need))
  const byOrder = Map.groupBy(pegs, ({ supply }) => (supply.kind === 'planned' ? supply.order : ''))
  const taken = new Map<string, number>()
  const note = (what: string, quantity: number): void => void taken.set(what, (taken.get(what) ?? 0) + quantity)
  /** Follows the part of a need from one share of it to another: what comes out first is for who asked first. */
  const follow = (need: string, from: number, to: number): void => {
    for (const list of Map.groupBy(byNeed.get(need) ?? [], ({ item }) => item).values()) {
      const whole = wholeOf(problem, need, list)
      let at = 0
      for (const peg of list) {
        const [begin, end] = [Math.max(at, from * whole), Math.min(at + peg.quantity, to * whole)]
        const before = at
        at += peg.quantity
        if (end <= begin) continue
        if (peg.supply.kind === 'on-hand') note(`stock of ${peg.item}`, end - begin)
        if (peg.supply.kind === 'receipt') note(peg.supply.receipt, end - begin)
        if (peg.supply.kind !== 'planned') continue
        const served = byOrder.get(peg.supply.order) ?? []
        const output = served.reduce((sum, one) => sum + one.quantity, 0)
        const first = served.slice(0, served.indexOf(peg)).reduce((sum, one) => sum + one.quantity, 0)
        follow(`order ${peg.supply.order}`, (first + begin - before) / output, (first + end - before) / output)
      }
    }
  }
  return problem.demands.map(({ id }) => {
    taken.clear()
    follow(`demand ${id}`, 0, 1)
    return lineOf(id, taken)
  })
}

/** All that a need asks of one item, whether it gets it or not. */
const wholeOf = (problem: PlanProblem, need: string, pegs: readonly Peg[]): number => {
  const [first] = pegs
  const asked = first?.need
  if (first === undefined || asked === undefined) return 0
  if (asked.kind === 'demand') return problem.demands.find(({ id }) => id === asked.demand)?.quantity ?? 0
  const got = pegs.reduce((sum, { quantity }) => sum + quantity, 0)
  if (asked.kind !== 'planned') return got
  const order = plannedOrders(planOf(problem), asked.item).find(({ id }) => `order ${id}` === need)
  const lines = problem.bom.filter(({ parent, component }) => parent === asked.item && component === first.item)
  return lines.reduce((sum, line) => sum + line.quantity * (line.fixed ? 1 : (order?.quantity ?? 0)), 0)
}

const lineOf = (demand: string, taken: Taken): string =>
  `${demand}: ${[...taken]
    .map(([what, quantity]) => `${Number(quantity.toFixed(3))} of ${what}`)
    .toSorted()
    .join(', ')}`

/** Undefined for what prints no pegging. */
export const printedPegs = (text: string): ((one: Case) => readonly string[]) | undefined => {
  const printed = new Map<string, Map<string, number>>()
  let current: Map<string, number> | undefined
  for (const line of text.split('\n')) {
    const [, demand] = /^Pegging of demand (.*) with quantity/.exec(line) ?? []
    const [, level, id = '', operation = '', quantity] = line.split('\t')
    if (level === undefined) {
      current = demand === undefined ? undefined : new Map<string, number>()
      if (demand !== undefined && current) printed.set(demand, current)
    }
    if (!current || level === undefined) continue
    const [, stock] = /^Inventory (.*)$/.exec(operation) ?? []
    const what = stock === undefined ? id : `stock of ${stock}`
    current.set(what, (current.get(what) ?? 0) + Number(quantity))
  }
  if (printed.size === 0) return undefined
  return ({ problem }) => {
    const known = new Set([...problem.items.map(({ id }) => `stock of ${id}`), ...problem.receipts.map(({ id }) => id)])
    return problem.demands.map(({ id }) =>
      lineOf(id, new Map([...(printed.get(id) ?? [])].filter(([what]) => known.has(what))))
    )
  }
}

/** What comes to stock and what goes, each at the moment at which it can. Receipts that come later are waited for. */
export const flowsOf = ({ problem }: Case): readonly string[] => {
  const waiting: PlanProblem = {
    ...problem,
    policy: { horizon: 100_000 },
    receipts: problem.receipts.map(one => ({ ...one, firm: false }))
  }
  const plan = planOf(waiting)
  const soonest = soonestOf(plan)
  return [
    ...problem.items.map(({ onHand = 0 }) => `on hand ${onHand}`),
    ...problem.receipts.map(({ day, quantity }) => `${day} ${quantity}`),
    ...plannedOrders(plan).map(({ id, due, quantity }) => `${soonest.orders.get(id) ?? due} ${quantity}`),
    ...problem.demands.map(({ id, day, quantity }) => `${Math.max(day, soonest.demands.get(id) ?? day)} ${-quantity}`)
  ].toSorted()
}

/** Undefined for what prints no stock going up and down. */
export const printedFlows = (text: string): readonly string[] | undefined => {
  const lines = text.split('\n').flatMap(line => {
    const [before, item, date = '', quantity] = line.split('\t')
    if (before !== '' || item === undefined || !/^\d{4}-\d\d-\d\d \d\d:/.test(date)) return []
    return [date.startsWith('1971') ? `on hand ${Number(quantity)}` : `${slotOfDate(date)} ${Number(quantity)}`]
  })
  return lines.length === 0 ? undefined : lines.toSorted()
}
