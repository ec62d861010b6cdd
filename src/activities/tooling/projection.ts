/** What is known of tools, jigs and gauges: where they are, until when they may be used, who set them up last. */
import type * as z from 'zod/mini'
import { change, viewKind, when } from '#kernel/view.ts'
import { workOrderClosed, workOrderReleased } from '#activities/orders/events.ts'
import { toolCalibrated, toolSet, toolSetUp } from './events.ts'

type Calibration = Omit<z.infer<typeof toolCalibrated.payload>, 'tool'> & {
  readonly person: string
  readonly at: string
}
export type SetUp = Omit<z.infer<typeof toolSetUp.payload>, 'tool'> & { readonly person: string; readonly at: string }

export type Tool = {
  readonly tool: string
  readonly name: string
  readonly kind: 'tool' | 'jig' | 'gauge'
  readonly location: string
  /** The last day it may be used; absent for what is never calibrated. */
  readonly calibratedTo?: string
  readonly lifeLimit?: number
  /** Newest first, at most ten; the log has them all. */
  readonly calibrations: readonly Calibration[]
  readonly setUp?: SetUp
}

const byTool = ({ tool }: { tool: string }) => tool

/** Sent to every tablet: the gate has to hold without a network. */
export const toolView = viewKind<Tool>('tooling/tool', 'site', [
  when(toolSet, byTool, (was, { tool, name, kind, location, calibratedTo, lifeLimit }) => ({
    tool,
    name,
    kind,
    location,
    ...(calibratedTo === undefined ? {} : { calibratedTo }),
    ...(lifeLimit === undefined ? {} : { lifeLimit }),
    calibrations: was?.calibrations ?? [],
    ...(was?.setUp ? { setUp: was.setUp } : {})
  })),
  when(
    toolCalibrated,
    byTool,
    change((was, { tool: _, ...calibration }, { person, at }) => ({
      ...was,
      calibratedTo: calibration.calibratedTo,
      calibrations: [{ ...calibration, person, at }, ...was.calibrations].slice(0, 10)
    }))
  ),
  when(
    toolSetUp,
    byTool,
    change((was, { tool: _, ...setUp }, { person, at }) => ({ ...was, setUp: { ...setUp, person, at } }))
  )
])

/** What one operation of one work order needs, and what was found when it was set up for it. */
export type JobTools = {
  readonly workOrder: string
  readonly op: number
  readonly name: string
  readonly tools: readonly string[]
  /** By tool, the last word on each. */
  readonly setUps: Readonly<Record<string, SetUp>>
  readonly closed?: true
}

export const jobKey = (workOrder: string, op: number): string => `${workOrder}/${op}`

/** Every tablet holds those of the open work orders: the gate at the start has to hold without a network. */
export const jobToolsView = viewKind<JobTools>('tooling/job', job => (job.closed ? 'archive' : 'floor'), [
  when(
    workOrderReleased,
    p => p.operations.filter(({ tools }) => tools?.length).map(({ op }) => jobKey(p.workOrder, op)),
    (was, { workOrder, operations }, _stamp, key) => {
      const found = operations.find(({ op }) => jobKey(workOrder, op) === key)
      return found && { workOrder, op: found.op, name: found.name, tools: found.tools ?? [], setUps: was?.setUps ?? {} }
    }
  ),
  when(
    toolSetUp,
    p => jobKey(p.workOrder, p.op),
    change((was, { tool, ...setUp }, { person, at }) => ({
      ...was,
      setUps: { ...was.setUps, [tool]: { ...setUp, person, at } }
    }))
  ),
  when(
    workOrderClosed,
    p => (p.jobs ?? []).map(({ op }) => jobKey(p.workOrder, op)),
    change(was => ({ ...was, closed: true }))
  )
])

/** `due` counts the days left, today being 0; negative is past. */
export type Due =
  | { readonly level: 'normal'; readonly word: string }
  | { readonly level: 'attention'; readonly word: string }
  | { readonly level: 'stop'; readonly word: string }

/** How a tool stands on a day (YYYY-MM-DD): attention from seven days before its last, stop after it or when it did not pass. */
export const dueOn = (tool: Tool, today: string): Due => {
  if (tool.calibrations[0]?.passed === false) return { level: 'stop', word: 'Did not pass' }
  if (tool.calibratedTo === undefined) return { level: 'normal', word: 'No due day' }
  const left = (Date.parse(tool.calibratedTo) - Date.parse(today)) / 86_400_000
  if (left < 0) return { level: 'stop', word: `${-left} d past` }
  if (left === 0) return { level: 'attention', word: 'Last day' }
  return left <= 7 ? { level: 'attention', word: `${left} d left` } : { level: 'normal', word: `${left} d left` }
}
