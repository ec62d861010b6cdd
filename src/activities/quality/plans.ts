/** What is checked and with what: plans as set at the desk, plans as frozen in a method, gauges, and the plant's day. */
import type * as z from 'zod/mini'
import { methodFrozen } from '#activities/changes/events.ts'
import { toolCalibrated, toolSet } from '#activities/tooling/events.ts'
import { change, replace, viewKind, when } from '#kernel/view.ts'
import { siteSetUp } from '#plant/events.ts'
import { type characteristic, controlPlanSet } from './events.ts'

export type Characteristic = z.infer<typeof characteristic>
export type ControlPlan = z.infer<typeof controlPlanSet.payload>

type Content = z.infer<typeof methodFrozen.payload>['content']
export type MethodPages = Content['documents'][number]

/** What an inspector needs of a frozen method: the plan of each operation that has one, and the documents beside it. */
export type QualityMethod = {
  readonly method: string
  readonly item: string
  readonly itemName: string
  readonly revision: string
  readonly operations: readonly {
    readonly op: number
    readonly name: string
    readonly document?: string
    readonly plan?: ControlPlan
  }[]
  readonly documents: readonly MethodPages[]
}

const methodOf = (method: string, content: Content): QualityMethod => {
  const operations = content.operations.map(({ op, name, document, controlPlan }) => {
    const plan = content.controlPlans.find(one => one.plan === controlPlan)
    return { op, name, ...(document ? { document } : {}), ...(plan ? { plan } : {}) }
  })
  const needed = new Set(
    operations.flatMap(({ document, plan }) =>
      plan ? [document, ...plan.characteristics.map(one => one.document)] : []
    )
  )
  return {
    method,
    item: content.item,
    itemName: content.itemName,
    revision: content.revision,
    operations,
    documents: content.documents.filter(one => needed.has(one.document))
  }
}

export const qualityMethodView = viewKind<QualityMethod>(
  'quality/method',
  'floor',
  [
    when(
      methodFrozen,
      ({ method }) => method,
      (_was, { method, content }) => methodOf(method, content)
    )
  ],
  ({ documents }) => documents.flatMap(({ pages }) => pages.map(page => page.sha256))
)

export const controlPlanView = viewKind<ControlPlan>('quality/control-plan', 'desk', [
  replace(controlPlanSet, ({ plan }) => plan)
])

export type Gauge = {
  readonly gauge: string
  readonly name: string
  /** The last day it may be used; absent when it is not calibrated by date. */
  readonly calibratedTo?: string
  readonly passed: boolean
}

export const gaugeView = viewKind<Gauge>('quality/gauge', 'floor', [
  when(
    toolSet,
    ({ tool }) => tool,
    (was, { tool, name, kind, calibratedTo }) => {
      if (kind !== 'gauge') return was
      const until = calibratedTo ?? was?.calibratedTo
      return { gauge: tool, name, passed: was?.passed ?? true, ...(until === undefined ? {} : { calibratedTo: until }) }
    }
  ),
  when(
    toolCalibrated,
    ({ tool }) => tool,
    change((was, { calibratedTo, passed }) => ({ ...was, calibratedTo, passed }))
  )
])

/** The plant's time zone, which says which day it is. */
export const clockView = viewKind<{ readonly timeZone: string }>('quality/clock', 'site', [
  when(
    siteSetUp,
    ({ site }) => site,
    (_was, { timeZone }) => ({ timeZone })
  )
])
