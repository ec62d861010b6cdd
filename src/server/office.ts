/**
 * The office: one site's log, rules and files over one database. What HTTP, the importer, the jobs and the commands share.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { catalog, flagEvent } from '#activities/catalog.ts'
import type { Activity } from '#kernel/activity.ts'
import { type Action, isRefusal, type Refusal, refuse, type Role } from '#kernel/decision.ts'
import type { Actor, Draft, EventKind } from '#kernel/event.ts'
import { knownFrom, listenersOf } from '#kernel/fold.ts'
import { idMaker } from '#kernel/id.ts'
import type { ViewKind } from '#kernel/view.ts'
import { keepFile, readFile } from './blobs.ts'
import { type Database, type DatabaseOptions, openDatabase } from './database.ts'
import { type Act, acting, issuesIn } from './decide.ts'
import type { Dated, Logged, OfficePort } from './import/office-port.ts'
import type { Intake } from './intake.ts'
import { foldAnew, foldsOf } from './fold-anew.ts'
import { type Log, openLog } from './log.ts'
import { postgresStore } from './log-postgres.ts'
import { setPin } from './pins.ts'
import type { Work } from './work.ts'

export type Site = { readonly site: string; readonly name: string; readonly sample: boolean; readonly secret: string }

export type Office = OfficePort & {
  readonly database: Database
  readonly sql: Sql
  readonly site: Site
  readonly log: Log
  readonly intake: Intake
  readonly activities: readonly Activity[]
  readonly newId: () => string
  readonly now: () => Date
  /** How far each running job is, 0 to 1, by name. */
  readonly jobs: Map<string, number>
  readonly act: Act
  actionNamed(name: string): Action | undefined
  say(refusal: Refusal): string
  /** PINs by person, which only a sample plant tells. */
  samplePins(): Promise<Readonly<Record<string, string>>>
  /** Makes the views anew that this build folds otherwise than they were; until then the log takes nothing. */
  foldAnew(log?: (line: string) => void): Promise<number>
  close(): Promise<void>
}

const EVERYTHING: readonly Role[] = ['operator', 'inspector', 'supervisor', 'planner', 'engineer', 'administrator']

export type OpenOptions = DatabaseOptions & {
  /** What to call a site that does not exist yet. */
  readonly found?: { readonly site: string; readonly name: string; readonly sample: boolean }
  readonly activities?: readonly Activity[]
  /** Whoever opens it calls `foldAnew`; otherwise that is done here. */
  readonly foldsLater?: boolean
}

export const openOffice = async (options: OpenOptions): Promise<Office> => {
  const database = await openDatabase(options)
  try {
    const site = await openSite(database.sql, options.found)
    const office = assemble(database, site, options.activities ?? catalog)
    if (!options.foldsLater) await office.foldAnew(options.log)
    return office
  } catch (problem) {
    await database.close()
    throw problem
  }
}

export class NoSite extends Error {}

/** The database's site; founded when there is none yet and a name is given. */
const openSite = async (sql: Sql, found: OpenOptions['found']): Promise<Site> => {
  if (found)
    await sql.begin(async tx => {
      await tx`SELECT pg_advisory_xact_lock(74656162)`
      const [any] = await tx`SELECT 1 FROM site LIMIT 1`
      if (any) return
      const secret = randomBytes(32).toString('hex')
      await tx`INSERT INTO site (site_id, name, sample, secret) VALUES (${found.site}, ${found.name}, ${found.sample}, ${secret})`
      await tx`INSERT INTO site_counter (site_id, head, root) VALUES (${found.site}, 0, '')`
      await tx`INSERT INTO site_epoch (site_id, epoch, start_seq, office_chain, reason)
        VALUES (${found.site}, ${randomUUID()}, 0, ${randomUUID()}, 'founded')`
    })
  const [row] = await sql<{ site_id: string; name: string; sample: boolean; secret: string }[]>`
    SELECT site_id, name, sample, secret FROM site ORDER BY made_at LIMIT 1`
  if (!row) throw new NoSite('This database holds no plant yet. Start the server once to found one.')
  return { site: row.site_id, name: row.name, sample: row.sample, secret: row.secret }
}

const assemble = (database: Database, site: Site, activities: readonly Activity[]): Office => {
  const { sql } = database
  const newId = idMaker(Date.now, () => randomBytes(16))
  const now = (): Date => new Date()
  const guards = activities.flatMap(activity => activity.guards)
  const kinds = new Map<string, EventKind>(
    activities.flatMap(activity => activity.events.map(kind => [kind.type, kind] as const))
  )
  const views = activities.flatMap(activity => activity.views)
  const listeners = listenersOf(views)
  const actions = new Map<string, Action>(
    activities.flatMap(activity => activity.actions.map(one => [one.name, one] as const))
  )
  const log = openLog({
    store: postgresStore(database.writer, site.site, foldsOf(views)),
    site: site.site,
    listeners,
    newId,
    now
  })
  const say = sentences(activities)

  const act = acting(guards, newId)

  const decide: Office['decide'] = async (name, input, actor, more) => {
    const action = actions.get(name)
    if (!action) return refuse('unknown-action', { action: name })
    const answer = await log.write(work => act(work, action, input, actor, EVERYTHING, more?.at))
    return isRefusal(answer) ? answer : { events: answer.ids }
  }

  const jobs = new Map<string, number>()
  return {
    database,
    sql,
    site,
    log,
    activities,
    newId,
    now,
    act,
    decide,
    say,
    jobs,
    intake: {
      kinds,
      guards,
      reactions: activities.flatMap(activity => activity.reactions ?? []),
      flag: flagEvent as EventKind,
      sentence: say
    },
    actionNamed: name => actions.get(name),
    append: appender(log, site),
    known: async () => knownFrom(await everyView(sql, site.site)),
    events: types => loggedEvents(sql, site.site, types),
    keepBlob: (bytes, type) => keepFile(sql, site.site, bytes, type),
    readBlob: sha256 => readFile(sql, site.site, sha256),
    progress: (job, part) => {
      jobs.set(job, part)
    },
    samplePins: () => samplePinsOf(sql, site.site),
    foldAnew: (log = () => undefined) =>
      foldAnew({ sql, site: site.site, kinds: views, newId, now, log, progress: part => jobs.set('views', part) }),
    close: () => database.close()
  }
}

