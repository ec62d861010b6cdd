/** What is different between two methods of one item, in the words of the floor. Pure. */
import type { MethodContent } from './projection.ts'

export type Difference = {
  readonly part: 'BOM' | 'Routing' | 'Documents' | 'Control plans' | 'Tools'
  readonly what: string
  /** '' where it was not there. */
  readonly before: string
  /** '' where it is gone. */
  readonly after: string
}

type Lines = ReadonlyMap<string, string>

const sampled = (sample: MethodContent['controlPlans'][number]['sample']): string =>
  sample === 'each'
    ? 'every piece'
    : typeof sample === 'number'
      ? `${sample} pieces`
      : `AQL ${sample.aql}, level ${sample.level}${sample.severity && sample.severity !== 'normal' ? `, ${sample.severity}` : ''}`

/** One line for each thing that a person would look for, by a name that stays the same between methods. */
const partsOf = (content: MethodContent): Readonly<Record<Difference['part'], Lines>> => ({
  BOM: linesOf(
    content.bom.map(line => [
      `${line.component} ${line.name}${line.operation === undefined ? '' : `, operation ${line.operation}`}`,
      said(
        `${line.quantity} ${line.uom}`,
        line.places?.join(' '),
        line.note,
        line.scrapPercent === undefined ? undefined : `scrap ${line.scrapPercent} %`
      )
    ])
  ),
  Routing: linesOf(
    content.operations.flatMap(operation => [
      [
        `Operation ${operation.op}`,
        said(
          operation.name,
          operation.stations.join(' '),
          `${operation.setupMinutes} + ${operation.runMinutes} min`,
          operation.document,
          operation.controlPlan,
          operation.tools?.join(' ')
        )
      ] as const,
      ...operation.steps.map(step => [`Operation ${operation.op}, step ${step.step}`, stepText(step)] as const)
    ])
  ),
  Documents: linesOf(
    content.documents.map(one => [
      `${one.document} ${one.title}`,
      said(`rev ${one.revision}`, `${one.pages.length} pages`, one.file.slice(0, 8))
    ])
  ),
  'Control plans': linesOf(
    content.controlPlans.flatMap(plan => [
      [
        plan.plan,
        said(
          `rev ${plan.revision}`,
          plan.title,
          sampled(plan.sample),
          `stops at ${plan.stopAt.critical}/${plan.stopAt.major}/${plan.stopAt.minor}`
        )
      ] as const,
      ...plan.characteristics.map(
        one =>
          [
            `${plan.plan}, check ${one.number}`,
            said(one.name, one.kind, one.severity, limits(one), one.method, one.gauge, one.document, page(one.page))
          ] as const
      )
    ])
  ),
  Tools: linesOf(content.tools.map(one => [one.tool, said(one.name, one.kind)]))
})

type Step = MethodContent['operations'][number]['steps'][number]

const stepText = (step: Step): string =>
  said(
    step.title,
    step.text,
    step.kind,
    step.item && `${step.quantity ?? 1} × ${step.item}`,
    limits(step),
    step.document,
    page(step.page),
    step.news && `New: ${step.news}`
  )

type Limited = {
  readonly low?: number | undefined
  readonly high?: number | undefined
  readonly nominal?: number | undefined
  readonly unit?: string | undefined
}

const limits = ({ low, high, nominal, unit }: Limited): string | undefined =>
  low === undefined && high === undefined && nominal === undefined
    ? undefined
    : `${low ?? '–'} … ${high ?? '–'}${nominal === undefined ? '' : ` (${nominal})`} ${unit ?? ''}`.trim()

const page = (number: number | undefined): string | undefined => (number === undefined ? undefined : `page ${number}`)

const said = (...words: readonly (string | undefined)[]): string =>
  words.filter(word => word !== undefined && word !== '').join(' · ')

/** Lines of one name (a part on two BOM lines) are told apart by their count. */
const linesOf = (pairs: readonly (readonly [string, string])[]): Lines => {
  const lines = new Map<string, string>()
  for (const [name, text] of pairs) {
    let free = name
    for (let again = 2; lines.has(free); again++) free = `${name} (${again})`
    lines.set(free, text)
  }
  return lines
}

export const compareMethods = (before: MethodContent, after: MethodContent): readonly Difference[] => {
  const [was, now] = [partsOf(before), partsOf(after)]
  const parts = ['BOM', 'Routing', 'Documents', 'Control plans', 'Tools'] as const
  return parts.flatMap(part =>
    [...new Set([...was[part].keys(), ...now[part].keys()])]
      .map(what => ({ part, what, before: was[part].get(what) ?? '', after: now[part].get(what) ?? '' }))
      .filter(one => one.before !== one.after)
  )
}
