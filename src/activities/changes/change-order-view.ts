/** Requests to change a method, and the orders by which it is changed. */
import type * as z from 'zod/mini'
import type { BlobRef } from '#kernel/event.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  changeOrderApproved,
  changeOrderOpened,
  changeOrderReleased,
  changeOrderWithdrawn,
  changeRequestDeclined,
  changeRequested
} from './events.ts'

type Signed = { readonly by: string; readonly at: string }

export type ChangeRequest = Signed & {
  readonly request: string
  readonly problem: string
  readonly item?: string | undefined
  readonly document?: string | undefined
  readonly workOrder?: string | undefined
  readonly op?: number | undefined
  readonly photo?: BlobRef | undefined
} & (
    | { readonly state: 'open' }
    | { readonly state: 'taken'; readonly order: string }
    | { readonly state: 'declined'; readonly note: string; readonly declinedBy: string }
  )

/** The seen part, whatever became of it. */
const open = (was: ChangeRequest): ChangeRequest => {
  const { request, problem, item, document, workOrder, op, photo, by, at } = was
  return { request, problem, item, document, workOrder, op, photo, by, at, state: 'open' }
}

/** A request that was made at a station is heard there, so that whoever asked sees the answer. */
const heardBy = ({ workOrder }: ChangeRequest): 'floor' | 'desk' => (workOrder === undefined ? 'desk' : 'floor')

export const requestView = viewKind<ChangeRequest>(
  'changes/request',
  heardBy,
  [
    when(
      changeRequested,
      ({ request }) => request,
      (was, payload, { person, at }) => was ?? { ...payload, by: person, at, state: 'open' }
    ),
    when(
      changeRequestDeclined,
      ({ request }) => request,
      change(
        (was, { note }, { person }): ChangeRequest => ({ ...open(was), state: 'declined', note, declinedBy: person })
      )
    ),
    when(
      changeOrderOpened,
      ({ requests }) => requests,
      change((was, { order }): ChangeRequest => ({ ...open(was), state: 'taken', order }))
    )
  ],
  undefined,
  2
)

type Opened = z.infer<typeof changeOrderOpened.payload>
export type OpenOrderDecision = z.infer<typeof changeOrderReleased.payload>['workOrders'][number]

export type ChangeOrder = Opened &
  Signed & {
    readonly state: 'open' | 'approved' | 'released' | 'withdrawn'
    readonly approved?: Signed
    readonly released?: Signed & { readonly workOrders: readonly OpenOrderDecision[] }
    readonly withdrawn?: Signed & { readonly note: string }
  }

const byOrder = ({ order }: { order: string }) => order

export const changeOrderView = viewKind<ChangeOrder>('changes/change-order', 'desk', [
  when(
    changeOrderOpened,
    byOrder,
    (was, payload, { person, at }) => was ?? { ...payload, by: person, at, state: 'open' }
  ),
  when(
    changeOrderApproved,
    byOrder,
    change((was, _, { person, at }): ChangeOrder => ({ ...was, state: 'approved', approved: { by: person, at } }))
  ),
  when(
    changeOrderReleased,
    byOrder,
    change(
      (was, { workOrders }, { person, at }): ChangeOrder => ({
        ...was,
        state: 'released',
        released: { by: person, at, workOrders }
      })
    )
  ),
  when(
    changeOrderWithdrawn,
    byOrder,
    change(
      (was, { note }, { person, at }): ChangeOrder => ({
        ...was,
        state: 'withdrawn',
        withdrawn: { by: person, at, note }
      })
    )
  )
])
