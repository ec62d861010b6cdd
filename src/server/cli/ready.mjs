/**
 * What must be there before anything else runs: the packages and Node 24. Plain JavaScript that an old Node reads too,
 * because this is the first thing that a fresh clone runs.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..')

const WINDOWS = process.platform === 'win32'
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json')

/** Installs what is missing and answers the path of Node 24. Exits with one clear line when that can't be done. */
export const ready = () => {
  if (!installed()) install()
  return node24()
}

/** Runs a program to its end in our terminal, passing signals on; answers its exit code. */
export const run = (command, args, options = {}) =>
  new Promise(done => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options })
    const pass = signal => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass)
    const orphaned = watchParent(() => child.kill('SIGTERM'))
    child.on('error', reason => {
      console.error(reason.message)
      done(1)
    })
    child.on('close', (code, signal) => {
      clearInterval(orphaned)
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, pass)
      done(code === null ? (signal === 'SIGINT' ? 130 : 1) : code)
    })
  })

/** A signal to `npm start` ends npm and its shell and goes no further; what npm started for us must not outlive it. */
const watchParent = then => {
  const parent = process.ppid
  const look = () => process.ppid !== parent && then()
  return setInterval(process.env.npm_lifecycle_event ? look : () => {}, 500)
}

/** The packages that the lockfile names, and no others, are there. npm keeps what it installed in a lockfile of its own. */
const installed = () => {
  if (!existsSync(INSTALLED)) return false
  const wanted = read('package-lock.json').packages
  const found = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || (found[path] ? found[path].version === entry.version : entry.optional || entry.devOptional)
  )
}

const read = name => JSON.parse(readFileSync(join(ROOT, name), 'utf8'))

const npm = args =>
  spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: WINDOWS
  }).status

const install = () => {
  console.log('Installing packages (once; a minute or so)')
  // `ci` wants every other platform's package to be known to the registry as well; a mirror may hold only ours.
  if (npm(['ci']) === 0 || npm(['install', '--no-save']) === 0) return
  console.error('The packages could not be installed: npm says why above. Mend that and run the same command again.')
  process.exit(1)
}

/** The npm package `node` brings it; its install script may have been skipped, then we run that script ourselves. */
const node24 = () => {
  const program = join(ROOT, 'node_modules/node/bin', WINDOWS ? 'node.exe' : 'node')
  if (major(program) < 24) {
    spawnSync(process.execPath, ['installArchSpecificPackage'], {
      cwd: join(ROOT, 'node_modules/node'),
      stdio: 'inherit'
    })
  }
  if (major(program) >= 24) return program
  if (major(process.execPath) >= 24) return process.execPath
  console.error(
    `Jobcard needs Node 24; this is ${process.version}, and npm did not bring 24. Run: npm rebuild node --foreground-scripts`
  )
  return process.exit(1)
}

const major = program => {
  if (!existsSync(program)) return 0
  const said = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return Number(/^v(\d+)/.exec(said.stdout || '')?.[1] ?? 0)
}
