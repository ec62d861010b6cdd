/** Where a scanned code leads when no screen took it. Pure: what is known in, an answer out. */
import { isInspection, type OperationSummary, type WorkOrder, workOrderView } from '#activities/orders/views.ts'
import { queueOf, setUpPath } from '#activities/orders/queue.ts'
import type { Known } from '#kernel/decision.ts'
import { readLabel } from '#kernel/label.ts'
import { personView, stationView } from '#plant/views.ts'

export type ScanPlace = { readonly use: 'station' | 'desk' | 'wall'; readonly station: string | undefined }

/** A full-screen card: what was scanned and what is needed. `unknown`: nothing here is called so; `wrong`: known, but not here or not now. */
export type ScanStop = { readonly stop: string; readonly needed: string; readonly cue?: 'unknown' | 'wrong' }

export type ScanAnswer = { readonly go: string } | { readonly person: string } | ScanStop

const NEEDED = 'Scan the job card, it starts with WO.'

export const answerScan = (known: Known, place: ScanPlace, raw: string): ScanAnswer => {
  const label = readLabel(raw)
  switch (label.label) {
    case 'badge':
      return badge(known, label.badge)
    case 'job-card':
      return jobCard(known, place, label.workOrder, label.op)
    case 'work-order':
      return workOrder(known, place, label.workOrder)
    case 'tool':
      return tool(known, place, label.tool)
    case 'location':
      return { stop: `This is a shelf label (${label.location}).`, needed: NEEDED }
    case 'sscc':
      return { stop: 'This is the label of a box.', needed: NEEDED }
    case 'other':
      return { stop: 'This tablet does not know that code.', needed: NEEDED, cue: 'unknown' }
  }
}

/** A tool is scanned to set it up: for the job of this station that comes first and needs it. */
const tool = (known: Known, { station }: ScanPlace, number: string): ScanAnswer => {
  const orders = known.list(workOrderView).map(([, order]) => order)
  const row = station && queueOf(orders, station).find(({ operation }) => operation.tools?.includes(number))
  return row
    ? { go: `${setUpPath(row)}?tool=${encodeURIComponent(number)}` }
    : { stop: `This is a tool (${number}).`, needed: `${NEEDED} No open job at this station needs the tool.` }
}

const badge = (known: Known, code: string): ScanAnswer => {
  const people = known.list(personView)
  if (people.length === 0)
    return {
      stop: 'This tablet does not know yet who works here.',
      needed: 'It is fetching that. Scan the badge again in a moment.'
    }
  const found = people.find(([, person]) => person.badge.toUpperCase() === code)?.[1]
  if (!found)
    return {
      stop: `Nobody here has badge ${code}.`,
      needed: 'Scan your own badge, or ask the administrator to add it.',
      cue: 'unknown'
    }
  if (!found.active) return { stop: `${found.name} no longer works with this badge.`, needed: 'Ask the administrator.' }
  return { person: found.person }
}

const jobCard = (known: Known, place: ScanPlace, number: string, op: number): ScanAnswer => {
  const order = known.get(workOrderView, number)
  const shut = order && closed(order)
  if (!order) return unknownOrder(number)
  if (place.use !== 'station') return { go: `/orders/${encodeURIComponent(number)}` }
  if (shut) return shut
  const operation = order.operations.find(one => one.op === op)
  const numbers = order.operations.map(one => one.op).join(', ')
  if (!operation)
    return {
      stop: `${number} has no operation ${op}.`,
      needed: `Its operations are ${numbers}. Scan one of their cards.`
    }
  if (place.station && !operation.stations.includes(place.station))
    return {
      stop: `Operation ${op} of ${number} is done at ${names(known, operation.stations)}.`,
      needed: `This tablet stands at ${names(known, [place.station])}. Take the batch there, or scan a card of this station.`
    }
  return { go: jobPath(number, operation) }
}

/** A card without an operation: the one that this station does, the open one first. */
const workOrder = (known: Known, place: ScanPlace, number: string): ScanAnswer => {
  const order = known.get(workOrderView, number)
  if (!order) return unknownOrder(number)
  if (place.use !== 'station') return { go: `/orders/${encodeURIComponent(number)}` }
  const shut = closed(order)
  if (shut) return shut
  const here = order.operations.filter(one => place.station && one.stations.includes(place.station))
  const next = here.find(one => one.state !== 'done') ?? here[0]
  if (next) return { go: jobPath(number, next) }
  const stations = [...new Set(order.operations.flatMap(one => one.stations))]
  return { stop: `${number} has no work at this station.`, needed: `It is done at ${names(known, stations)}.` }
}

const unknownOrder = (number: string): ScanStop => ({
  stop: `${number} is not known on this tablet.`,
  needed: 'Check the card: it may be finished or cancelled. One that was just released comes here with the network.',
  cue: 'unknown'
})

const closed = (order: WorkOrder): ScanAnswer | undefined => {
  if (order.state === 'created')
    return { stop: `${order.workOrder} is not released yet.`, needed: 'Ask the planner, or scan another job card.' }
  if (order.state === 'cancelled')
    return { stop: `${order.workOrder} was cancelled.`, needed: 'Put the card aside and scan another one.' }
  return undefined
}

/** Nothing but checks is worked on the checklist's own screen. */
const jobPath = (number: string, operation: OperationSummary): string =>
  `/${isInspection(operation) ? 'inspect' : 'job'}/${encodeURIComponent(number)}/${operation.op}`

const names = (known: Known, stations: readonly string[]): string =>
  stations.map(station => [station, known.get(stationView, station)?.name].filter(Boolean).join(' ')).join(' or ')
