/** A tablet for tests: what it knows, what is done on it, and what the office would flag. */
import {
  type Action,
  decideAction,
  firstBroken,
  type Given,
  isRefusal,
  type Known,
  type Refusal
} from '#kernel/decision.ts'
import type { EventKind } from '#kernel/event.ts'
import { orders } from './activity.ts'
import { workOrderView } from './projection.ts'
import { type Happened, happened, knownAfter, sampleReleased } from './samples.ts'
import { completeStep, consumePart, measureValue, takePhoto } from './step-rules.ts'

export const op10 = { workOrder: 'WO-0012', op: 10 }
export const op20 = { workOrder: 'WO-0012', op: 20 }
export const photo = { sha256: 'e'.repeat(64), size: 10, type: 'image/webp' }
export const uuid = (last: number) => `00000000-0000-7000-8000-00000000000${last}`

export const there = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing is known of it')
  return value
}

export type Tablet = ReturnType<typeof floorOf>

/** A tablet at a station with what it knows; time goes on a minute with every act. */
export const floorOf = (events: readonly Happened[] = sampleReleased, at = 'ST-01') => {
  const log = [...events]
  let minute = 0
  let ids = 0
  const given = (station: string | undefined): Given => ({
    person: 'P-001',
    roles: ['operator', 'planner', 'engineer'],
    station,
    hash: text => text,
    newId: () => `id-${++ids}`,
    at: `2026-11-23T09:${String(++minute).padStart(2, '0')}:00.000Z`
  })
  const tablet = {
    get known(): Known {
      return knownAfter(log)
    },
    get order() {
      return knownAfter(log).get(workOrderView, 'WO-0012')
    },
    op: (op: number) => tablet.order?.operations.find(one => one.op === op),
    happens: <P>(kind: EventKind<P>, payload: P, time?: string) => {
      log.push(happened(kind, payload, time ? { at: time } : {}))
      return tablet
    },
    act: <I>(action: Action<I>, input: I, station: string | undefined = at): 'done' | Refusal => {
      const now = given(station)
      const answer = decideAction(action, orders.guards, tablet.known, input, now)
      if (isRefusal(answer)) return answer
      for (const { kind, payload } of answer) {
        if (!kind.payload.safeParse(payload).success) throw new Error(`${kind.type} doesn’t fit its own shape`)
        log.push(happened(kind, payload, { at: now.at, person: now.person }))
      }
      return 'done'
    },
    flag: <P>(kind: EventKind<P>, payload: P, time = '2026-11-23T10:00:00.000Z') =>
      firstBroken(orders.guards, tablet.known, kind.type, payload, {
        id: 'late',
        person: 'P-002',
        device: 'tablet-2',
        at: time
      })?.refused
  }
  return tablet
}

/** Every step of a unit of operation 10, as a person does them. */
export const unitDone = (tablet: Tablet, cycle: number): void => {
  const entries = [
    tablet.act(completeStep, { ...op10, cycle, step: 1 }),
    tablet.act(measureValue, { ...op10, cycle, step: 2, value: 0.61 }),
    tablet.act(completeStep, { ...op10, cycle, step: 2 }),
    tablet.act(consumePart, { ...op10, cycle, step: 3, lot: `RM-${cycle}` }),
    tablet.act(completeStep, { ...op10, cycle, step: 3 }),
    tablet.act(takePhoto, { ...op10, cycle, step: 4, photo }),
    tablet.act(completeStep, { ...op10, cycle, step: 4 })
  ]
  const refused = entries.find(one => one !== 'done')
  if (refused) throw new Error(`unit ${cycle} was refused: ${refused.refused}`)
}

export const noPieces = { good: 0, scrap: 0, rework: 0 }
export const hold = { hold: uuid(1), workOrder: 'WO-0012', reason: 'solder' }
