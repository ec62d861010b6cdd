/** What the browser's bench runs, in a worker and in the page: how long a readable problem takes. */
import { load } from '#activities/materials/planning/load.ts'
import { messagesOf } from '#activities/materials/planning/messages.ts'
import { planFrom } from '#activities/materials/planning/plan.ts'
import type { PlanProblem } from '#activities/materials/planning/problem.ts'
import { snapshotOf } from '#activities/materials/planning/snapshot.ts'

/** Milliseconds to read the problem; to net, peg and make all messages; and what came of it. */
export type Run = { readonly load: number; readonly plan: number; readonly orders: number; readonly messages: number }

const run = async (): Promise<Run> => {
  // The bench's own file, of this shape.
  const problem = (await (await fetch('/problem.json')).json()) as PlanProblem
  const begun = performance.now()
  const { columns, ...named } = load(problem)
  const snapshot = snapshotOf(columns)
  const loaded = performance.now()
  const plan = planFrom(named, snapshot)
  const messages = messagesOf(plan).length
  return { load: loaded - begun, plan: performance.now() - loaded, orders: plan.orders.end, messages }
}

if ('document' in globalThis) Object.assign(globalThis, { run })
else void run().then(globalThis.postMessage)
