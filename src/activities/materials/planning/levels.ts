/**
 * Low-level codes by topological order (Kahn 1962): an item's level is one more than its highest parent's. What is left
 * over hangs below a loop; the loops themselves are its strongly connected parts (Tarjan 1972), each named by a path.
 */

export type Edges = { readonly parent: Int32Array; readonly component: Int32Array }

/** Edges of node n are `edge[offset[n]] … edge[offset[n + 1] - 1]`. */
export type Grouped = { readonly offset: Int32Array; readonly edge: Int32Array }

export type Levels = {
  /** By item; -1 for what lies in a loop or below one. */
  readonly level: Int32Array
  readonly placed: number
  /** The edges by parent. */
  readonly below: Grouped
}

/** Edge numbers grouped by what `of` says, in their order. */
export const grouped = (nodes: number, of: Int32Array): Grouped => {
  const offset = new Int32Array(nodes + 1)
  for (let at = 0; at < of.length; at++) offset[(of[at] ?? 0) + 1] = (offset[(of[at] ?? 0) + 1] ?? 0) + 1
  for (let node = 0; node < nodes; node++) offset[node + 1] = (offset[node + 1] ?? 0) + (offset[node] ?? 0)
  const next = offset.slice()
  const edge = new Int32Array(of.length)
  for (let at = 0; at < of.length; at++) {
    const node = of[at] ?? 0
    const place = next[node] ?? 0
    edge[place] = at
    next[node] = place + 1
  }
  return { offset, edge }
}

export const levelsOf = (items: number, { parent, component }: Edges): Levels => {
  const below = grouped(items, parent)
  const waits = new Int32Array(items)
  for (let at = 0; at < component.length; at++) waits[component[at] ?? 0] = (waits[component[at] ?? 0] ?? 0) + 1
  const level = new Int32Array(items).fill(-1)
  const reached = new Int32Array(items)
  const queue = new Int32Array(items)
  let placed = 0
  for (let item = 0; item < items; item++) if (waits[item] === 0) queue[placed++] = item
  for (let at = 0; at < placed; at++) {
    const item = queue[at] ?? 0
    const own = reached[item] ?? 0
    level[item] = own
    for (let p = below.offset[item] ?? 0; p < (below.offset[item + 1] ?? 0); p++) {
      const child = component[below.edge[p] ?? 0] ?? 0
      if ((reached[child] ?? 0) <= own) reached[child] = own + 1
      const left = (waits[child] ?? 0) - 1
      waits[child] = left
      if (left === 0) queue[placed++] = child
    }
  }
  return { level, placed, below }
}

/** Each loop as a path whose last item is made from its first. Only looked for among items without a level. */
export const loopsOf = (items: number, edges: Edges, level: Int32Array): readonly (readonly number[])[] => {
  const children = new Map<number, number[]>()
  for (let at = 0; at < edges.parent.length; at++) {
    const [from, to] = [edges.parent[at] ?? 0, edges.component[at] ?? 0]
    if (level[from] !== -1 || level[to] !== -1) continue
    const known = children.get(from)
    if (known) known.push(to)
    else children.set(from, [to])
  }
  return componentsOf(items, children)
    .filter(part => part.length > 1 || (children.get(part[0] ?? -1) ?? []).includes(part[0] ?? -1))
    .map(part => pathIn(part, children))
}

type Visit = { readonly node: number; next: number }

/** Tarjan's strongly connected components, without recursion: a BOM may be deeper than the stack. */
const componentsOf = (items: number, children: ReadonlyMap<number, readonly number[]>): readonly number[][] => {
  const index = new Int32Array(items).fill(-1)
  const low = new Int32Array(items)
  const open = new Uint8Array(items)
  const stack: number[] = []
  const found: number[][] = []
  let clock = 0
  const enter = (node: number): Visit => {
    index[node] = low[node] = clock++
    stack.push(node)
    open[node] = 1
    return { node, next: 0 }
  }
  const close = (node: number): void => {
    const part: number[] = []
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      open[top] = 0
      part.push(top)
      if (top === node) break
    }
    found.push(part)
  }
  const lower = (node: number, to: number): void => {
    low[node] = Math.min(low[node] ?? 0, to)
  }
  for (const root of children.keys()) {
    const path = index[root] === -1 ? [enter(root)] : []
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const child = children.get(here.node)?.[here.next++]
      if (child === undefined) {
        path.pop()
        const above = path.at(-1)
        if (above) lower(above.node, low[here.node] ?? 0)
        if (low[here.node] === index[here.node]) close(here.node)
      } else if (index[child] === -1) path.push(enter(child))
      else if (open[child]) lower(here.node, index[child] ?? 0)
    }
  }
  return found
}

/** A way round inside one strongly connected part, from its smallest item. */
const pathIn = (part: readonly number[], children: ReadonlyMap<number, readonly number[]>): readonly number[] => {
  const inside = new Set(part)
  const start = part.reduce((a, b) => Math.min(a, b))
  const from = new Map<number, number>()
  const queue = [start]
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at] ?? start
    for (const child of children.get(node) ?? []) {
      if (child === start) return walkBack(node, start, from)
      if (!inside.has(child) || from.has(child)) continue
      from.set(child, node)
      queue.push(child)
    }
  }
  return [start]
}

const walkBack = (end: number, start: number, from: ReadonlyMap<number, number>): readonly number[] => {
  const path = [end]
  for (let node = end; node !== start; ) {
    node = from.get(node) ?? start
    path.unshift(node)
  }
  return path
}
