/** Releasing a work order with one frozen method, and deciding on what came in late. */
import * as z from 'zod/mini'
import { type Json, canonical } from '#kernel/canonical.ts'
import { isRefusal, officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { code, note, sha256 } from '#kernel/shape.ts'
import { workOrderReleased } from '#activities/orders/events.ts'
import { lateWorkDecided, methodFrozen, setAsideSeen } from './events.ts'
import { buildMethod, operationHeads } from './method.ts'
import { flagView, itemMethodsView, releaseView } from './projection.ts'
import { seenView } from './seen-view.ts'

/**
 * Freezes the approved method of the order's item revision and releases the order with it. The same content has the same
 * hash, so a second order of an unchanged item shares the method and no second one is frozen.
 */
export const releaseWorkOrder = officeAction(
  'changes/release-work-order',
  ['planner', 'supervisor'],
  z.object({ workOrder: code }),
  (known, { workOrder }, given) => {
    const order = known.get(releaseView, workOrder)
    if (!order) return refuse('release-unknown', { workOrder })
    if (order.state === 'released') return refuse('order-released', { workOrder })
    if (order.state !== 'created') return refuse('release-after-end', { workOrder, state: order.state })
    const content = buildMethod(known, order.item, order.revision)
    if (isRefusal(content)) return content
    const method = given.hash(canonical(content satisfies Json))
    const frozen = known.get(itemMethodsView, order.item)?.methods ?? []
    const released = draft(workOrderReleased, { workOrder, method, operations: operationHeads(content) })
    if (frozen.some(one => one.method === method)) return [released]
    return [draft(methodFrozen, { method, number: frozen.length + 1, content }), released]
  }
)

/** Closes a flag. The fact stays as it was recorded; this says what is done about it, and who says so. */
export const decideLateWork = officeAction(
  'changes/decide-late-work',
  ['supervisor'],
  lateWorkDecided.payload,
  (known, input, given) => {
    const flag = known.get(flagView, input.event)
    if (!flag) return refuse('flag-unknown')
    if (flag.state === 'decided') return refuse('flag-decided', { by: flag.by, outcome: flag.outcome })
    if (flag.person === given.person) return refuse('own-work', { person: flag.person })
    if (input.note.trim() === '') return refuse('decision-unexplained')
    return [draft(lateWorkDecided, input)]
  }
)

/** Closes something set aside in the tray. Its bytes stay in the office for ever. */
export const closeSetAside = officeAction(
  'changes/close-set-aside',
  ['supervisor'],
  z.object({ h: sha256, note }),
  (known, { h, note: text }) => {
    const seen = known.get(seenView, h)
    if (seen) return refuse('set-aside-closed', { by: seen.by })
    if (text.trim() === '') return refuse('decision-unexplained')
    return [draft(setAsideSeen, { h, note: text.trim() })]
  }
)
