/**
 * Importing in two steps. A dry run keeps nothing but its own record, as a file whose SHA-256 is its number: any server process
 * can apply it, and what is applied is what was shown, or nothing.
 */
import { createHash } from 'node:crypto'
import Papa from 'papaparse'
import * as z from 'zod'
import { canonical, type Json } from '#kernel/canonical.ts'
import type { Actor } from '#kernel/event.ts'
import { mappingNamed, mappingNames, type Params } from './mapping.ts'
import type { OfficePort } from './office-port.ts'
import { planImport, type ImportPlan, type ImportReport } from './plan-import.ts'
import { plantEventTypes, plantFrom } from './plant-tables.ts'
import { readText } from './read-text.ts'
import { LIMITS, mappingFor, type SourceFile } from './source.ts'
import { readTable } from './table-text.ts'

export type FileRef = { readonly name: string; readonly sha256: string }
export type DryRunRequest = {
  readonly files: readonly FileRef[]
  readonly mapping?: string | undefined
  readonly params?: Params | undefined
}

/** `dryRun` is the number to apply it by. */
export type DryRun = {
  readonly dryRun: string
  readonly report: ImportReport
  /** The saved mapping that these files were made for, where our own templates can't read them. */
  readonly suggests?: string
}
export type Applied = {
  readonly applied: true
  readonly seq: number
  readonly events: number
  readonly report: ImportReport
}
/** Why nothing was written. */
export type NotApplied = {
  readonly applied: false
  readonly reason:
    | 'unknown-dry-run'
    | 'has-stops'
    | 'plant-changed'
    | 'unknown-mapping'
    | 'file-missing'
    | 'administrator-only'
  readonly message: string
}

const recordShape = z.object({
  files: z.array(z.object({ name: z.string(), sha256: z.string() })),
  mapping: z.optional(z.string()),
  params: z.record(z.string(), z.string()),
  today: z.string(),
  /** SHA-256 of the events that were shown as the outcome. */
  outcome: z.string()
})

export const dryRun = async (
  office: OfficePort,
  request: DryRunRequest,
  today: string
): Promise<DryRun | NotApplied> => {
  const planned = await plan(office, request, today)
  if ('applied' in planned) return planned
  const record = {
    files: [...request.files],
    ...(request.mapping ? { mapping: request.mapping } : {}),
    params: { ...request.params },
    today,
    outcome: outcomeOf(planned)
  }
  const kept = await office.keepBlob(new TextEncoder().encode(JSON.stringify(record)), 'application/json')
  const suggests = request.mapping || planned.report.stops === 0 ? undefined : await suggestionFor(office, request)
  return { dryRun: kept.sha256, report: planned.report, ...(suggests ? { suggests } : {}) }
}

const suggestionFor = async (office: OfficePort, { files }: DryRunRequest): Promise<string | undefined> => {
  const read = await filesOf(office, files)
  const mappings = mappingNames().flatMap(name => mappingNamed(name) ?? [])
  return 'applied' in read ? undefined : mappingFor(read, mappings)?.name
}

/**
 * Writes what the dry run showed, in one transaction. Refuses when the plant has changed so that the outcome would be another.
 * `withheld` names the templates that this person may not apply.
 */
export const apply = async (
  office: OfficePort,
  number: string,
  actor: Actor,
  withheld: ReadonlySet<string> = new Set()
): Promise<Applied | NotApplied> => {
  const record = await recordOf(office, number)
  if (!record)
    return { applied: false, reason: 'unknown-dry-run', message: 'This dry run is not known. Make it again.' }
  const planned = await plan(office, record, record.today)
  if ('applied' in planned) return planned
  if (planned.report.stops > 0)
    return {
      applied: false,
      reason: 'has-stops',
      message: `${planned.report.stops} problems stop this import. Nothing was written.`
    }
  const kept = planned.report.files.find(file => withheld.has(file.template))
  if (kept) return { applied: false, reason: 'administrator-only', message: `${kept.file} needs an administrator.` }
  if (outcomeOf(planned) !== record.outcome)
    return {
      applied: false,
      reason: 'plant-changed',
      message: 'The plant has changed since the dry run. Look at it again.'
    }
  const { seq } = await office.append(planned.drafts, actor, { pins: Object.fromEntries(planned.pins) })
  return { applied: true, seq, events: planned.drafts.length, report: planned.report }
}

