/** Tools and gauges as requirements: how many run at the same time, against how many there are. They are never used up. */
import { ceilOf } from './exact.ts'
import type { Plan } from './state.ts'
import type { PlanMessage } from './problem.ts'
import { dayOf } from './slots.ts'

export type ToolUse = {
  readonly tool: string
  /** The most that are in use on one day, and the first such day. */
  readonly peak: number
  readonly day: number
  readonly there: number
}

/** Peak use of every tool that a BOM line names, by planned orders from start to the day before they are due. */
export const toolUse = (plan: Plan): readonly ToolUse[] => {
  const { snapshot, loaded, orders } = plan
  const moves = new Map<number, [slot: number, change: number][]>()
  for (const { parent, tool, quantity, fixed } of loaded.tools) {
    const rank = snapshot.rank[parent] ?? -1
    const list = moves.get(tool) ?? []
    moves.set(tool, list)
    if (rank < 0) continue
    const scale = snapshot.items.scale[rank] ?? 1
    const from = orders.offset[rank] ?? 0
    for (let order = from; order < from + (orders.count[rank] ?? 0); order++) {
      const many = ceilOf(fixed ? 1 : Math.ceil((orders.quantity[order] ?? 0) / scale), quantity.num, quantity.den)
      const start = orders.key[order] ?? 0
      list.push([start, many], [Math.max(start + 1, orders.slot[order] ?? 0), -many])
    }
  }
  return [...moves]
    .sort(([a], [b]) => a - b)
    .map(([tool, list]) => {
      const { id = '', onHand = 0 } = loaded.items[tool] ?? {}
      const { peak, slot } = highest(list)
      return { tool: id, peak, day: dayOf(snapshot.slots, slot), there: onHand }
    })
}

const highest = (moves: readonly (readonly [number, number])[]): { readonly peak: number; readonly slot: number } => {
  let [now, peak, slot] = [0, 0, 0]
  // On one day, tools are given back before they are taken.
  for (const [at, change] of [...moves].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    now += change
    if (now > peak) [peak, slot] = [now, at]
  }
  return { peak, slot }
}

export const toolMessages = (plan: Plan): readonly PlanMessage[] =>
  toolUse(plan)
    .filter(({ peak, there }) => peak > there)
    .map(({ tool, peak, day, there }) => ({
      key: `tool-short/${tool}`,
      state: JSON.stringify([day, peak - there, null, null]),
      kind: 'tool-short',
      severity: 'attention',
      item: tool,
      day,
      quantity: peak - there,
      why: { peak, there }
    }))
