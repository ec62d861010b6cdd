/**
 * `npm run test:chaos -- --minutes M --from S [--class NAME] [--tablets 5|10] [--servers 1|2] [--seconds 30] [--runs N]`
 *
 * Real processes under seeded harm: tablets with the product's own device code, one or two servers, PostgreSQL with fsync on, a
 * proxy before each tablet. Each run is one class of harm for so many seconds; then everything is whole again and the checker
 * looks. One line of JSON for each run; ends with 1 when any of them was not as it has to be. What is not given is the dice's.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { dice } from '#test/simulation/virtual-time.ts'
import { check, type Found } from './checker.ts'
import { CLASSES, type Class, harm } from './faults.ts'
import { FAIR } from './proxy.ts'
import type { State } from './talk.ts'
import { command, openPlayer, type Player, type Postgres, type Server, serverOn, startPostgres } from './world.ts'

/** A queue that is not empty so long after the harm is over counts as stuck (jepsen-powersync's measure), milliseconds. */
const STUCK_MS = 11_000
const GIVE_UP_MS = 60_000

type Plan = {
  readonly seed: number
  readonly kind: Class
  readonly tablets: number
  readonly servers: number
  readonly rate: number
  readonly seconds: number
}
type Settled = {
  readonly drained: number | undefined
  readonly converged: number | undefined
  /** Share of the machine's cores that nobody wanted meanwhile, 0 to 1: beside a late queue it says whose fault that may be. */
  readonly idle: number
  readonly states: readonly (State & { readonly name: string })[]
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    from: { type: 'string', default: '1' },
    class: { type: 'string' },
    tablets: { type: 'string' },
    servers: { type: 'string' },
    seconds: { type: 'string', default: '30' },
    runs: { type: 'string' },
    keep: { type: 'boolean', default: false }
  }
})

const planOf = (seed: number): Plan => {
  const random = dice(seed * 7919)
  const named = ([...CLASSES, 'restore'] as const).find(one => one === values.class)
  if (values.class !== undefined && !named)
    throw new Error(`There is no class ${values.class}. There are: ${CLASSES.join(', ')}`)
  const tablets = Number(values.tablets ?? (random() < 0.5 ? 5 : 10))
  const servers = Number(values.servers ?? (random() < 0.5 ? 1 : 2))
  const rate = Math.round(10 + random() * 40)
  return {
    seed,
    kind: named ?? CLASSES[seed % CLASSES.length] ?? 'none',
    tablets,
    servers,
    rate,
    seconds: Number(values.seconds)
  }
}

const runOne = async (plan: Plan, postgres: Postgres, scratch: string): Promise<boolean> => {
  const { seed, kind, tablets, servers: count, rate, seconds } = plan
  const random = dice(seed)
  const folder = join(scratch, `run-${seed}`)
  let url = await postgres.fresh(`chaos_${seed}`)
  const servers = Array.from({ length: count }, (_, i) => serverOn(join(folder, `server-${i + 1}`), () => url))
  const players: Player[] = []
  const notes: string[] = []
  const file = join(folder, 'backup.jobcard')
  const backUp = () => command('backup', file, url)
  const restore = async () => {
    const next = await postgres.empty(`chaos_${seed}_restored`)
    await command('restore', file, next)
    url = next
  }
  try {
    await Promise.all(servers.map(one => one.start()))
    const target = () => anyOf(servers, random)
    for (let index = 0; index < tablets; index += 1)
      players.push(await openPlayer({ index, folder, seed: seed * 100_000 + index, random, target }))
    await Promise.all(players.map(one => one.start()))
    for (const one of players) one.ask({ ask: 'rate', rate: rate / tablets })
    const until = Date.now() + seconds * 1000
    await harm(kind, { players, servers, postgres, random, backUp, restore, note: what => notes.push(what) }, until)
    await wait(Math.max(0, until - Date.now()))
    for (const one of players) one.ask({ ask: 'rate', rate: 0 })
    for (const { proxy } of players) proxy.set(FAIR)
    const settled = await settle(players)
    const found = await check(url, new Set(players.flatMap(one => [...one.saved])), settled.states)
    return tell(plan, settled, found, players, servers, notes)
  } finally {
    for (const one of players) await one.close()
    for (const one of servers) await one.kill()
    for (const name of [`chaos_${seed}`, `chaos_${seed}_restored`]) await postgres.drop(name)
    if (!values.keep) rmSync(folder, { recursive: true, force: true })
  }
}

