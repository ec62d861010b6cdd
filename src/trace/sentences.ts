/** Every event as a sentence: what the run's story and its printed dossier are told in. */
import {
  changeOrderApproved,
  changeOrderOpened,
  changeOrderReleased,
  changeOrderWithdrawn,
  changeRequestDeclined,
  changeRequested,
  exportBroughtIn,
  lateWorkDecided,
  lateWorkFlagged,
  methodFrozen,
  recordsLost,
  setAsideSeen
} from '#activities/changes/events.ts'
import {
  pagesRendered,
  renderingStopped,
  revisionReleased,
  revisionUploaded,
  revisionWithdrawn
} from '#activities/documents/events.ts'
import {
  materialConsumed,
  materialReturned,
  operationCompleted,
  operationPaused,
  operationResumed,
  operationStarted,
  photoTaken,
  quantityReported,
  quantityWithdrawn,
  routingSet,
  stepCompleted,
  stepReopened,
  valueMeasured,
  workOrderClosed,
  workOrderCreated,
  workOrderReleased,
  workOrderRescheduled
} from '#activities/orders/events.ts'
import {
  checkCleared,
  checkRecorded,
  controlPlanSet,
  defectDispositioned,
  defectRecorded,
  holdPlaced,
  holdReleased,
  inspectionClosed,
  sampleIdentified
} from '#activities/quality/events.ts'
import {
  handlingUnitClosed,
  handlingUnitReopened,
  handlingUnitOpened,
  piecesPacked,
  piecesTakenOut,
  shipmentSent
} from '#activities/shipping/events.ts'
import { toolCalibrated, toolSet, toolSetUp } from '#activities/tooling/events.ts'
import { show } from '#kernel/quantity.ts'
import {
  andonAnswered,
  andonCalled,
  andonClosed,
  calendarSet,
  lineSet,
  personSet,
  reasonSet,
  siteSetUp,
  stationSet,
  tabletAssigned,
  tabletEnrolled,
  tabletRevoked
} from '#plant/events.ts'
import { materialsLines, scheduleLines } from './plan-sentences.ts'
import { after, count, type Line, lot, type Names, says, type Told } from './says.ts'

const records = (many: number): string => (many === 1 ? '1 record' : `${many} records`)

const step = ({ step: number, cycle }: { step: number; cycle: number }): string => `step ${number} of piece ${cycle}`

const ordersLines: readonly Line[] = [
  says(
    routingSet,
    ({ item, revision, operations }) =>
      `Set the routing of ${item} rev ${revision}: ${count(operations.length, 'operation')}.`
  ),
  says(
    workOrderCreated,
    ({ workOrder, label, quantity, itemName, revision, due }) =>
      `Created ${workOrder}${label ? ` (${label})` : ''}: ${quantity} × ${itemName} rev ${revision}, due ${due}.`,
    'info'
  ),
  says(
    workOrderReleased,
    ({ workOrder, method, operations, replaces }) =>
      replaces
        ? `Gave ${workOrder} method ${method.slice(0, 12)} in place of ${replaces.slice(0, 12)}.`
        : `Released ${workOrder} with ${count(operations.length, 'operation')} and method ${method.slice(0, 12)}.`,
    'info'
  ),
  says(
    workOrderRescheduled,
    ({ workOrder, due, quantity, split, note }) => {
      const parts = [
        ...(due === undefined ? [] : [`due ${due}`]),
        ...(quantity === undefined ? [] : [`${show(quantity)} pieces`]),
        ...(split === undefined ? [] : [`the others go to ${split}`])
      ]
      return `Changed ${workOrder}: ${parts.join(', ')}${after(note)}.`
    },
    'info'
  ),
  says(workOrderClosed, ({ workOrder, outcome, note }) => `Closed ${workOrder} as ${outcome}${after(note)}.`, 'info'),
  says(operationStarted, ({ op, station }, names) => `Started operation ${op} at ${names.station(station)}.`),
  says(operationPaused, ({ op, reason }, names) => `Paused operation ${op}: ${names.reason(reason)}.`),
  says(operationResumed, ({ op, station }, names) => `Went on with operation ${op} at ${names.station(station)}.`),
  says(operationCompleted, ({ op }) => `Completed operation ${op}.`),
  says(stepCompleted, place => `Did ${step(place)}, operation ${place.op}.`),
  says(stepReopened, place => `Took back ${step(place)}, operation ${place.op}.`),
  says(
    valueMeasured,
    at =>
      `Measured ${show(at.value)} ${at.unit} in ${step(at)}, operation ${at.op}${at.gauge ? `, with ${at.gauge}` : ''}.`,
    ({ value, low, high }) =>
      (low !== undefined && value < low) || (high !== undefined && value > high) ? 'stop' : 'normal'
  ),
  says(
    materialConsumed,
    ({ quantity, item, lot: from, op, cycle }) =>
      `Used ${show(quantity)} × ${item}${lot(from)} in piece ${cycle}, operation ${op}.`
  ),
  says(
    materialReturned,
    ({ quantity, item, lot: from, op, cycle }) =>
      `Gave back ${show(quantity)} × ${item}${lot(from)} from piece ${cycle}, operation ${op}.`
  ),
  says(photoTaken, place => `Took a photo at ${step(place)}, operation ${place.op}.`),
  says(
    quantityReported,
    ({ op, good, scrap, rework, scrapReason, reworkReason, note }, names) =>
      `Reported ${good} good, ${scrap} scrap${scrapReason ? ` (${names.reason(scrapReason)})` : ''}, ${rework} rework${
        reworkReason ? ` (${names.reason(reworkReason)})` : ''
      } at operation ${op}${after(note)}.`
  ),
  says(
    quantityWithdrawn,
    ({ op, good, scrap, rework }) =>
      `Took back a report of ${good} good, ${scrap} scrap, ${rework} rework at operation ${op}.`
  )
]

