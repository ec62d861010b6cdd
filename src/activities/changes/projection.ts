/**
 * What a method is made of, as this room needs to know it: the approved masters of the other rooms, folded from their events;
 * the methods frozen from them; and the facts that broke a rule and wait for a decision.
 */
import type * as z from 'zod/mini'
import type { BlobRef, Stamp } from '#kernel/event.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  pagesRendered,
  renderingStopped,
  revisionReleased,
  revisionUploaded,
  revisionWithdrawn
} from '#activities/documents/events.ts'
import { bomSet, itemSet } from '#activities/materials/events.ts'
import {
  routingSet,
  workOrderClosed,
  workOrderCreated,
  workOrderReleased,
  workOrderRescheduled
} from '#activities/orders/events.ts'
import { controlPlanSet } from '#activities/quality/events.ts'
import { toolSet } from '#activities/tooling/events.ts'
import { lateWorkDecided, lateWorkFlagged, methodFrozen, recordsLost } from './events.ts'

export type MethodContent = z.infer<typeof methodFrozen.payload>['content']
type Routing = z.infer<typeof routingSet.payload>
type ControlPlan = z.infer<typeof controlPlanSet.payload>
type Page = z.infer<typeof pagesRendered.payload>['pages'][number]

export const masterKey = (item: string, revision: string): string => `${item}@${revision}`

export const itemMasterView = viewKind<z.infer<typeof itemSet.payload>>('changes/item', 'desk', [
  when(
    itemSet,
    ({ item }) => item,
    (_, payload) => payload
  )
])
export type BomMaster = z.infer<typeof bomSet.payload>
export const bomMasterView = viewKind<BomMaster>('changes/bom', 'desk', [
  when(
    bomSet,
    ({ item, revision }) => masterKey(item, revision),
    (_, payload) => payload
  )
])
export const routingMasterView = viewKind<Routing>('changes/routing', 'desk', [
  when(
    routingSet,
    ({ item, revision }) => masterKey(item, revision),
    (_, payload) => payload
  )
])
export const controlPlanMasterView = viewKind<ControlPlan>('changes/control-plan', 'desk', [
  when(
    controlPlanSet,
    ({ plan }) => plan,
    (_, payload) => payload
  )
])
export const toolMasterView = viewKind<z.infer<typeof toolSet.payload>>('changes/tool', 'desk', [
  when(
    toolSet,
    ({ tool }) => tool,
    (_, payload) => payload
  )
])

type DocumentRevision = { readonly title: string; readonly file: BlobRef; readonly pages: readonly Page[] }
/** `released` names one of the revisions; `waiting` counts those whose pages are still being made. */
export type DocumentMaster = {
  readonly document: string
  readonly released?: string
  readonly revisions: Readonly<Record<string, DocumentRevision>>
  readonly waiting: readonly string[]
}

const without = (list: readonly string[], one: string) => list.filter(entry => entry !== one)

const editDocument = (
  was: DocumentMaster | undefined,
  revision: string,
  next: (was: DocumentRevision) => DocumentRevision
): DocumentMaster | undefined => {
  const found = was?.revisions[revision]
  return (
    was &&
    found && {
      ...was,
      revisions: { ...was.revisions, [revision]: next(found) },
      waiting: without(was.waiting, revision)
    }
  )
}

const byDocument = ({ document }: { document: string }) => document

export const documentMasterView = viewKind<DocumentMaster>('changes/document', 'desk', [
  when(revisionUploaded, byDocument, (was, { document, revision, title, file }) => ({
    document,
    ...(was?.released === undefined ? {} : { released: was.released }),
    revisions: { ...was?.revisions, [revision]: { title, file, pages: [] } },
    waiting: [...without(was?.waiting ?? [], revision), revision]
  })),
  when(pagesRendered, byDocument, (was, { revision, pages }) =>
    editDocument(was, revision, one => ({ ...one, pages }))
  ),
  when(renderingStopped, byDocument, (was, { revision }) => editDocument(was, revision, one => one)),
  when(
    revisionReleased,
    byDocument,
    change((was, { revision }) => ({ ...was, released: revision }))
  ),
  when(
    revisionWithdrawn,
    byDocument,
    change(
      (was, { document, revision }): DocumentMaster =>
        was.released === revision ? { document, revisions: was.revisions, waiting: was.waiting } : was
    )
  )
])

