/**
 * The last days at Fennel Labs, worked through the rooms' own actions: what tablets would have recorded, in the same words and
 * under the same rules. One work order has left, one stands in a closed box, four are under way in four states, two wait to be
 * started, three are not released.
 */
import { methodFrozen } from '#activities/changes/events.ts'
import { type operation, workOrderReleased } from '#activities/orders/events.ts'
import { isRefusal } from '#kernel/decision.ts'
import type { Actor, BlobRef } from '#kernel/event.ts'
import type * as z from 'zod/mini'
import type { MemoryOffice } from './memory-office.ts'
import { tellShipping } from './sample-shipping.ts'

export type Photos = {
  readonly heatsink: BlobRef
  readonly inside: BlobRef
  readonly label: BlobRef
  readonly defect: BlobRef
}
export type StoryOptions = { readonly now: Date; readonly photos: Photos }
type Operation = z.infer<typeof operation>
type Step = Operation['steps'][number]

class Refused extends Error {}

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

const calls = ({ act, office }: Teller): void => {
  act('P-001', 130, 'plant/call-andon', { kind: 'parts', station: 'ST-05', note: 'Lid screws run out' })
  const call = office.recorded.findLast(one => one.kind.type === 'plant/andon-called.v1')?.payload as
    | { call: string }
    | undefined
  if (call) act('P-003', 124, 'plant/answer-andon', { call: call.call })
  if (call) act('P-003', 117, 'plant/close-andon', { call: call.call, cause: 'Parts brought' })
  act('P-007', 9, 'plant/call-andon', { kind: 'machine', station: 'ST-03', note: 'Jig T-JIG-14 does not close' })
}

type Run = {
  readonly workOrder: string
  readonly op: number
  readonly station: string
  readonly person: string
  /** Minutes before now. */
  readonly from: number
  readonly to: number
  /** Pieces that are counted, the scrapped ones among them. */
  readonly units: number
  /** Still running at the end. */
  readonly open?: true
  readonly scrap?: { readonly count: number; readonly reason: string }
}

type Checks = Readonly<Record<number, (piece: Piece) => Readonly<Record<string, unknown>>>>
type Piece = { readonly height: number; readonly sample: number; readonly photos: Photos }
type Check = {
  readonly workOrder: string
  readonly op: number
  readonly sample: number
  readonly plan: Checks
  readonly from: number
  readonly height: number
}

const tellerOf = (office: MemoryOffice, { now, photos }: StoryOptions) => {
  const timeOf = (minutesAgo: number): string => new Date(now.getTime() - minutesAgo * 60_000).toISOString()
  const act = (person: string, minutesAgo: number, action: string, input: unknown): void => {
    const actor: Actor = { person, session: 'sample', method: 'badge-pin' }
    const answer = office.act(action, input, actor, { at: timeOf(minutesAgo) })
    if (isRefusal(answer))
      throw new Refused(`${action} ${JSON.stringify(input)}: ${answer.refused} ${JSON.stringify(answer.about ?? {})}`)
  }
  const lots = lotBook()

  /** One operation from start to end, unit by unit, step by step; times are spread evenly. */
  const run = (one: Run): void => {
    const { workOrder, op, person, from, to, units } = one
    const steps = stepsOf(office, workOrder, op)
    const gap = (from - to) / (units * (steps.length + 1) + 2)
    let clock = from
    const tick = (): number => (clock -= gap)
    act(person, clock, 'orders/start-operation', { workOrder, op, station: one.station })
    const scrapped = one.scrap?.count ?? 0
    for (let cycle = 1; cycle <= units; cycle += 1) {
      for (const step of steps) doStep({ ...one, step, cycle, minutesAgo: tick() })
      const scrap = cycle > units - scrapped
      act(person, tick(), 'orders/report-quantity', {
        workOrder,
        op,
        good: scrap ? 0 : 1,
        scrap: scrap ? 1 : 0,
        rework: 0,
        ...(scrap ? { scrapReason: one.scrap?.reason } : {})
      })
    }
    if (!one.open) act(person, tick(), 'orders/complete-operation', { workOrder, op })
  }

  const doStep = ({
    workOrder,
    op,
    person,
    step,
    cycle,
    minutesAgo
  }: Run & { step: Step; cycle: number; minutesAgo: number }): void => {
    const place = { workOrder, op, cycle, step: step.step }
    const half = minutesAgo + 0.1
    if (step.kind === 'measure') act(person, half, 'orders/measure-value', { ...place, value: reading(step, cycle) })
    const lot = step.kind === 'part' && step.item ? lots(step.item) : ''
    if (lot !== '') act(person, half, 'orders/consume-part', { ...place, lot })
    if (step.kind === 'photo')
      act(person, half, 'orders/take-photo', {
        ...place,
        photo: op === 30 && step.document === 'BD-1042' ? photos.heatsink : photos.inside
      })
    act(person, minutesAgo, 'orders/complete-step', place)
  }

  const check = ({ workOrder, op, sample, plan, from, height }: Check): void => {
    for (const [at, [number, say]] of Object.entries(plan).entries())
      act('P-002', from - at * 0.8, 'quality/record-check', {
        workOrder,
        op,
        sample,
        characteristic: Number(number),
        ...say({ height, sample, photos })
      })
  }

  return { office, photos, act, run, check, checks: finalChecks }
}
export type Teller = ReturnType<typeof tellerOf>

