/**
 * Published answers that nobody here wrote. They lie beside the checkout and are not part of it; `ORACLES` names another
 * folder laid out the same. Where there is none, the suites say so and skip. Files are known by what they hold and not by
 * their names; one that no suite reads fails by its name.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where they lie when nobody says otherwise. */
const BESIDE = fileURLToPath(new URL('../../../shared/data/plan-open', import.meta.url))
export const oracles = resolve(process.env['ORACLES'] ?? BESIDE)

/** `many`: the file is a list, and this one of its cases. */
type Kind = { readonly folder: string; readonly is: (one: unknown, many: boolean) => boolean }

const has = (one: unknown, ...fields: readonly string[]): boolean =>
  typeof one === 'object' && one !== null && fields.some(field => field in one)

/** What a file is, by its folder and by what it holds: of a list, by any of its cases. */
const KINDS = {
  'random problems': { folder: 'mrp', is: one => has(one, 'expected_planned_orders') },
  'generated problems': { folder: 'mrp', is: one => has(one, 'gen') },
  textbooks: { folder: 'mrp', is: (one, many) => many && has(one, 'expected') && has(one, 'bom') },
  'a live project': { folder: 'mrp', is: (one, many) => !many && has(one, 'lot_rules', 'expected_low_level_codes') },
  'master schedules': { folder: 'mps', is: (one, many) => !many && has(one, 'cases') },
  'lot sizes': { folder: 'mps', is: (one, many) => many && has(one, 'setup') },
  'gauge studies': { folder: 'grr', is: one => has(one, 'r_sixsigma', 'published', 'expected') },
  'control charts': { folder: 'spc', is: (one, many) => !many && has(one, 'expected') },
  'run rules': { folder: 'spc', is: (one, many) => !many && has(one, 'cases') },
  series: { folder: 'spc', is: (one, many) => many && has(one, 'sd', 'lag1') },
  'master tables': { folder: 'qc', is: one => has(one, 'code_letters') },
  'reduced tables': { folder: 'qc', is: one => has(one, 'own_row_plans') && !has(one, 'code_letters') },
  curves: { folder: 'qc', is: (one, many) => !many && has(one, 'oc', 'find_plan') },
  switching: { folder: 'qc', is: one => has(one, 'derived_sequences') },
  shops: { folder: 'scheduling', is: one => has(one, 'ops') },
  'what rules made': { folder: 'scheduling', is: (one, many) => !many && has(one, 'jsp') }
} as const satisfies Readonly<Record<string, Kind>>

/** The files under a folder of the oracles, as paths from its top, in order. */
export const filesIn = (folder: string, top = oracles): readonly string[] => {
  const at = join(top, folder)
  if (!existsSync(at)) return []
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter(one => one.isFile())
  return files.map(one => relative(top, join(one.parentPath, one.name))).sort()
}

export const textOf = (path: string, top = oracles): string => readFileSync(join(top, path), 'utf8')

/** What a file holds; undefined for one that is no JSON. */
const heldIn = (path: string, top = oracles): unknown => {
  try {
    return JSON.parse(textOf(path, top))
  } catch {
    return undefined
  }
}

const isOf = (held: unknown, { is }: Kind): boolean =>
  Array.isArray(held) ? held.some(one => is(one, true)) : is(held, false)

/** Everything of one kind, wherever in its folder it lies: the whole of each file. The caller says what such a file holds. */
export const documents = <T>(name: keyof typeof KINDS): readonly T[] => {
  const found = heldBy<T>(name, oracles)
  if (found.length === 0) skip(`${name} in ${KINDS[name].folder}`)
  return found
}

/** The same of what lies beside the checkout: a problem that answers of another folder are about. */
export const beside = <T>(name: keyof typeof KINDS): readonly T[] => heldBy<T>(name, BESIDE)

const heldBy = <T>(name: keyof typeof KINDS, top: string): readonly T[] => {
  const kind: Kind = KINDS[name]
  const all = filesIn(kind.folder, top).filter(path => path.endsWith('.json'))
  const held = all.map(path => heldIn(path, top)).filter(one => isOf(one, kind))
  return held.map(one => one as T) // other people's files, read by one suite each
}

/** The cases of such files as rows of a test, each under its own name or else its place. */
export const named = <T>(cases: readonly T[], nameOf: (one: T) => string | undefined): [string, T][] =>
  cases.map((one, at) => [nameOf(one) ?? `the one without a name at ${at + 1}`, one])

const skip = (what: string): void =>
  console.log(`Skipped: there are no ${what}. ORACLES=FOLDER names a folder that has them.`)

/** Paths of this ending in a folder, for what is no JSON. */
export const filesOf = (folder: string, ending: string): readonly string[] => {
  const found = filesIn(folder).filter(path => path.endsWith(ending))
  if (found.length === 0) skip(`*${ending} in ${folder}`)
  return found
}

/** Whether some suite reads this file: by its ending, or by what it holds. */
export const isRead = (path: string): boolean =>
  path.endsWith('.json')
    ? Object.values(KINDS).some(kind => path.startsWith(join(kind.folder, '/')) && isOf(heldIn(path), kind))
    : READ_AS_TEXT.some(([folder, ending]) => path.startsWith(join(folder, '/')) && path.endsWith(ending))

const READ_AS_TEXT = [
  ['mrp/frepple-tests', '.xml'],
  ['mrp/frepple-tests', '.expect'],
  ['mrp/bench', '.mjs'],
  ['qc', '.csv'],
  ['spc', '.csv'],
  ['spc', '.dat']
] as const

/** The generator of the large problems: the folder's own, or the one that lies beside the checkout. */
export const generator = (): string => {
  const own = filesIn('mrp').find(path => path.endsWith('gen.mjs'))
  return own === undefined ? join(BESIDE, 'mrp/bench/gen.mjs') : join(oracles, own)
}
