/** The office: one or two server processes over one database, each with the product's log and intake, each killable. */
import { rangeOf } from '#server/feed.ts'
import { acting, decideOnce } from '#server/decide.ts'
import { type Intake, takeIn } from '#server/intake.ts'
import { type Log, openLog } from '#server/log.ts'
import { draft } from '#kernel/event.ts'
import type { Action } from '#kernel/decision.ts'
import { idMaker } from '#kernel/id.ts'
import { listenersOf } from '#kernel/fold.ts'
import { Problem } from '#server/problem.ts'
import { isPush } from '#server/read-push.ts'
import { LIMITS } from '#sync/protocol.ts'
import { answerFile, type Brought } from './files.ts'
import { lastCommon, type MemoryLog, memoryLog, pageOf } from './log-memory.ts'
import type { Tables } from './tables.ts'
import { flagged, latched, toyRoom } from './toy-room.ts'
import type { Plant } from './plant.ts'
import { answerSignIn, whoIs } from './people.ts'
import { problem, type Said } from './said.ts'
import { dice } from './virtual-time.ts'
import type { World } from './world.ts'

export const SITE = 'FL'

/** Who asks, and which scopes the office gives it just now. */
export type Sender = Brought & {
  readonly device: string
  readonly scopes: readonly string[]
  readonly session?: string | undefined
}

export type Server = {
  readonly name: string
  dead(): boolean
  die(): void
  ask(method: string, path: string, query: string, body: string | undefined, from: Sender): Promise<Said>
  decide(box: string, shut: boolean): Promise<void>
  onDeath(then: () => void): void
}
export type Office = {
  readonly world: World
  readonly plant: Plant
  readonly db: MemoryLog
  readonly servers: Server[]
  /** Ids that no server can digest: a push that holds one is answered with 500. */
  readonly poison: Set<string>
  /** Tablets that may not speak here any more. */
  readonly revoked: Set<string>
  /** The verifiers of those who may sign in, as text; none in a story in which nobody does. */
  roster: string
  /** What was answered to each decision, in this life of the office. */
  readonly answers: Map<string, string>
  /** What broke inside a server: no request may ever do that. */
  readonly broken: string[]
  /** Tells of every commit: what the streams of hints hear. */
  readonly hints: Set<(hint: { readonly epoch: string; readonly seq: number }) => void>
  start(): Server
  living(): readonly Server[]
  restore(from: Tables): void
}

export const openOffice = (world: World, count: number, plant: Plant): Office => {
  const newId = idMaker(world.now, world.bytes)
  const epoch = (startSeq: number) => ({ epoch: newId(), startSeq, officeChain: newId() })
  const db = memoryLog(epoch(0), plant, ms => new Promise(done => void world.timers.set(ms, done)))
  let made = 0
  const office: Office = {
    world,
    plant,
    db,
    servers: [],
    poison: new Set(),
    revoked: new Set(),
    roster: '{"people":[]}',
    answers: new Map(),
    broken: [],
    hints: new Set(),
    start: () => {
      made += 1
      const server = newServer(office, `server-${made}`, newId)
      office.servers.push(server)
      return server
    },
    living: () => office.servers.filter(server => !server.dead()),
    restore: from => {
      for (const server of office.living()) server.die()
      office.answers.clear()
      db.restore(from, epoch(from.events.length))
    }
  }
  db.onFault = fault => world.fault(`commit ${fault}`)
  for (let i = 0; i < count; i += 1) office.start()
  return office
}

const intake: Intake = {
  kinds: new Map(toyRoom.events.map(kind => [kind.type, kind])),
  guards: toyRoom.guards,
  flag: flagged,
  sentence: () => 'The box was shut.'
}
const listeners = listenersOf(toyRoom.views)

const newServer = (office: Office, name: string, newId: () => string): Server => {
  const { world, db } = office
  let dead = false
  const deaths: (() => void)[] = []
  const die = () => {
    if (dead) return
    dead = true
    world.note(`${name} dies`)
    if (office.plant.hasty) db.tables = db.hasty.pop() ?? db.tables
    for (const then of deaths) then()
  }
  const isDead = () => dead
  const log: Log = openLog({
    store: db.storeFor({ dead: isDead, die }),
    site: SITE,
    listeners,
    newId,
    now: () => new Date(world.now())
  })
  log.onCommitted(({ seq }) => {
    if (!dead) for (const tell of office.hints) tell({ epoch: db.epoch().epoch, seq })
  })
  return {
    name,
    dead: isDead,
    die,
    onDeath: then => void deaths.push(then),
    decide: async (box, shut) => {
      await log
        .write(work => work.record([draft(latched, { box, shut })], { person: 'P-009', session: '', method: 'online' }))
        .catch(() => undefined)
    },
    ask: async (method, path, query, body, sender) => {
      const { device, scopes } = sender
      if (path === '/v1/push' && method === 'POST') return push(office, log, body)
      if (path === '/v1/nonce') return { status: 200, text: '{"nonce":"n"}' }
      if (path === '/v1/enroll') return enrol(office, newId())
      // A revoked tablet is shown nothing.
      if (office.revoked.has(device)) return problem(403, 'revoked-device')
      if (path === '/v1/pull') return pull(office, query, scopes)
      if (path === '/v1/roster') return { status: 200, text: office.roster }
      if (path === '/v1/sign-in') return answerSignIn(body ?? '{}', device, world.now())
      if (path === '/v1/act') return act(office, log, newId, body, sender)
      if (path.startsWith('/v1/blobs/'))
        return answerFile(db.tables.files, method, path, query, { ...sender, text: body })
      return problem(404, 'unknown-address')
    }
  }
}

