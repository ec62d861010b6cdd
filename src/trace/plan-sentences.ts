/** The plan's events as sentences: items, stock and what is ordered, demand, builds and versions. */
import {
  bomSet,
  itemSet,
  messageNoted,
  plannedOrderFirmed,
  purchaseLineChanged,
  purchaseOrderSet,
  purchaseReceived,
  stockCounted
} from '#activities/materials/events.ts'
import {
  buildPlanned,
  demandSet,
  forecastSet,
  setupSet,
  frozenEditApproved,
  frozenEditAsked,
  frozenEditDeclined,
  mpsVersionLocked,
  mpsVersionSigned,
  operationPinned,
  operationUnpinned,
  scenarioPublished,
  schedulePublished
} from '#activities/schedule/events.ts'
import { show } from '#kernel/quantity.ts'
import { after, count, type Line, lot, says } from './says.ts'

export const materialsLines: readonly Line[] = [
  says(itemSet, ({ item, name, revision }) => `Set item ${item} rev ${revision}, ${name}.`),
  says(
    bomSet,
    ({ item, revision, lines }) =>
      `Set the bill of materials of ${item} rev ${revision}: ${count(lines.length, 'line')}.`
  ),
  says(
    stockCounted,
    ({ item, lot: of, location, quantity }) => `Counted ${show(quantity)} × ${item}${lot(of)} at ${location}.`
  ),
  says(
    purchaseOrderSet,
    ({ order, supplier, lines }) =>
      `Ordered ${order}${supplier ? ` of ${supplier}` : ''}: ${count(lines.length, 'line')}.`,
    'info'
  ),
  says(purchaseLineChanged, ({ order, line, quantity, due, state, note }) => {
    const parts = [
      ...(quantity === undefined ? [] : [`${show(quantity)} pieces`]),
      ...(due === undefined ? [] : [`due ${due}`]),
      ...(state === undefined ? [] : [state === 'closed' ? 'closed' : 'open again'])
    ]
    return `Changed line ${line} of ${order}: ${parts.join(', ')}${note ? ` (${note})` : ''}.`
  }),
  says(
    purchaseReceived,
    ({ order, line, item, quantity, lot: of, location }) =>
      `Received ${show(quantity)} × ${item}${lot(of)} of ${order} line ${line}, put at ${location}.`
  ),
  says(plannedOrderFirmed, ({ order, item, quantity, due }) =>
    quantity === 0 ? `Let planned order ${order} go.` : `Made ${order} firm: ${show(quantity)} × ${item} by ${due}.`
  ),
  says(messageNoted, ({ message, note, owner, dismissed }) => {
    const parts = [...(owner ? [`owner ${owner}`] : []), ...(dismissed ? ['put away'] : []), ...(note ? [note] : [])]
    return `Noted on ${message}${after(parts.join(', '))}.`
  })
]

export const scheduleLines: readonly Line[] = [
  says(demandSet, ({ demand, item, quantity, due, kind }) => `Set ${kind} ${demand}: ${quantity} × ${item} by ${due}.`),
  says(buildPlanned, ({ build, item, quantity, due }) =>
    quantity === 0 ? `Took ${build} out of the plan.` : `Planned ${build}: ${quantity} × ${item} by ${due}.`
  ),
  says(forecastSet, ({ item, bucket, from, quantity }) =>
    quantity === 0
      ? `Took the forecast of ${item} for the ${bucket} of ${from} out.`
      : `Expects ${show(quantity)} × ${item} in the ${bucket} of ${from}.`
  ),
  says(
    setupSet,
    ({ from, to, minutes, station, out }) =>
      `${out ? 'Took out the minutes to set' : 'Set'} up${station === undefined ? '' : ` ${station}`} from ${from} to ${to}${out ? '' : ` in ${minutes} min`}.`
  ),
  says(
    frozenEditAsked,
    ({ build, quantity, due, reason }) =>
      `Asked to change ${build} in the frozen zone to ${quantity} by ${due}: ${reason}.`,
    'info'
  ),
  says(frozenEditApproved, () => 'Signed a change in the frozen zone.', 'info'),
  says(frozenEditDeclined, ({ note }) => `Declined a change in the frozen zone${after(note)}.`, 'info'),
  says(
    mpsVersionLocked,
    ({ version, content, note }) =>
      `Locked ${version}: ${count(content.builds.length, 'build')}, ${count(content.orders.length, 'order')}${after(note)}.`,
    'info'
  ),
  says(mpsVersionSigned, ({ version }) => `Signed ${version}.`, 'info'),
  says(
    schedulePublished,
    ({ version, operations }) => `Published schedule ${version}: ${count(operations.length, 'operation')}.`,
    'info'
  ),
  says(
    operationPinned,
    ({ workOrder, op, station, start }) => `Pinned ${workOrder} operation ${op} at ${station} from ${start}.`
  ),
  says(operationUnpinned, ({ workOrder, op }) => `Let ${workOrder} operation ${op} go.`),
  says(
    scenarioPublished,
    ({ scenario, reason, changes }) => `Published “${scenario}”, ${count(changes, 'change')}: ${reason}.`,
    'info'
  )
]
