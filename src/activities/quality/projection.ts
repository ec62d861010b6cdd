/** What quality knows, as lists of "when this event, for this key, then that view". */
import type * as z from 'zod/mini'
import {
  quantityReported,
  quantityWithdrawn,
  workOrderClosed,
  workOrderCreated,
  workOrderReleased,
  workOrderRescheduled
} from '#activities/orders/events.ts'
import type { BlobRef } from '#kernel/event.ts'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  checkCleared,
  checkRecorded,
  defectDispositioned,
  defectRecorded,
  type dispositionWord,
  holdPlaced,
  holdReleased,
  inspectionClosed,
  sampleIdentified,
  type severity
} from './events.ts'
import { clockView, controlPlanView, gaugeView, qualityMethodView } from './plans.ts'

export type Severity = z.infer<typeof severity>
export type Disposition = z.infer<typeof dispositionWord>
export type Stroke = readonly (readonly [number, number])[]

export const inspectionKey = (workOrder: string, op: number): string => `${workOrder}/${op}`
/** Padded, so that keys sort as pieces are counted. */
export const pieceKey = (workOrder: string, op: number, sample: number): string =>
  `${workOrder}/${op}/${String(sample).padStart(6, '0')}`

export type Verdict = 'pass' | 'fail'
export type Measured = { readonly sample: number; readonly value: number }

/** One inspection lot: the checks of one operation of one work order. What was found in each piece is in `pieceView`. */
export type Inspection = {
  readonly workOrder: string
  readonly op: number
  readonly name: string
  readonly method: string
  /** Characteristics per piece. */
  readonly checks: number
  /** Verdicts by piece, then by characteristic. */
  readonly verdicts: Readonly<Record<string, Readonly<Record<string, Verdict>>>>
  readonly serials: Readonly<Record<string, string>>
  /** The last few values of each characteristic, oldest first, one per piece. */
  readonly last: Readonly<Record<string, readonly Measured[]>>
  /** What has a defect on record: 'piece/characteristic', or 'piece' for the whole piece. */
  readonly covered: readonly string[]
  readonly closed?: {
    readonly accepted: number
    readonly rejected: number
    readonly person: string
    readonly at: string
  }
}

/** Three are shown beside the value being typed. */
const LAST = 4

const without = <T>(record: Readonly<Record<string, T>>, key: string | number): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== String(key)))

const judged = (
  was: Inspection,
  sample: number,
  number: number,
  verdict: Verdict | undefined
): Inspection['verdicts'] => {
  const piece = was.verdicts[sample] ?? {}
  const next = verdict ? { ...piece, [number]: verdict } : without(piece, number)
  return Object.keys(next).length > 0 ? { ...was.verdicts, [sample]: next } : without(was.verdicts, sample)
}

const remembered = (was: Inspection, sample: number, number: number, value: number | undefined): Inspection['last'] => {
  const others = (was.last[number] ?? []).filter(one => one.sample !== sample)
  const list = value === undefined ? others : [...others, { sample, value }].slice(-LAST)
  return list.length > 0 ? { ...was.last, [number]: list } : without(was.last, number)
}

export const inspectionView = viewKind<Inspection>('quality/inspection', 'floor', [
  when(
    workOrderReleased,
    ({ workOrder, operations }) =>
      operations.filter(one => one.checks > 0).map(({ op }) => inspectionKey(workOrder, op)),
    (was, { workOrder, method, operations }, _stamp, key) => {
      const operation = operations.find(({ op }) => inspectionKey(workOrder, op) === key)
      if (!operation) return was
      const { op, name, checks } = operation
      // A new method reaches an inspection that nobody has begun; one that is begun is finished as it was.
      if (was) return Object.keys(was.verdicts).length > 0 || was.closed ? was : { ...was, name, method, checks }
      return { workOrder, op, name, method, checks, verdicts: {}, serials: {}, last: {}, covered: [] }
    }
  ),
  when(
    checkRecorded,
    ({ workOrder, op }) => inspectionKey(workOrder, op),
    change((was, { sample, characteristic: number, verdict, value }) => ({
      ...was,
      verdicts: judged(was, sample, number, verdict),
      last: remembered(was, sample, number, value)
    }))
  ),
  when(
    checkCleared,
    ({ workOrder, op }) => inspectionKey(workOrder, op),
    change((was, { sample, characteristic: number }) => ({
      ...was,
      verdicts: judged(was, sample, number, undefined),
      last: remembered(was, sample, number, undefined)
    }))
  ),
  when(
    sampleIdentified,
    ({ workOrder, op }) => inspectionKey(workOrder, op),
    change((was, { sample, serial }) => ({ ...was, serials: { ...was.serials, [sample]: serial } }))
  ),
  when(
    defectRecorded,
    ({ workOrder, op, sample }) => (sample === undefined ? undefined : inspectionKey(workOrder, op)),
    change((was, { sample, characteristic: number }) => {
      const what = number === undefined ? `${sample}` : `${sample}/${number}`
      return was.covered.includes(what) ? was : { ...was, covered: [...was.covered, what] }
    })
  ),
  when(
    inspectionClosed,
    ({ workOrder, op }) => inspectionKey(workOrder, op),
    change((was, { accepted, rejected }, { person, at }) => ({ ...was, closed: { accepted, rejected, person, at } }))
  )
])

