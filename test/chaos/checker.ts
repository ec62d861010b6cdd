/** What has to be so when the harm is over: I1 to I7 of research/sync.md 4.1, and one truth everywhere. */
import { createHash } from 'node:crypto'
import { catalog } from '#activities/catalog.ts'
import { canonical, type Json } from '#kernel/canonical.ts'
import type { Envelope } from '#kernel/event.ts'
import { openOffice, rebuild } from '#server/office.ts'
import { scopesOf } from '#server/identity.ts'
import { nextRoot } from '#sync/chain.ts'
import { fastHash } from '#server/read-event.ts'
import type { State } from './talk.ts'

export type Found = {
  readonly head: number
  readonly saved: number
  readonly lost: number
  readonly doubled: number
  readonly aside: number
  readonly chains: number
  /** Everything that is not as it has to be, one line each. */
  readonly wrong: readonly string[]
}

type Row = {
  readonly seq: number
  readonly id: string
  readonly chain: string
  readonly n: number
  readonly h: string
  readonly body: string
  readonly root: string
}
type Aside = {
  readonly id: string
  readonly chain: string
  readonly n: number | null
  readonly h: string
  readonly verdict: string
  readonly code: string
}

export const check = async (
  databaseUrl: string,
  saved: ReadonlySet<string>,
  tablets: readonly (State & { readonly name: string })[]
): Promise<Found> => {
  const office = await openOffice({ dataDir: '', databaseUrl })
  try {
    const { sql } = office
    const rows = await sql<
      Row[]
    >`SELECT seq::float8 AS seq, id::text AS id, chain, n, h, body, root FROM event ORDER BY seq`
    const aside = await sql<Aside[]>`SELECT id, chain, n, h, verdict, code FROM set_aside ORDER BY q`
    const epoch = await office.log.write(async work => work.epoch)
    const [counter] = await sql<{ head: number; root: string }[]>`SELECT head::float8 AS head, root FROM site_counter`
    const stored = new Set([...rows.map(row => row.id), ...aside.map(one => one.id)])
    // What is stuck in an outbox is not lost; that it is stuck is told elsewhere.
    const waiting = new Set(tablets.flatMap(one => one.waiting))
    const lost = [...saved].filter(id => !stored.has(id) && !waiting.has(id))
    // Twice in the log, or in the log and set aside as well.
    const doubled = rows.length + aside.length - stored.size
    const kept = await sql<{ kind: string; key: string; scope: string; body: Json }[]>`
      SELECT kind, key, scope, body FROM view WHERE body IS NOT NULL`
    const made = await rebuild(
      office,
      catalog.flatMap(room => room.views)
    )
    return {
      head: counter?.head ?? 0,
      saved: saved.size,
      lost: lost.length,
      doubled,
      aside: aside.length,
      chains: new Set(rows.map(row => row.chain)).size,
      wrong: [
        ...lost.slice(0, 5).map(id => `I1 lost: ${id} was reported as saved and is nowhere`),
        ...(doubled > 0 ? [`I2 ${doubled} ids are kept twice`] : []),
        ...orderOf(rows, counter?.head ?? 0, counter?.root ?? ''),
        ...linksOf(rows, aside),
        ...causesOf(rows, epoch),
        ...aside.map(one => `set aside: ${one.id} ${one.verdict} ${one.code}`),
        ...differing(kept, made),
        ...(tablets.every(one => one.views['plant/site']) ? divergent(kept, tablets) : [])
      ]
    }
  } finally {
    await office.close()
  }
}

