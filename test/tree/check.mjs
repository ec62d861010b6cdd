/** The checks on the house itself: each is one line, and the last line counts them. */
import { spawnSync } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { isTest, kept, meetings, ROOT, text } from './files.mjs'
import * as papers from './papers.mjs'

const under = (folder, ending) => kept.filter(path => path.startsWith(folder) && ending.test(path))
const sources = kept.filter(path => /^(src|sw)\/.*\.(tsx?|mjs)$/.test(path) && !isTest(path))
const rooms = [...new Set(under('src/activities/', /\/events\.ts$/).map(dirname)), 'src/plant']
const pure = sources.filter(path => rooms.includes(dirname(path)) || dirname(path) === 'src/kernel')
const screens = sources.filter(
  path => /^src\/(activities|plant|ui|board|trace)\//.test(path) && !/\/samples\.ts$/.test(path)
)
const each = (paths, pattern, why) => paths.flatMap(path => meetings(path, pattern, why))

const CHECKS = {
  'imports go only where they may': directions,
  'the top level holds what it should': topLevel,
  'files have kebab-case names': names,
  'no file is longer than 400 lines': sizes,
  'every room has the same files': sameNames,
  'rules and folds are given time and chance': () =>
    each(
      pure,
      /\bDate\.now\(|\bnew Date\(\s*\)|Math\.random\(|\bsetTimeout\(|performance\.now\(/,
      'asks the clock or the dice itself'
    ),
  'screens neither fetch nor keep': () =>
    each(screens, /\bfetch\(|\bindexedDB\b|\blocalStorage\b|\bsessionStorage\b/, 'goes around floor.tsx'),
  'styles take colours from the tokens': () =>
    each(
      under('src/', /\.css$/).filter(path => !path.endsWith('/tokens.css')),
      /#[0-9a-f]{3,8}\b(?!.*\{)|\brgba?\(|\bhsla?\(|\boklch\(|!important/i,
      'a colour of its own, or !important'
    ),
  'types are not talked away': () =>
    each(
      kept.filter(path => /\.tsx?$/.test(path)),
      /@ts-(ignore|nocheck|expect-error)|\bas any\b|: any\b|<any>/,
      'an any'
    ),
  'event types are named once': eventTypes,
  'migrations are numbered without a gap': migrations,
  'papers name only what exists': papers.pathsExist,
  'papers are short': papers.areShort,
  'no machine of ours is named': strangers,
  'this runs on Node 24': () =>
    Number(process.versions.node.split('.')[0]) >= 24 ? [] : [`this is ${process.version}`]
}

function directions() {
  const cruise = [
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    'test/tree/directions.cjs',
    'src',
    'sw',
    'test'
  ]
  const { status, stdout, stderr } = spawnSync(process.execPath, [...cruise, '--output-type', 'err'], {
    cwd: ROOT,
    encoding: 'utf8'
  })
  return status === 0 ? [] : `${stdout}${stderr}`.split('\n').filter(line => line.trim() !== '')
}

function topLevel() {
  const files = [
    'index.html',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'vite.config.ts',
    'README.md',
    'LICENSE'
  ]
  const folders = ['public', 'sw', 'src', 'test']
  const top = new Set(kept.map(path => path.split('/')[0]))
  return [...top]
    .filter(name => !files.includes(name) && !folders.includes(name) && !name.startsWith('.'))
    .map(name => `${name} does not belong at the top`)
}

function names() {
  const fine = name =>
    /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(name) || ['README.md', 'LICENSE'].includes(name)
  // Data goes by the names of those it comes from; migrations have the names of tables in them.
  return kept.filter(path => !/^\.|\.(csv|pdf|webp|png|sql|txt)$/.test(path) && !fine(basename(path)))
}

function sizes() {
  const counted = kept.filter(path => /^(src|sw|test)\/.*\.(tsx?|mjs|css|sql)$/.test(path))
  return counted
    .filter(path => text(path).split('\n').length > 401)
    .map(path => `${path}: ${text(path).split('\n').length} lines`)
}

function sameNames() {
  const wanted = ['events.ts', 'rules.ts', 'projection.ts', 'activity.ts', 'README.md']
  return rooms.flatMap(room =>
    wanted.filter(name => !kept.includes(`${room}/${name}`)).map(name => `${room} has no ${name}`)
  )
}

function eventTypes() {
  const found = sources
    .filter(path => path.endsWith('/events.ts'))
    .flatMap(path => [...text(path).matchAll(/\b(?:fact|decision)\(\s*'([^']+)'/g)].map(([, type]) => ({ path, type })))
  const twice = found.filter(({ type }, at) => found.findIndex(other => other.type === type) !== at)
  const badly = found.filter(
    ({ path, type }) => !new RegExp(`^${basename(dirname(path))}/[a-z]+(-[a-z0-9]+)*\\.v\\d+$`).test(type)
  )
  return [
    ...twice.map(({ path, type }) => `${path}: ${type} is there twice`),
    ...badly.map(({ path, type }) => `${path}: ${type} is not room/what-happened.v1`)
  ]
}

function migrations() {
  const found = under('src/server/migrations/', /\.sql$/).sort()
  const misplaced = found.filter((path, at) => Number(basename(path).slice(0, 4)) !== at + 1)
  return [...misplaced, ...found.filter(path => !text(path).startsWith('-- '))].map(
    path => `${path}: out of order, or its first line is not a sentence why`
  )
}

function strangers() {
  const places = ['work', 'tmp', 'root', 'home'].map(folder => `/${folder}/`)
  const pattern = new RegExp(`(^|[\\s'"\`(=])(${places.join('|')})|registry\\.npm|npmjs\\.(org|com)`)
  const read = kept.filter(path => /\.(tsx?|mjs|cjs|json|md|css|sql|html|sh|yml)$|^\.ci\/|^\.git/.test(path))
  return read.flatMap(path =>
    text(path)
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim().slice(0, 100)}`] : []))
  )
}

let failed = 0
for (const [name, check] of Object.entries(CHECKS)) {
  const faults = check()
  console.log(faults.length === 0 ? `✓ ${name}` : `✗ ${name}`)
  for (const fault of faults.slice(0, 60)) console.log(`    ${fault}`)
  failed += faults.length === 0 ? 0 : 1
}
console.log(`${Object.keys(CHECKS).length - failed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
