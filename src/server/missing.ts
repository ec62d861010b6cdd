/**
 * What tablets say they have recorded and the office has nothing for: which numbers of which chain, and between which two
 * moments they were made. Not yet sent looks the same from here as lost; only the tablet, or a person, can tell them apart.
 */
import type { Envelope, Link } from '#kernel/event.ts'
import type { Office } from './office.ts'

/** Both ends are included. */
export type Numbers = { readonly from: number; readonly to: number }

export type Missing = {
  readonly device: string
  readonly chain: string
  readonly numbers: readonly Numbers[]
  readonly count: number
  /** When the office took in what stands before them; null when nothing of this chain ever came. ISO 8601. */
  readonly after: string | null
  /** When the tablet was first heard to have recorded the last of them. ISO 8601. */
  readonly until: string
}

type Chain = {
  readonly chain: string
  readonly device: string
  readonly n: number
  readonly most: number
  readonly until: Date
  readonly after: Date | null
}

export const missingIn = async (office: Office): Promise<readonly Missing[]> => {
  const open = await openChains(office)
  if (open.length === 0) return []
  const moved = await movedFrom(office, new Set(open.map(one => one.chain)))
  return open.flatMap(({ chain, device, n, most, after, until }) => {
    const numbers = without({ from: n + 1, to: most }, moved.get(chain) ?? [])
    const count = numbers.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    const told = { device, chain, numbers, count, after: after?.toISOString() ?? null, until: until.toISOString() }
    return count === 0 ? [] : [told]
  })
}

/** Chains of which more was announced than came. A tablet is believed about its own alone. */
const openChains = ({ sql, site: { site } }: Office): Promise<Chain[]> => sql<Chain[]>`
  WITH said AS (
    SELECT chain, device, n_max, heard_at AS at FROM chain_head WHERE site_id = ${site} AND n_max > n
    UNION ALL
    SELECT t.chain, t.device, t.n_max, t.told_at FROM chain_told t
      LEFT JOIN chain_head h ON h.site_id = t.site_id AND h.chain = t.chain
      WHERE t.site_id = ${site} AND t.n_max > coalesce(h.n, 0) AND (h.device IS NULL OR h.device = t.device)),
  most AS (SELECT DISTINCT ON (chain) chain, device, n_max, at FROM said ORDER BY chain, n_max DESC, at)
  SELECT m.chain, m.device, coalesce(h.n, 0) AS n, m.n_max AS most, m.at AS until, e.received_at AS after
  FROM most m LEFT JOIN chain_head h ON h.site_id = ${site} AND h.chain = m.chain
    LEFT JOIN event e ON e.site_id = ${site} AND e.chain = m.chain AND e.n = h.n
  ORDER BY m.at DESC LIMIT 500`

/** The numbers that events had before they were given a chain of their own. */
const movedFrom = async (
  { sql, site: { site } }: Office,
  chains: ReadonlySet<string>
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const [events, aside] = await Promise.all([
    sql<{ body: string }[]>`SELECT body FROM event WHERE site_id = ${site} AND body LIKE '%"was":[{%'`,
    sql<{ body: Buffer }[]>`
      SELECT body FROM set_aside WHERE site_id = ${site} AND position('"was":[{'::bytea IN body) > 0`
  ])
  const found = new Map<string, number[]>()
  for (const { body } of [...events, ...aside])
    for (const { chain, n } of linksIn(body.toString()))
      if (chains.has(chain)) found.set(chain, [...(found.get(chain) ?? []), n])
  return found
}

/** Of bytes that were set aside nothing is known. */
const linksIn = (body: string): readonly Link[] => {
  try {
    const { was } = JSON.parse(body) as Partial<Envelope>
    return Array.isArray(was) ? was.filter(link => Number.isSafeInteger(link?.n)) : []
  } catch {
    return []
  }
}

/** What is left of a range when some numbers are taken out of it. */
export const without = ({ from, to }: Numbers, taken: readonly number[]): readonly Numbers[] => {
  const left: Numbers[] = []
  let next = from
  for (const n of [...new Set(taken)].sort((a, b) => a - b)) {
    if (n < next || n > to) continue
    if (n > next) left.push({ from: next, to: n - 1 })
    next = n + 1
  }
  return next <= to ? [...left, { from: next, to }] : left
}