/** I4: 1..head without a hole, each row bearing the hash of its bytes and the running hash of all before. */
const orderOf = (rows: readonly Row[], head: number, last: string): readonly string[] => {
  const wrong: string[] = []
  let root = ''
  for (const [at, row] of rows.entries()) {
    root = nextRoot(root, row.h, fastHash)
    if (row.seq !== at + 1) wrong.push(`I4 number ${at + 1} is missing before ${row.seq}`)
    else if (row.root !== root) wrong.push(`I4 the running hash breaks at ${row.seq}`)
    else if (fastHash(row.body) !== row.h) wrong.push(`I3 the bytes of ${row.seq} are not those that were hashed`)
    if (wrong.length > 3) break
  }
  if (rows.length !== head || root !== last) wrong.push(`I4 the counter says ${head}, the log holds ${rows.length}`)
  return wrong
}

/** Every chain 1..n without a hole over the log and what is set aside, each linked to the one before. */
const linksOf = (rows: readonly Row[], aside: readonly Aside[]): readonly string[] => {
  const wrong: string[] = []
  const chains = new Map<string, Map<number, { readonly h: string; readonly prev?: string }>>()
  const at = (chain: string) => chains.get(chain) ?? chains.set(chain, new Map()).get(chain)
  for (const { chain, n, h, body } of rows) {
    const { prev } = JSON.parse(body) as Envelope
    if (at(chain)?.has(n)) wrong.push(`I2 chain ${chain} has two of number ${n}`)
    at(chain)?.set(n, { h, prev })
  }
  for (const { chain, n, h } of aside) if (n !== null) at(chain)?.set(n, { h })
  for (const [chain, numbers] of chains)
    for (let n = 1; n <= numbers.size; n += 1) {
      const here = numbers.get(n)
      if (!here) {
        wrong.push(`chain ${chain} has no number ${n} of ${numbers.size}`)
        break
      }
      const before = n > 1 ? numbers.get(n - 1)?.h : ''
      if (here.prev !== undefined && here.prev !== before) wrong.push(`chain ${chain} is not linked at ${n}`)
    }
  return wrong.slice(0, 5)
}

/** I6: nobody saw what was not there yet. Numbers of an epoch that was lost with a restore say nothing here. */
const causesOf = (rows: readonly Row[], epoch: string): readonly string[] =>
  rows
    .filter(row => {
      const { seen } = JSON.parse(row.body) as Envelope
      return seen.epoch === epoch && seen.seq >= row.seq
    })
    .slice(0, 3)
    .map(row => `I6 event ${row.seq} says that it saw a later number`)

type Kept = readonly { readonly kind: string; readonly key: string; readonly scope: string; readonly body: Json }[]

/** The views as kept are the views that the log makes. */
const differing = (kept: Kept, made: Map<string, Map<string, unknown>>): readonly string[] => {
  const wrong: string[] = []
  let count = 0
  for (const { kind, key, body } of kept) {
    const again = made.get(kind)?.get(key)
    count += 1
    if (again === undefined || canonical(again as Json) !== canonical(body))
      wrong.push(`replay: ${kind} ${key} differs`)
  }
  const all = [...made.values()].reduce((sum, map) => sum + map.size, 0)
  if (all !== count) wrong.push(`replay: the log makes ${all} views, ${count} are kept`)
  return wrong.slice(0, 5)
}

/** Every tablet shows what the office has in its scopes, kind by kind. */
const divergent = (kept: Kept, tablets: readonly (State & { readonly name: string })[]): readonly string[] => {
  const scopes = scopesOf({
    is: 'device',
    device: '',
    tablet: { device: '', name: '', use: 'station', publicKey: '' },
    person: undefined
  })
  const wrong: string[] = []
  for (const { name: kind } of catalog.flatMap(room => room.views)) {
    const hash = createHash('sha256')
    const rows = kept
      .filter(row => row.kind === kind && scopes.includes(row.scope))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
    for (const { key, body } of rows) hash.update(`${key} ${canonical(body)}\n`)
    const digest = hash.digest('hex').slice(0, 16)
    const others = tablets.filter(one => one.views[kind] !== digest)
    if (others.length > 0) wrong.push(`I5 ${kind} differs on ${others.map(one => one.name).join(', ')}`)
  }
  return wrong
}
