/**
 * What a code says to this tablet: GS1 is read, and what it names is looked up among the lots, serials, tools and items known
 * here. Loaded after the first screen; own job cards and badges need none of it.
 */
import { lotView, methodView, workOrderView } from '#activities/orders/projection.ts'
import { toolView } from '#activities/tooling/projection.ts'
import type { Known } from '#kernel/decision.ts'
import { GS, type Gs1Element, type Gs1Problem, type Gs1Reading, gs1Entries, readGs1 } from '#kernel/gs1.ts'
import { readLabel } from '#kernel/label.ts'
import { personView } from '#plant/views.ts'
import type { Scan } from '#ui/floor.tsx'
import type { ReadScan } from './scan-bus.ts'
import type { ScanAnswer, ScanPlace, ScanStop } from './scan-dispatch.ts'
import { address, controls, tooLong } from './scan-hostile.ts'

/** `raw` becomes our own word for the thing where the code names one; `printed` keeps what was read. */
export const readScan = (known: Known, read: Scan, year: number): ReadScan => {
  // Many labels end with a line feed that nobody sees.
  const scan = { ...read, raw: read.raw.trim() }
  const { raw, symbology } = scan
  const endless = tooLong(raw)
  if (endless) return endless
  if (readLabel(raw).label !== 'other') return { scan }
  const reading = readGs1(raw, { year, symbology })
  if (reading && 'problem' in reading) return wrongCode(reading.problem)
  if (reading) return { scan: named(known, scan, reading.elements) }
  const stop = controls(raw) ?? address(raw)
  if (stop) return stop
  const fields = supplierFields(raw)
  return { scan: fields ? named(known, scan, fields) : scan }
}

/** Data identifiers of ANSI MH10.8.2 that name the same things as AIs of GS1. */
const IDENTIFIERS: readonly (readonly [identifier: string, ai: string])[] = [
  ['1T', '10'],
  ['S', '21'],
  ['1P', '240'],
  ['P', '241']
]

const RS = '\u001e'
const EOT = '\u0004'

/** The labels of electronics suppliers: ISO/IEC 15434, format 06, `[)>` RS `06` GS fields RS EOT. */
const supplierFields = (raw: string): readonly Named[] | undefined => {
  if (!raw.startsWith('[)>')) return undefined
  const [, format = '', ...fields] = raw.replaceAll(RS, GS).replaceAll(EOT, GS).split(GS)
  if (format !== '06') return undefined
  return IDENTIFIERS.flatMap(([identifier, ai]) => {
    const field = fields.find(one => one.startsWith(identifier))
    return field === undefined ? [] : [{ ai, value: field.slice(identifier.length) }]
  })
}

type Named = Pick<Gs1Element, 'ai' | 'value'>

const named = (known: Known, scan: Scan, elements: readonly Named[]): Scan => {
  const said = (ai: string) => elements.find(one => one.ai === ai)?.value
  const [lot, serial, box] = [said('10'), said('21'), said('00')]
  const names = [serial, lot, said('241'), said('240')].filter(name => name !== undefined)
  const trade = said('01')
  const here = names.find(name => isKnown(known, name))
  const raw = here ?? (box && `00${box}`) ?? serial ?? lot ?? itemOfGtin(known, trade) ?? names[0] ?? trade
  return raw === undefined ? scan : { ...scan, raw, printed: scan.raw }
}

const isKnown = (known: Known, name: string): boolean =>
  known.get(lotView, name) !== undefined || itemName(known, name) !== undefined

/** What the camera may take at its first sight: a misread is hardly ever the name of something that is here. */
export const resolves = (known: Known, text: string, year: number): boolean => {
  const answer = readScan(known, { raw: text, source: 'camera', at: 0 }, year)
  if ('stop' in answer) return false
  const label = readLabel(answer.scan.raw)
  switch (label.label) {
    case 'job-card':
      return known.get(workOrderView, label.workOrder)?.operations.some(one => one.op === label.op) ?? false
    case 'work-order':
      return known.get(workOrderView, label.workOrder) !== undefined
    case 'badge':
      return known.list(personView).some(([, person]) => person.badge.toUpperCase() === label.badge)
    case 'tool':
      return known.get(toolView, label.tool) !== undefined
    case 'other':
      return isKnown(known, label.text)
    default:
      return false
  }
}