const qualityLines: readonly Line[] = [
  says(
    controlPlanSet,
    ({ plan, revision, title, characteristics }) =>
      `Set control plan ${plan} rev ${revision}, ${title}: ${count(characteristics.length, 'check')}.`,
    'info'
  ),
  says(
    checkRecorded,
    ({ sample, characteristic, verdict, value, text, gauge }) =>
      `Check ${characteristic} of piece ${sample}: ${verdict}${value === undefined ? '' : `, ${show(value)}`}${
        text ? `, “${text}”` : ''
      }${gauge ? `, with ${gauge}` : ''}.`,
    ({ verdict }) => (verdict === 'fail' ? 'stop' : 'normal')
  ),
  says(checkCleared, ({ sample, characteristic }) => `Took back check ${characteristic} of piece ${sample}.`),
  says(sampleIdentified, ({ sample, serial }) => `Piece ${sample} is ${serial}.`),
  says(
    inspectionClosed,
    ({ op, accepted, rejected, note }) =>
      `Closed the inspection at operation ${op}: ${accepted} accepted, ${rejected} rejected${after(note)}.`
  ),
  says(
    defectRecorded,
    ({ quantity, severity, code, place, op, sample, note }, names) =>
      `Found ${quantity} × ${names.reason(code)} (${severity})${place ? ` at ${place}` : ''}, operation ${op}${
        sample === undefined ? '' : `, piece ${sample}`
      }${after(note)}.`,
    'stop'
  ),
  says(
    defectDispositioned,
    ({ disposition, note }) => `Decided a defect: ${disposition.replaceAll('-', ' ')}${after(note)}.`,
    'info'
  ),
  says(
    holdPlaced,
    ({ workOrder, reason, note }, names) =>
      `Put ${workOrder} on hold: ${names.reason(reason)}${note ? `, ${note}` : ''}.`,
    'stop'
  ),
  says(holdReleased, ({ workOrder, note }) => `Released the hold of ${workOrder}${after(note)}.`, 'info')
]

const changesLines: readonly Line[] = [
  says(
    methodFrozen,
    ({ method, number, content }) =>
      `Froze method ${number} of ${content.item} rev ${content.revision}: ${method.slice(0, 12)}.`,
    'info'
  ),
  says(lateWorkFlagged, ({ sentence }) => `The office marked late work: ${sentence}`, 'stop'),
  says(setAsideSeen, ({ note }) => `Closed a record that was set aside${after(note)}.`, 'info'),
  says(
    recordsLost,
    ({ numbers, note }) =>
      `Gave up ${records(numbers.reduce((sum, { from, to }) => sum + to - from + 1, 0))} that never arrived from a tablet${after(note)}.`,
    'stop'
  ),
  says(
    exportBroughtIn,
    ({ records: ids }) => `Brought in ${records(ids.length)} that a tablet had saved to a file.`,
    'info'
  ),
  says(
    changeRequested,
    ({ problem, document, item, op }) =>
      `Asked for a change${document || item ? ` of ${document ?? item}` : ''}${op === undefined ? '' : `, operation ${op}`}: ${problem}`,
    'info'
  ),
  says(changeRequestDeclined, ({ note }) => `Declined a request for a change${after(note)}.`, 'info'),
  says(
    changeOrderOpened,
    ({ order, title, documents, items }) =>
      `Opened ${order}, ${title}: ${[
        ...documents.map(one => `${one.document} rev ${one.revision}`),
        ...items.map(one => `${one.item} rev ${one.revision}`)
      ].join(', ')}.`,
    'info'
  ),
  says(changeOrderApproved, ({ order }) => `Approved ${order}.`, 'info'),
  says(changeOrderWithdrawn, ({ order, note }) => `Withdrew ${order}${after(note)}.`, 'info'),
  says(
    changeOrderReleased,
    ({ order, workOrders }) =>
      `Released ${order}${after(
        [
          ...workOrders.map(
            one => `${one.workOrder} ${one.decision === 'finish' ? 'finishes on its method' : 'takes the new one'}`
          )
        ].join(', ')
      )}.`,
    'info'
  ),
  says(lateWorkDecided, ({ outcome, note }) => `Decided late work: ${outcome}${after(note)}.`, 'info')
]

