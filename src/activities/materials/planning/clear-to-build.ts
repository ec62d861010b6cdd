/**
 * Clear to build: work orders in a proposed sequence against what really lies there. Nothing that is on its way counts.
 * An order keeps what it finds, also while it lacks something else, so that the sequence means what it says; what could
 * start if those before it gave theirs back is said too.
 */
import { add, tidy, times } from '#kernel/quantity.ts'
import type { PlanBomLine } from './problem.ts'

export type BuildOrder = {
  readonly id: string
  readonly item: string
  /** Still to build, in the item's unit. */
  readonly quantity: number
  /** Lines of its BOM, phantoms already replaced by their parts; quantities in the component's own unit. Tools don't count. */
  readonly lines: readonly PlanBomLine[]
  /** Given to it already and not used up, by component. */
  readonly issued?: Readonly<Record<string, number>>
}

export type Lack = {
  readonly item: string
  /** Still needed by this order, and what of it is there for it. */
  readonly needed: number
  readonly there: number
  readonly short: number
}

export type Cleared = {
  readonly order: string
  /** 'after-others': it could start now, if orders before it that can't start gave back what they keep. */
  readonly state: 'clear' | 'after-others' | 'short'
  /** What it lacks behind those before it, the part that lets the fewest be built first. */
  readonly lacks: readonly Lack[]
  /** The most that could be built now: the whole quantity when clear, 0 when not even one. */
  readonly split: number
}

/** In the order given. `thereOf` answers what lies there, in the item's unit; books below nothing count as nothing. */
export const clearToBuild = (
  sequence: readonly BuildOrder[],
  thereOf: (item: string) => number
): readonly Cleared[] => {
  const kept = new Map<string, number>()
  const started = new Map<string, number>()
  const free = (taken: ReadonlyMap<string, number>, item: string): number =>
    Math.max(0, add(thereOf(item), -(taken.get(item) ?? 0)))
  const take = (taken: Map<string, number>, item: string, quantity: number): void =>
    void taken.set(item, add(taken.get(item) ?? 0, quantity))
  return sequence.map(order => {
    const needs = needsOf(order, order.quantity)
    const inTurn = (item: string): number => free(kept, item)
    const alone = (item: string): number => free(started, item)
    const lacks = lacksOf(needs, inTurn)
    const clear = lacks.length === 0
    const could = clear || lacksOf(needs, alone).length === 0
    const split = clear ? order.quantity : mostOf(order, inTurn)
    const sorted = lacks.toSorted((a, b) => coverage(a) - coverage(b) || (a.item < b.item ? -1 : 1))
    for (const [item, needed] of needs) take(kept, item, Math.min(needed, inTurn(item)))
    if (could) for (const [item, needed] of needs) take(started, item, needed)
    return { order: order.id, state: clear ? 'clear' : could ? 'after-others' : 'short', lacks: sorted, split }
  })
}

const coverage = ({ there, needed }: Lack): number => there / needed

/** What a quantity of an order still needs, component by component. Losses as the plan counts them: divided by 1 - scrap. */
const needsOf = ({ lines, issued }: BuildOrder, quantity: number): ReadonlyMap<string, number> => {
  const needs = new Map<string, number>()
  for (const line of lines) {
    if (line.use === 'tool') continue
    needs.set(line.component, add(needs.get(line.component) ?? 0, lineNeed(line, quantity)))
  }
  for (const [item, needed] of needs) needs.set(item, Math.max(0, add(needed, -(issued?.[item] ?? 0))))
  return needs
}

const lineNeed = ({ quantity, fixed, scrap, lossMinimum, setup, rounding, cut }: PlanBomLine, many: number): number => {
  if (many <= 0) return 0
  const pieces = cut ? Math.floor((cut.stockLength + (cut.kerf ?? 0)) / (cut.length + (cut.kerf ?? 0)) + 1e-6) : 1
  const base = times(quantity / Math.max(1, pieces), fixed ? 1 : many)
  const usual = tidy(base / (1 - (scrap ?? 0)))
  const all = add(lossMinimum ? Math.max(usual, add(base, lossMinimum)) : usual, setup ?? 0)
  const step = rounding ?? (cut ? 1 : 0)
  return step > 0 ? times(Math.ceil(tidy(all / step)), step) : all
}

const lacksOf = (needs: ReadonlyMap<string, number>, free: (item: string) => number): readonly Lack[] =>
  [...needs].flatMap(([item, needed]) => {
    const there = Math.min(needed, free(item))
    const short = add(needed, -there)
    return short > 0 ? [{ item, needed, there, short }] : []
  })

/** The largest whole quantity that lacks nothing: needs never fall with the quantity, so it is found by halving. */
const mostOf = (order: BuildOrder, free: (item: string) => number): number => {
  let [low, high] = [0, Math.floor(order.quantity)]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (lacksOf(needsOf(order, middle), free).length === 0) low = middle
    else high = middle - 1
  }
  return low
}
