/** Starts the office: database, plant, jobs, HTTP; prints where to go; stops in order when asked to. */
import { mkdir } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve, type ServerType } from '@hono/node-server'
import pino from 'pino'
import { openDesk } from './desk.ts'
import { openHighWater } from './high-water.ts'
import { makeEnrolmentCode } from './identity.ts'
import { type Jobs, startJobs } from './jobs.ts'
import { type Office, openOffice } from './office.ts'
import { refuseUnfinished } from './restoring.ts'
import { serveApp } from './static.ts'

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error('Jobcard needs Node 24 or newer. Start it with: npm start')
  process.exit(1)
}

const settings = {
  port: Number(process.env['PORT'] ?? 8080),
  host: process.env['HOST'] ?? '0.0.0.0',
  dataDir: resolve(process.env['DATA_DIR'] ?? './data'),
  databaseUrl: process.env['DATABASE_URL'] || undefined,
  sample: (process.env['PLANT'] ?? 'sample') === 'sample',
  newEpoch: process.argv.includes('--new-epoch') ? 'now' : process.env['NEW_EPOCH'] === '1' ? 'when-needed' : 'no'
} as const

const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' })
const say = (line = ''): void => {
  process.stdout.write(`${line}\n`)
}

/** A caller who sends a byte now and then does not keep a connection. Milliseconds. */
const PATIENCE = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 5000,
  maxHeaderSize: 16_384
}

const main = async (): Promise<void> => {
  await mkdir(settings.dataDir, { recursive: true })
  refuseUnfinished(settings.dataDir)
  const office = await openOffice({
    dataDir: settings.dataDir,
    ...(settings.databaseUrl ? { databaseUrl: settings.databaseUrl } : {}),
    log: line => say(`  ${line}`),
    found: { site: 'main', name: settings.sample ? 'Fennel Labs' : 'My plant', sample: settings.sample },
    foldsLater: true
  })
  try {
    await open(office)
  } catch (problem) {
    // A start that does not succeed leaves no PostgreSQL behind.
    await office.close()
    throw problem
  }
}

const open = async (office: Office): Promise<void> => {
  const highWater = await openHighWater(office, { ...settings, log: line => say(`  ${line}`) })
  // A plant with a past is shown while its views are made: whoever writes meanwhile is told to come back.
  const folded = office.foldAnew(line => say(`  ${line}`))
  // It is waited for below, whichever way the start goes.
  folded.catch(() => undefined)
  if ((await headOf(office)) === 0) await folded
  if (office.site.sample && (await headOf(office)) === 0) await loadSample(office)
  const desk = await openDesk(office, { log, url: () => urls()[0] ?? '', highWater })
  const { app } = desk
  serveApp(app, [
    fileURLToPath(new URL('../../dist', import.meta.url)),
    fileURLToPath(new URL('../../public', import.meta.url))
  ])
  let jobs: Jobs | undefined
  let http: ServerType | undefined
  const close = async (): Promise<void> => {
    http?.close()
    if (http && 'closeAllConnections' in http) http.closeAllConnections()
    await desk.close()
    await jobs?.stop()
    await highWater.stop()
  }
  try {
    http = await listening(app.fetch)
    stopOn(['SIGINT', 'SIGTERM'], () => close().then(() => office.close()))
    await folded
    jobs = await startJobs(office, { log })
  } catch (problem) {
    await close()
    throw problem
  }
  await greet(office)
}

/** Resolves when the port is ours. */
const listening = (fetch: Parameters<typeof serve>[0]['fetch']): Promise<ServerType> =>
  new Promise((done, not) => {
    const { port, host: hostname } = settings
    const http = serve({ fetch, port, hostname, serverOptions: PATIENCE }, () => done(http))
    http.once('error', (problem: NodeJS.ErrnoException) => {
      const inUse = `Port ${port} is in use. Choose another: PORT=${port + 1} npm start`
      not(problem.code === 'EADDRINUSE' ? new Error(inUse) : problem)
    })
  })

const headOf = async ({ sql, site }: Office): Promise<number> => {
  const [row] = await sql<{ head: number }[]>`SELECT head FROM site_counter WHERE site_id = ${site.site}`
  return row?.head ?? 0
}

const loadSample = async (office: Office): Promise<void> => {
  say('  Loading the sample plant …')
  const { loadSamplePlant } = await import('./import/sample-plant.ts')
  const today = new Date().toISOString().slice(0, 10)
  await loadSamplePlant(office, { today, log: line => say(`  ${line}`) })
}

/** Addresses of this machine, the local one first: it is the only one without a certificate where a browser may work offline. */
const urls = (): string[] => {
  const here = `http://localhost:${settings.port}`
  if (settings.host !== '0.0.0.0')
    return settings.host === '127.0.0.1' ? [here] : [`http://${settings.host}:${settings.port}`]
  const others = Object.values(networkInterfaces())
    .flat()
    .filter(one => one && one.family === 'IPv4' && !one.internal)
  return [here, ...others.map(one => `http://${one?.address}:${settings.port}`)]
}

const greet = async (office: Office): Promise<void> => {
  say()
  say(`Jobcard runs ${office.site.name} at`)
  for (const url of urls()) say(`  ${url}`)
  say(`  ${urls()[0]}/board is the wall`)
  if (office.site.sample) await greetSample(office)
  else await greetEmpty(office)
  say()
  say(`Data: ${settings.databaseUrl ? 'in your own PostgreSQL' : settings.dataDir}`)
  say('Stop: Ctrl-C. Begin anew: stop, then delete the data folder.')
  say()
}

const greetSample = async (office: Office): Promise<void> => {
  const pins = await office.samplePins()
  const people = await office.sql<{ body: { person: string; name: string; badge: string; roles: string[] } }[]>`
    SELECT body FROM view WHERE site_id = ${office.site.site} AND kind = 'plant/person' AND body IS NOT NULL ORDER BY key`
  say()
  say('Sample plant. Badges and PINs:')
  for (const { body } of people)
    say(`  ${body.badge}  ${pins[body.person] ?? '      '}  ${body.name} (${body.roles.join(', ')})`)
}

const greetEmpty = async (office: Office): Promise<void> => {
  const [row] =
    await office.sql`SELECT 1 FROM view WHERE site_id = ${office.site.site} AND kind = 'plant/site' AND body IS NOT NULL`
  if (row) return
  const { code } = await makeEnrolmentCode(office, 'set-up', undefined)
  say()
  say('Nothing is set up yet. Open this link once, within a day:')
  say(`  ${urls()[0]}/#setup=${code}`)
}

const stopOn = (signals: readonly NodeJS.Signals[], stop: () => Promise<void>): void => {
  let stopping = false
  for (const signal of signals)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      say('Stopping …')
      const force = setTimeout(() => process.exit(1), 15_000)
      force.unref()
      void stop().finally(() => process.exit(0))
    })
}

await main().catch((problem: unknown) => {
  console.error(problem instanceof Error ? problem.message : problem)
  if (process.env['LOG_LEVEL'] === 'debug') console.error(problem)
  process.exit(1)
})
