/** The story of one run, from its events: what went in, what was found, what came out. */
import { methodFrozen } from '#activities/changes/events.ts'
import {
  materialConsumed,
  materialReturned,
  quantityReported,
  quantityWithdrawn,
  workOrderReleased
} from '#activities/orders/events.ts'
import {
  checkCleared,
  checkRecorded,
  defectDispositioned,
  defectRecorded,
  holdPlaced,
  holdReleased
} from '#activities/quality/events.ts'
import type { EventKind } from '#kernel/event.ts'
import { add } from '#kernel/quantity.ts'

/** One event as the office tells it: `h` is its hash in the chain of the device that recorded it. */
export type Told = {
  readonly seq: number
  readonly id: string
  readonly type: string
  readonly person: string
  readonly device: string
  /** By the recording device's clock, and by the office's when it arrived. ISO 8601 UTC. */
  readonly at: string
  readonly received: string
  readonly payload: unknown
  readonly h: string
  readonly flags: readonly string[]
}

export type PartUsed = {
  readonly item: string
  readonly lot: string
  readonly quantity: number
  readonly pieces: number
}
export type OperationCount = {
  readonly op: number
  readonly good: number
  readonly scrap: number
  readonly rework: number
}

export type Story = {
  readonly method: string | undefined
  readonly methodNumber: number | undefined
  readonly counts: readonly OperationCount[]
  /** By item and lot; what was given back is taken off. */
  readonly parts: readonly PartUsed[]
  readonly checks: { readonly passed: number; readonly failed: number }
  readonly defects: { readonly found: number; readonly decided: number }
  readonly holds: { readonly placed: number; readonly released: number }
  readonly flagged: number
  readonly people: readonly string[]
  readonly devices: readonly string[]
}

/** The payloads of one kind, in order. The office checked each when it took the event in. */
const of = <P>(events: readonly Told[], kind: EventKind<P>): readonly P[] =>
  events.filter(({ type }) => type === kind.type).map(({ payload }) => payload as P)

export const storyOf = (events: readonly Told[]): Story => {
  const method = of(events, workOrderReleased).at(-1)?.method
  return {
    method,
    methodNumber: of(events, methodFrozen).find(one => one.method === method)?.number,
    counts: countsOf(events),
    parts: partsOf(events),
    checks: checksOf(events),
    defects: {
      found: of(events, defectRecorded).length,
      decided: new Set(of(events, defectDispositioned).map(({ defect }) => defect)).size
    },
    holds: { placed: of(events, holdPlaced).length, released: of(events, holdReleased).length },
    flagged: events.filter(({ flags }) => flags.length > 0).length,
    people: [...new Set(events.map(({ person }) => person))].sort(),
    devices: [...new Set(events.map(({ device }) => device))].sort()
  }
}

const countsOf = (events: readonly Told[]): readonly OperationCount[] => {
  const counts = new Map<number, OperationCount>()
  const put = (op: number, sign: 1 | -1, by: Omit<OperationCount, 'op'>): void => {
    const was = counts.get(op) ?? { op, good: 0, scrap: 0, rework: 0 }
    counts.set(op, {
      op,
      good: was.good + sign * by.good,
      scrap: was.scrap + sign * by.scrap,
      rework: was.rework + sign * by.rework
    })
  }
  for (const one of of(events, quantityReported)) put(one.op, 1, one)
  for (const one of of(events, quantityWithdrawn)) put(one.op, -1, one)
  return [...counts.values()].sort((a, b) => a.op - b.op)
}

const partsOf = (events: readonly Told[]): readonly PartUsed[] => {
  const parts = new Map<string, { item: string; lot: string; quantity: number; cycles: Set<number> }>()
  const at = (item: string, lot: string) => {
    const key = JSON.stringify([item, lot])
    const was = parts.get(key) ?? { item, lot, quantity: 0, cycles: new Set<number>() }
    parts.set(key, was)
    return was
  }
  for (const { item, lot, quantity, cycle } of of(events, materialConsumed)) {
    const part = at(item, lot)
    part.quantity = add(part.quantity, quantity)
    part.cycles.add(cycle)
  }
  for (const { item, lot, quantity } of of(events, materialReturned)) {
    const part = at(item, lot)
    part.quantity = add(part.quantity, -quantity)
  }
  return [...parts.values()]
    .filter(({ quantity }) => quantity !== 0)
    .map(({ item, lot, quantity, cycles }) => ({ item, lot, quantity, pieces: cycles.size }))
    .sort((a, b) => (a.item === b.item ? (a.lot < b.lot ? -1 : 1) : a.item < b.item ? -1 : 1))
}

/** The last word on each check counts, in the order of the log. */
const checksOf = (events: readonly Told[]): Story['checks'] => {
  const last = new Map<string, 'pass' | 'fail'>()
  const key = (one: { op: number; sample: number; characteristic: number }) =>
    `${one.op}/${one.sample}/${one.characteristic}`
  for (const { type, payload } of events) {
    // As in `of`: the office checked them.
    if (type === checkRecorded.type) {
      const check = payload as Parameters<typeof key>[0] & { verdict: 'pass' | 'fail' }
      last.set(key(check), check.verdict)
    } else if (type === checkCleared.type) last.delete(key(payload as Parameters<typeof key>[0]))
  }
  const all = [...last.values()]
  return { passed: all.filter(one => one === 'pass').length, failed: all.filter(one => one === 'fail').length }
}
