/** Writes what a batch gathered, in as few statements as it takes, the counter last. */
import type { TransactionSql } from 'postgres'
import type { Gathered, Stored } from './log-store.ts'
import { plainList, table } from './text-list.ts'

export const NOTIFY_CHANNEL = 'jobcard_head'

export const flush = async (tx: TransactionSql, site: string, batch: Gathered): Promise<void> => {
  const statements = [
    events(tx, site, batch),
    chains(tx, site, batch),
    aside(tx, site, batch),
    ...views(tx, site, batch)
  ]
  if (batch.seq > batch.startSeq)
    statements.push(
      tx`UPDATE site_counter SET head = ${batch.seq}, root = ${batch.root} WHERE site_id = ${site}`,
      tx`SELECT pg_notify(${NOTIFY_CHANNEL}, ${JSON.stringify({ site, seq: batch.seq })})`
    )
  // Sent together down one connection, in this order: one round trip.
  await Promise.all(statements)
}

const events = (tx: TransactionSql, site: string, { events, now }: Gathered): Promise<unknown> | undefined => {
  if (events.length === 0) return undefined
  const of = <K extends keyof Stored>(key: K) => events.map(event => event[key])
  const rows = table(tx, {
    seq: tx`${plainList(of('seq'))}::text::bigint[]`,
    id: tx`${plainList(of('id'))}::text::uuid[]`,
    n: tx`${plainList(of('n'))}::text::int[]`,
    device: of('device'),
    chain: of('chain'),
    type: of('type'),
    person: of('person'),
    subject: of('subject'),
    h: of('h'),
    body: of('body'),
    root: of('root'),
    flags: events.map(event => event.flags?.join(' ') ?? null)
  })
  return tx`
    INSERT INTO event (site_id, seq, id, device, chain, n, type, person, subject, h, body, root, flags, received_at)
    SELECT ${site}, seq, id, ${rows.column('device')}, ${rows.column('chain')}, n, ${rows.column('type')},
      ${rows.column('person')}, ${rows.column('subject')}, ${rows.column('h')}, ${rows.column('body')}, ${rows.column('root')},
      string_to_array(${rows.column('flags')}, ' '), ${now}
    FROM ${rows.from}`
}

const chains = (tx: TransactionSql, site: string, { chains, now }: Gathered): Promise<unknown> | undefined => {
  if (chains.size === 0) return undefined
  const list = [...chains]
  return tx`
    INSERT INTO chain_head (site_id, chain, device, n, h, n_max, heard_at)
    SELECT ${site}, c.chain, c.device, c.n, c.h, c.n_max, ${now}
    FROM unnest(${list.map(([chain]) => chain)}::text[], ${list.map(([, head]) => head.device)}::text[],
      ${list.map(([, head]) => head.n)}::int[], ${list.map(([, head]) => head.h)}::text[],
      ${list.map(([, head]) => head.nMax)}::int[]) AS c(chain, device, n, h, n_max)
    ON CONFLICT (site_id, chain) DO UPDATE
      SET n = excluded.n, h = excluded.h, n_max = greatest(chain_head.n_max, excluded.n_max), heard_at = excluded.heard_at`
}

const aside = (tx: TransactionSql, site: string, { setAside }: Gathered): Promise<unknown> | undefined => {
  if (setAside.length === 0) return undefined
  const rows = setAside.map(item => ({
    site_id: site,
    verdict: item.verdict,
    code: item.code,
    id: textOf(item.id),
    device: item.device,
    chain: item.chain,
    n: item.n ?? null,
    h: item.h,
    body: Buffer.from(item.body)
  }))
  return tx`INSERT INTO set_aside ${tx(rows)} ON CONFLICT (site_id, chain, h, code) DO NOTHING`
}

/** What claims to be an id can be any text; the bytes of the event beside it tell all. */
const textOf = (id: string): string => id.slice(0, 100).toWellFormed().replaceAll('\0', '')

const views = (tx: TransactionSql, site: string, batch: Gathered): (Promise<unknown> | undefined)[] => {
  const rows: { kind: string; key: string; scope: string; seq: number; body: string | null }[] = []
  const left: { kind: string; key: string; scope: string; seq: number }[] = []
  for (const [kind, map] of batch.layer.changes)
    for (const [key, { view, scope, seq }] of map) {
      // Views that were only read carry a seq from before this batch.
      if (seq <= batch.startSeq || scope === undefined) continue
      rows.push({ kind, key, scope, seq, body: view === undefined ? null : JSON.stringify(view) })
      const before = batch.scopesBefore.size > 0 ? batch.scopesBefore.get(`${kind}\n${key}`) : undefined
      if (before !== undefined && before !== scope) left.push({ kind, key, scope: before, seq })
    }
  if (rows.length === 0) return []
  const of = <K extends keyof (typeof rows)[number]>(key: K) => rows.map(row => row[key])
  const made = table(tx, {
    seq: tx`${plainList(of('seq'))}::text::bigint[]`,
    kind: of('kind'),
    key: of('key'),
    scope: of('scope'),
    body: of('body')
  })
  const upsert = tx`
    INSERT INTO view (site_id, kind, key, scope, seq, body)
    SELECT ${site}, ${made.column('kind')}, ${made.column('key')}, ${made.column('scope')}, seq, ${made.column('body')}::jsonb
    FROM ${made.from}
    ON CONFLICT (site_id, kind, key) DO UPDATE SET scope = excluded.scope, seq = excluded.seq, body = excluded.body`
  return left.length === 0 ? [upsert] : [upsert, moved(tx, site, left)]
}

const moved = (
  tx: TransactionSql,
  site: string,
  left: readonly { kind: string; key: string; scope: string; seq: number }[]
) => tx`
  INSERT INTO view_left (site_id, scope, kind, key, seq)
  SELECT ${site}, l.scope, l.kind, l.key, l.seq
  FROM unnest(${left.map(row => row.scope)}::text[], ${left.map(row => row.kind)}::text[], ${left.map(row => row.key)}::text[],
    ${left.map(row => row.seq)}::bigint[]) AS l(scope, kind, key, seq)
  ON CONFLICT (site_id, scope, kind, key) DO UPDATE SET seq = excluded.seq`