const wrongWords: Readonly<Record<Gs1Problem['fault'], string>> = {
  'unknown-ai': 'is no part that GS1 knows',
  'too-short': 'is too short',
  'too-long': 'is too long',
  'wrong-character': 'has a character that does not belong there',
  'check-digit': 'has a wrong check digit',
  'check-characters': 'has wrong check characters',
  'no-such-date': 'is a day that does not exist',
  'no-such-time': 'is a time that does not exist',
  'not-on-its-list': 'is not on the list of its codes',
  'out-of-range': 'is outside its range',
  brackets: 'is followed by brackets that do not fit',
  repeated: 'is there twice and differs',
  needs: 'misses another part',
  excludes: 'stands beside a part that it excludes',
  'link-order': 'stands in the wrong place of the address',
  percent: 'has a percent sign that says nothing'
}

/** `AI 17 (USE BY or EXPIRY) is a day that does not exist, at character 24.` */
const wrongCode = ({ ai, fault, at }: Gs1Problem): ScanStop => {
  const title = gs1Entries().find(one => one.ai === ai)?.title
  return {
    stop: `This GS1 code is wrong: AI ${ai}${title ? ` (${title})` : ''} ${wrongWords[fault]}, at character ${at + 1}.`,
    needed: 'Put the label aside and tell the supplier, or type the lot number from the label.',
    cue: 'wrong'
  }
}

/** A code that no screen took and that is none of our own labels: says at least what it is. */
export const whatIs = (known: Known, place: ScanPlace, scan: Scan): ScanAnswer | undefined => {
  const label = readLabel(scan.raw)
  if (label.label === 'tool') {
    const tool = known.get(toolView, label.tool)
    return tool && wrongPlace(`This is ${tool.name} (${label.tool}).`)
  }
  if (label.label !== 'other') return undefined
  const lot = known.get(lotView, label.text)?.[0]
  if (lot && place.use === 'desk') return { go: `/trace?lot=${encodeURIComponent(lot.lot)}` }
  if (lot) return wrongPlace(`This is ${lot.lot} of ${itemName(known, lot.item) ?? lot.item}.`)
  const item = itemName(known, label.text)
  if (item) return wrongPlace(`This is the number of an item: ${label.text} ${item}.`)
  return gs1Words(scan)
}

const wrongPlace = (stop: string): ScanStop => ({
  stop,
  needed: 'Scan the job card first, it starts with WO. The part is asked for inside the job.',
  cue: 'wrong'
})

const gs1Words = ({ raw, printed, symbology, at }: Scan): ScanStop | undefined => {
  if (printed === undefined) return undefined
  const reading: Gs1Reading | undefined = readGs1(printed, { year: new Date(at).getFullYear(), symbology })
  const elements = reading && 'elements' in reading ? reading.elements : []
  const list = elements.slice(0, 4).map(one => `${one.title.toLowerCase()} ${one.date ?? one.decimal ?? one.value}`)
  return {
    stop: `Nothing here is called ${raw}.`,
    needed: `The label says: ${list.join(', ')}. Scan the job card, it starts with WO.`,
    cue: 'unknown'
  }
}

/** A supplier's trade item: what it is called here, where an open order needs it. A number that two items share names none. */
const itemOfGtin = (known: Known, gtin: string | undefined): string | undefined => {
  if (gtin === undefined) return undefined
  const lines = known.list(methodView).flatMap(([, method]) => method.bom.filter(one => one.gtin === gtin))
  const [first, ...others] = new Set(lines.map(line => line.component))
  return others.length === 0 ? first : undefined
}

const itemName = (known: Known, item: string): string | undefined => {
  for (const [, method] of known.list(methodView)) {
    if (method.item === item) return method.itemName
    const line = method.bom.find(one => one.component === item)
    if (line) return line.name
  }
  return undefined
}
