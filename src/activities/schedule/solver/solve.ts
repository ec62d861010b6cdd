/**
 * The doors of this folder. `dispatch` makes one schedule by one rule; `schedule` takes the best of several rules and, where a
 * budget is given, looks for something better until it is used up, nothing better can be, or somebody cancels. What it answers
 * is never worse than the best of the rules, ATCS among them.
 */
import { scheduleOf, type Totals, totalsOf } from './answer.ts'
import { type Bare, bareOf, costOfBound, laidOf, layInto } from './bare.ts'
import { construct, type Way } from './construct.ts'
import { searchShop, shopSearchOf } from './makespan/search.ts'
import { lowerBound } from './makespan/shop.ts'
import { type Model, modelOf } from './model.ts'
import type { Ints } from './numbers.ts'
import { layBest, orderSearchOf, searchOrders } from './orders/search.ts'
import type { Budget, Progress, Schedule, ScheduleProblem } from './problem.ts'
import { outlookOf } from './rules.ts'
import { clear, type Timeline, timelineOf } from './timeline.ts'

export type Watch = {
  /** Asked every few milliseconds. */
  readonly cancelled?: () => boolean
  readonly onProgress?: (progress: Progress) => void
}

/** One schedule by one rule. */
export const dispatch = (problem: ScheduleProblem, way: Way): Schedule => {
  const timeline = timelineOf(modelOf(problem))
  construct(timeline, outlookOf(timeline.model), way)
  return scheduleOf(timeline, { rule: way.rule, generation: way.generation, iterations: 0, stopped: 'constructed' })
}

/** The best of several rules, and better still within the budget. */
export const schedule = (problem: ScheduleProblem, budget?: Budget, watch: Watch = {}): Schedule => {
  const run = begin(problem, budget)
  while (run.advance()) {
    watch.onProgress?.(run.progress())
    if (watch.cancelled?.()) break
  }
  return run.answer()
}

/** The same a few milliseconds at a time, for whoever has to listen in between. */
export type Run = {
  /** Goes on a little. Answers false when there is nothing more to do. */
  readonly advance: () => boolean
  readonly progress: () => Progress
  /** The best so far; as cancelled if it was not at its end. */
  readonly answer: () => Schedule
}

export const begin = (problem: ScheduleProblem, budget?: Budget): Run => {
  const model = modelOf(problem)
  const started = budget?.now?.() ?? 0
  const best = bestByRule(model, budget, started)
  const { timeline, way } = best
  const engine = budget && !best.optimal ? engineOf(best, budget) : undefined
  let stopped: Schedule['how']['stopped'] = budget ? (best.optimal ? 'optimal' : 'cancelled') : 'constructed'
  const part = (): number => (budget ? usedOf(budget, started, engine?.iterations() ?? 0) : 1)
  return {
    advance: () => {
      if (!engine || stopped !== 'cancelled') return false
      engine.tell(part())
      if (engine.moves.next().done) stopped = 'optimal'
      else if (part() >= 1)
        stopped = budget?.iterations !== undefined && engine.iterations() >= budget.iterations ? 'iterations' : 'time'
      return stopped === 'cancelled'
    },
    progress: () => ({ iterations: engine?.iterations() ?? 0, cost: engine?.cost() ?? best.totals.cost, part: part() }),
    answer: () => {
      engine?.lay(timeline)
      const { rule, generation } = way
      return scheduleOf(timeline, { rule, generation, iterations: engine?.iterations() ?? 0, stopped })
    }
  }
}

const usedOf = (budget: Budget, started: number, iterations: number): number => {
  const byCount = budget.iterations === undefined ? 0 : iterations / Math.max(1, budget.iterations)
  const byTime =
    budget.now && budget.milliseconds !== undefined ? (budget.now() - started) / Math.max(1e-9, budget.milliseconds) : 0
  // Without any limit there is no search.
  if (budget.iterations === undefined && (budget.now === undefined || budget.milliseconds === undefined)) return 1
  return Math.min(1, Math.max(byCount, byTime))
}

