/**
 * A bare shop: jobs of operations in a fixed order, one machine or several to choose from, whole minutes, nothing else. Most of
 * what is published about scheduling is about this, and a plant whose question is only "how soon is all done" is one.
 */
import { at, type Ints } from '../numbers.ts'

/** Operations are numbered job by job. Number `count` stands for "none": it takes no time and nothing hangs on it. */
export type Shop = {
  readonly count: number
  readonly machines: number
  readonly jobs: number
  readonly job: Ints
  /** The operation before and after in the job, or `count`. */
  readonly before: Ints
  readonly after: Ints
  /** One for each job that has any. */
  readonly lastOfJob: Ints
  /** Choices of operation i are `choiceFrom[i]` up to `choiceFrom[i + 1]` in the two arrays below. */
  readonly choiceFrom: Ints
  readonly choiceMachine: Ints
  readonly choiceMinutes: Ints
  /** True where no operation has a choice. */
  readonly fixed: boolean
}

export type Choice = { readonly machine: number; readonly minutes: number }

/** Minutes have to be whole and their sum below 2^30; the caller sees to it. */
export const shopOf = (jobs: readonly (readonly (readonly Choice[])[])[]): Shop => {
  const operations = jobs.flatMap((job, number) =>
    job.map((choices, step) => ({ number, step, choices, of: job.length }))
  )
  const count = operations.length
  const choices = operations.flatMap(operation => operation.choices)
  const shop = {
    count,
    machines: choices.reduce((most, { machine }) => Math.max(most, machine + 1), 0),
    jobs: jobs.length,
    job: Int32Array.from([...operations.map(({ number }) => number), 0]),
    before: Int32Array.from([...operations.map(({ step }, i) => (step === 0 ? count : i - 1)), count]),
    after: Int32Array.from([...operations.map(({ step, of }, i) => (step === of - 1 ? count : i + 1)), count]),
    lastOfJob: Int32Array.from(operations.flatMap(({ step, of }, i) => (step === of - 1 ? [i] : []))),
    choiceFrom: new Int32Array(count + 2),
    choiceMachine: Int32Array.from([...choices.map(({ machine }) => machine), 0]),
    choiceMinutes: Int32Array.from([...choices.map(({ minutes }) => minutes), 0]),
    fixed: operations.every(operation => operation.choices.length === 1)
  }
  operations.forEach((operation, i) => {
    shop.choiceFrom[i + 1] = at(shop.choiceFrom, i) + operation.choices.length
  })
  shop.choiceFrom[count + 1] = at(shop.choiceFrom, count)
  return shop
}

/**
 * No schedule is shorter: the longest job, and for each machine that nobody can avoid Jackson's preemptive schedule with heads
 * and tails (Carlier 1982). With choices, the shortest minutes count, and the average load as well.
 */
export const lowerBound = (shop: Shop): number => {
  const { count, machines, choiceFrom, choiceMachine, choiceMinutes } = shop
  const least = new Int32Array(count + 1)
  const only = new Int32Array(count + 1).fill(-1)
  let work = 0
  for (let i = 0; i < count; i++) {
    let best = 2 ** 30
    for (let c = at(choiceFrom, i); c < at(choiceFrom, i + 1); c++) best = Math.min(best, at(choiceMinutes, c))
    least[i] = best
    work += best
    if (at(choiceFrom, i + 1) - at(choiceFrom, i) === 1) only[i] = at(choiceMachine, at(choiceFrom, i))
  }
  const { head, tail } = reach(shop, least)
  let bound = Math.ceil(work / Math.max(1, machines))
  for (let i = 0; i < count; i++) bound = Math.max(bound, at(head, i) + at(least, i) + at(tail, i))
  for (let machine = 0; machine < machines; machine++) {
    const mine: number[] = []
    for (let i = 0; i < count; i++) if (at(only, i) === machine) mine.push(i)
    if (mine.length > 1) bound = Math.max(bound, jackson(mine, head, least, tail))
  }
  return bound
}

/** How much of its job comes before and after each operation at the least. */
const reach = (shop: Shop, least: Ints): { head: Ints; tail: Ints } => {
  const head = new Int32Array(shop.count + 1)
  const tail = new Int32Array(shop.count + 1)
  for (let i = 0; i < shop.count; i++) {
    const before = at(shop.before, i)
    if (before !== shop.count) head[i] = at(head, before) + at(least, before)
  }
  for (let i = shop.count - 1; i >= 0; i--) {
    const after = at(shop.after, i)
    if (after !== shop.count) tail[i] = at(tail, after) + at(least, after)
  }
  return { head, tail }
}

/** One machine that may break off: always the waiting operation with the longest tail. A heap keeps it fast for thousands. */
const jackson = (mine: readonly number[], head: Ints, least: Ints, tail: Ints): number => {
  const byHead = [...mine].sort((a, b) => at(head, a) - at(head, b))
  const rest = new Map(mine.map(i => [i, at(least, i)]))
  const heap: number[] = []
  let now = 0
  let next = 0
  let bound = 0
  while (next < byHead.length || heap.length > 0) {
    if (heap.length === 0) now = Math.max(now, at(head, byHead[next] ?? 0))
    while (next < byHead.length && at(head, byHead[next] ?? 0) <= now) push(heap, byHead[next++] ?? 0, tail)
    const top = heap[0] ?? 0
    const left = rest.get(top) ?? 0
    const until = next < byHead.length ? at(head, byHead[next] ?? 0) : Number.POSITIVE_INFINITY
    const worked = Math.min(left, until - now)
    now += worked
    rest.set(top, left - worked)
    if (worked < left) continue
    pop(heap, tail)
    bound = Math.max(bound, now + at(tail, top))
  }
  return bound
}

const push = (heap: number[], value: number, tail: Ints): void => {
  let child = heap.length
  heap.push(value)
  while (child > 0) {
    const parent = (child - 1) >> 1
    const above = heap[parent] ?? 0
    if (at(tail, above) >= at(tail, value)) break
    heap[child] = above
    child = parent
  }
  heap[child] = value
}

const pop = (heap: number[], tail: Ints): void => {
  const last = heap.pop() ?? 0
  if (heap.length === 0) return
  let parent = 0
  for (;;) {
    let child = parent * 2 + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && at(tail, heap[child + 1] ?? 0) > at(tail, heap[child] ?? 0)) child++
    if (at(tail, heap[child] ?? 0) <= at(tail, last)) break
    heap[parent] = heap[child] ?? 0
    parent = child
  }
  heap[parent] = last
}
