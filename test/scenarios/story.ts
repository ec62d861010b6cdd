/** A whole plant in one process: a real office over PostgreSQL, tablets with the product's own code, and a wire to harm. */
import { webcrypto } from 'node:crypto'
import type { Hono } from 'hono'
import { catalog } from '#activities/catalog.ts'
import { stockCounted } from '#activities/materials/events.ts'
import { routingSet } from '#activities/orders/events.ts'
import { sampleOperations } from '#activities/orders/samples.ts'
import { bomSet, itemSet } from '#activities/materials/events.ts'
import { type Draft, draft } from '#kernel/event.ts'
import type { Role } from '#kernel/decision.ts'
import { canonical, type Json } from '#kernel/canonical.ts'
import { memoryCache } from '#device/cache.ts'
import { memorySlots } from '#device/drafts.ts'
import type { By } from '#device/record.ts'
import { memoryBase, memoryPhotos } from '#device/store-memory.ts'
import { outbox } from '#device/store.ts'
import { openTablet, type Tablet } from '#device/tablet.ts'
import { alone } from '#device/tabs.ts'
import { toolSet } from '#activities/tooling/events.ts'
import { controlPlanSet } from '#activities/quality/events.ts'
import { samplePlan } from '#activities/quality/samples.ts'
import { lineSet, personSet, siteSetUp, stationSet } from '#plant/events.ts'
import { type Desk, openDesk } from '#server/desk.ts'
import { type Office, openOffice, rebuild } from '#server/office.ts'
import { freshDatabase } from '../contracts/postgres.ts'

/** What happens to a request. `lost`: the office did it, the reply never came. */
export type Weather = 'fair' | 'cut' | 'lost' | 'twice' | 'portal' | 'torn'

export type Story = {
  readonly office: Office
  readonly desk: Desk
  /** The server processes over the one database, `office` and `desk` the first of them. */
  readonly servers: readonly { readonly office: Office; readonly desk: Desk }[]
  /** `server`: which of them the tablet speaks to, from 0. */
  tablet(name: string, station: string, server?: number): Promise<Player>
  /** Every view as the log's replay makes it, and as the office keeps it, as canonical text by kind and key. */
  replay(): Promise<{ readonly kept: Map<string, string>; readonly made: Map<string, string> }>
  close(): Promise<void>
}

export type Player = {
  readonly tablet: Tablet
  readonly by: By
  weather: (path: string) => Weather
  readonly asked: string[]
}

export const SYSTEM = { person: 'P-000', session: '', method: 'system' } as const
export const STATIONS = ['ST-01', 'ST-02', 'ST-03', 'ST-04', 'ST-05'] as const

type Telling = {
  readonly servers?: number /** Adds operations 30, an inspection, and 40, which has no steps. */
  readonly inspected?: boolean
}

export const tellStory = async ({ servers: many = 1, inspected = false }: Telling = {}): Promise<Story> => {
  const database = await freshDatabase()
  let closing = false
  // What is under way while the story ends may well come to nothing.
  const log = { info: () => {}, error: (fields: object) => (closing ? undefined : console.error(fields)) }
  const open = async () => {
    const office = await openOffice({
      dataDir: '',
      databaseUrl: database.url,
      found: { site: 'main', name: 'Story', sample: true }
    })
    return { office, desk: await openDesk(office, { log, url: () => 'http://office' }) }
  }
  const first = await open()
  const { office, desk } = first
  await office.append(inspected ? [...founding, ...inspecting] : founding, SYSTEM)
  const servers = [first]
  while (servers.length < many) servers.push(await open())
  const players: Player[] = []
  return {
    office,
    desk,
    servers,
    tablet: async (name, station, server = 0) => {
      const player = await openPlayer((servers[server] ?? first).desk.app, name, station)
      players.push(player)
      return player
    },
    replay: async () => {
      const made = await rebuild(
        office,
        catalog.flatMap(room => room.views)
      )
      const rows = await office.sql<
        { kind: string; key: string; body: Json }[]
      >`SELECT kind, key, body FROM view WHERE body IS NOT NULL`
      return {
        kept: new Map(rows.map(row => [`${row.kind} ${row.key}`, canonical(row.body)])),
        made: new Map(
          [...made].flatMap(([kind, map]) =>
            [...map].map(([key, view]) => [`${kind} ${key}`, canonical(view as Json)] as const)
          )
        )
      }
    },
    close: async () => {
      closing = true
      for (const { tablet } of players) tablet.close()
      for (const one of servers) {
        await one.desk.close()
        await one.office.close()
      }
      await database.close()
    }
  }
}

const person = (number: string, name: string, roles: Role[]): Draft =>
  draft(personSet, { person: number, name, badge: `B-${number.slice(2)}`, roles, active: true }) as Draft

const item = (
  number: string,
  name: string,
  tracking: 'none' | 'lot' | 'serial',
  source: 'make' | 'buy' = 'buy'
): Draft => draft(itemSet, { item: number, name, revision: 'C', uom: 'pc', source, tracking }) as Draft

const lot = (number: string, name: string, quantity: number): Draft =>
  draft(stockCounted, { item: number, lot: name, location: 'LOC-A1', quantity }) as Draft

/** Operations 10 and 20 of the sample method: no documents and no control plan, so that the story needs neither. */
const operations = sampleOperations
  .filter(one => one.op <= 20)
  .map(({ document: _document, steps, ...rest }) => ({
    ...rest,
    steps: steps.map(({ document: _of, page: _page, ...step }) => step)
  }))

