/** The log's database on PostgreSQL: every statement that a writer runs, in one place. */
import type { Sql, TransactionSql } from 'postgres'
import { flush } from './flush.ts'
import type { Acted, LogStore, LogTx } from './log-store.ts'
import { Problem } from './problem.ts'
import { plainList, textList } from './text-list.ts'

class FoldedOtherwise extends Problem {
  constructor() {
    super(
      503,
      'busy',
      'The office is making its views for another build of Jobcard.',
      'Nothing is lost. A server that still runs the build of before has to be started anew.',
      2
    )
  }
}

/** `folds`: how this process folds (`foldsOf`). Where the views were made otherwise it does not write. */
export const postgresStore = (sql: Sql, site: string, folds?: string): LogStore => ({
  // `begin` answers what the work answered; its type also unwraps arrays of promises, which no work gives.
  begin: async <T>(work: (tx: LogTx) => Promise<T>) => (await sql.begin(tx => work(txOver(tx, site, folds)))) as T
})

const txOver = (tx: TransactionSql, site: string, folds?: string): LogTx => ({
  sql: tx,
  lock: async () => {
    const [row] = await tx<{ head: string; root: string; folds: string; epoch: string; chain: string }[]>`
      SELECT c.head, c.root, c.folds, e.epoch, e.office_chain AS chain FROM site_counter c,
        LATERAL (SELECT epoch, office_chain FROM site_epoch WHERE site_id = c.site_id ORDER BY made_at DESC LIMIT 1) e
      WHERE c.site_id = ${site} FOR UPDATE OF c`
    if (!row) throw new Error(`no such site: ${site}`)
    if (folds !== undefined && row.folds !== folds) throw new FoldedOtherwise()
    return { seq: Number(row.head), root: row.root, epoch: row.epoch, officeChain: row.chain }
  },
  // One look-up a key, whatever the planner thinks of the list's length: joined, it came to read every view of the kind.
  views: async ids => {
    const of = (part: 'kind' | 'key') =>
      textList(
        tx,
        ids.map(id => id[part])
      )
    const rows = await tx<{ kind: string; key: string; scope: string; seq: string; body: unknown }[]>`
      SELECT v.* FROM unnest(${of('kind')}, ${of('key')}) AS w(kind, key), LATERAL (
        SELECT kind, key, scope, seq, body FROM view WHERE site_id = ${site} AND kind = w.kind AND key = w.key LIMIT 1) v`
    return rows.map(({ body, seq, ...row }) => ({ ...row, seq: Number(seq), view: body ?? undefined }))
  },
  viewsUnder: async (kind, prefix) => {
    const rows = await tx<{ key: string; scope: string; seq: string; body: unknown }[]>`
      SELECT key, scope, seq, body FROM view
      WHERE site_id = ${site} AND kind = ${kind} AND starts_with(key, ${prefix}) AND body IS NOT NULL`
    return rows.map(({ body, seq, ...row }) => ({ ...row, kind, seq: Number(seq), view: body }))
  },
  chain: async chain => {
    const [row] = await tx<{ device: string; n: number; h: string; n_max: number }[]>`
      SELECT device, n, h, n_max FROM chain_head WHERE site_id = ${site} AND chain = ${chain}`
    return row && { device: row.device, n: row.n, h: row.h, nMax: row.n_max }
  },
  known: async ids => {
    // One look-up an id as well: with row counts of yesterday the planner came to compare every event with every id.
    const rows = await tx<{ id: string; h: string; seq: string; n: number; chain: string; body: string }[]>`
      SELECT e.* FROM unnest(${plainList(ids)}::text::uuid[]) AS w(id), LATERAL (
        SELECT id, h, seq, n, chain, body FROM event WHERE site_id = ${site} AND id = w.id LIMIT 1) e`
    return rows.map(row => ({ ...row, seq: Number(row.seq) }))
  },
  aside: async (chain, hashes) => {
    const rows = await tx<{ h: string; n: number | null; code: string }[]>`
      SELECT h, n, code FROM set_aside WHERE site_id = ${site} AND chain = ${chain} AND h = ANY(${textList(tx, hashes)})`
    return rows.map(({ h, n, code }) => ({ h, n: n ?? undefined, code }))
  },
  hashAt: async (chain, n) => {
    const [row] = await tx<{ h: string }[]>`
      SELECT h FROM event WHERE site_id = ${site} AND chain = ${chain} AND n = ${n}
      UNION ALL SELECT h FROM set_aside WHERE site_id = ${site} AND chain = ${chain} AND n = ${n} LIMIT 1`
    return row?.h
  },
  acted: async id => {
    const [row] = await tx<Acted[]>`SELECT person, reply FROM act WHERE site_id = ${site} AND id = ${id}`
    return row
  },
  keepAct: async (id, { person, reply }) => {
    await tx`INSERT INTO act (site_id, id, person, reply) VALUES (${site}, ${id}, ${person}, ${tx.json(reply as never)})`
  },
  flush: gathered => flush(tx, site, gathered)
})
