/** Pull: every view in a device's scopes that changed after its cursor, as one closed range of the log. */
import type { Sql } from 'postgres'
import { LIMITS } from '#sync/protocol.ts'

export type Range = {
  readonly epoch: string
  readonly head: number
  readonly to: number
  readonly more: boolean
  readonly rows: string
}

export type FeedRow = {
  readonly head: number
  readonly epoch: string
  readonly kind: string | null
  readonly key: string
  readonly seq: number
  readonly body: string | null
}
/** At most `most` rows in order of seq, none beyond `upTo`; at least one, which then has no kind, to say where the log stands. */
export type FeedPage = (most: number | undefined, upTo?: number) => Promise<readonly FeedRow[]>

/**
 * Views with seq in (after, to], in order of seq, as JSON text. One statement sees one moment, so head and rows agree.
 * `built`: whoever began from nothing when the log stood there was never shown what was gone by then, and is not told of it;
 * a new tablet would be sent every order and every call that the plant ever closed. `limit` in rows; a page ends where a sequence ends, so it may be exceeded when one event touched more views than that.
 */
export const readRange = (
  sql: Sql,
  site: string,
  scopes: readonly string[],
  after: number,
  limit: number = LIMITS.pullRows,
  built = 0
): Promise<Range> => rangeOf((most, upTo) => pageOf(sql, site, scopes, { after, built }, most, upTo), limit)

export const rangeOf = async (page: FeedPage, limit: number): Promise<Range> => {
  const rows = await page(limit + 1)
  const first = rows[0]
  if (!first) throw new Error('no such site')
  const { head, epoch } = first
  const found = rows.filter(row => row.kind !== null)
  const cut = found[limit]?.seq
  if (cut === undefined) return { epoch, head, to: head, more: false, rows: textOf(found) }
  const whole = found.filter(row => row.seq < cut)
  if (whole.length > 0) return { epoch, head, to: cut - 1, more: true, rows: textOf(whole) }
  // One event touched more views than a page holds: take them all.
  const all = await page(undefined, cut)
  return { epoch, head, to: cut, more: true, rows: textOf(all.filter(row => row.kind !== null)) }
}

const pageOf = (
  sql: Sql,
  site: string,
  scopes: readonly string[],
  { after, built }: { readonly after: number; readonly built: number },
  limit: number | undefined,
  upTo?: number
): Promise<FeedRow[]> => {
  // Nothing that is seen here can be gone later than this very statement.
  const gone = after === 0 ? Number.MAX_SAFE_INTEGER : built
  const ceiling = upTo ?? Number.MAX_SAFE_INTEGER
  const most = limit ?? null
  return sql<FeedRow[]>`
    WITH moment AS (
      SELECT c.head::float8 AS head, e.epoch::text AS epoch FROM site_counter c,
        LATERAL (SELECT epoch FROM site_epoch WHERE site_id = c.site_id ORDER BY made_at DESC LIMIT 1) e
      WHERE c.site_id = ${site}),
    here AS (
      SELECT p.* FROM unnest(${[...scopes]}::text[]) AS s(scope), LATERAL (
        (SELECT kind, key, seq, body FROM view
          WHERE site_id = ${site} AND scope = s.scope AND seq > ${after} AND seq <= ${ceiling}
            AND body IS NOT NULL ORDER BY seq LIMIT ${most})
        UNION ALL
        (SELECT kind, key, seq, NULL FROM view
          WHERE site_id = ${site} AND scope = s.scope AND seq > ${Math.max(after, gone)} AND seq <= ${ceiling}
            AND body IS NULL ORDER BY seq LIMIT ${most})) p),
    gone AS (
      SELECT p.* FROM unnest(${[...scopes]}::text[]) AS s(scope), LATERAL (
        SELECT l.kind, l.key, l.seq FROM view_left l
        WHERE l.site_id = ${site} AND l.scope = s.scope AND l.seq > ${Math.max(after, gone)} AND l.seq <= ${ceiling}
          AND NOT EXISTS (SELECT 1 FROM view v WHERE v.site_id = l.site_id AND v.kind = l.kind AND v.key = l.key
            AND v.scope = ANY(${[...scopes]}::text[]))
        ORDER BY l.seq LIMIT ${most}) p),
    both_ AS (
      SELECT kind, key, seq, body::text AS body FROM here UNION ALL SELECT kind, key, seq, NULL FROM gone
      ORDER BY seq LIMIT ${most})
    SELECT m.head, m.epoch, b.kind, b.key, b.seq::float8 AS seq, b.body
    FROM moment m LEFT JOIN both_ b ON b.seq <= m.head ORDER BY b.seq`
}

const textOf = (rows: readonly FeedRow[]): string =>
  rows
    .map(
      row =>
        `{"kind":${JSON.stringify(row.kind)},"key":${JSON.stringify(row.key)},"seq":${row.seq},"view":${row.body ?? 'null'}}`
    )
    .join(',')
