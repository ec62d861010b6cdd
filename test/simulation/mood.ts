/** Swarm testing: each seed draws which faults it has at all, so that no fault hides behind another in every seed. */
import { FAULTS_OF_LINES, FILE_FAULTS, HINT_FAULTS, type Line } from './weather.ts'
import { dice } from './virtual-time.ts'
import type { World } from './world.ts'

export const STEPS = [
  'partition',
  'kill',
  'kill at a wait',
  'power cut',
  'clock jump',
  'second tab',
  'close tab',
  'clone',
  'wipe',
  'new schema',
  'disk trouble',
  'pause',
  'server kill',
  'commit fault',
  'backup',
  'restore',
  'decision',
  'scopes',
  'odd event',
  'poison',
  'forget',
  'revoke'
] as const
/** Drawn apart from the others, so that seeds without them tell what they told before there were any. */
const PHOTOS = { weight: 2, part: 0.12 }
const DECISIONS = { signIn: 2, decide: 4, part: 0.25 }
const ASKED_AGAIN = ['request sent twice', 'reply lost'] as const
export type StepName = (typeof STEPS)[number] | 'photo' | 'sign in' | 'decide'

/** How often each comes among the steps of a seed that has it, and in which part of the seeds it is. */
const WEIGHTS: Readonly<Record<(typeof STEPS)[number], readonly [number, number]>> = {
  partition: [2, 0.5],
  kill: [1, 0.5],
  'kill at a wait': [2, 0.6],
  'power cut': [1, 0.4],
  'clock jump': [1, 0.4],
  'second tab': [2, 0.4],
  'close tab': [1, 0.4],
  clone: [0.3, 0.25],
  wipe: [0.3, 0.25],
  'new schema': [0.6, 0.3],
  'disk trouble': [2, 0.4],
  pause: [1, 0.3],
  'server kill': [1, 0.4],
  'commit fault': [2, 0.5],
  backup: [1, 0.4],
  restore: [0.6, 0.4],
  decision: [2, 0.6],
  scopes: [0.5, 0.2],
  'odd event': [1.5, 0.4],
  poison: [0.3, 0.05],
  forget: [1, 0.2],
  revoke: [0.3, 0.2]
}

/** What a step may be, in every seed. */
export type Choice = StepName | 'record' | 'weather' | 'fair' | 'reopen'
const ALWAYS: readonly (readonly [Choice, number])[] = [
  ['record', 9],
  ['weather', 2],
  ['fair', 1],
  ['reopen', 2]
]

export type Mood = Drawn & {
  /** All that a step may be with its weight, and the sum of those. */
  readonly choices: readonly (readonly [Choice, number])[]
  readonly weight: number
}
type Drawn = {
  readonly steps: ReadonlyMap<StepName, number>
  readonly line: readonly (LineFaultName | (typeof HINT_FAULTS)[number] | (typeof FILE_FAULTS)[number])[]
}
type LineFaultName = (typeof FAULTS_OF_LINES)[number]

export const drawMood = (world: World): Mood => {
  const drawn = draw(world)
  const choices = [...ALWAYS, ...drawn.steps]
  return { ...drawn, choices, weight: choices.reduce((sum, [, weight]) => sum + weight, 0) }
}

const draw = (world: World): Drawn => {
  const steps = new Map<StepName, number>()
  for (const name of STEPS) {
    const [weight, part] = WEIGHTS[name]
    if (world.chance(part)) steps.set(name, weight)
  }
  const drawn = [...FAULTS_OF_LINES, ...HINT_FAULTS].filter(() => world.chance(0.25))
  const decisions = dice(world.seed ^ 0x51a7)()
  // In half of the seeds with decisions the office is mostly heard, or hardly any would be answered at all.
  const met = new Set<Mood['line'][number]>(decisions < DECISIONS.part / 2 ? ASKED_AGAIN : drawn)
  if (decisions < DECISIONS.part) steps.set('sign in', DECISIONS.signIn).set('decide', DECISIONS.decide)
  const roll = dice(world.seed ^ 0x9407)()
  if (roll >= PHOTOS.part) return { steps, line: [...met] }
  steps.set('photo', PHOTOS.weight)
  if (roll >= PHOTOS.part / 2) return { steps, line: [...met, ...FILE_FAULTS] }
  // A restore asks most of photos, beside a proxy that remembers the office before it.
  for (const name of ['backup', 'restore'] as const) steps.set(name, WEIGHTS[name][0])
  return { steps, line: [...met.add('reply stale'), ...FILE_FAULTS] }
}

export const drawWeather = (world: World, mood: Mood): Line['weather'] =>
  Object.fromEntries(mood.line.filter(() => world.chance(0.6)).map(name => [name, world.pick([0.05, 0.2, 0.5])]))
