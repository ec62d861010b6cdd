/**
 * A smaller copy of the oracles in which nothing is called what it was, half of what comes in lists is gone, and one answer
 * of each kind is wrong: what the suites must name, and nothing else.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { documents, filesIn, textOf } from './oracles.ts'

/** Files of other people, changed by hand below: by the names of fields and by places in lists. */
type Held = { [field: string | number]: Held | undefined }
type Path = readonly (string | number)[]
type Write = (path: string, held: unknown, ...told: readonly string[]) => void

/** Writes the copy into a folder; answers a piece of the name of each failure that is to come. */
export const alteredCopy = (folder: string): readonly string[] => {
  const all: string[] = []
  const write: Write = (path, held, ...told) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), typeof held === 'string' ? held : JSON.stringify(held))
    all.push(...told)
  }
  planning(write)
  quality(write)
  schedules(write)
  texts(write)
  write('mps/broken.json', '{ "cases": [', 'mps/broken.json')
  return all
}

const list = (held: Held | undefined): Held[] => (Array.isArray(held) ? held : [])

/** Every second one, each under a new name; all of a few. */
const half = (cases: Held | undefined): Held[] => {
  const kept = list(cases).filter((_, at, all) => at % 2 === 0 || all.length < 6)
  return kept.map((one, at) => Object.assign(one, { case: `kept ${at}` }))
}

const copies = (name: Parameters<typeof documents>[0]): Held[] => structuredClone([...documents<Held>(name)])
const first = (name: Parameters<typeof documents>[0]): Held => copies(name)[0] ?? {}

/** One more than it was, at the end of a path. */
const spoil = (held: Held | undefined, ...path: Path): void => {
  const last = path.at(-1) ?? ''
  const near = path.slice(0, -1).reduce<Held | undefined>((one, field) => one?.[field], held)
  if (near) Object.assign(near, { [last]: Number(near[last]) + 1 })
}

const planning = (write: Write): void => {
  const random = half(first('random problems'))
  const pegged = random.findIndex(one => one['pegging_exact'] && one['peg_tie_free'])
  spoil(random[pegged], 'expected_planned_orders', 0, 'qty')
  Object.assign(random[pegged] ?? {}, { case: 'pegged' })
  const unreadable = { case: 'without a problem', expected_planned_orders: [] }
  write(
    'mrp/a.json',
    [...random, unreadable],
    'plans the orders of pegged',
    'pegs the orders of pegged',
    'orders of without a problem'
  )
  const books = half(first('textbooks'))
  spoil(books[1], 'expected', 0, 'qty')
  write('mrp/b.json', books, 'plans the orders of kept 1')
  const project = first('a live project')
  spoil(project, 'lot_rules', 0, 'expected_total')
  write('mrp/c.json', project, 'orders 51 for a net of 16')
  const large = list(first('generated problems')).filter(({ gen }) => String(gen).includes(' 1000 '))
  Object.assign(large[0]?.['expected'] ?? {}, { sha256: 'another' })
  write('mrp/deeper/d.json', large, 'plans 1000 lots gross 1')
  const schedules = first('master schedules')
  half(schedules['cases'])
  spoil(schedules, 'cases', 0, 'pab', 0)
  write('mps/e.json', schedules, 'kept 0: the balance')
  const lots = half(first('lot sizes'))
  spoil(lots[0], 'optimal_cost')
  write('mps/f.json', lots, 'kept 0: as it is printed')
}

const quality = (write: Write): void => {
  const study = first('gauge studies')
  spoil(study, 'r_sixsigma', 'ncat')
  Object.assign(study, { case: 'kept' })
  write('grr/g.json', study, 'kept by analysis of variance')
  const charts = first('control charts')
  const [chart = ''] = Object.keys(charts['expected'] ?? {})
  spoil(charts['expected'], chart, 'center')
  write('spc/h.json', charts, chart)
  const runs = first('run rules')
  spoil(runs, 'cases', 0, 'fires_at', 0)
  write('spc/i.json', runs, '1 on ')
  const series = first('series')
  Object.assign(series[0] ?? {}, { name: 'kept' })
  spoil(series[0], 'mean')
  write('spc/j.json', series, 'kept')
  const curves = first('curves')
  spoil(curves, 'find_plan', 0, 'c')
  spoil(curves, 'oc', 0, 'Pa_binomial', 2)
  write('qc/k.json', curves, 'the smallest plan for 0.01', 'of 50 pieces accepted with ')
  const sequences = first('switching')
  Object.assign(sequences['derived_sequences']?.[0] ?? {}, { state_after: ['T'] })
  write('qc/l.json', sequences, 'iso AARAR')
  const tables = first('master tables')
  spoil(tables, 'own_row_plans', 'tightened', 'K', '1.0', 0)
  write('qc/m.json', tables, 'have the printed acceptance numbers in every row of their own: tightened')
}