export type Result = {
  readonly verdict: Verdict
  readonly value?: number
  readonly text?: string
  readonly gauge?: string
  readonly photo?: BlobRef
  readonly person: string
  readonly device: string
  readonly at: string
}
/** A record that somebody else, or another tablet, put another in the place of. */
export type Earlier = Pick<Result, 'verdict' | 'value' | 'text' | 'person' | 'at'>
/** What was found in one piece, by characteristic. Its own view, so that a tap moves one piece and not the whole lot. */
export type Piece = {
  readonly workOrder: string
  readonly op: number
  readonly sample: number
  readonly results: Readonly<Record<string, Result>>
  /** The last records that were replaced by others, oldest first; absent while there are none. The log keeps them all. */
  readonly earlier?: Readonly<Record<string, readonly Earlier[]>>
  readonly closed: boolean
}

/** A person who corrects what they said on the same tablet replaces nothing that anybody else has to know of. */
const replaced = (was: Piece | undefined, number: number, person: string, device: string): Pick<Piece, 'earlier'> => {
  const old = was?.results[number]
  if (!old || (old.person === person && old.device === device)) return was?.earlier ? { earlier: was.earlier } : {}
  const { verdict, value, text } = old
  const one: Earlier = {
    verdict,
    person: old.person,
    at: old.at,
    ...(value === undefined ? {} : { value }),
    ...(text === undefined ? {} : { text })
  }
  return { earlier: { ...was?.earlier, [number]: [...(was?.earlier?.[number] ?? []), one].slice(-LAST) } }
}

export const pieceView = viewKind<Piece>('quality/piece', piece => (piece.closed ? 'desk' : 'floor'), [
  when(
    checkRecorded,
    ({ workOrder, op, sample }) => pieceKey(workOrder, op, sample),
    (was, { workOrder, op, sample, characteristic: number, verdict, value, text, gauge, photo }, stamp) => {
      const { person, device, at } = stamp
      const result: Result = {
        verdict,
        person,
        device,
        at,
        ...(value === undefined ? {} : { value }),
        ...(text === undefined ? {} : { text }),
        ...(gauge === undefined ? {} : { gauge }),
        ...(photo === undefined ? {} : { photo })
      }
      const results = { ...was?.results, [number]: result }
      return { workOrder, op, sample, closed: was?.closed ?? false, results, ...replaced(was, number, person, device) }
    }
  ),
  when(
    checkCleared,
    ({ workOrder, op, sample }) => pieceKey(workOrder, op, sample),
    change((was, { characteristic: number }, { person, device }) => ({
      ...was,
      results: without(was.results, number),
      ...replaced(was, number, person, device)
    }))
  ),
  when(
    inspectionClosed,
    ({ workOrder, op, accepted, rejected }) =>
      Array.from({ length: accepted + rejected }, (_, i) => pieceKey(workOrder, op, i + 1)),
    change(was => ({ ...was, closed: true }))
  )
])

export type Defect = Omit<z.infer<typeof defectRecorded.payload>, 'markup'> & {
  readonly markup?: readonly Stroke[] | undefined
  readonly person: string
  readonly at: string
  readonly state: 'open' | 'decided'
  readonly decision?: {
    readonly disposition: Disposition
    readonly note: string
    readonly person: string
    readonly at: string
  }
}

