/** What is to happen when: timers in order of time, and in the order in which they were set where the time is the same. */

export type Planned = { readonly at: number; readonly order: number; work: (() => void) | undefined }

export type Agenda = {
  /** Answers how to take it off again. */
  add(at: number, work: () => void): () => void
  /** Takes the first off that is due by `until`. */
  due(until: number): Planned | undefined
}

export const agenda = (): Agenda => {
  const heap: Planned[] = []
  let order = 0
  return {
    add: (at, work) => {
      order += 1
      const one: Planned = { at, order, work }
      rise(heap, one)
      return () => {
        one.work = undefined
      }
    },
    due: until => {
      for (let first = heap[0]; first && first.at <= until; first = heap[0]) {
        sink(heap)
        if (first.work) return first
      }
      return undefined
    }
  }
}

const before = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

const rise = (heap: Planned[], one: Planned): void => {
  let at = heap.length
  while (at > 0) {
    const parent = heap[(at - 1) >> 1]
    if (!parent || before(parent, one)) break
    heap[at] = parent
    at = (at - 1) >> 1
  }
  heap[at] = one
}

/** Removes the first. Written without pairs: it runs for every timer of every seed. */
const sink = (heap: Planned[]): void => {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let at = 0
  for (let from = 1; from < heap.length; from = 2 * at + 1) {
    let child = heap[from]
    const other = heap[from + 1]
    if (child && other && before(other, child)) {
      from += 1
      child = other
    }
    if (!child || before(last, child)) break
    heap[at] = child
    at = from
  }
  heap[at] = last
}
