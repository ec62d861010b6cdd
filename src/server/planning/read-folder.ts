/** A folder of CSV files as a plant that is known, without a server: what is wrong is named, and the rest is there. */
import { draft, type Draft } from '#kernel/event.ts'
import type { Known } from '#kernel/decision.ts'
import { siteSetUp } from '#plant/events.ts'
import { draftsOf } from '#server/import/emit.ts'
import type { Mapping } from '#server/import/mapping.ts'
import { mappingNamed } from '#server/import/mapping.ts'
import { memoryOffice } from '#server/import/memory-office.ts'
import { planImport } from '#server/import/plan-import.ts'
import { emptyPlant, type Plant, TABLES, type TableName } from '#server/import/plant-tables.ts'
import type { Problem } from '#server/import/problem.ts'
import type { SourceFile } from '#server/import/source.ts'
import { fromFrepple, isFrepple } from './frepple.ts'

export type FolderRead = {
  readonly known: Known
  readonly problems: readonly Problem[]
  readonly stops: number
  /** The plant's day that the plan is for. */
  readonly today: string
  /** Whose files they are. */
  readonly from: 'templates' | 'frePPLe' | 'InvenTree'
}

/** `today` is given for files of today; what other systems left years ago is planned as of its own days unless said. */
export const readFolder = (
  files: readonly SourceFile[],
  options: { readonly today: string; readonly asked?: string | undefined; readonly zone: string }
): FolderRead => {
  const names = new Set(files.map(file => file.name.toLowerCase()))
  const frepple = isFrepple(names) ? fromFrepple(files, options.asked) : undefined
  const inventree = names.has('parts.csv') && names.has('bom_items.csv')
  const today = options.asked ?? frepple?.today ?? options.today
  const mapping: Mapping | undefined = inventree ? mappingNamed('inventree') : undefined
  const { report, after } = planImport(frepple?.files ?? files, emptyPlant(), { today, mapping })
  const office = memoryOffice(() => new Date(`${today}T06:00:00Z`))
  const problems = [...(frepple?.problems ?? []), ...report.problems]
  const drafts = [
    draft(siteSetUp, { site: 'main', name: 'Plant', timeZone: options.zone, sample: false }),
    ...draftsOf(emptyPlant(), after, allOf(after))
  ]
  office.record(
    drafts.filter(one => fits(one, problems)),
    { person: 'office', session: '', method: 'system' },
    `${today}T06:00:00.000Z`
  )
  return {
    known: office.knownNow,
    problems,
    stops: problems.filter(one => one.level === 'stop').length,
    today,
    from: frepple ? 'frePPLe' : inventree ? 'InvenTree' : 'templates'
  }
}

const allOf = (plant: Plant): ReadonlyMap<TableName, ReadonlySet<string>> =>
  new Map(TABLES.map(table => [table, new Set(plant[table].keys())]))

/** What no column's own check has caught is left out, and told. */
const fits = ({ kind, payload }: Draft, problems: Problem[]): boolean => {
  const checked = kind.payload.safeParse(payload)
  if (checked.success) return true
  const issue = checked.error.issues[0]
  problems.push({
    file: '',
    row: 0,
    column: issue?.path.join('.') ?? '',
    value: JSON.stringify(payload).slice(0, 120),
    level: 'stop',
    message: `Left out: ${issue?.message ?? 'not as it should be'}`
  })
  return false
}
