/** Where a lot went, run by run. */
import { add } from '#kernel/quantity.ts'

/** One consumption, as the log has it. */
export type Use = {
  readonly workOrder: string
  readonly op: number
  readonly cycle: number
  readonly item: string
  readonly quantity: number
}
export type UseByRun = {
  readonly workOrder: string
  readonly item: string
  readonly quantity: number
  readonly cycles: readonly number[]
}

/** What was scanned by mistake and given back is still listed: a recall looks at every piece it may be in. */
export const usesByRun = (uses: readonly Use[]): readonly UseByRun[] => {
  const runs = new Map<string, UseByRun>()
  for (const { workOrder, item, quantity, cycle } of uses) {
    const key = JSON.stringify([workOrder, item])
    const was = runs.get(key) ?? { workOrder, item, quantity: 0, cycles: [] }
    const cycles = was.cycles.includes(cycle) ? was.cycles : [...was.cycles, cycle].sort((a, b) => a - b)
    runs.set(key, { ...was, quantity: add(was.quantity, quantity), cycles })
  }
  return [...runs.values()].sort((a, b) => (a.workOrder < b.workOrder ? -1 : 1))
}
