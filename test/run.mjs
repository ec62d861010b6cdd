/**
 * `npm test`: everything that proves the product, in order, each under a heading; the last line counts it all.
 * `node test/run.mjs PART…` runs some parts. Plain JavaScript, because a fresh clone starts it before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { ready, ROOT } from '../src/server/cli/ready.mjs'

const PROJECTS = [
  'src/tsconfig.pure.json',
  'src/tsconfig.tablet.json',
  'src/server/tsconfig.json',
  'sw/tsconfig.json',
  'test/tsconfig.json'
]
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts']
const PARTS = {
  types: () =>
    sum(PROJECTS.map(project => () => check(`tsc ${project}`, ['node_modules/typescript/lib/tsc.js', '-p', project]))),
  tree: () => counted(['test/tree/check.mjs']),
  lint: () =>
    check('format and lint', [
      'node_modules/@biomejs/biome/bin/biome',
      'ci',
      '--config-path=test/tree',
      '--max-diagnostics=40'
    ]),
  dead: () =>
    check('dead files, exports and dependencies', ['node_modules/knip/bin/knip.js', '--config', 'test/tree/knip.json']),
  unit: () => vitest([...rest, '--exclude', 'test/simulation/**']),
  simulation: () => vitest(['test/simulation'], seeds()),
  e2e: () => e2e()
}

const args = process.argv.slice(2)
const named = args.filter(arg => arg in PARTS)
const rest = args.filter(arg => !(arg in PARTS))
const node = ready()
const failures = []
const scratch = mkdtempSync(join(tmpdir(), 'jobcard-run-'))
// Programs that look for a runtime by name find the right one as well.
const environment = {
  ...process.env,
  PATH: [dirname(node), join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter)
}

/** Runs Node 24 with these arguments; its words go to our terminal and are answered as text too. */
function tool(argv, env = {}) {
  return new Promise(done => {
    const child = spawn(node, argv, { cwd: ROOT, env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', chunk => {
        said += chunk
        process.stdout.write(chunk)
      })
    }
    child.on('close', code => done({ code, said }))
  })
}

/** What failed is said once more at the very end, which is all that some people see of a long log. */
function wrong(name, why = '') {
  const lines = why.split('\n').slice(0, 12)
  failures.push([`✗ ${name}`, ...lines.map(line => `    ${line}`)].join('\n'))
}

async function check(name, argv) {
  const { code } = await tool(argv)
  console.log(code === 0 ? `✓ ${name}` : `✗ ${name}`)
  if (code !== 0) wrong(name)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** A tool of ours that counts for itself, in its last line. */
async function counted(argv) {
  const { code, said } = await tool(argv)
  const found = /(\d+) passed, (\d+) failed\s*$/.exec(said)
  if (code !== 0) wrong(argv.join(' '), said.split('\n').slice(-12).join('\n'))
  if (!found) return { passed: 0, failed: 1 }
  return { passed: Number(found[1]), failed: Number(found[2]) || (code === 0 ? 0 : 1) }
}

async function vitest(argv, env = {}) {
  const file = join(scratch, `vitest-${Math.random()}.json`)
  const { code } = await tool(
    [...VITEST, ...argv, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    env
  )
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  // A file that could not even be loaded holds no test that failed.
  const broken = report.testResults.filter(
    suite => suite.status === 'failed' && !suite.assertionResults.some(test => test.status === 'failed')
  )
  for (const suite of broken) wrong(suite.name, suite.message)
  for (const { name, assertionResults } of report.testResults)
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed') wrong(`${name}: ${fullName}`, failureMessages.join('\n'))
  const failed = report.numFailedTests + broken.length
  return { passed: report.numPassedTests, failed: failed || (code === 0 ? 0 : 1) }
}

function seeds() {
  const value = name => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined)
  const given = { SIM_SEEDS: value('--seeds'), SIM_FROM: value('--from') }
  return Object.fromEntries(Object.entries(given).filter(([, number]) => number !== undefined))
}

async function e2e() {
  const chromium = browser()
  if (!chromium) {
    console.log(
      '✗ No Chromium was found and none could be installed, so nothing was tried in a browser. CHROMIUM=/path/to/chromium names one.'
    )
    return { passed: 0, failed: 1 }
  }
  console.log(`Browser: ${chromium}`)
  const built = await tool(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'])
  if (built.code !== 0) return { passed: 0, failed: 1 }
  const file = join(scratch, 'playwright.json')
  const argv = [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config',
    'test/e2e/playwright.config.ts',
    '--reporter=list,json',
    ...rest
  ]
  const { code } = await tool(argv, { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const { stats, errors, suites } = JSON.parse(readFileSync(file, 'utf8'))
  for (const spec of specs(suites))
    if (!spec.ok || spec.tests.some(test => test.status === 'flaky'))
      wrong(`${spec.file}: ${spec.title}`, spec.tests.flatMap(test => test.results.map(messageOf)).join('\n'))
  // One that passed only when it was tried again has not passed.
  const failed = stats.unexpected + stats.flaky + errors.length
  return { passed: stats.expected, failed: failed || (code === 0 ? 0 : 1) }
}

function specs(suites = []) {
  return suites.flatMap(suite => [...suite.specs, ...specs(suite.suites)])
}

function messageOf(result) {
  return result.error?.message ?? result.status
}

/** CHROMIUM, or one that the system has, or one that root may install. */
function browser() {
  if (process.env.CHROMIUM) return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : undefined
  return onPath() ?? (installChromium() ? onPath() : undefined)
}

function onPath() {
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  const places = (process.env.PATH ?? '').split(':')
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const found = names.flatMap(name => places.map(place => join(place, name))).find(path => existsSync(path))
  return found ?? (existsSync(mac) ? mac : undefined)
}

function installChromium() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false
  console.log('Installing Chromium')
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 5 * 60_000
  }
  spawnSync('apt-get', ['update', '-qq'], quiet)
  return spawnSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-liberation'], quiet).status === 0
}

async function sum(works) {
  const total = { passed: 0, failed: 0 }
  for (const work of works) {
    const { passed, failed } = await work()
    total.passed += passed
    total.failed += failed
  }
  return total
}

async function part(name) {
  const began = Date.now()
  console.log(`\n━━ ${name}`)
  const result = await PARTS[name]()
  console.log(
    `━━ ${name}: ${result.passed} passed, ${result.failed} failed, ${Math.round((Date.now() - began) / 1000)} s`
  )
  return result
}

const total = await sum((named.length > 0 ? named : Object.keys(PARTS)).map(name => () => part(name)))
rmSync(scratch, { recursive: true, force: true })
if (failures.length > 0) console.log(['\n━━ what failed', ...failures].join('\n'))
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
