/** Changing a method: asked for by anybody, written by an engineer, approved by another one, released with its consequences. */
import * as z from 'zod/mini'
import { type Json, canonical } from '#kernel/canonical.ts'
import { floorAction, type Given, isRefusal, type Known, officeAction, type Refusal, refuse } from '#kernel/decision.ts'
import { type Draft, draft } from '#kernel/event.ts'
import { blob, code, name, note, ordinal, uuid } from '#kernel/shape.ts'
import { revisionReleased } from '#activities/documents/events.ts'
import { itemSet } from '#activities/materials/events.ts'
import { workOrderReleased } from '#activities/orders/events.ts'
import { type ChangeOrder, changeOrderView, requestView } from './change-order-view.ts'
import {
  changeOrderApproved,
  changeOrderOpened,
  changeOrderReleased,
  changeOrderWithdrawn,
  changeRequestDeclined,
  changeRequested,
  methodFrozen,
  openOrderDecision
} from './events.ts'
import { buildMethod, operationHeads } from './method.ts'
import {
  bomMasterView,
  documentMasterView,
  itemMasterView,
  itemMethodsView,
  masterKey,
  methodView,
  type Release,
  releaseView,
  routingMasterView
} from './projection.ts'

/** Anybody, also without the network: what is wrong is best said where it is seen. */
export const requestChange = floorAction(
  'changes/request-change',
  z.object({
    problem: note,
    item: z.optional(code),
    document: z.optional(code),
    workOrder: z.optional(code),
    op: z.optional(ordinal),
    photo: z.optional(blob)
  }),
  (_, input, given) => {
    const problem = input.problem.trim()
    if (problem === '') return refuse('request-empty')
    return [draft(changeRequested, { ...input, problem, request: given.newId() }, input.photo && [input.photo])]
  }
)

export const declineRequest = officeAction(
  'changes/decline-request',
  ['engineer', 'supervisor'],
  z.object({ request: uuid, note }),
  (known, input) => {
    const was = known.get(requestView, input.request)
    if (!was) return refuse('request-unknown')
    if (was.state !== 'open') return refuse('request-answered')
    if (input.note.trim() === '') return refuse('decision-unexplained')
    return [draft(changeRequestDeclined, { request: input.request, note: input.note.trim() })]
  }
)

type Opening = Pick<ChangeOrder, 'title' | 'reason' | 'requests' | 'documents' | 'items'>

export const openChangeOrder = officeAction(
  'changes/open-change-order',
  ['engineer'],
  z.object({
    title: z.string(),
    reason: note,
    requests: z.array(uuid),
    documents: z.array(z.object({ document: code, revision: code })),
    items: z.array(z.object({ item: code, revision: code }))
  }),
  (known, input) => {
    const lacking = lacks(known, input)
    if (lacking) return lacking
    const order = nextNumber(known.list(changeOrderView).map(([key]) => key))
    return [draft(changeOrderOpened, { ...input, order, title: input.title.trim(), reason: input.reason.trim() })]
  }
)

const nextNumber = (taken: readonly string[]): string => {
  const highest = taken.reduce((max, one) => Math.max(max, Number(/^ECO-(\d{1,9})$/.exec(one)?.[1] ?? 0)), 0)
  return `ECO-${String(highest + 1).padStart(4, '0')}`
}

const lacks = (known: Known, { title, reason, requests, documents, items }: Opening): Refusal | undefined => {
  if (!name.safeParse(title.trim()).success) return refuse('change-untitled')
  if (reason.trim() === '') return refuse('change-unexplained')
  if (documents.length + items.length === 0) return refuse('change-empty')
  for (const request of requests) {
    const was = known.get(requestView, request)
    if (!was) return refuse('request-unknown')
    if (was.state !== 'open') return refuse('request-answered')
  }
  return firstOf([
    ...documents.map(one => documentLacks(known, one.document, one.revision)),
    ...items.map(one => itemLacks(known, one.item, one.revision))
  ])
}

const firstOf = (refusals: readonly (Refusal | undefined)[]): Refusal | undefined => refusals.find(one => one)

const documentLacks = (known: Known, document: string, revision: string): Refusal | undefined => {
  const master = known.get(documentMasterView, document)
  if (!master?.revisions[revision]) return refuse('change-document-unknown', { document, revision })
  return master.released === revision ? refuse('change-document-released', { document, revision }) : undefined
}

const itemLacks = (known: Known, item: string, revision: string): Refusal | undefined => {
  const master = known.get(itemMasterView, item)
  if (!master) return refuse('item-not-set', { item })
  if (master.revision === revision) return refuse('change-item-current', { item, revision })
  if (!known.get(bomMasterView, masterKey(item, revision))) return refuse('no-bom', { item, revision })
  return known.get(routingMasterView, masterKey(item, revision)) ? undefined : refuse('no-routing', { item, revision })
}

