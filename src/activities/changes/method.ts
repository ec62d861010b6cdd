/**
 * Builds the method of one item revision from what is approved now: BOM, routing, documents, control plans and tools as one
 * whole. Pure: the same masters give the same content, and so the same hash.
 */
import { isRefusal, type Known, type Refusal, refuse } from '#kernel/decision.ts'
import { times } from '#kernel/quantity.ts'
import {
  bomMasterView,
  controlPlanMasterView,
  documentMasterView,
  itemMasterView,
  type BomMaster,
  masterKey,
  type MethodContent,
  routingMasterView,
  toolMasterView
} from './projection.ts'

type Operation = MethodContent['operations'][number]

/** The content, or the first thing that is missing in the order in which an engineer would look. */
export const buildMethod = (known: Known, item: string, revision: string): MethodContent | Refusal => {
  const master = known.get(itemMasterView, item)
  if (!master) return refuse('item-not-set', { item })
  const routing = known.get(routingMasterView, masterKey(item, revision))
  if (!routing || routing.operations.length === 0) return refuse('no-routing', { item, revision })
  const operations = routing.operations.toSorted((a, b) => a.op - b.op)
  const bom = bomOf(known, item, revision)
  if (isRefusal(bom)) return bom
  const controlPlans = controlPlansOf(known, operations)
  if (isRefusal(controlPlans)) return controlPlans
  const documents = documentsOf(known, operations, controlPlans)
  if (isRefusal(documents)) return documents
  const tools = toolsOf(known, operations)
  if (isRefusal(tools)) return tools
  const stray = strayPart(operations, bom)
  if (stray) return stray
  return { item, itemName: master.name, revision, bom, operations, documents, controlPlans, tools }
}

const bomOf = (known: Known, item: string, revision: string): MethodContent['bom'] | Refusal => {
  const lines = known.get(bomMasterView, masterKey(item, revision))?.lines ?? []
  if (lines.length === 0) return refuse('no-bom', { item, revision })
  const bom: MethodContent['bom'] = []
  for (const line of throughPhantoms(known, lines)) {
    const component = known.get(itemMasterView, line.component)
    if (!component) return refuse('item-not-set', { item: line.component })
    const { name, tracking, gtin } = component
    bom.push({ ...line, name, tracking, ...(gtin && { gtin }) })
  }
  return bom
}

type Lines = BomMaster['lines']

/** A phantom is never on a shelf: its own parts stand in its place, at the operation that asked for it. At most eight levels. */
const throughPhantoms = (known: Known, lines: Lines, depth = 0): Lines =>
  lines.flatMap(line => {
    const component = known.get(itemMasterView, line.component)
    const key = component?.source === 'phantom' && depth < 8 ? masterKey(line.component, component.revision) : undefined
    const parts = key === undefined ? undefined : known.get(bomMasterView, key)?.lines
    if (!parts) return [line]
    const { operation } = line
    const inPlace = parts.map(part => ({
      ...part,
      quantity: times(part.quantity, line.quantity),
      ...(operation === undefined ? {} : { operation })
    }))
    return throughPhantoms(known, inPlace, depth + 1)
  })

const controlPlansOf = (known: Known, operations: readonly Operation[]): MethodContent['controlPlans'] | Refusal => {
  const plans: MethodContent['controlPlans'] = []
  for (const { op, controlPlan } of operations) {
    if (controlPlan === undefined || plans.some(one => one.plan === controlPlan)) continue
    const plan = known.get(controlPlanMasterView, controlPlan)
    if (!plan || plan.characteristics.length === 0) return refuse('control-plan-missing', { plan: controlPlan, op })
    plans.push(plan)
  }
  return plans
}

/** Where a document is asked for, so that a person can be told. */
type Wanted = { readonly document: string; readonly page: number; readonly where: string }

const wantedDocuments = (operations: readonly Operation[], plans: MethodContent['controlPlans']): readonly Wanted[] => [
  ...operations.flatMap(({ op, document, steps }) => [
    ...(document === undefined ? [] : [{ document, page: 1, where: `operation ${op}` }]),
    ...steps.flatMap(step => {
      const of = step.document ?? (step.page === undefined ? undefined : document)
      return of === undefined
        ? []
        : [{ document: of, page: step.page ?? 1, where: `step ${step.step} of operation ${op}` }]
    })
  ]),
  ...plans.flatMap(({ plan, characteristics }) =>
    characteristics.flatMap(({ document, page, number }) =>
      document === undefined ? [] : [{ document, page: page ?? 1, where: `check ${number} of ${plan}` }]
    )
  )
]

const documentsOf = (
  known: Known,
  operations: readonly Operation[],
  plans: MethodContent['controlPlans']
): MethodContent['documents'] | Refusal => {
  const documents = new Map<string, MethodContent['documents'][number]>()
  for (const { document, page, where } of wantedDocuments(operations, plans)) {
    const ready = documents.get(document) ?? releasedDocument(known, document, where)
    if (isRefusal(ready)) return ready
    documents.set(document, ready)
    if (page > ready.pages.length) return refuse('page-missing', { document, page, pages: ready.pages.length, where })
  }
  return [...documents.values()]
}

const releasedDocument = (
  known: Known,
  document: string,
  where: string
): MethodContent['documents'][number] | Refusal => {
  const master = known.get(documentMasterView, document)
  const revision = master?.released
  const released = revision === undefined ? undefined : master?.revisions[revision]
  const waiting = master?.waiting.at(-1)
  if (revision === undefined || !released)
    return waiting === undefined
      ? refuse('document-not-released', { document, where })
      : refuse('pages-not-ready', { document, revision: waiting, where })
  if (released.pages.length === 0) return refuse('pages-not-ready', { document, revision, where })
  return { document, revision, title: released.title, file: released.file.sha256, pages: [...released.pages] }
}

const toolsOf = (known: Known, operations: readonly Operation[]): MethodContent['tools'] | Refusal => {
  const tools = new Map<string, MethodContent['tools'][number]>()
  for (const operation of operations)
    for (const tool of operation.tools ?? []) {
      const master = known.get(toolMasterView, tool)
      if (!master) return refuse('tool-not-set', { tool, op: operation.op })
      tools.set(tool, { tool, name: master.name, kind: master.kind })
    }
  return [...tools.values()]
}

/** A step that consumes what the BOM doesn't hold would never be planned for. */
const strayPart = (operations: readonly Operation[], bom: MethodContent['bom']): Refusal | undefined => {
  for (const { op, steps } of operations)
    for (const { step, item } of steps)
      if (item !== undefined && !bom.some(line => line.component === item))
        return refuse('part-not-in-bom', { item, step, op })
  return undefined
}

/** What every tablet lists of an operation without having its method. */
export const operationHeads = ({ operations, controlPlans }: MethodContent) =>
  operations.map(({ op, name, stations, runMinutes, steps, controlPlan, tools }) => ({
    op,
    name,
    stations,
    runMinutes,
    steps: steps.map(({ step }) => step),
    checks: controlPlans.find(({ plan }) => plan === controlPlan)?.characteristics.length ?? 0,
    ...(tools && tools.length > 0 ? { tools } : {})
  }))
