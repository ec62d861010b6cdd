/** One measurement in a process of its own, so that its memory is its own: what is measured, and the folder of the problem. */
import { changed } from '#activities/materials/planning/change.ts'
import { messagesOf } from '#activities/materials/planning/messages.ts'
import { deskFor, netAll } from '#activities/materials/planning/netting.ts'
import { planFrom } from '#activities/materials/planning/plan.ts'
import { snapshotOf } from '#activities/materials/planning/snapshot.ts'
import type { SupplyRef } from '#activities/materials/planning/problem.ts'
import { plannedOrders } from '#activities/materials/planning/read.ts'
import { type Plan, rankOf } from '#activities/materials/planning/state.ts'
import { delayedBy } from '#activities/materials/planning/trace-up.ts'
import { bareNetting } from './mrp-bare.ts'
import { columnsFrom, loadedFrom } from './mrp-columns.ts'
import { median } from './report.ts'

const timed = <T>(work: () => T): { readonly made: T; readonly ms: number } => {
  const start = performance.now()
  const made = work()
  return { made, ms: performance.now() - start }
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Megabytes that the process held at most. */
const peak = (): number => process.resourceUsage().maxRSS / 1024

/** Once, cold, as a run in an office would be. */
const whole = (folder: string) => {
  const load = timed(() => {
    const { columns, ...loaded } = loadedFrom(folder)
    return { loaded, snapshot: snapshotOf(columns) }
  })
  const { loaded, snapshot } = load.made
  const loadPeak = peak()
  const before = cpu()
  const plan = timed(() => planFrom(loaded, snapshot))
  const messages = timed(() => messagesOf(plan.made))
  return {
    load_ms: load.ms,
    total_ms: plan.ms + messages.ms,
    total_cpu_ms: cpu() - before,
    load_peak_mb: loadPeak,
    peak_mb: peak(),
    orders: plan.made.orders.end,
    needs: plan.made.needs.end,
    messages: messages.made.length
  }
}

/** The engine's netting and the bare loop in turn, so that a busy machine slows both. */
const netting = (folder: string) => {
  const snapshot = snapshotOf(columnsFrom(folder))
  const desk = deskFor(snapshot)
  const [ours, bare]: [number[], number[]] = [[], []]
  let orders = [0, 0]
  for (let turn = 0; turn < 7; turn++) {
    const one = timed(() => netAll(snapshot, desk))
    const other = timed(() => bareNetting(snapshot))
    ours.push(one.ms)
    bare.push(other.ms)
    orders = [one.made.orders.end, other.made]
  }
  if (orders[0] !== orders[1]) throw new Error(`The bare loop plans ${orders[1]} orders, the engine ${orders[0]}.`)
  return {
    netting_ms: median(ours),
    bare_ms: median(bare),
    least_ms: Math.min(...ours),
    least_bare_ms: Math.min(...bare)
  }
}

const planOfFolder = (folder: string): Plan => {
  const { columns, ...loaded } = loadedFrom(folder)
  return planFrom(loaded, snapshotOf(columns))
}

/** Demands and receipts, a bit more and a week later, spread over the whole list; all messages are read after each. */
const changes = (folder: string) => {
  let plan = planOfFolder(folder)
  const times: number[] = []
  let reached = 0
  for (let turn = 0; turn < 120; turn++) {
    const ofDemand = turn % 4 !== 3
    const list = ofDemand ? plan.loaded.demands : plan.loaded.receipts
    const one = list[(turn * 7919 + 13) % list.length]
    if (!one) continue
    const later = { ...one, quantity: one.quantity + 1 + (turn % 5), day: one.day + (turn % 2 === 0 ? 0 : 7) }
    const change =
      'kind' in later && later.kind === 'purchase'
        ? ({ kind: 'receipt', receipt: { ...later, kind: 'purchase' } } as const)
        : ({
            kind: 'demand',
            demand: { id: later.id, item: later.item, quantity: later.quantity, day: later.day }
          } as const)
    const step = timed(() => {
      plan = changed(plan, change)
      return messagesOf(plan).length
    })
    times.push(step.ms)
    reached += step.made
  }
  const sorted = times.slice(20).toSorted((a, b) => a - b)
  return { change_ms: median(sorted), change_p99_ms: sorted.at(-2) ?? 0, messages: reached }
}

/** The worst and the usual of these supplies, each twelve weeks late; the best of three tries of each. */
const traced = (plan: Plan, late: readonly SupplyRef[]) => {
  const best = new Float64Array(late.length).fill(Infinity)
  let most = 0
  for (let turn = 0; turn < 3; turn++)
    for (const [at, ref] of late.entries()) {
      const step = timed(() => delayedBy(plan, ref, 84))
      best[at] = Math.min(best[at] ?? Infinity, step.ms)
      most = Math.max(most, step.made.length)
    }
  return { worst: best.length > 0 ? Math.max(...best) : 0, usual: median([...best]), most }
}

/** Every receipt; and the first orders of the parts that most hangs on. */
const traces = (folder: string) => {
  const plan = planOfFolder(folder)
  const receipts = traced(
    plan,
    plan.loaded.receipts.map(({ id, item }) => ({ kind: 'receipt', item, receipt: id }))
  )
  const hot = plan.loaded.items
    .map(({ id }) => ({ id, needs: plan.needs.count[rankOf(plan, id)] ?? 0 }))
    .toSorted((a, b) => b.needs - a.needs)
    .slice(0, 200)
  const orders = hot.flatMap(({ id }) =>
    plannedOrders(plan, id)
      .slice(0, 5)
      .map((order): SupplyRef => ({ kind: 'planned', item: id, order: order.id }))
  )
  const planned = traced(plan, orders)
  return {
    trace_ms: receipts.worst,
    trace_median_ms: receipts.usual,
    delayed: receipts.most,
    trace_order_ms: planned.worst,
    delayed_by_order: planned.most
  }
}

const WORK = { whole, netting, changes, traces }

const [what = '', folder = ''] = process.argv.slice(2)
const work = Object.entries(WORK).find(([name]) => name === what)?.[1]
if (work) console.log(JSON.stringify(work(folder)))
