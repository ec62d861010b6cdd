/** `npm run import -- FOLDER [--mapping NAME] [--set KEY=VALUE] [--dry-run]` */
import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '#kernel/event.ts'
import { mappingNames } from './mapping.ts'
import { openForCommand, runCommand } from './open-for-command.ts'
import type { ImportReport } from './plan-import.ts'
import { apply, dryRun, type DryRun, type FileRef } from './service.ts'

const USAGE = `npm run import -- FOLDER [--mapping NAME] [--set KEY=VALUE] [--dry-run]
Reads the CSV files in FOLDER (or one file). Mappings for other systems' files: ${mappingNames().join(', ')}.
Nothing is written when a problem stops it, and nothing with --dry-run.`

const OFFICE: Actor = { person: 'office', session: '', method: 'system' }

const filesIn = async (path: string): Promise<string[]> => {
  if (!(await stat(path)).isDirectory()) return [path]
  return (await readdir(path))
    .filter(name => /\.(csv|tsv|txt)$/i.test(name))
    .sort()
    .map(name => join(path, name))
}

const conclude = ({ report }: DryRun, asked: boolean): number => {
  console.log(
    report.stops > 0
      ? `Nothing was written: ${report.stops} problems stop it`
      : asked
        ? 'Dry run: nothing was written'
        : ''
  )
  return report.stops > 0 ? 1 : 0
}

const SHOWN = 200

const tell = (report: ImportReport): void => {
  for (const one of report.files) console.log(`${one.file} (${one.template}): ${summary(one)}`)
  for (const one of report.problems.slice(0, SHOWN))
    console.log(
      `  ${one.level === 'stop' ? 'STOP' : 'look'}  ${one.file}${one.row ? ` row ${one.row}` : ''}${one.column ? `, ${one.column}` : ''}: ${one.message}`
    )
  const more = report.stops + report.looks - Math.min(SHOWN, report.problems.length)
  if (more > 0) console.log(`  and ${more} more`)
  console.log(
    `${report.rows} rows: ${report.unchanged} unchanged, ${report.changed} changed, ${report.new} new, ${report.stops + report.looks} problems`
  )
}

const summary = (one: ImportReport['files'][number]): string =>
  `${one.rows} rows: ${one.unchanged} unchanged, ${one.changed} changed, ${one.new} new${one.leftOut > 0 ? `, ${one.leftOut} left out` : ''}`

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mapping: { type: 'string' },
      set: { type: 'string', multiple: true },
      'dry-run': { type: 'boolean' },
      help: { type: 'boolean' }
    }
  })
  const [folder] = positionals
  if (!folder || values.help) {
    console.log(USAGE)
    return folder ? 0 : 1
  }
  const paths = await filesIn(resolve(process.env['INIT_CWD'] ?? '.', folder))
  if (paths.length === 0) throw new Error(`There is no CSV file in ${folder}`)
  const params = Object.fromEntries(
    (values.set ?? []).map(pair => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)])
  )
  const office = await openForCommand()
  try {
    const files: FileRef[] = []
    for (const path of paths) {
      const { size } = await stat(path)
      if (size > 200 * 1024 * 1024) throw new Error(`${basename(path)} is too large to read: split it`)
      const kept = await office.keepBlob(new Uint8Array(await readFile(path)), 'text/csv')
      files.push({ name: basename(path), sha256: kept.sha256 })
    }
    const run = await dryRun(office, { files, mapping: values.mapping, params }, new Date().toISOString().slice(0, 10))
    if (!('dryRun' in run)) throw new Error(run.message)
    tell(run.report)
    if (values['dry-run'] || run.report.stops > 0) return conclude(run, Boolean(values['dry-run']))
    const done = await apply(office, run.dryRun, OFFICE)
    if (!done.applied) throw new Error(done.message)
    console.log(`Written: ${done.events} events`)
    return 0
  } finally {
    await office.close()
  }
})
