/** One seed, told from its beginning to its end: about 300 steps, then everything is mended and the books are compared. */
import type { By } from '#device/record.ts'
import { checkCache, checkEnd, checkQueues, isDrained, newBooks, noteLoss, numbersOf, watch } from './books.ts'
import { copyDisk, cutPower, deviceOf, entriesOf, newSchema, type Trouble, wipeDisk } from './disk.ts'
import type { CommitFault } from './log-memory.ts'
import type { Scene } from './scene.ts'
import { FAULTS_OF_LINES, FILE_FAULTS, HINT_FAULTS } from './weather.ts'
import { type Choice, drawMood, drawWeather, type StepName, STEPS } from './mood.ts'
import { openOffice } from './office-servers.ts'
import { allHeard, decide, decisionsRestored, signIn } from './decisions.ts'
import { roster } from './people.ts'
import { checkPhotos, photo, photosForgotten, photosLost } from './photos.ts'
import type { Plant } from './plant.ts'
import { closePage, endStation, livePages, newStation, openPage, type Station } from './stations.ts'
import { withStandIns } from './stand-ins.ts'
import { count, odd } from './toy-room.ts'
import { newWorld } from './world.ts'

export type Told = {
  readonly problem: string | undefined
  readonly trace: readonly string[]
  readonly faults: ReadonlyMap<string, number>
}

const BY: By = { person: 'P-001', roles: [], session: 's', method: 'badge-pin' }
const MOST_STATIONS = 6
/** Who has no hint hears of news so soon. */
const PULSE_MS = 6000

const TROUBLES: readonly Trouble[] = ['full', 'closed', 'closed-after', 'slow']
const COMMIT_FAULTS: readonly CommitFault[] = ['slow', 'killed-before', 'killed-after', 'gone-before', 'gone-after']
/** Steps that are no fault of their own, or are counted where they strike. */
const NO_FAULTS: readonly StepName[] = ['partition', 'disk trouble', 'commit fault', 'backup', 'decision', 'odd event']

/** Every fault that a long enough run has to meet at least once. */
export const FAULT_KINDS: readonly string[] = [
  ...FAULTS_OF_LINES,
  ...HINT_FAULTS,
  ...FILE_FAULTS,
  ...STEPS.filter(name => !NO_FAULTS.includes(name)),
  ...TROUBLES.map(one => `disk ${one}`),
  ...COMMIT_FAULTS.map(one => `commit ${one}`),
  ...['in', 'out', 'both'].map(way => `partition ${way}`),
  ...['type', 'payload', 'decision'].map(what => `odd event ${what}`),
  'cache full',
  'page with more to come',
  'shown early',
  ...['online', 'badge-pin'].map(how => `signed in ${how}`),
  ...['done', 'refused', 'unheard'].map(what => `decision ${what}`),
  'cache transactions lost with the power'
]

export const STEPS_OF_A_SEED = 300

export const tell = (seed: number, plant: Plant, steps = STEPS_OF_A_SEED): Promise<Told> =>
  withStandIns(() => tellWhole(seed, plant, steps))

const tellWhole = async (seed: number, plant: Plant, steps: number): Promise<Told> => {
  const world = newWorld(seed)
  const servers = world.between(1, 2)
  const office = openOffice(world, servers, plant)
  const scene: Scene = {
    world,
    office,
    stations: [],
    books: newBooks(),
    mood: drawMood(world),
    plant,
    servers,
    backups: [],
    names: 0
  }
  if (scene.mood.steps.has('sign in')) office.roster = JSON.stringify(roster)
  let problem: string | undefined
  try {
    for (let i = world.between(2, 4); i > 0; i -= 1) addStation(scene)
    await world.pass(50)
    // Some plants are busy and some are slow: most of what waits, waits for another step or for the clock.
    const longest = world.pick([150, 300, 700])
    for (let i = 0; i < steps; i += 1) {
      step(scene)
      await world.pass(world.chance(0.02) ? 6000 : world.between(0, longest))
      for (const { disk } of scene.stations) checkCache(disk)
      if (i % 25 === 0) watch(scene)
    }
    await mend(scene)
  } catch (reason) {
    problem = reason instanceof Error ? reason.message : String(reason)
    world.note(`PROBLEM ${problem}`)
  }
  for (const station of scene.stations) endStation(station)
  return { problem, trace: world.trace, faults: world.faults }
}

const addStation = (scene: Scene, made = newStation(`tablet-${++scene.names}`)): void => {
  scene.stations.push(made)
  openPage(scene.office, made, scene.plant)
}

const step = (scene: Scene): void => {
  const { world, mood } = scene
  let at = world.dice() * mood.weight
  for (const [name, weight] of mood.choices) {
    at -= weight
    if (at < 0) return take(scene, name)
  }
}

