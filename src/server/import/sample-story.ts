/**
 * The last days at Fennel Labs, worked through the rooms' own actions: what tablets would have recorded, in the same words and
 * under the same rules. One work order has left, one is half packed, four are under way in four states, two wait to be
 * started, three are not released.
 */
import { changeRequested } from '#activities/changes/events.ts'
import type { MemoryOffice } from './memory-office.ts'
import { tellShipping } from './sample-shipping.ts'
import { BOARD_CHECKS, finalChecks, Refused, type StoryOptions, type Teller, tellerOf } from './sample-teller.ts'

/** Answers the first refusal, in words for a developer; undefined when all of it was allowed. */
export const tellStory = (office: MemoryOffice, options: StoryOptions): string | undefined => {
  try {
    const teller = tellerOf(office, options)
    releases(teller)
    tellShipping(teller)
    lateBoards(teller)
    boardsReadyForHeatsinks(teller)
    sensorsAtFinalInspection(teller)
    sensorsBeingBuilt(teller)
    soilOnHold(teller)
    requests(teller)
    calls(teller)
    return undefined
  } catch (problem) {
    if (problem instanceof Refused) return problem.message
    throw problem
  }
}

const DAY = 24 * 60

const releases = ({ act }: Teller): void => {
  const released: readonly [string, number][] = [
    ['WO-0007', 7 * DAY - 10],
    ['WO-0008', 7 * DAY - 20],
    ['WO-0009', 6 * DAY],
    ['WO-0010', 6 * DAY - 20],
    ['WO-0011', 5 * DAY],
    ['WO-0012', 4 * DAY],
    ['WO-0013', 3 * DAY],
    ['WO-0014', 2 * DAY]
  ]
  for (const [workOrder, ago] of released) act('P-004', ago, 'changes/release-work-order', { workOrder })
}

/** Two days late: built and tested, five of eight samples inspected. */
const lateBoards = (teller: Teller): void => {
  const { run, act, check, photos } = teller
  const workOrder = 'WO-0009'
  run({ workOrder, op: 10, station: 'ST-01', person: 'P-008', from: 5 * DAY, to: 5 * DAY - 110, units: 24 })
  run({
    workOrder,
    op: 20,
    station: 'ST-02',
    person: 'P-001',
    from: 4 * DAY,
    to: 4 * DAY - 130,
    units: 24,
    scrap: { count: 1, reason: 'BURNT' }
  })
  run({ workOrder, op: 30, station: 'ST-02', person: 'P-001', from: 3 * DAY, to: 3 * DAY - 100, units: 23 })
  act('P-007', 2 * DAY + 20, 'quality/record-defect', {
    workOrder,
    op: 40,
    code: 'COLD',
    place: 'TP2',
    quantity: 1,
    severity: 'minor',
    note: 'Dull joint, soldered again'
  })
  run({ workOrder, op: 40, station: 'ST-03', person: 'P-007', from: 2 * DAY, to: 2 * DAY - 80, units: 23 })
  for (let sample = 1; sample <= 5; sample += 1)
    check({ workOrder, op: 50, sample, plan: BOARD_CHECKS, from: 300 - sample * 12, height: 11.94 + sample * 0.03 })
  act('P-002', 236, 'quality/record-defect', {
    workOrder,
    op: 50,
    code: 'BRIDGE',
    place: 'U2, pins 4 and 5',
    quantity: 1,
    severity: 'major',
    sample: 4,
    characteristic: 1,
    photo: photos.defect,
    markup: [
      [
        [430, 720],
        [520, 720],
        [560, 800],
        [470, 840],
        [400, 790],
        [430, 720]
      ]
    ]
  })
}

/** Operation 30 can start: WO-0012-30 is the job card to scan first. */
const boardsReadyForHeatsinks = ({ run, act }: Teller): void => {
  const workOrder = 'WO-0012'
  run({ workOrder, op: 10, station: 'ST-01', person: 'P-008', from: 2 * DAY - 200, to: 2 * DAY - 330, units: 32 })
  run({ workOrder, op: 20, station: 'ST-02', person: 'P-010', from: DAY + 240, to: DAY + 60, units: 32 })
  act('P-010', DAY + 90, 'quality/record-defect', {
    workOrder,
    op: 20,
    code: 'BRIDGE',
    place: 'J3, pins 2 and 3',
    quantity: 1,
    severity: 'minor',
    note: 'Taken off with wick'
  })
  act('P-001', 16, 'tooling/set-up-tool', { workOrder, op: 30, tool: 'T-JIG-12', station: 'ST-02', aligned: true })
}