const founding: readonly Draft[] = [
  draft(siteSetUp, { site: 'main', name: 'Story', timeZone: 'UTC', sample: true }),
  draft(lineSet, { line: 'L1', name: 'Line 1' }),
  ...STATIONS.map((station, order) =>
    draft(stationSet, { station, name: `Station ${station}`, line: 'L1', kind: 'build' as const, order })
  ),
  person('P-001', 'Ana', ['operator']),
  person('P-002', 'Ben', ['supervisor', 'planner', 'inspector']),
  item('FL-100', 'LoRa sensor', 'none', 'make'),
  item('RM-868', 'Radio module', 'serial'),
  item('SEAL-7', 'Seal', 'lot'),
  item('SCR-M3', 'Screw M3x6', 'none'),
  ...Array.from({ length: 20 }, (_, i) => lot('RM-868', `RM-${i + 1}`, 1)),
  lot('SEAL-7', 'S-22', 500),
  lot('SCR-M3', '', 5000),
  draft(bomSet, {
    item: 'FL-100',
    revision: 'C',
    lines: [
      { component: 'RM-868', quantity: 1, uom: 'pc' },
      { component: 'SEAL-7', quantity: 2, uom: 'pc' },
      { component: 'SCR-M3', quantity: 4, uom: 'pc' }
    ]
  }),
  draft(routingSet, { item: 'FL-100', revision: 'C', operations })
] as readonly Draft[]

/** Later than the founding's own routing, which it replaces. */
const inspecting: readonly Draft[] = [
  draft(toolSet, { tool: 'T-DC-07', name: 'Callipers', kind: 'gauge', location: 'LOC-A1', calibratedTo: '2099-12-31' }),
  draft(controlPlanSet, {
    ...samplePlan,
    characteristics: samplePlan.characteristics.map(({ document: _document, page: _page, ...one }) => one)
  }),
  draft(routingSet, {
    item: 'FL-100',
    revision: 'C',
    operations: [
      ...operations,
      {
        op: 30,
        name: 'Final inspection',
        stations: ['ST-04'],
        setupMinutes: 0,
        runMinutes: 6,
        controlPlan: samplePlan.plan,
        steps: []
      },
      { op: 40, name: 'Pack', stations: ['ST-05'], setupMinutes: 0, runMinutes: 1, steps: [] }
    ]
  })
] as readonly Draft[]

const openPlayer = async (app: Hono, name: string, station: string): Promise<Player> => {
  const asked: string[] = []
  const base = memoryBase()
  const player = {
    by: { person: 'P-001', roles: ['operator', 'inspector'], session: 's', method: 'badge-pin' } as By,
    weather: (_: string): Weather => 'fair',
    asked
  }
  const timers = {
    set: (ms: number, then: () => void) => {
      // The story's time runs fast: what waits for seconds waits for a moment.
      const timer = setTimeout(then, Math.min(ms, 15))
      return () => clearTimeout(timer)
    }
  }
  const tablet = await openTablet({
    activities: catalog,
    store: outbox(base, () => webcrypto.randomUUID()),
    photos: memoryPhotos(),
    cache: memoryCache(),
    slots: memorySlots(),
    fetch: (address, init) => over(app, player.weather, asked, address, init),
    base: 'http://office',
    timers: { ...timers },
    now: () => Date.now(),
    mono: () => performance.now(),
    random: Math.random,
    bytes: () => webcrypto.getRandomValues(new Uint8Array(16)),
    // Node's WebCrypto is the browser's; only the declarations differ.
    subtle: webcrypto.subtle as unknown as SubtleCrypto,
    tabs: alone,
    lead: work => work(),
    visible: () => true,
    storage: async () => ({ persisted: true, usage: 0, quota: 0 }),
    problem: (code: string, message: string) => new Error(`${code}: ${message}`)
  })
  const answer = await tablet.enrol({ path: '/v1/sample/enroll', body: { use: 'station', station, name } })
  if (!('enrolled' in answer)) throw new Error(`${name} could not be enrolled: ${answer.refused}`)
  return Object.assign(player, { tablet })
}

const over = async (
  app: Hono,
  weather: (path: string) => Weather,
  asked: string[],
  address: string,
  init: RequestInit
): Promise<Response> => {
  const path = new URL(address).pathname
  const kind = weather(path)
  const request = () => new Request(address, { ...init, cache: 'default', redirect: 'follow' } as RequestInit)
  if (path !== '/v1/nonce') asked.push(`${init.method ?? 'GET'} ${path}${new URL(address).search} ${kind}`)
  if (kind === 'cut') throw new TypeError('Load failed')
  if (kind === 'portal')
    return new Response('<html>Accept the terms of this Wi-Fi</html>', {
      status: 200,
      headers: { 'content-type': 'text/html' }
    })
  const response = await app.fetch(request())
  if (kind === 'twice') return app.fetch(request())
  if (kind === 'lost') throw new TypeError('Load failed')
  if (kind === 'torn') return new Response((await response.text()).slice(0, 40), response)
  return response
}

/** Waits until something is so; the answer ends the waiting, never the clock alone. */
export const until = async (what: string, so: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> => {
  const end = Date.now() + ms
  while (!(await so())) {
    if (Date.now() > end) throw new Error(`never so: ${what}`)
    await new Promise(next => setTimeout(next, 5))
  }
}
