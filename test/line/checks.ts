/** What a simulated inspector records next: the first check that is missing, its defect when it failed, then the close. */
import type { QueueRow } from '#activities/orders/queue.ts'
import { handedOver } from '#activities/orders/readiness.ts'
import { dayOf, gaugeState, type Lot, lotOf, type Missing, tally } from '#activities/quality/known.ts'
import { type Characteristic, gaugeView } from '#activities/quality/plans.ts'
import { closeInspection, recordCheck, recordDefect } from '#activities/quality/rules.ts'
import type { Known } from '#kernel/decision.ts'
import { type Deed, deed, type Dice, reading } from './deed.ts'

/** One minor check in so many is failed. */
const FAILED = 40

export const nextCheck = (known: Known, { order, operation }: QueueRow, dice: Dice): Deed | undefined => {
  const job = { workOrder: order.workOrder, op: operation.op }
  const lot = lotOf(known, job.workOrder, job.op)
  if (!lot || lot.inspection.closed) return undefined
  const missing = tally(lot).missing[0]
  if (!missing) return deed(nameOf(job), closeInspection, job, 'the inspection is closed')
  const one = lot.plan.characteristics.find(({ number }) => number === missing.characteristic)
  // Pieces that are not here yet can't be looked at, nor measured with a gauge that may not be used.
  if (!one || missing.sample > handedOver(order, operation.op) || !gaugeReady(known, one)) return undefined
  return missing.what === 'defect' ? defect(job, missing, one) : check(job, missing, one, dice)
}

type Job = { readonly workOrder: string; readonly op: number }
const nameOf = ({ workOrder, op }: Job): string => `${workOrder}-${op}`

const gaugeReady = (known: Known, { gauge }: Lot['plan']['characteristics'][number]): boolean => {
  const found = gauge === undefined ? undefined : known.get(gaugeView, gauge)
  return (
    gauge === undefined ||
    (found !== undefined && gaugeState(found, dayOf(known, new Date().toISOString())) === 'ready')
  )
}

const defect = (job: Job, { sample, characteristic }: Missing, { kind, name }: Characteristic): Deed =>
  deed(
    nameOf(job),
    recordDefect,
    {
      ...job,
      code: kind === 'measure' ? 'VALUE' : 'SCRATCH',
      place: name,
      quantity: 1,
      severity: 'minor',
      sample,
      characteristic,
      note: 'Simulated'
    },
    `a defect on piece ${sample}, ${name}`
  )

const check = (job: Job, { sample, characteristic }: Missing, one: Characteristic, dice: Dice): Deed => {
  const name = nameOf(job)
  const input = { ...job, sample, characteristic }
  const verdict = one.severity === 'minor' && dice() < 1 / FAILED ? ('fail' as const) : ('pass' as const)
  switch (one.kind) {
    case 'photo':
      return { job: name, run: async hand => hand.act(recordCheck, { ...input, photo: await hand.photo() }) }
    case 'text':
      return deed(name, recordCheck, { ...input, verdict, text: `Piece ${sample}` })
    case 'attribute':
      return deed(name, recordCheck, { ...input, verdict })
    case 'measure':
      return deed(name, recordCheck, {
        ...input,
        value: reading(one, dice, false),
        ...(one.gauge ? { gauge: one.gauge } : {})
      })
  }
}