/** Eight of twelve inspected; the height of C12 drifts upwards and the last one is out. */
const sensorsAtFinalInspection = (teller: Teller): void => {
  const { run, act, check } = teller
  const workOrder = 'WO-0010'
  run({ workOrder, op: 10, station: 'ST-05', person: 'P-001', from: 3 * DAY + 200, to: 3 * DAY + 160, units: 12 })
  run({ workOrder, op: 20, station: 'ST-05', person: 'P-001', from: 3 * DAY + 150, to: 3 * DAY + 110, units: 12 })
  run({ workOrder, op: 30, station: 'ST-05', person: 'P-001', from: 2 * DAY + 300, to: 2 * DAY + 250, units: 12 })
  run({ workOrder, op: 40, station: 'ST-05', person: 'P-001', from: 2 * DAY + 240, to: 2 * DAY + 200, units: 12 })
  run({ workOrder, op: 50, station: 'ST-06', person: 'P-009', from: DAY + 400, to: DAY + 340, units: 12 })
  for (let sample = 1; sample <= 8; sample += 1)
    check({
      workOrder,
      op: 60,
      sample,
      plan: finalChecks(),
      from: 190 - sample * 20,
      height: [11.93, 11.95, 11.99, 12.02, 12.06, 12.1, 12.15, 12.24][sample - 1] ?? 12
    })
  act('P-002', 26, 'quality/record-defect', {
    workOrder,
    op: 60,
    code: 'VALUE',
    place: 'C12',
    quantity: 1,
    severity: 'major',
    note: '0.04 mm too high',
    sample: 8,
    characteristic: 2
  })
  act('P-002', 88, 'quality/record-defect', {
    workOrder,
    op: 60,
    code: 'SCRATCH',
    place: 'Lid, left of the type label',
    quantity: 1,
    severity: 'minor',
    sample: 5
  })
}

/** Bases are prepared, boards go in: 11 of 32, running since 70 minutes. */
const sensorsBeingBuilt = ({ run }: Teller): void => {
  const workOrder = 'WO-0013'
  run({ workOrder, op: 10, station: 'ST-05', person: 'P-001', from: DAY + 180, to: DAY + 100, units: 32 })
  run({ workOrder, op: 20, station: 'ST-05', person: 'P-001', from: 70, to: 4, units: 11, open: true })
}

/** A pinched seal stops the batch until a supervisor has looked. */
const soilOnHold = (teller: Teller): void => {
  const { run, act, photos } = teller
  const workOrder = 'WO-0011'
  run({ workOrder, op: 10, station: 'ST-05', person: 'P-010', from: 2 * DAY + 120, to: 2 * DAY + 60, units: 16 })
  run({ workOrder, op: 20, station: 'ST-05', person: 'P-010', from: 260, to: 215, units: 6, open: true })
  act('P-010', 214, 'quality/record-defect', {
    workOrder,
    op: 20,
    code: 'TORQUE',
    place: 'Screw 4',
    quantity: 1,
    severity: 'minor',
    sample: 6,
    note: 'Thread stripped, next hole used'
  })
  act('P-010', 213, 'orders/pause-operation', { workOrder, op: 20, reason: 'OTHER' })
  act('P-002', 205, 'quality/record-defect', {
    workOrder,
    op: 20,
    code: 'SEAL',
    place: 'Corner at the hinge',
    quantity: 3,
    severity: 'major',
    note: 'Seal pinched on three of six. Lot of the seals?',
    photo: photos.inside,
    hold: 'PARTS'
  })
}

/** What people on the floor want changed: one waits for the engineer, one was answered. */
const requests = ({ act, office, photos }: Teller): void => {
  act('P-010', 3 * DAY - 30, 'changes/request-change', {
    problem: 'The vent is pressed in by hand and slips. A stop block would hold it.',
    item: 'FL-100',
    workOrder: 'WO-0010',
    op: 10
  })
  const asked = office.recorded.findLast(one => one.kind === changeRequested)?.payload as
    | { request: string }
    | undefined
  if (asked)
    act('P-005', 2 * DAY + 40, 'changes/decline-request', {
      request: asked.request,
      note: 'The press of ST-05 has a stop since Tuesday. Ask again if it still slips.'
    })
  act('P-001', 62, 'changes/request-change', {
    problem: 'Page 3 shows screw 4 last. The board sits straight only when screw 4 goes in first.',
    item: 'FL-100',
    document: 'BD-0100',
    workOrder: 'WO-0013',
    op: 20,
    photo: photos.inside
  })
}

const calls = ({ act, office }: Teller): void => {
  act('P-001', 130, 'plant/call-andon', { kind: 'parts', station: 'ST-05', note: 'Lid screws run out' })
  const call = office.recorded.findLast(one => one.kind.type === 'plant/andon-called.v1')?.payload as
    | { call: string }
    | undefined
  if (call) act('P-003', 124, 'plant/answer-andon', { call: call.call })
  if (call) act('P-003', 117, 'plant/close-andon', { call: call.call, cause: 'Parts brought' })
  act('P-007', 9, 'plant/call-andon', { kind: 'machine', station: 'ST-03', note: 'Jig T-JIG-14 does not close' })
}