/** The little that a release has to know of a work order. */
export type Release = {
  readonly workOrder: string
  readonly item: string
  readonly revision: string
  readonly quantity: number
  readonly state: 'created' | 'released' | 'complete' | 'cancelled'
  readonly method?: string
}
const byWorkOrder = ({ workOrder }: { workOrder: string }) => workOrder

export const releaseView = viewKind<Release>('changes/release', 'desk', [
  when(workOrderCreated, byWorkOrder, (_, { workOrder, item, revision, quantity }) => ({
    workOrder,
    item,
    revision,
    quantity,
    state: 'created'
  })),
  when(
    workOrderReleased,
    byWorkOrder,
    change((was, { method }): Release => ({ ...was, state: 'released', method }))
  ),
  when(
    workOrderRescheduled,
    byWorkOrder,
    change((was, { quantity }) => (quantity === undefined ? was : { ...was, quantity }))
  ),
  when(
    workOrderClosed,
    byWorkOrder,
    change((was, { outcome }): Release => ({ ...was, state: outcome }))
  )
])

export type Method = {
  readonly method: string
  readonly number: number
  readonly content: MethodContent
  readonly frozenBy: string
  readonly frozenAt: string
}
export const methodView = viewKind<Method>('changes/method', 'desk', [
  when(
    methodFrozen,
    ({ method }) => method,
    (_, { method, number, content }, { person, at }) => ({
      method,
      number,
      content,
      frozenBy: person,
      frozenAt: at
    })
  )
])

/** The numbers given to the methods of one item, so that a release needn't read every method there is. */
export type ItemMethods = { readonly item: string; readonly methods: readonly MethodHead[] }
export type MethodHead = {
  readonly method: string
  readonly number: number
  readonly revision: string
  readonly frozenAt: string
}

export const itemMethodsView = viewKind<ItemMethods>('changes/item-methods', 'desk', [
  when(
    methodFrozen,
    ({ content }) => content.item,
    (was, { method, number, content }, { at }) => ({
      item: content.item,
      methods: [...(was?.methods ?? []), { method, number, revision: content.revision, frozenAt: at }]
    })
  )
])

type Flagged = z.infer<typeof lateWorkFlagged.payload>
export type Flag = Flagged & { readonly flaggedAt: string } & (
    | { readonly state: 'open' }
    | {
        readonly state: 'decided'
        readonly outcome: z.infer<typeof lateWorkDecided.payload>['outcome']
        readonly note: string
        readonly by: string
        readonly decidedAt: string
      }
  )

const decided = (
  was: Flag,
  { outcome, note }: z.infer<typeof lateWorkDecided.payload>,
  { person, at }: Stamp
): Flag => ({
  ...was,
  state: 'decided',
  outcome,
  note,
  by: person,
  decidedAt: at
})

export const flagView = viewKind<Flag>('changes/flag', 'desk', [
  when(
    lateWorkFlagged,
    ({ event }) => event,
    (was, payload, { at }) => (was?.state === 'decided' ? was : { ...payload, flaggedAt: at, state: 'open' })
  ),
  when(lateWorkDecided, ({ event }) => event, change(decided))
])

/** What was given up of one chain, by whom and why. */
export type GivenUp = {
  readonly numbers: readonly Numbers[]
  readonly note: string
  readonly by: string
  readonly at: string
}
export type Numbers = { readonly from: number; readonly to: number }
export const givenUpView = viewKind<readonly GivenUp[]>('changes/given-up', 'desk', [
  when(
    recordsLost,
    ({ chain }) => chain,
    (was = [], { numbers, note }, { person, at }) => [...was, { numbers, note, by: person, at }]
  )
])
