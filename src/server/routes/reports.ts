/** What no view can serve: histories, dossiers and where-used, read from the log. */
import { setAsideSeenView } from '#activities/catalog.ts'
import { digestOf, sealDossier, type SealLine } from '../dossier-seal.ts'
import { rebuild } from '../office.ts'
import { Problem } from '../problem.ts'
import { type Asked, type Route, route } from '../route.ts'
import { canonical, type Json } from '#kernel/canonical.ts'

export const reportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/history',
    who: 'device',
    summary: 'The events of one work order, oldest first: ?work-order=WO-0012&after=SEQ.',
    answer: async asked => ({ events: (await eventsOf(asked)).map(readable) })
  }),
  route({
    method: 'GET',
    path: '/v1/dossier',
    who: 'device',
    summary:
      'The run’s record as JSON lines, each with its bytes and hashes, to be verified without a server: ?work-order=WO-0012.',
    answer: async asked => {
      const events = await eventsOf(asked)
      const lines = events.map(({ seq, id, h, body, root }) => JSON.stringify({ seq, id, h, body, root }))
      lines.push(JSON.stringify(await sealOf(asked, events)))
      return new Response(`${lines.join('\n')}\n`, {
        headers: {
          'content-type': 'application/x-ndjson',
          'content-disposition': `attachment; filename="${(asked.query('work-order') ?? '').replaceAll(/[^\w.-]/g, '_')}.jsonl"`
        }
      })
    }
  }),
  route({
    method: 'GET',
    path: '/v1/where-used',
    who: 'device',
    summary: 'The work orders a lot or serial went into: ?lot=NUMBER.',
    answer: async ({ office, query }) => {
      const lot = query('lot') ?? ''
      const rows = await office.sql<{ body: string; seq: number }[]>`
        SELECT body, seq::float8 AS seq FROM event
        WHERE site_id = ${office.site.site} AND type = 'orders/material-consumed.v1' AND body::jsonb #>> '{payload,lot}' = ${lot} ORDER BY seq LIMIT 5000`
      return {
        lot,
        uses: rows.map(row => ({ seq: row.seq, ...(JSON.parse(row.body) as { payload: object }).payload }))
      }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/jobs/rendering',
    who: 'device',
    summary: 'How far the pages of a revision are: ?document=NUMBER&revision=REV.',
    answer: ({ office, query }) => ({
      part: office.jobs.get(`rendering ${query('document')} ${query('revision')}`) ?? null
    })
  }),
  route({
    method: 'GET',
    path: '/v1/set-aside',
    who: 'device',
    summary:
      'What the office keeps but could not make part of the log, the oldest 200 that are open and the newest 100 that are closed; a second copy of what is in it is none of that, and of damaged bytes and their record only the record is told.',
    answer: async ({ office }) => {
      const { sql } = office
      const { site } = office.site
      const all = sql`
        SELECT a.*, v.key IS NOT NULL AS closed FROM set_aside a LEFT JOIN view v
          ON v.site_id = a.site_id AND v.kind = ${setAsideSeenView.name} AND v.key = a.h AND v.body IS NOT NULL
        WHERE a.site_id = ${site} AND a.code <> 'known-already' AND NOT EXISTS (
          SELECT 1 FROM event e WHERE e.site_id = a.site_id AND e.chain = a.chain AND e.n = a.n AND e.h = a.h)
          AND NOT EXISTS (SELECT 1 FROM set_aside b WHERE b.site_id = a.site_id AND b.chain = a.chain AND b.h = a.h AND b.q > a.q)`
      const [count] = await sql<{ n: number }[]>`SELECT count(*)::int AS n FROM (${all}) one WHERE NOT closed`
      // What is open must not be hidden by what is closed, by what comes after it, nor by the flood of another tablet.
      const items = await sql<{ body: Buffer }[]>`
        SELECT q::float8 AS q, verdict, code, id, device, chain, n, h, substring(body for 4000) AS body, received_at AS at, closed
        FROM ((SELECT * FROM (${all}) one WHERE NOT closed
            ORDER BY row_number() OVER (PARTITION BY device ORDER BY q), q LIMIT 200)
          UNION ALL (SELECT * FROM (${all}) one WHERE closed ORDER BY q DESC LIMIT 100)) listed ORDER BY q`
      // Read here and not by PostgreSQL, which refuses some bytes; what is set aside may be any.
      return { items: items.map(item => ({ ...item, body: item.body.toString('utf8') })), open: count?.n ?? 0 }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/audit',
    who: ['administrator', 'supervisor'],
    summary: 'Folds the whole log again and compares every view with what is kept.',
    answer: ({ office }) => audit(office)
  })
]

type Row = {
  readonly seq: number
  readonly id: string
  readonly type: string
  readonly person: string
  readonly device: string
  readonly h: string
  readonly body: string
  readonly root: string
  readonly flags: string[] | null
  readonly received: Date
}

const eventsOf = async ({ office, query }: Asked): Promise<readonly Row[]> => {
  const workOrder = query('work-order')
  if (!workOrder) throw new Problem(400, 'wrong-shape', 'Which work order? Add ?work-order=NUMBER.')
  const after = Number(query('after') ?? 0)
  return office.sql<Row[]>`
    SELECT seq::float8 AS seq, id, type, person, device, h, body, root, flags, received_at AS received FROM event
    WHERE site_id = ${office.site.site} AND subject = ${workOrder} AND seq > ${Number.isFinite(after) ? after : 0} ORDER BY seq LIMIT 20000`
}

const sealOf = async ({ office, query }: Asked, events: readonly Row[]): Promise<SealLine> => {
  const { site, secret } = office.site
  const [log] = await office.sql<
    { head: number; root: string }[]
  >`SELECT head::float8 AS head, root FROM site_counter WHERE site_id = ${site}`
  return sealDossier(secret, {
    site,
    workOrder: query('work-order') ?? '',
    count: events.length,
    head: log?.head ?? 0,
    root: log?.root ?? '',
    digest: digestOf(events.map(event => event.h)),
    at: office.now().toISOString()
  })
}

const readable = (row: Row): object => {
  // The log holds only envelopes that were checked on the way in.
  const { payload, at } = JSON.parse(row.body) as { payload: unknown; at: { wall: string } }
  const { body: _body, root: _root, ...rest } = row
  return { ...rest, flags: row.flags ?? [], at: at.wall, payload }
}

const audit = async (office: Asked['office']): Promise<object> => {
  const made = await rebuild(
    office,
    office.activities.flatMap(room => room.views)
  )
  const rows = await office.sql<{ kind: string; key: string; body: Json }[]>`
    SELECT kind, key, body FROM view WHERE site_id = ${office.site.site} AND body IS NOT NULL`
  const differing: string[] = []
  for (const { kind, key, body } of rows) {
    const again = made.get(kind)?.get(key)
    if (again === undefined || canonical(again as Json) !== canonical(body)) differing.push(`${kind} ${key}`)
    made.get(kind)?.delete(key)
  }
  for (const [kind, map] of made) for (const key of map.keys()) differing.push(`${kind} ${key}`)
  return { views: rows.length, differing }
}