/** Facts as given, with the PINs of the people among them; a sample plant also keeps the PINs to tell them. */
const appender =
  (log: Log, site: Site): Office['append'] =>
  (drafts, actor, more = {}) =>
    log.write(async work => {
      checkDrafts(drafts)
      for (const [person, pin] of Object.entries(more.pins ?? {})) await setPin(work.tx, site.site, person, pin)
      if (site.sample && more.pins)
        await work.tx`UPDATE site SET sample_pins = sample_pins || ${work.tx.json(more.pins)} WHERE site_id = ${site.site}`
      return recordDated(work, drafts, actor, more.at)
    })

const samplePinsOf = async (sql: Sql, site: string): Promise<Readonly<Record<string, string>>> => {
  const [row] = await sql<
    { pins: Record<string, string> }[]
  >`SELECT sample_pins AS pins FROM site WHERE site_id = ${site} AND sample`
  return row?.pins ?? {}
}

const recordDated = async (
  work: Work,
  drafts: readonly Dated[],
  actor: Actor,
  at: string | undefined
): Promise<{ seq: number }> => {
  let seq = work.head().seq
  for (const run of runsOf(drafts, actor, at)) seq = (await work.record(run.drafts, run.actor, run.at)).seq
  return { seq }
}

/** Neighbours with the same time and person, together. */
const runsOf = (
  drafts: readonly Dated[],
  actor: Actor,
  at: string | undefined
): { at: string | undefined; actor: Actor; drafts: Draft[] }[] => {
  const runs: { at: string | undefined; actor: Actor; drafts: Draft[] }[] = []
  for (const one of drafts) {
    const [time, who] = [one.at ?? at, one.actor ?? actor]
    const last = runs.at(-1)
    if (last && last.at === time && last.actor.person === who.person) last.drafts.push(one)
    else runs.push({ at: time, actor: who, drafts: [one] })
  }
  return runs
}

const checkDrafts = (drafts: readonly Draft[]): void => {
  for (const { kind, payload } of drafts) {
    const checked = kind.payload.safeParse(payload)
    if (!checked.success) throw new Error(`${kind.type}: ${issuesIn(checked.error.issues)}`)
  }
}

const sentences =
  (activities: readonly Activity[]) =>
  (refusal: Refusal): string => {
    for (const { reasons } of activities) {
      const sentence = reasons[refusal.refused]
      if (sentence) return sentence(refusal.about ?? {})
    }
    const about = refusal.about ?? {}
    if (refusal.refused === 'role-missing') return `This needs one of these roles: ${about['roles']}.`
    if (refusal.refused === 'wrong-input') return `Something in the request does not fit: ${about['what']}.`
    return `The office said no: ${refusal.refused}.`
  }

const everyView = async (sql: Sql, site: string): Promise<Map<string, Map<string, unknown>>> => {
  const views = new Map<string, Map<string, unknown>>()
  const rows = sql<{ kind: string; key: string; body: unknown }[]>`
    SELECT kind, key, body FROM view WHERE site_id = ${site} AND body IS NOT NULL ORDER BY kind, key`.cursor(2000)
  for await (const page of rows)
    for (const { kind, key, body } of page) {
      const map = views.get(kind) ?? new Map<string, unknown>()
      views.set(kind, map.set(key, body))
    }
  return views
}

async function* loggedEvents(sql: Sql, site: string, types: readonly string[]): AsyncIterable<Logged> {
  const pages = sql<{ type: string; id: string; device: string; body: string }[]>`
    SELECT type, id, device, body FROM event WHERE site_id = ${site} AND type = ANY(${[...types]}) ORDER BY seq`.cursor(
    1000
  )
  for await (const page of pages)
    for (const { type, id, device, body } of page) {
      // The log holds only envelopes that were checked on the way in.
      const envelope = JSON.parse(body) as { payload: unknown; actor: Actor; at: { wall: string } }
      yield {
        type,
        payload: envelope.payload,
        stamp: { id, person: envelope.actor.person, device, at: envelope.at.wall }
      }
    }
}

/** Folds the whole log again, in memory; what the views should be. */
export const rebuild = async (
  office: Office,
  kinds: readonly ViewKind[]
): Promise<Map<string, Map<string, unknown>>> => {
  const { foldEvent } = await import('#kernel/fold.ts')
  const listeners = listenersOf(kinds)
  const views = new Map<string, Map<string, unknown>>()
  for await (const event of office.events([...office.intake.kinds.keys()]))
    foldEvent(
      listeners,
      event,
      (kind, key) => views.get(kind)?.get(key),
      ({ kind, key, view }) => {
        const map = views.get(kind) ?? new Map<string, unknown>()
        if (view === undefined) map.delete(key)
        else map.set(key, view)
        views.set(kind, map)
      }
    )
  return views
}
