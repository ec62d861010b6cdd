import * as z from 'zod/mini'
import { decision, fact } from '#kernel/event.ts'
import { blob, code, count, name, note, ordinal, uuid, value } from '#kernel/shape.ts'

/** Critical: a person may be hurt. Major: the product may not work. Minor: it may be noticed. */
export const severity = z.enum(['critical', 'major', 'minor'])

export const characteristic = z.object({
  /** The balloon on the drawing. */
  number: ordinal,
  name,
  kind: z.enum(['attribute', 'measure', 'text', 'photo']),
  severity,
  unit: z.optional(code),
  nominal: z.optional(value),
  low: z.optional(value),
  high: z.optional(value),
  method: z.optional(note),
  /** The gauge that must be named with the value. */
  gauge: z.optional(code),
  document: z.optional(code),
  page: z.optional(ordinal)
})
/** ISO 2859-1: acceptance quality limit in percent nonconforming, as the standard prints it, and inspection level. */
export const AQLS = [
  '0.010',
  '0.015',
  '0.025',
  '0.040',
  '0.065',
  '0.10',
  '0.15',
  '0.25',
  '0.40',
  '0.65',
  '1.0',
  '1.5',
  '2.5',
  '4.0',
  '6.5',
  '10'
] as const
export const aql = z.enum(AQLS)
export const inspectionLevel = z.enum(['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'])
/** Pieces to inspect of each work order: every one, this many, or as many as the standard says for the run's size. */
export const sampling = z.union([
  z.literal('each'),
  ordinal,
  z.object({ level: inspectionLevel, aql, severity: z.optional(z.enum(['normal', 'tightened', 'reduced'])) })
])
export const controlPlanSet = decision(
  'quality/control-plan-set.v1',
  z.object({
    plan: code,
    revision: code,
    title: name,
    sample: sampling,
    /** How many defects stop the batch by themselves. */
    stopAt: z.object({ critical: ordinal, major: ordinal, minor: ordinal }),
    characteristics: z.array(characteristic)
  })
)

const job = { workOrder: code, op: ordinal }
/** `sample` is the piece inspected, counted from 1. A later record of the same check replaces the earlier; both are kept. */
export const checkRecorded = fact(
  'quality/check-recorded.v1',
  z.object({
    ...job,
    sample: ordinal,
    characteristic: ordinal,
    verdict: z.enum(['pass', 'fail']),
    value: z.optional(value),
    text: z.optional(note),
    gauge: z.optional(code),
    photo: z.optional(blob)
  })
)
export const checkCleared = fact(
  'quality/check-cleared.v1',
  z.object({ ...job, sample: ordinal, characteristic: ordinal })
)
export const sampleIdentified = fact(
  'quality/sample-identified.v1',
  z.object({ ...job, sample: ordinal, serial: code })
)
export const inspectionClosed = fact(
  'quality/inspection-closed.v1',
  z.object({ ...job, accepted: count, rejected: count, note: z.optional(note) })
)

/** What is said of a defect where it is found. */
export const defectFound = z.object({
  ...job,
  code,
  place: note,
  quantity: ordinal,
  severity,
  note: z.optional(note),
  sample: z.optional(ordinal),
  characteristic: z.optional(ordinal),
  photo: z.optional(blob),
  /** Strokes over the photo, in thousandths of its width and height. */
  markup: z.optional(z.array(z.array(z.tuple([z.int(), z.int()]))))
})
export const defectRecorded = fact('quality/defect-recorded.v1', z.extend(defectFound, { defect: uuid }))
export const dispositionWord = z.enum(['use-as-is', 'rework', 'repair', 'scrap', 'return', 'regrade'])
export const defectDispositioned = decision(
  'quality/defect-dispositioned.v1',
  z.object({ defect: uuid, workOrder: code, disposition: dispositionWord, note })
)

/** Nothing more of this work order is started until it is released. */
export const holdPlaced = fact(
  'quality/hold-placed.v1',
  z.object({ hold: uuid, workOrder: code, reason: code, note: z.optional(note), defect: z.optional(uuid) })
)
export const holdReleased = decision('quality/hold-released.v1', z.object({ hold: uuid, workOrder: code, note }))

export const qualityEvents = [
  controlPlanSet,
  checkRecorded,
  checkCleared,
  sampleIdentified,
  inspectionClosed,
  defectRecorded,
  defectDispositioned,
  holdPlaced,
  holdReleased
]