const push = async (office: Office, log: Log, text = ''): Promise<Said> => {
  const asked = JSON.parse(text) as unknown
  if (!isPush(asked)) return problem(400, 'wrong-shape')
  if (asked.events.some(event => office.poison.has(event.id))) return problem(500, 'server-error')
  try {
    office.plant.before?.(asked)
  } catch {
    return problem(500, 'server-error')
  }
  office.db.pushing = asked
  try {
    const taken = await takeIn(log, intake, asked, office.revoked.has(asked.device) ? 'revoked' : 'enrolled')
    return { status: 200, text: JSON.stringify({ batch: asked.batch, time: office.world.now(), ...taken }) }
  } catch (reason) {
    return later(reason)
  }
}

/** As http.ts does: the database away is "later", anything else is a fault of the office's own. */
const later = (reason: unknown): Said => {
  if (reason instanceof Problem) return problem(reason.status, reason.code)
  if (/CONNECTION/.test(String((reason as { code?: unknown }).code))) return { ...problem(503, 'busy'), after: 2 }
  throw reason
}

const actions = new Map<string, Action>(toyRoom.actions.map(action => [action.name, action]))

/** What `routes/act.ts` does for somebody whom `gate.ts` has let in. */
const act = async (
  office: Office,
  log: Log,
  newId: () => string,
  text = '',
  { device, session }: Sender
): Promise<Said> => {
  const { id, action, input } = JSON.parse(text) as {
    readonly id: string
    readonly action: string
    readonly input: unknown
  }
  const who = whoIs(session, device, office.world.now())
  const wanted = actions.get(action)
  if (!who || !wanted) return who ? problem(404, 'unknown-action') : problem(401, 'signed-out')
  const { person, roles } = who
  const decided = acting(toyRoom.guards, newId)
  const actor = { person, session: device, method: 'online' } as const
  try {
    const reply = await decideOnce(
      log,
      { id, person },
      work => decided(work, wanted, input, actor, roles),
      ({ refused }) => refused
    )
    const answer = JSON.stringify(reply)
    const before = office.answers.get(id)
    if (before !== undefined && before !== answer) office.broken.push(`${id} was answered in two ways`)
    office.answers.set(id, answer)
    return { status: 200, text: answer }
  } catch (reason) {
    return later(reason)
  }
}

const enrol = ({ db }: Office, device: string): Said => {
  const { epoch } = db.epoch()
  const reply = { device, site: SITE, siteName: 'Fennel', epoch, use: 'station', station: 'ST-01', sample: true }
  return { status: 200, text: JSON.stringify(reply) }
}

/** In one seed of six a page holds a few rows: what fits in one elsewhere comes in many, with all that happens in between. */
const rowsOfAPage = ({ seed }: World): number => {
  const roll = dice(seed ^ 0x9a6e)() * 6
  return roll < 1 ? 1 + Math.floor(roll * 6) : LIMITS.pullRows
}

const pull = async ({ db, world, plant }: Office, query: string, scopes: readonly string[]): Promise<Said> => {
  const { tables } = db
  const time = world.now()
  const asks = new Map(query.split('&').map(part => part.split('=') as [string, string]))
  const after = Number(asks.get('after'))
  const limit = Math.min(rowsOfAPage(world), Number(asks.get('limit')))
  const built = Number(asks.get('built') ?? 0)
  const range = await rangeOf(async (most, upTo) => pageOf(tables, scopes, after, most, upTo, built), limit)
  const asked = asks.get('epoch') ?? ''
  const common = asked !== '' && asked !== range.epoch ? { common: lastCommon(tables, asked) } : {}
  const { epoch, more } = range
  if (more) world.fault('page with more to come')
  const head = plant.head?.(db) ?? range.head
  const to = more ? range.to : head
  const before = JSON.stringify({ epoch, scopes, from: after, to, head, time, more, ...common })
  return { status: 200, text: `${before.slice(0, -1)},"rows":[${range.rows}]}` }
}
