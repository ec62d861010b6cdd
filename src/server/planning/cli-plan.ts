/** Plans a folder of CSV files without a server, with the engines that the server and the tablets have. */
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { schedule } from '#activities/schedule/solver/solve.ts'
import type { Budget } from '#activities/schedule/solver/problem.ts'
import { dayAt, dayNumber, dayText, instantOf } from '#kernel/calendar.ts'
import { runCommand } from '#server/import/open-for-command.ts'
import type { Problem } from '#server/import/problem.ts'
import { mastersLacking } from './masters.ts'
import { type FolderRead, readFolder } from './read-folder.ts'
import { runPlan } from '#activities/plan-run.ts'
import { summaryOf, tablesOf } from './tables.ts'

const USAGE = `npm run plan -- FOLDER [--out FOLDER] [--today YYYY-MM-DD] [--zone ZONE] [--seconds N]
Reads items, bom, routing, stock, demand, open_po, calendars, stations (and forecast, work_orders, tools, setup_matrix) as
CSV; what is not there is done without. frePPLe's and InvenTree's own CSV folders are read as well. Writes planned_orders.csv,
pegging.csv, messages.csv and schedule.csv to --out, or says only what they would hold. --seconds looks that long for a
better schedule; 0 takes the first good one.`

const SHOWN = 40

const said = (one: Problem): string =>
  `  ${one.level === 'stop' ? 'LEFT OUT' : 'look'}  ${one.file}${one.row ? ` row ${one.row}` : ''}${one.column ? `, ${one.column}` : ''}: ${one.message}`

/** What a message says without the numbers and names that it says it of. */
const kindOf = ({ file, column, message }: Problem): string =>
  `${file} ${column} ${(/: ([^:]*)$/.exec(message)?.[1] ?? message).replace(/[\d.]+|only .* is/g, '')}`

const tellProblems = ({ problems, stops, from, today }: FolderRead): void => {
  if (from !== 'templates') console.log(`Read as ${from}'s files, planned as of ${today}.`)
  if (problems.length === 0) return
  console.log(`${problems.length} problems in the files, ${stops} of them leave something out:`)
  const worst = problems.toSorted((a, b) => (a.level === b.level ? 0 : a.level === 'stop' ? -1 : 1))
  // Of many of one kind the first few are enough to know what to look for; what is left out is told one by one.
  const alike = Map.groupBy(worst, one => (one.level === 'stop' ? one : kindOf(one)))
  for (const list of [...alike.values()].slice(0, SHOWN)) {
    for (const one of list.slice(0, 3)) console.log(said(one))
    if (list.length > 3) console.log(`        and ${list.length - 3} like it in ${list[0]?.file}`)
  }
  if (alike.size > SHOWN) console.log(`  and ${alike.size - SHOWN} more`)
}

const filesOf = async (folder: string) => {
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory()) throw new Error(`There is no folder ${folder}`)
  const names = (await readdir(folder)).filter(name => /\.(csv|tsv|txt)$/i.test(name)).sort()
  if (names.length === 0) throw new Error(`There is no CSV file in ${folder}`)
  return Promise.all(
    names.map(async name => ({ name: basename(name), bytes: new Uint8Array(await readFile(join(folder, name))) }))
  )
}

/** Without seconds the best of the rules is taken as it is. */
const budgetOf = (seconds: number): Budget | undefined =>
  seconds > 0 ? { seed: 1, milliseconds: seconds * 1000, now: () => performance.now() } : undefined

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      today: { type: 'string' },
      zone: { type: 'string' },
      seconds: { type: 'string' },
      help: { type: 'boolean' }
    }
  })
  const [folder] = positionals
  if (!folder || values.help) {
    console.log(USAGE)
    return folder ? 0 : 1
  }
  if (values.today !== undefined && Number.isNaN(dayNumber(values.today)))
    throw new Error(`"${values.today}" is no day: write it as YYYY-MM-DD`)
  const at = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path)
  const zone = values.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const read = readFolder(await filesOf(at(folder)), {
    today: dayText(dayAt(Date.now(), zone)),
    asked: values.today,
    zone
  })
  tellProblems(read)
  for (const line of mastersLacking(read.known)) console.log(`  look  ${line}`)
  const run = runPlan(read.known, {
    today: read.today,
    now: instantOf(dayNumber(read.today), 0, zone),
    solve: problem => schedule(problem, budgetOf(Number(values.seconds ?? 1)))
  })
  for (const line of summaryOf(run)) console.log(line)
  if (values.out === undefined) return 0
  const out = at(values.out)
  await mkdir(out, { recursive: true })
  for (const { name, rows, text } of tablesOf(run, zone)) {
    await writeFile(join(out, name), text)
    console.log(`${name}: ${rows} rows`)
  }
  return 0
})
