/** A plant of the generator's as CSV files that an office reads: its items, BOMs and demands, one operation for each that is made. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CELLS = 20
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Reads the generator's folder into the office that keeps its data there; the office may be running. */
export const importPlant = (folder: string, dataDir: string): void => {
  const into = join(folder, 'plant')
  mkdirSync(into)
  for (const [name, lines] of Object.entries(filesOf(folder))) writeFileSync(join(into, name), `${lines.join('\n')}\n`)
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' }
  execFileSync(process.execPath, ['src/server/cli/import.ts', into], { cwd: ROOT, env, stdio: 'ignore' })
}

const rowsIn = (folder: string, name: string): readonly (readonly string[])[] =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(','))

const itemOf = (number = ''): string => `IT-${number.padStart(6, '0')}`
const cellOf = (number: number): string => `CELL-${String(number % CELLS).padStart(2, '0')}`

const filesOf = (folder: string): Readonly<Record<string, readonly string[]>> => {
  const items = rowsIn(folder, 'items.csv')
  const made = items.filter(([, type]) => type === 'make')
  return {
    'stations.csv': [
      'station,name,line,line_name,area,kind,order,calendar,capacity',
      ...Array.from({ length: CELLS }, (_, at) => `${cellOf(at)},Cell ${at},CELLS,Cells,Hall,build,${100 + at},,`)
    ],
    'items.csv': [
      'item_no,name,rev,uom,type,lead_time_days,moq,multiple',
      ...items.map(
        ([item, type, weeks, least, multiple]) =>
          `${itemOf(item)},${type === 'make' ? 'Assembly' : 'Part'} ${item},A,pcs,${type},${Number(weeks) * 7},${Number(least) || ''},${multiple}`
      )
    ],
    'bom.csv': [
      'parent,parent_rev,component,qty,uom,op_seq',
      ...rowsIn(folder, 'bom.csv').map(
        ([parent, component, quantity]) => `${itemOf(parent)},A,${itemOf(component)},${quantity},pcs,10`
      )
    ],
    'routing.csv': [
      'item_no,rev,op_seq,name,stations,setup_min,run_min_per_unit',
      ...made.map(([item]) => `${itemOf(item)},A,10,Assemble,${cellOf(Number(item))},5,0.2`)
    ],
    'stock.csv': [
      'item_no,location,qty,lot',
      ...items.flatMap(([item, , , , , there]) =>
        Number(there) > 0 ? [`${itemOf(item)},LOC-A,${there},L-${item}`] : []
      )
    ],
    'demand.csv': [
      'ref,item_no,qty,due,kind,customer',
      ...rowsIn(folder, 'demand.csv').map(
        ([item, week, quantity], at) => `SO-${at},${itemOf(item)},${quantity},+${Number(week) * 7}d,order,Customer`
      )
    ]
  }
}
