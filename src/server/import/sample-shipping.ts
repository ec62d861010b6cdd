/**
 * Two orders that are finished: one has left, of the other half stands in a closed box and half is still to be packed. The
 * plant's day begins with something to look back on.
 */
import { handlingUnitOpened } from '#activities/shipping/events.ts'
import type * as z from 'zod/mini'
import { finalChecks, type Teller } from './sample-teller.ts'

const DAY = 24 * 60

type Finished = { readonly workOrder: string; readonly serials: readonly string[]; readonly from: number }

export const tellShipping = (teller: Teller): void => {
  const tanks = { workOrder: 'WO-0007', serials: serials('140', 21, 6), from: 6 * DAY + 700 }
  build(teller, tanks)
  const box = pack(teller, tanks.workOrder, tanks.serials, 4 * DAY + 40)
  teller.act('P-003', 4 * DAY, 'shipping/send-shipment', {
    shipment: 'SH-0001',
    customer: 'Bluewater Tanks',
    handlingUnits: [box],
    note: 'Collected by the carrier, door 2'
  })
  const scouts = { workOrder: 'WO-0008', serials: serials('100', 49, 12), from: 5 * DAY + 300 }
  build(teller, scouts)
  pack(teller, scouts.workOrder, scouts.serials.slice(0, 6), DAY + 30)
}

const serials = (item: string, first: number, many: number): readonly string[] =>
  Array.from({ length: many }, (_, i) => `${item}-${String(first + i).padStart(5, '0')}`)

/** The units through assembly, test, inspection and packing, a day from end to end. */
const build = ({ run, act, check }: Teller, { workOrder, serials: made, from }: Finished): void => {
  const units = made.length
  const station = (op: number) => (op === 70 ? 'ST-08' : op === 50 ? 'ST-06' : 'ST-05')
  const worked = (op: number, person: string, start: number, minutes: number) =>
    run({ workOrder, op, station: station(op), person, from: start, to: start - minutes, units })
  worked(10, 'P-010', from, 22)
  worked(20, 'P-010', from - 30, 24)
  worked(30, 'P-001', from - 60, 26)
  worked(40, 'P-001', from - 95, 20)
  worked(50, 'P-009', from - 150, 40)
  for (const [at, serial] of made.entries())
    check({
      workOrder,
      op: 60,
      sample: at + 1,
      plan: finalChecks(serial),
      from: from - 240 - at * 11,
      height: 11.96 + (at % 3) * 0.02
    })
  act('P-002', from - 382, 'quality/close-inspection', { workOrder, op: 60 })
  worked(70, 'P-007', from - 390, 18)
  act('P-004', from - 420, 'orders/close-work-order', { workOrder, outcome: 'complete' })
}

/** Every unit scanned into one box; answers the box's number. */
const pack = ({ act, office }: Teller, workOrder: string, made: readonly string[], from: number): string => {
  act('P-007', from, 'shipping/open-handling-unit', { workOrder, capacity: made.length })
  const opened = office.recorded.findLast(one => one.kind === handlingUnitOpened)
  if (!opened) throw new Error('no box was opened')
  // The event's own kind says what its payload is.
  const { handlingUnit } = opened.payload as z.infer<typeof handlingUnitOpened.payload>
  for (const [at, serial] of made.entries())
    act('P-007', from - 2 - at * 0.5, 'shipping/pack-pieces', { handlingUnit, quantity: 1, serial })
  act('P-007', from - 8, 'shipping/close-handling-unit', { handlingUnit })
  return handlingUnit
}