const documentsLines: readonly Line[] = [
  says(revisionUploaded, ({ document, revision, title }) => `Uploaded ${document} rev ${revision}, ${title}.`),
  says(
    pagesRendered,
    ({ document, revision, pages }) => `Made ${count(pages.length, 'page')} of ${document} rev ${revision}.`
  ),
  says(
    renderingStopped,
    ({ document, revision, note }) => `Stopped making pages of ${document} rev ${revision}${after(note)}.`,
    'stop'
  ),
  says(revisionReleased, ({ document, revision }) => `Released ${document} rev ${revision}.`, 'info'),
  says(
    revisionWithdrawn,
    ({ document, revision, reason }) => `Withdrew ${document} rev ${revision}${after(reason)}.`,
    'info'
  )
]

const toolingLines: readonly Line[] = [
  says(toolSet, ({ tool, name, kind, location }) => `Set ${kind} ${tool}, ${name}, kept at ${location}.`),
  says(
    toolCalibrated,
    ({ tool, calibratedTo, passed }) =>
      passed ? `Calibrated ${tool} to ${calibratedTo}.` : `Calibrated ${tool}: not passed.`,
    ({ passed }) => (passed ? 'normal' : 'stop')
  ),
  says(
    toolSetUp,
    ({ tool, station, op, aligned, note }, names) =>
      `Looked at ${tool} at ${names.station(station)} for operation ${op}: ${aligned ? 'aligned' : 'not aligned'}${after(note)}.`,
    ({ aligned }) => (aligned ? 'normal' : 'stop')
  )
]

const shippingLines: readonly Line[] = [
  says(
    handlingUnitOpened,
    ({ handlingUnit, capacity }) => `Opened box ${handlingUnit} for ${count(capacity, 'piece')}.`
  ),
  says(
    piecesPacked,
    ({ handlingUnit, quantity, serial }) => `Packed ${serial ?? count(quantity, 'piece')} into box ${handlingUnit}.`
  ),
  says(
    piecesTakenOut,
    ({ handlingUnit, quantity, serial }) =>
      `Took ${serial ?? count(quantity, 'piece')} out of box ${handlingUnit} again.`
  ),
  says(handlingUnitClosed, ({ handlingUnit }) => `Closed box ${handlingUnit}.`),
  says(handlingUnitReopened, ({ handlingUnit, reason }) => `Opened box ${handlingUnit} again: ${reason}`),
  says(
    shipmentSent,
    ({ shipment, customer, handlingUnits }) =>
      `Sent ${shipment} to ${customer}: ${count(handlingUnits.length, 'box', 'boxes')}.`,
    'info'
  )
]

const plantLines: readonly Line[] = [
  says(siteSetUp, ({ name, timeZone }) => `Set up ${name}, time zone ${timeZone}.`),
  says(lineSet, ({ line, name }) => `Set line ${line}, ${name}.`),
  says(calendarSet, ({ name, exceptions }) => `Set calendar ${name}: ${count(exceptions.length, 'exception')}.`),
  says(stationSet, ({ station, name, line }) => `Set station ${station}, ${name}, on line ${line}.`),
  says(personSet, ({ person, name, active }) => (active ? `Set ${name} (${person}).` : `${name} (${person}) left.`)),
  says(reasonSet, ({ list, name, active }) =>
    active ? `Set “${name}” as a reason for ${list}.` : `Took “${name}” out of the reasons for ${list}.`
  ),
  says(
    tabletEnrolled,
    ({ name, use, station }, names) => `Enrolled ${name} as a ${use}${station ? ` at ${names.station(station)}` : ''}.`
  ),
  says(tabletAssigned, ({ station }, names) => `Moved a tablet to ${names.station(station)}.`),
  says(tabletRevoked, ({ reason }) => `Took a tablet out of use${after(reason)}.`, 'info'),
  says(
    andonCalled,
    ({ station, kind, note }, names) => `Called ${names.reason(kind)} at ${names.station(station)}${after(note)}.`,
    'stop'
  ),
  says(andonAnswered, ({ station }, names) => `Answered the call at ${names.station(station)}.`),
  says(andonClosed, ({ station, cause, withdrawn }, names) =>
    withdrawn
      ? `Took back the call at ${names.station(station)}.`
      : `Closed the call at ${names.station(station)}${after(cause)}.`
  )
]

const all = new Map(
  [
    ordersLines,
    qualityLines,
    changesLines,
    materialsLines,
    documentsLines,
    toolingLines,
    scheduleLines,
    shippingLines,
    plantLines
  ]
    .flat()
    .map(line => [line.type, line])
)

/** An event of a kind that this version doesn't know is named, never left out. */
export const sentenceOf = (type: string, payload: unknown, names: Names): Told =>
  all.get(type)?.tell(payload, names) ?? { text: `Recorded ${type}.`, tone: 'normal' }
