/** The tablets of the simulated plant: the product's own tablet over a disk, a line and a life that all may fail. */
import { hash } from 'node:crypto'
import type { Message, Tabs } from '#device/tabs.ts'
import type { By } from '#device/record.ts'
import { outbox } from '#device/store.ts'
import type { Tablet, TabletPorts } from '#device/tablet.ts'
import { idMaker } from '#kernel/id.ts'
import { fastHash } from '#server/read-event.ts'
import { baseFor, cacheFor, type Disk, newDisk, photosFor, slotsFor } from './disk.ts'
import { openAsApp } from './early.ts'
import { type Life, newLife } from './life.ts'
import { lineFetch } from './line.ts'
import { type Line, newLine } from './weather.ts'
import { type Office, SITE } from './office-servers.ts'
import { pinCrypto } from './people.ts'
import type { Plant } from './plant.ts'
import { toyTablet } from './toy-room.ts'
import type { World } from './world.ts'

export type Page = {
  readonly name: string
  readonly life: Life
  tablet: Tablet | undefined
  /** Who is signed in on it. */
  who?: By
}
export type Station = {
  readonly name: string
  readonly device: string
  readonly disk: Disk
  readonly line: Line
  readonly pages: Page[]
  /** What its pages showed that they must not. */
  readonly odd: string[]
  /** How wrong the tablet's clock is, in ms. */
  skew: number
  readonly ears: Map<Life, (message: Message) => void>
  readonly leads: { readonly life: Life; readonly work: () => () => void; end: (() => void) | undefined }[]
}

export const newStation = (name: string, device = name, disk = newDisk(name)): Station => {
  const reply = { device, site: SITE, siteName: 'Fennel', epoch: '', use: 'station', station: 'ST-01', sample: true }
  if (!disk.tables.meta.has('identity')) disk.tables.meta.set('identity', { reply, keys: {} })
  return { name, device, disk, line: newLine(), pages: [], odd: [], skew: 0, ears: new Map(), leads: [] }
}

/** Opens a page on the tablet; when the disk will not let it, tries again as a person would. */
export const openPage = (office: Office, station: Station, plant: Plant): Page => {
  const { world } = office
  const name = `${station.name}.${station.pages.length}`
  const life = newLife(world, name)
  const page: Page = { name, life, tablet: undefined }
  const at = station.pages.findIndex(one => one.life.dead())
  if (at < 0) station.pages.push(page)
  else station.pages[at] = page
  world.note(`${name} opens`)
  life.onDeath(() => leave(station, life))
  const onBroken = (problem: unknown): void => {
    world.note(`${name} could not open: ${String(problem)}`)
    if (life.dead()) return
    life.kill()
    world.timers.set(1000, () => {
      if (!station.pages.some(one => !one.life.dead())) openPage(office, station, plant)
    })
  }
  const onOdd = (problem: string) => void station.odd.push(`${name}: ${problem}`)
  openAsApp(portsFor(office, station, life, name, plant), { world, disk: station.disk, life, onBroken, onOdd }).then(
    tablet => {
      page.tablet = tablet
    },
    onBroken
  )
  return page
}

/** A page that is closed in good order says good-bye to its tablet first. */
export const closePage = (page: Page): void => {
  page.tablet?.close()
  page.life.kill()
}

const leave = (station: Station, life: Life): void => {
  station.ears.delete(life)
  const at = station.leads.findIndex(one => one.life === life)
  if (at >= 0) station.leads.splice(at, 1)
  lead(station)
}

const lead = ({ leads }: Station): void => {
  const [first] = leads
  // The browser hands the lock on in a turn of its own.
  if (first && !first.end)
    void Promise.resolve().then(() => {
      if (leads[0] === first && !first.end && !first.life.dead()) first.end = first.work()
    })
}

const portsFor = (office: Office, station: Station, life: Life, name: string, plant: Plant): TabletPorts => {
  const { world } = office
  const { disk } = station
  const now = () => world.now() + station.skew
  const base = baseFor(disk, life, world)
  const store = outbox(plant.base?.(base, life, disk) ?? base, idMaker(world.now, world.bytes), fastHash)
  const cache = cacheFor(disk, life, world)
  const photos = photosFor(disk, life)
  const fetch = lineFetch(office, station.line, life, name)
  return {
    activities: [toyTablet],
    store: plant.store?.(store, station, world) ?? store,
    cache: plant.cache?.(cache, disk, life) ?? cache,
    photos: plant.photos?.(photos) ?? photos,
    slots: slotsFor(disk, life),
    fetch: plant.fetch?.(fetch, station, office) ?? fetch,
    base: 'http://office',
    timers: life.timers,
    now,
    mono: () => world.now(),
    random: world.dice,
    bytes: world.bytes,
    subtle: toySubtle,
    tabs: tabsFor(station, life),
    lead: work => {
      const place = { life, work, end: undefined as (() => void) | undefined }
      station.leads.push(place)
      lead(station)
      return () => {
        place.end?.()
        const at = station.leads.indexOf(place)
        if (at >= 0) station.leads.splice(at, 1)
        lead(station)
      }
    },
    visible: () => true,
    storage: async () => ({ persisted: true, usage: 0, quota: 0 }),
    problem: (code, message) => new Error(`${code} ${message}`)
  }
}

const tabsFor = (station: Station, life: Life): Tabs => ({
  listen: then => void station.ears.set(life, then),
  post: message => {
    if (life.dead() || station.ears.size < 2) return
    // A copy, as of a channel: two pages never share an object.
    const copy = JSON.parse(JSON.stringify(message)) as Message
    for (const [other, then] of station.ears)
      if (other !== life)
        void Promise.resolve().then(() => {
          if (!other.dead()) then(copy)
        })
  }
})

export const livePages = (station: Station): readonly Page[] =>
  station.pages.filter(page => !page.life.dead() && page.tablet)

/** Signatures are the real office's business, and the machine's own would take real time. Nobody reads these. */
const NO_BYTES = new ArrayBuffer(0)
const viewOf = (bytes: ArrayBuffer | Uint8Array): Uint8Array =>
  bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)
const toySubtle = {
  generateKey: async () => ({ privateKey: {}, publicKey: {} }),
  exportKey: async () => ({}),
  // Only a verifier of a PIN is kept under a key of its own.
  sign: async (how: unknown, _key: unknown, bytes: ArrayBuffer) => (how === 'HMAC' ? bytes : NO_BYTES),
  ...pinCrypto,
  // Of short bytes only signatures are made; a photo is longer.
  digest: async (_: string, bytes: ArrayBuffer | Uint8Array) =>
    bytes.byteLength < 8192 ? NO_BYTES : new Uint8Array(hash('sha256', viewOf(bytes), 'buffer')).buffer
} as unknown as SubtleCrypto // Only these are ever called here.

export const endStation = (station: Station): void => {
  for (const page of station.pages) page.life.kill()
}

export type { World }
