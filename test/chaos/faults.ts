/** What goes wrong in a run, by class; when, to whom and for how long is the dice's. Everything is whole again afterwards. */
import { setTimeout as wait } from 'node:timers/promises'
import { FAIR, type Weather } from './proxy.ts'
import type { Player, Postgres, Server } from './world.ts'

/** Taken in turn by the seed. */
export const CLASSES = [
  'none',
  'partition',
  'dead-line',
  'pause',
  'kill-tablet',
  'kill-server',
  'kill-postgres',
  'lossy',
  'slow',
  'mixed'
] as const
/** `restore` only when it is named: the servers go on with a backup of a while ago, in another database. */
export type Class = (typeof CLASSES)[number] | 'restore'
type Harm = Exclude<(typeof CLASSES)[number], 'none' | 'mixed'>
const HARMS = CLASSES.filter((one): one is Harm => one !== 'none' && one !== 'mixed')

export type Stage = {
  readonly players: readonly Player[]
  readonly servers: readonly Server[]
  readonly postgres: Postgres
  readonly random: () => number
  readonly backUp: () => Promise<void>
  readonly restore: () => Promise<void>
  /** One line for each thing that was done. */
  readonly note: (what: string) => void
}

/** Longest that a partition, a pause or an outage lasts, milliseconds. */
const LONGEST = 10_000

/** Does harm of one class until `until`, then mends what it did. */
export const harm = async (kind: Class, stage: Stage, until: number): Promise<void> => {
  if (kind === 'none') return
  if (kind === 'restore') return restored(stage, until)
  while (Date.now() < until) {
    await wait(500 + stage.random() * 2500)
    const one = kind === 'mixed' ? (pick(stage, HARMS) ?? 'partition') : kind
    if (Date.now() < until)
      await DEEDS[one](stage, Math.max(200, Math.min(stage.random() * LONGEST, until - Date.now())))
  }
}

/** A third of the time before the backup, a third after it, and a third on what was restored. */
const restored = async (stage: Stage, until: number): Promise<void> => {
  const third = (until - Date.now()) / 3
  await wait(third)
  await stage.backUp()
  stage.note('backed up')
  await wait(third)
  for (const one of stage.servers) await one.kill()
  await stage.restore()
  for (const one of stage.servers) await one.start()
  stage.note('restored')
}

const pick = <T>({ random }: Stage, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
const some = <T>({ random }: Stage, list: readonly T[]): readonly T[] => {
  const odds = random() < 0.3 ? 1 : 0.5
  const chosen = list.filter(() => random() < odds)
  return chosen.length > 0 ? chosen : list.slice(0, 1)
}

const under = async (
  stage: Stage,
  players: readonly Player[],
  weather: Partial<Weather>,
  ms: number
): Promise<void> => {
  for (const { proxy } of players) proxy.set({ ...FAIR, ...weather })
  await wait(ms)
  for (const { proxy } of players) proxy.set(FAIR)
  stage.note(`${players.length} tablets ${JSON.stringify(weather)} for ${Math.round(ms)} ms`)
}

type Deed = (stage: Stage, ms: number) => Promise<void>

const DEEDS: Readonly<Record<Harm, Deed>> = {
  partition: (stage, ms) =>
    under(stage, some(stage, stage.players), { hold: pick(stage, ['in', 'out', 'both'] as const) ?? 'both' }, ms),
  'dead-line': (stage, ms) => under(stage, some(stage, stage.players), { dead: true }, ms),
  lossy: (stage, ms) =>
    under(
      stage,
      stage.players,
      { reset: 0.05, portal: 0.1, slice: stage.random() < 0.5 ? 97 : 0, latency: 20, jitter: 80 },
      ms
    ),
  slow: (stage, ms) =>
    under(stage, stage.players, { bandwidth: 16_000 + stage.random() * 48_000, latency: 200, jitter: 600 }, ms),
  pause: async (stage, ms) => {
    // A server that is stopped keeps its connections open and says nothing.
    const victims = stage.random() < 0.3 ? some(stage, stage.servers) : some(stage, stage.players)
    for (const one of victims) one.signal('SIGSTOP')
    await wait(ms)
    for (const one of victims) one.signal('SIGCONT')
    stage.note(`${victims.length} stopped for ${Math.round(ms)} ms`)
  },
  'kill-tablet': async (stage, ms) => {
    const victims = some(stage, stage.players).slice(0, 3)
    for (const one of victims) await one.kill()
    await wait(Math.min(ms, 2000))
    for (const one of victims) await one.start()
    stage.note(`${victims.length} tablets killed`)
  },
  'kill-server': async (stage, ms) => {
    const victim = pick(stage, stage.servers)
    if (!victim) return
    await victim.kill()
    await wait(Math.min(ms, 5000))
    await victim.start()
    stage.note('a server killed')
  },
  'kill-postgres': async (stage, ms) => {
    const signal = stage.random() < 0.5 ? 'SIGKILL' : 'SIGQUIT'
    await stage.postgres.kill(signal)
    await wait(Math.min(ms, 5000))
    await stage.postgres.start()
    stage.note(`PostgreSQL ended by ${signal}`)
  }
}