const JUMPS = [-10 * 365.25 * 86_400_000, -86_400_000, -1000, 1000, 3_600_000, 86_400_000, 10 * 365.25 * 86_400_000]
const BOXES = ['A', 'B', 'C', 'D']

const take = (scene: Scene, name: Choice): void => {
  const { world, office, stations, mood } = scene
  const station = world.pick(stations)
  const { disk, line } = station
  const page = station.pages.find(one => !one.life.dead())
  const { db } = office
  switch (name) {
    case 'record':
      return record(scene, station)
    case 'weather':
      line.weather = drawWeather(world, mood)
      return
    case 'fair':
      line.weather = {}
      line.partition = 'none'
      return
    case 'reopen':
      for (const one of stations) if (one.pages.every(two => two.life.dead())) openPage(office, one, scene.plant)
      while (office.living().length < scene.servers) office.start()
      return
    case 'partition':
      line.partition = world.pick(['none', 'in', 'out', 'both'] as const)
      return
    case 'kill':
      if (!page) return
      world.fault(name)
      return page.life.kill()
    case 'kill at a wait':
      if (!page) return
      world.fault(name)
      return page.life.killAfter(world.between(1, 40))
    case 'power cut':
      world.fault(name)
      endStation(station)
      cutPower(disk, world)
      scene.plant.powerCut?.(disk)
      return
    case 'clock jump':
      world.fault(name)
      station.skew += world.pick(JUMPS)
      return
    case 'second tab':
      if (livePages(station).length === 0 || livePages(station).length > 2) return
      world.fault(name)
      openPage(office, station, scene.plant)
      return
    case 'close tab': {
      const open = livePages(station)
      if (open.length === 0) return
      world.fault(name)
      return closePage(world.pick(open))
    }
    case 'clone':
      if (stations.length >= MOST_STATIONS) return
      world.fault(name)
      scene.names += 1
      return addStation(
        scene,
        newStation(`tablet-${scene.names}`, station.device, copyDisk(disk, `tablet-${scene.names}`))
      )
    case 'wipe':
      if (stations.length >= MOST_STATIONS) return
      world.fault(name)
      endStation(station)
      noteLoss(scene, station, entriesOf(disk))
      photosLost(scene, station)
      wipeDisk(disk)
      stations.splice(stations.indexOf(station), 1)
      return addStation(scene)
    case 'new schema':
      world.fault(name)
      endStation(station)
      newSchema(disk)
      openPage(office, station, scene.plant)
      return
    case 'disk trouble':
      for (let i = world.between(1, 3); i > 0; i -= 1) disk.trouble.push(world.pick(TROUBLES))
      return
    case 'pause':
      if (!page) return
      world.fault(name)
      return page.life.pause(world.between(500, 30_000))
    case 'server kill': {
      const [server] = office.living()
      if (!server) return
      world.fault(name)
      return server.die()
    }
    case 'commit fault': {
      const fault = world.pick(COMMIT_FAULTS)
      db.faults.push(fault)
      return
    }
    case 'backup':
      scene.backups = [...scene.backups.slice(-2), db.backup()]
      return
    case 'restore': {
      if (scene.backups.length === 0) return
      const from = world.pick(scene.backups)
      world.fault(name)
      scene.books.restored(scene, from)
      office.restore(from)
      decisionsRestored(scene)
      // Backups of a later time than this are of a past that was undone.
      scene.backups = scene.backups.slice(0, scene.backups.indexOf(from) + 1)
      office.start()
      return
    }
    case 'decision': {
      const [server] = office.living()
      if (server) void server.decide(world.pick(BOXES), world.chance(0.4))
      return
    }
    case 'scopes':
      world.fault(name)
      line.scopes = world.pick([['site', 'floor'], ['floor'], ['site', 'floor', 'archive'], ['site']])
      return
    case 'odd event': {
      const what = world.pick(['type', 'payload', 'decision'] as const)
      world.fault(`odd event ${what}`)
      for (const one of livePages(station).slice(0, 1)) void one.tablet?.act(odd, { box: world.pick(BOXES), what }, BY)
      return
    }
    case 'poison': {
      const unsent = entriesOf(disk).filter(entry => entry.state === 'unsent')
      const one = unsent[0]
      if (!one) return
      world.fault(name)
      office.poison.add(one.id)
      return
    }
    case 'sign in':
      return signIn(scene, station)
    case 'decide':
      return decide(scene, station, world.pick(BOXES))
    case 'photo':
      return photo(scene, station, world.pick(BOXES), BY)
    case 'forget':
      return forget(scene, station)
    case 'revoke': {
      const device = deviceOf(disk)
      if (office.revoked.has(device)) return
      world.fault(name)
      office.revoked.add(device)
      return
    }
  }
}