const anyOf = (servers: readonly Server[], random: () => number): number | undefined => {
  const up = servers.flatMap(one => one.port() ?? [])
  return up[Math.floor(random() * up.length)]
}

/** Waits until every queue is empty, and until every tablet shows the same. */
const settle = async (players: readonly Player[]): Promise<Settled> => {
  const healed = Date.now()
  const idle = idleSince()
  let drained: number | undefined
  let states: (State & { name: string })[] = []
  while (Date.now() - healed < GIVE_UP_MS && players.every(one => one.deaths.length === 0)) {
    const seen = await Promise.all(
      players.map(async one => ({ name: one.name, state: await one.look(drained !== undefined) }))
    )
    states = seen.flatMap(({ name, state }) => (state ? [{ ...state, name }] : []))
    const all = states.length === players.length
    if (all && states.every(one => one.unsent === 0)) drained ??= Date.now() - healed
    if (
      all &&
      drained !== undefined &&
      new Set(states.map(one => JSON.stringify(one.views))).size === 1 &&
      states[0]?.views['plant/site']
    )
      return { drained, converged: Date.now() - healed, states, idle: idle() }
    await wait(100)
  }
  return { drained, converged: undefined, states, idle: idle() }
}

const idleSince = (): (() => number) => {
  const read = () =>
    cpus().map(({ times }) => [times.idle, Object.values(times).reduce((sum, ms) => sum + ms, 0)] as const)
  const before = read()
  return () => {
    const after = read()
    const grown = (of: 0 | 1) => after.reduce((sum, one, core) => sum + one[of] - (before[core]?.[of] ?? 0), 0)
    return Math.round((100 * grown(0)) / Math.max(1, grown(1))) / 100
  }
}

const tell = (
  plan: Plan,
  { drained, converged, states, idle }: Settled,
  found: Found,
  players: readonly Player[],
  servers: readonly Server[],
  notes: readonly string[]
): boolean => {
  const sum = (of: (counts: Player['proxy']['counts']) => number) =>
    players.reduce((total, one) => total + of(one.proxy.counts), 0)
  const wrong = [
    ...found.wrong,
    ...(drained === undefined
      ? ['I7 stuck: a queue was not empty after a minute']
      : drained > (plan.kind === 'restore' ? GIVE_UP_MS : STUCK_MS)
        ? [`I7 late: the queues were empty after ${drained} ms`]
        : []),
    ...(converged === undefined ? ['I5 the tablets did not come to show the same'] : []),
    ...states.flatMap(one => one.attention.map(line => `${one.name}: ${line}`)),
    ...players.flatMap(one => one.deaths),
    ...servers.flatMap(one => (one.died() ? ['A server ended by itself'] : []))
  ]
  const { saved, lost, doubled, head, aside, chains } = found
  const harmed = {
    deeds: notes.length,
    connections: sum(c => c.connections),
    resets: sum(c => c.resets),
    portals: sum(c => c.portals),
    held: sum(c => c.held),
    dead: sum(c => c.dead)
  }
  console.log(
    JSON.stringify({
      ...plan,
      ok: wrong.length === 0,
      saved,
      lost,
      doubled,
      head,
      aside,
      chains,
      drained,
      converged,
      idle,
      load: Math.round(10 * (loadavg()[0] ?? 0)) / 10,
      ...harmed,
      ...(wrong.length > 0 ? { wrong, notes } : {})
    })
  )
  return wrong.length === 0
}

const main = async (): Promise<number> => {
  const scratch = mkdtempSync(join(tmpdir(), 'jobcard-chaos-'))
  // PostgreSQL runs as another account when we are root, and must be able to come in.
  chmodSync(scratch, 0o755)
  const postgres = await startPostgres(join(scratch, 'database'))
  const until = Date.now() + Number(values.minutes) * 60_000
  let [runs, fine] = [0, 0]
  try {
    for (let seed = Number(values.from); values.runs ? runs < Number(values.runs) : Date.now() < until; seed += 1) {
      const plan = planOf(seed)
      const ok = await runOne(plan, postgres, scratch).catch((problem: unknown) => {
        console.log(JSON.stringify({ ...plan, ok: false, wrong: [`broke off: ${String(problem)}`] }))
        return false
      })
      runs += 1
      if (ok) fine += 1
    }
  } finally {
    await postgres.stop()
    if (!values.keep || fine === runs) rmSync(scratch, { recursive: true, force: true })
    else console.error(`Kept: ${scratch}`)
  }
  console.log(`${fine} passed, ${runs - fine} failed`)
  return fine === runs ? 0 : 1
}

process.exit(await main())