export const defectView = viewKind<Defect>('quality/defect', defect => (defect.state === 'open' ? 'floor' : 'desk'), [
  when(
    defectRecorded,
    ({ defect }) => defect,
    (was, payload, { person, at }) => was ?? { ...payload, person, at, state: 'open' }
  ),
  when(
    defectDispositioned,
    ({ defect }) => defect,
    change((was, { disposition, note }, { person, at }) => ({
      ...was,
      state: 'decided' as const,
      decision: { disposition, note, person, at }
    }))
  )
])

export type Hold = {
  readonly hold: string
  readonly workOrder: string
  readonly reason: string
  readonly note?: string | undefined
  readonly defect?: string | undefined
  readonly person: string
  readonly at: string
  readonly released?: { readonly note: string; readonly person: string; readonly at: string }
}

export const holdView = viewKind<Hold>('quality/hold', hold => (hold.released ? 'desk' : 'floor'), [
  when(
    holdPlaced,
    ({ hold }) => hold,
    (was, payload, { person, at }) => was ?? { ...payload, person, at }
  ),
  when(
    holdReleased,
    ({ hold }) => hold,
    change((was, { note }, { person, at }) => ({ ...was, released: { note, person, at } }))
  )
])

/** One work order as quality sees it: how many pieces, and what stops it. */
export type Run = {
  readonly workOrder: string
  readonly label?: string
  readonly item: string
  readonly itemName: string
  readonly revision: string
  readonly quantity: number
  readonly state: 'created' | 'released' | 'closed'
  readonly method?: string
  /** Pieces scrapped, by the operation where they were. */
  readonly scrap: Readonly<Record<string, number>>
  /** Defects found since the last hold that a defect placed was released: what the stop rule counts. In pieces. */
  readonly defects: Readonly<Record<Severity, number>>
  /** Open holds; with `defect` when a defect placed it. */
  readonly holds: readonly { readonly hold: string; readonly reason: string; readonly defect?: string }[]
}

const NO_DEFECTS = { critical: 0, major: 0, minor: 0 }

export const runView = viewKind<Run>('quality/run', run => (run.state === 'closed' ? 'desk' : 'floor'), [
  when(
    workOrderCreated,
    ({ workOrder }) => workOrder,
    (was, { workOrder, label, item, itemName, revision, quantity }) =>
      was ?? {
        workOrder,
        item,
        itemName,
        revision,
        quantity,
        ...(label === undefined ? {} : { label }),
        state: 'created',
        scrap: {},
        defects: NO_DEFECTS,
        holds: []
      }
  ),
  when(
    workOrderReleased,
    ({ workOrder }) => workOrder,
    change((was, { method }) => ({ ...was, state: 'released' as const, method }))
  ),
  when(
    workOrderRescheduled,
    ({ workOrder }) => workOrder,
    change((was, { quantity }) => (quantity === undefined ? was : { ...was, quantity }))
  ),
  when(
    workOrderClosed,
    ({ workOrder }) => workOrder,
    change(was => ({ ...was, state: 'closed' as const }))
  ),
  when(
    quantityReported,
    ({ workOrder }) => workOrder,
    change((was, { op, scrap }) =>
      scrap === 0 ? was : { ...was, scrap: { ...was.scrap, [op]: (was.scrap[op] ?? 0) + scrap } }
    )
  ),
  when(
    quantityWithdrawn,
    ({ workOrder }) => workOrder,
    change((was, { op, scrap }) =>
      scrap === 0 ? was : { ...was, scrap: { ...was.scrap, [op]: (was.scrap[op] ?? 0) - scrap } }
    )
  ),
  when(
    defectRecorded,
    ({ workOrder }) => workOrder,
    change((was, { severity: how, quantity }) => ({
      ...was,
      defects: { ...was.defects, [how]: was.defects[how] + quantity }
    }))
  ),
  when(
    holdPlaced,
    ({ workOrder }) => workOrder,
    change((was, { hold, reason, defect }) => ({
      ...was,
      holds: [...was.holds, { hold, reason, ...(defect === undefined ? {} : { defect }) }]
    }))
  ),
  when(
    holdReleased,
    ({ workOrder }) => workOrder,
    change((was, { hold }) => ({
      ...was,
      holds: was.holds.filter(one => one.hold !== hold),
      defects: was.holds.some(one => one.hold === hold && one.defect !== undefined) ? NO_DEFECTS : was.defects
    }))
  )
])

export const qualityViews = [
  qualityMethodView,
  inspectionView,
  pieceView,
  defectView,
  holdView,
  runView,
  controlPlanView,
  gaugeView,
  clockView
]