/** Two persons: who wrote it can't approve it. A key of a script is nobody. */
export const approveChangeOrder = officeAction(
  'changes/approve-change-order',
  ['engineer'],
  changeOrderApproved.payload,
  (known, { order }, { person }) => {
    const was = known.get(changeOrderView, order)
    if (!was) return refuse('change-unknown', { order })
    if (was.state !== 'open') return refuse('change-not-open', { order, state: was.state })
    if (was.by === person) return refuse('own-change', { order })
    if (person.startsWith('key:')) return refuse('change-approved-by-script')
    return (
      firstOf(was.documents.map(one => pagesLack(known, one.document, one.revision))) ?? [
        draft(changeOrderApproved, { order })
      ]
    )
  }
)

const pagesLack = (known: Known, document: string, revision: string): Refusal | undefined =>
  (known.get(documentMasterView, document)?.revisions[revision]?.pages.length ?? 0) > 0
    ? documentLacks(known, document, revision)
    : refuse('change-pages-not-ready', { document, revision })

export const withdrawChangeOrder = officeAction(
  'changes/withdraw-change-order',
  ['engineer'],
  z.object({ order: code, note }),
  (known, input) => {
    const was = known.get(changeOrderView, input.order)
    if (!was) return refuse('change-unknown', { order: input.order })
    if (was.state === 'released' || was.state === 'withdrawn')
      return refuse('change-not-open', { order: input.order, state: was.state })
    if (input.note.trim() === '') return refuse('decision-unexplained')
    return [draft(changeOrderWithdrawn, { order: input.order, note: input.note.trim() })]
  }
)

/** A work order on the floor that a change reaches. Another item revision is another product, so that order only finishes. */
export type Reached = Release & { readonly mayTake: boolean }

export const reachedBy = (
  known: Known,
  { documents, items }: Pick<ChangeOrder, 'documents' | 'items'>
): readonly Reached[] =>
  known.list(releaseView).flatMap(([, order]) => {
    if (order.state !== 'released' || order.method === undefined) return []
    const shown = known.get(methodView, order.method)?.content.documents ?? []
    const older = documents.some(one =>
      shown.some(({ document, revision }) => document === one.document && revision !== one.revision)
    )
    const moved = items.some(one => one.item === order.item && one.revision !== order.revision)
    return older || moved ? [{ ...order, mayTake: older && !moved }] : []
  })

/** Makes the revisions the released ones, and gives each work order on the floor what was decided for it. */
export const releaseChangeOrder = officeAction(
  'changes/release-change-order',
  ['engineer', 'supervisor'],
  z.object({ order: code, workOrders: z.array(openOrderDecision) }),
  (known, { order, workOrders }, given) => {
    const was = known.get(changeOrderView, order)
    if (!was) return refuse('change-unknown', { order })
    if (was.state !== 'approved') return refuse('change-not-approved', { order, state: was.state })
    const lacking = firstOf([
      ...was.documents.map(one => pagesLack(known, one.document, one.revision)),
      ...was.items.map(one => itemLacks(known, one.item, one.revision))
    ])
    if (lacking) return lacking
    const reached = reachedBy(known, was)
    const undecided = reached.find(one => !workOrders.some(({ workOrder }) => workOrder === one.workOrder))
    if (undecided) return refuse('open-order-undecided', { workOrder: undecided.workOrder })
    const decided = workOrders.filter(one => reached.some(({ workOrder }) => workOrder === one.workOrder))
    const taking = reached.filter(one =>
      decided.some(two => two.workOrder === one.workOrder && two.decision === 're-release')
    )
    const stuck = taking.find(one => !one.mayTake)
    if (stuck) return refuse('other-revision', { workOrder: stuck.workOrder, revision: stuck.revision })
    const released = releasedAgain(afterChange(known, was), taking, given)
    if (isRefusal(released)) return released
    return [
      ...was.documents.map(one => draft(revisionReleased, one)),
      ...was.items.flatMap(({ item, revision }) => {
        const master = known.get(itemMasterView, item)
        return master ? [draft(itemSet, { ...master, revision })] : []
      }),
      ...released,
      draft(changeOrderReleased, { order, workOrders: decided })
    ]
  }
)

/** What will be known when the documents of the change are released. */
const afterChange = (known: Known, { documents }: ChangeOrder): Known => ({
  list: known.list,
  get: (kind, key) => {
    const found = known.get(kind, key)
    const line = kind.name === documentMasterView.name ? documents.find(one => one.document === key) : undefined
    // The name says which kind it is, so the spread keeps its type.
    return line && found ? ({ ...found, released: line.revision } as typeof found) : found
  }
})

/** A new method for each order that takes the change; orders of one item share it. */
const releasedAgain = (known: Known, taking: readonly Reached[], given: Given): readonly Draft[] | Refusal => {
  const made: Draft[] = []
  const numbers = new Map<string, string[]>()
  for (const { workOrder, item, revision, method: replaces } of taking) {
    const content = buildMethod(known, item, revision)
    if (isRefusal(content)) return content
    const method = given.hash(canonical(content satisfies Json))
    const methods = numbers.get(item) ?? (known.get(itemMethodsView, item)?.methods ?? []).map(one => one.method)
    if (!methods.includes(method)) made.push(draft(methodFrozen, { method, number: methods.push(method), content }))
    numbers.set(item, methods)
    if (method !== replaces)
      made.push(
        draft(workOrderReleased, {
          workOrder,
          method,
          operations: operationHeads(content),
          ...(replaces === undefined ? {} : { replaces })
        })
      )
  }
  return made
}