const schedules = (write: Write): void => {
  // Those of more than fifty operations: they are not searched for their optimum.
  const shops = copies('shops')
    .flatMap(one => (Array.isArray(one) ? list(one) : [one]))
    .filter(one => String(one['name']).startsWith('la2'))
  const rules = first('what rules made')
  const [one, other] = shops
  if (!one || !other) return
  const made = rules['jsp']?.[String(other['name'])]
  spoil(made, 'rules', 'SPT')
  Object.assign(one, { name: 'kept', lb: 1e6 })
  write('scheduling/n.json', [one, other], 'kept has a schedule')
  write('scheduling/o.json', { jsp: { [String(other['name'])]: made } }, `make of ${other['name']} what`)
}

const texts = (write: Write): void => {
  const files = filesIn('')
  const text = (path: string | undefined): string => (path === undefined ? '' : textOf(path))
  const lookups = text(files.find(path => /^qc\/.*csv$/.test(path)))
    .trim()
    .split('\n')
    .filter((_, at) => at % 2 === 0)
  lookups[5] = (lookups[5] ?? '').replace(/,(\d+)$/, ',1$1')
  write('qc/p.csv', lookups.join('\n'), 'every lot, level and quality limit: normal')
  const constants = text(files.find(path => /^spc\/.*csv$/.test(path)))
  write('spc/q.csv', constants.replace('\n5,2.', '\n5,3.'), 'for subgroups of 5')
  const study = text(files.find(path => path.endsWith('SmLs01.dat')))
  write('spc/r.dat', study.replace(/(Certified R-Squared\s+)\d/, '$19'), 'spc/r.dat')
  const model = (name: string, kept: string, change: (held: string) => string): void => {
    for (const path of files.filter(one => one.includes(`/${name}.`)))
      write(path.replaceAll(name, kept), change(text(path)))
  }
  model('demand_status', 'kept', held => held.replace(/(OPERATION\tPurchase.*\t)(\d+)\n/, '$17$2\n'))
  model('constraints_leadtime_4', 'promised', held => held.replace('order 1\t2023-01-09', 'order 1\t2023-01-08'))
  model('constraints_resource_1', 'overlapping', held =>
    held.replace('18T00:00:00 / 2009-01-19', '18T12:00:00 / 2009-01-19')
  )
  model('setup_1', 'changed', held => held.replace('product\t2009-02-05', 'product\t2009-02-03'))
  model('pegging_1', 'pegged', held => held.replaceAll('1002\tsupply 1\t90.0\t', '1002\tsupply 1\t94.0\t'))
  model('period_of_cover', 'covered', held => held.replace('2025-08-01 00:00:00\t15.0', '2025-08-02 00:00:00\t15.0'))
  model('resource_buckets', 'open', held => held.replace('2019-07-29: 120.0', '2019-07-29: 121.0'))
  model('criticality', 'critical', held => held.replace('=> 0', '=> 1'))
  model('cluster', 'clustered', held => held.replaceAll('buffer item 6 : 1 :', 'buffer item 6 : 2 :'))
  model('constraints_resource_3', 'sooner', held =>
    held.replace(
      'make end item\t2009-01-03T09:00:00\t2009-01-04T09',
      'make end item\t2009-01-02T09:00:00\t2009-01-03T09'
    )
  )
  write(
    'MANIFEST.json',
    [{ file: 'a.json', source: 'a copy' }],
    'say of every file where it comes from',
    'plans kept.2',
    'plans kept.3',
    'knows of promised.1',
    'knows of promised.2',
    'overlapping.2.expect: sees where orders overlap',
    'changed.2.expect: changes over',
    'clustered.1.expect: gives each stock',
    'knows of critical.1',
    'knows of pegged.1',
    'knows of covered.1',
    'open.2.expect: counts',
    'sooner.1.expect: is late no longer',
    'sooner.1.expect: sees where orders overlap'
  )
}
