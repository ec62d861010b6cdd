/** What the sample plant's story is told with: acts with a time, whole operations worked unit by unit, inspected pieces. */
import { methodFrozen } from '#activities/changes/events.ts'
import { type operation, workOrderReleased } from '#activities/orders/events.ts'
import { isRefusal } from '#kernel/decision.ts'
import type { Actor, BlobRef } from '#kernel/event.ts'
import type * as z from 'zod/mini'
import type { MemoryOffice } from './memory-office.ts'

export type Photos = {
  readonly heatsink: BlobRef
  readonly inside: BlobRef
  readonly label: BlobRef
  readonly defect: BlobRef
}
export type StoryOptions = { readonly now: Date; readonly photos: Photos }
type Operation = z.infer<typeof operation>
type Step = Operation['steps'][number]

export class Refused extends Error {}

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

export const tellerOf = (office: MemoryOffice, { now, photos }: StoryOptions) => {
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
    const { steps = [], tools = [] } = operationOf(office, workOrder, op) ?? {}
    const gap = (from - to) / (units * (steps.length + 1) + 2)
    let clock = from
    const tick = (): number => (clock -= gap)
    for (const tool of tools)
      act(person, clock + 4, 'tooling/set-up-tool', { tool, station: one.station, workOrder, op, aligned: true })
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

  return { office, photos, act, run, check }
}
export type Teller = ReturnType<typeof tellerOf>

const operationOf = (office: MemoryOffice, workOrder: string, op: number): Operation | undefined => {
  const released = office.recorded.find(
    one => one.kind === workOrderReleased && (one.payload as { workOrder: string }).workOrder === workOrder
  )
  const method = (released?.payload as { method?: string } | undefined)?.method
  const frozen = office.recorded.find(
    one => one.kind === methodFrozen && (one.payload as { method: string }).method === method
  )
  // The event's own kind says what its payload is.
  const content = (frozen?.payload as z.infer<typeof methodFrozen.payload> | undefined)?.content
  return content?.operations.find(one => one.op === op)
}

/** A reading inside its limits that wanders a little from unit to unit. */
const reading = ({ nominal, low = 0, high = 0 }: Step, cycle: number): number => {
  const middle = nominal !== undefined && nominal > low ? nominal : low + (high - low) * 0.4
  return Number((middle + (((cycle * 7) % 5) - 2) * (high - low) * 0.06).toFixed(3))
}

/** Which lot or serial the next piece is taken from; serials are taken in order. */
const lotBook = () => {
  let board = 103
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

export const BOARD_CHECKS: Checks = {
  1: ({ sample }) => ({ verdict: sample === 4 ? 'fail' : 'pass' }),
  2: pass,
  3: ({ height }) => ({ value: Number(height.toFixed(2)), ...callipers }),
  4: pass,
  5: pass,
  6: ({ sample }) => ({ text: `1042-${String(220 + sample).padStart(5, '0')}`, verdict: 'pass' })
}

export const finalChecks = (serial?: string): Checks => ({
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
