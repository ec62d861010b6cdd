/** Ranks that wait, each once, the lowest first (a binary heap). */
export type Queue = { readonly add: (rank: number) => void; readonly next: () => number | undefined }

export const queueOf = (): Queue => {
  const heap: number[] = []
  const waiting = new Set<number>()
  const add = (rank: number): void => {
    if (waiting.has(rank)) return
    waiting.add(rank)
    let at = heap.push(rank) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if ((heap[above] ?? 0) <= rank) break
      heap[at] = heap[above] ?? 0
      at = above
    }
    heap[at] = rank
  }
  const next = (): number | undefined => {
    const top = heap[0]
    const last = heap.pop()
    if (top === undefined || last === undefined) return undefined
    waiting.delete(top)
    if (heap.length > 0) sink(heap, last)
    return top
  }
  return { add, next }
}

const sink = (heap: number[], value: number): void => {
  let at = 0
  for (;;) {
    const left = 2 * at + 1
    if (left >= heap.length) break
    const child = (heap[left + 1] ?? Infinity) < (heap[left] ?? 0) ? left + 1 : left
    if ((heap[child] ?? 0) >= value) break
    heap[at] = heap[child] ?? 0
    at = child
  }
  heap[at] = value
}