const MAKESPAN_WAYS: readonly Way[] = [
  { rule: 'MWKR', generation: 'non-delay' },
  { rule: 'MOPNR', generation: 'non-delay' },
  { rule: 'FIFO', generation: 'non-delay' },
  { rule: 'SPT', generation: 'non-delay' },
  { rule: 'MWKR', generation: 'active' }
]

const DUE_WAYS: readonly Way[] = [
  { rule: 'ATCS', generation: 'non-delay' },
  ...[0.5, 1, 4].flatMap(minutes =>
    [0.1, 0.5, 2].map((setup): Way => ({ rule: 'ATCS', generation: 'non-delay', ahead: { minutes, setup } }))
  ),
  { rule: 'ATC', generation: 'non-delay' },
  { rule: 'EDD', generation: 'non-delay' },
  { rule: 'CR', generation: 'non-delay' },
  { rule: 'WSPT', generation: 'non-delay' },
  { rule: 'SPT', generation: 'non-delay' },
  { rule: 'MWKR', generation: 'non-delay' },
  { rule: 'ATCS', generation: 'active' },
  { rule: 'EDD', generation: 'active' }
]

type Best = {
  readonly timeline: Timeline
  readonly order: Ints
  readonly bare: Bare | undefined
  readonly way: Way
  readonly totals: Totals
  /** Weighted tardiness that a better plan may have at most. */
  readonly limit: number
  readonly optimal: boolean
}

/** Every rule in turn, as long as there is time; the first one always. */
const bestByRule = (model: Model, budget: Budget | undefined, started: number): Best => {
  const timeline = timelineOf(model)
  const outlook = outlookOf(model)
  const bare = bareOf(model)
  const bound = bare ? lowerBound(bare.shop) : 0
  const ways = bare ? MAKESPAN_WAYS : DUE_WAYS
  const tried: { way: Way; totals: Totals }[] = []
  let order: Ints = new Int32Array(0)
  for (const way of ways) {
    order = construct(timeline, outlook, way)
    tried.push({ way, totals: totalsOf(timeline) })
    if (bare && (tried.at(-1)?.totals.cost ?? 0) <= costOfBound(model, bound)) break
    if (budget?.milliseconds !== undefined && usedOf({ ...budget, iterations: 2 ** 50 }, started, 0) > 0.5) break
  }
  const least = Math.min(...tried.map(({ totals }) => totals.unplanned))
  const whole = tried.filter(({ totals }) => totals.unplanned === least)
  const byAtcs = whole.filter(({ way }) => way.rule === 'ATCS').map(({ totals }) => totals.tardiness)
  // Where nobody said what counts, set-ups and makespan may not be bought with tardiness.
  const limit = model.problem.objective || byAtcs.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...byAtcs)
  const allowed = whole.filter(({ totals }) => totals.tardiness <= limit)
  const best = allowed.reduce((a, b) => (b.totals.cost < a.totals.cost ? b : a))
  if (best !== tried.at(-1)) order = construct(timeline, outlook, best.way)
  const floor = bare ? costOfBound(model, bound) : 0
  return { timeline, order, bare, ...best, limit, optimal: best.totals.cost <= floor && best.totals.unplanned === 0 }
}

type Engine = {
  readonly moves: Generator<undefined, void>
  readonly cost: () => number
  readonly iterations: () => number
  readonly tell: (part: number) => void
  readonly lay: (timeline: Timeline) => void
}

const engineOf = ({ timeline, order, bare, limit }: Best, budget: Budget): Engine => {
  const { model } = timeline
  if (bare) {
    const search = shopSearchOf(bare.shop, laidOf(bare, timeline, order), budget.seed)
    return {
      moves: searchShop(search),
      cost: () => costOfBound(model, search.makespan),
      iterations: () => search.iterations,
      tell: () => undefined,
      lay: into => {
        clear(into)
        layInto(into, bare, search.best)
      }
    }
  }
  const search = orderSearchOf(timeline, order, budget.seed, limit)
  return {
    moves: searchOrders(search),
    cost: () => search.best,
    iterations: () => search.iterations,
    tell: part => {
      search.part = part
    },
    lay: () => layBest(search)
  }
}