const stepsOf = (office: MemoryOffice, workOrder: string, op: number): readonly Step[] => {
  const released = office.recorded.find(
    one => one.kind === workOrderReleased && (one.payload as { workOrder: string }).workOrder === workOrder
  )
  const method = (released?.payload as { method?: string } | undefined)?.method
  const frozen = office.recorded.find(
    one => one.kind === methodFrozen && (one.payload as { method: string }).method === method
  )
  // The event's own kind says what its payload is.
  const content = (frozen?.payload as z.infer<typeof methodFrozen.payload> | undefined)?.content
  return content?.operations.find(one => one.op === op)?.steps ?? []
}

/** A reading inside its limits that wanders a little from unit to unit. */
const reading = ({ nominal, low = 0, high = 0 }: Step, cycle: number): number => {
  const middle = nominal !== undefined && nominal > low ? nominal : low + (high - low) * 0.4
  return Number((middle + (((cycle * 7) % 5) - 2) * (high - low) * 0.06).toFixed(3))
}

/** Which lot or serial the next piece is taken from; serials are taken in order. */
const lotBook = () => {
  let board = 109
  const lots: Readonly<Record<string, string>> = {
    'PCB-1042': 'W4711',
    'PAD-22': '22-118',
    'ENC-100B': 'HP-0917',
    'ENC-140B': 'E2231',
    'SA-210': 'BP-0212'
  }
  return (item: string): string =>
    item === 'PCA-1042' ? `1042-${String(board++).padStart(5, '0')}` : (lots[item] ?? '')
}

const pass = () => ({ verdict: 'pass' })
const callipers = { gauge: 'T-DC-07' }
const meter = { gauge: 'T-DMM-05' }

const BOARD_CHECKS: Checks = {
  1: ({ sample }) => ({ verdict: sample === 4 ? 'fail' : 'pass' }),
  2: pass,
  3: ({ height }) => ({ value: Number(height.toFixed(2)), ...callipers }),
  4: pass,
  5: pass,
  6: ({ sample }) => ({ text: `1042-${String(220 + sample).padStart(5, '0')}`, verdict: 'pass' })
}

const finalChecks = (serial?: string): Checks => ({
  1: pass,
  2: ({ height }) => ({ value: height, ...callipers }),
  3: ({ sample }) => ({ value: Number((5.01 + (sample % 3) * 0.01).toFixed(2)), ...meter }),
  4: ({ sample }) => ({ text: serial ?? `100-${String(66 + sample).padStart(5, '0')}`, verdict: 'pass' }),
  5: pass,
  6: ({ sample }) => ({ value: Number((0.12 + (sample % 4) * 0.03).toFixed(2)) }),
  7: pass,
  8: pass,
  9: pass,
  10: ({ sample }) => ({ value: Number((5.6 + (sample % 5) * 0.2).toFixed(1)), ...meter }),
  11: ({ photos }) => ({ photo: photos.label, verdict: 'pass' })
})