const record = (scene: Scene, station: Station): void => {
  const { world, books } = scene
  const pages = livePages(station)
  if (pages.length === 0) return
  const page = world.pick(pages)
  const many = world.chance(0.2) ? world.between(2, 5) : 1
  page.tablet?.act(count, { box: world.pick(BOXES), by: world.between(1, 9), many }, BY).then(
    answer => {
      // What a page would say after its death nobody hears.
      if (page.life.dead()) return
      if (!('done' in answer)) throw new Error(`recording was refused: ${answer.refused}`)
      for (const id of answer.events) books.said.set(id, station)
    },
    problem => void (page.life.dead() || books.problems.push(`recording threw: ${String(problem)}`))
  )
}

/** Fourteen days go by for what was answered for: the tablet may let go of it. */
const forget = (scene: Scene, station: Station): void => {
  const { world, books, office } = scene
  const { cursor } = station.disk.cache.progress
  // In so long a time it has also been told of all that it sent.
  const isTold = cursor.epoch === station.disk.tables.meta.get('epoch')
  const old = entriesOf(station.disk).filter(
    ({ state, id, seq = 0 }) =>
      isTold && state === 'acked' && seq <= cursor.seq && office.db.tables.byId.has(id) && world.chance(0.3)
  )
  if (old.length === 0) return
  world.fault('forget')
  void photosForgotten(scene, station)
  for (const { pos, id, body } of old) {
    station.disk.tables.events.delete(pos)
    station.disk.tables.ids.delete(id)
    books.forgotten.add(id)
    for (const number of numbersOf(body)) books.gone.add(number)
  }
}

const mend = async (scene: Scene): Promise<void> => {
  const { world, office, stations, books } = scene
  world.note('everything is mended')
  const hard =
    scene.mood.steps.has('poison') || ['status 500', 'status 413', 'status 409'].some(one => world.faults.has(one))
  office.poison.clear()
  office.db.faults.length = 0
  while (office.living().length < scene.servers) office.start()
  for (const station of stations) {
    Object.assign(station.line, { weather: {}, partition: 'none', scopes: ['site', 'floor'] })
    station.disk.trouble.length = 0
    for (const page of station.pages) {
      page.life.killAfter(Number.POSITIVE_INFINITY)
      page.life.pause(0)
    }
    if (station.pages.every(page => page.life.dead())) openPage(office, station, scene.plant)
  }
  await world.pass(1000)
  for (const station of stations) await enrolAnew(scene, station)
  await settleHeld(scene)
  await world.pass(10_000)
  // What the office choked on up to the end may have been held only now.
  await settleHeld(scene)
  for (let more = hard ? 49 : 0; more > 0 && !isDrained(scene); more -= 1) await world.pass(1000)
  checkQueues(scene)
  const before = eventsOf(scene)
  await world.pass(10_000)
  await lastDecisions(scene, before)
  checkQueues(scene)
  await checkPhotos(scene)
  checkEnd(scene)
  if (books.problems.length > 0) throw new Error(books.problems[0])
}

/** What was asked in bad times is asked again for half a minute, and is known everywhere a pulse after its answer. */
const lastDecisions = async (scene: Scene, before: number): Promise<void> => {
  const { world, books } = scene
  for (let more = 60; !allHeard(scene); more -= 1) {
    if (more === 0) throw new Error(`nobody was ever answered: ${[...books.asking.keys()].join(' ')}`)
    await world.pass(1000)
  }
  // A line may bring a question so late that whoever asked has given up.
  for (let known = before; known < eventsOf(scene); ) {
    known = eventsOf(scene)
    await world.pass(PULSE_MS)
  }
}

const eventsOf = ({ office }: Scene): number => office.db.tables.events.length

/** An administrator gives a revoked tablet a new code. */
const enrolAnew = async ({ world, office }: Scene, station: Station): Promise<void> => {
  if (!office.revoked.has(deviceOf(station.disk))) return
  const [page] = livePages(station)
  world.note(`${station.name} is enrolled anew`)
  void page?.tablet?.enrol({ path: '/v1/enroll', body: { code: 'x' } })
  await world.pass(500)
}

/** A person presses "send again" at everything that is held. */
const settleHeld = async ({ world, stations }: Scene): Promise<void> => {
  for (const station of stations)
    for (const { state, id } of entriesOf(station.disk)) {
      if (state !== 'held') continue
      world.note(`${station.name} sends ${id} again`)
      void livePages(station)[0]?.tablet?.release(id)
      await world.pass(1)
    }
}