/** One of the dry run's files with a last column that says what was found, for a spreadsheet. */
export const markedFile = async (
  office: OfficePort,
  number: string,
  name: string
): Promise<{ readonly name: string; readonly text: string } | undefined> => {
  const record = await recordOf(office, number)
  const ref = record?.files.find(file => file.name === name)
  const bytes = ref && (await office.readBlob(ref.sha256))
  if (!record || !bytes) return undefined
  const planned = await plan(office, record, record.today)
  const problems = 'applied' in planned ? [] : planned.report.problems.filter(problem => problem.file === name)
  const text = readText(bytes)?.text.replace(/^\ufeff/, '') ?? ''
  return { name: name.replace(/(\.[^.]*)?$/, '-marked.csv'), text: marked(text, problems) }
}

const marked = (text: string, problems: ImportReport['problems']): string => {
  const delimiter = readTable(text, headers => headers.filter(header => header !== '').length)?.delimiter ?? ','
  const rows = Papa.parse<string[]>(text.trimEnd(), { delimiter }).data
  const width = rows.reduce((most, row) => Math.max(most, row.length), 1)
  const said = new Map<number, string[]>()
  for (const { row, column, message } of problems)
    said.set(row, [...(said.get(row) ?? []), column ? `${column}: ${message}` : message])
  const headerAt = rows.findIndex(row => row.some(cell => cell.trim() !== ''))
  const out = rows.map((row, at) => [
    ...row,
    ...Array<string>(width - row.length).fill(''),
    (said.get(at + 1) ?? []).join(' | ') || (at === headerAt ? 'Problem' : '')
  ])
  return `\ufeff${Papa.unparse(out, { delimiter })}\r\n`
}

const plan = async (office: OfficePort, request: DryRunRequest, today: string): Promise<ImportPlan | NotApplied> => {
  const mapping = request.mapping ? mappingNamed(request.mapping) : undefined
  if (request.mapping && !mapping)
    return {
      applied: false,
      reason: 'unknown-mapping',
      message: `There is no mapping called ${request.mapping}. There are: ${mappingNames().join(', ')}`
    }
  const files = await filesOf(office, request.files)
  if ('applied' in files) return files
  const plant = await plantFrom(office.events(plantEventTypes))
  return planImport(files, plant, { today, mapping, params: request.params ?? {} })
}

const filesOf = async (office: OfficePort, refs: readonly FileRef[]): Promise<readonly SourceFile[] | NotApplied> => {
  const files: SourceFile[] = []
  let total = 0
  for (const { name, sha256 } of refs) {
    const bytes = await office.readBlob(sha256)
    if (!bytes) return { applied: false, reason: 'file-missing', message: `${name} has not arrived. Choose it again.` }
    total += bytes.length
    if (total > LIMITS.bytes * 2)
      return {
        applied: false,
        reason: 'file-missing',
        message: 'The files have more than 100 MB together: import them in turns.'
      }
    files.push({ name, bytes })
  }
  return files
}

const outcomeOf = ({ drafts, pins }: ImportPlan): string => {
  const hash = createHash('sha256')
  // Payloads are JSON by construction.
  for (const { kind, payload } of drafts) hash.update(kind.type).update(canonical(payload as Json))
  for (const [person, pin] of pins) hash.update(person).update(pin)
  return hash.digest('hex')
}

const recordOf = async (office: OfficePort, number: string): Promise<z.infer<typeof recordShape> | undefined> => {
  const bytes = await office.readBlob(number)
  if (!bytes || bytes.length > 1_000_000) return undefined
  try {
    return recordShape.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return undefined
  }
}
