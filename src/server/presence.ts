/** When each tablet was last heard. Not part of the log: it says nothing about work. Written at most every two seconds. */
import type { Presence } from '#sync/protocol.ts'
import type { Office } from './office.ts'

const EVERY_MS = 2000

/** The highest number that a tablet says it has given out. */
export type Told = { readonly chain: string; readonly nMax: number }
type Heard = {
  readonly station: string | undefined
  readonly at: number
  readonly waiting: number | undefined
  readonly chain: string | undefined
}

export type PresenceBook = {
  /** `waiting` is how many events the tablet has not sent; undefined leaves what it said last. So does `told`. */
  heard(device: string, station: string | undefined, waiting: number | undefined, told?: Told): void
  read(): Promise<Presence>
  stop(): void
}

/** A push says the same of what it brings, and keeps it beside the chain: then nothing has to be written here. */
const writeTold = async (
  { sql, site: { site } }: Office,
  grown: readonly (readonly [string, Told & { readonly at: number }])[]
): Promise<void> => {
  const rows = grown.map(([name, one]) => ({ device: name.split(' ')[0] ?? '', ...one }))
  await sql`
    INSERT INTO chain_told (site_id, device, chain, n_max, told_at)
    SELECT ${site}, t.device, t.chain, t.n_max, to_timestamp(t.at / 1000.0)
    FROM unnest(${rows.map(one => one.device)}::text[], ${rows.map(one => one.chain)}::text[],
      ${rows.map(one => one.nMax)}::int[], ${rows.map(one => one.at)}::float8[]) AS t(device, chain, n_max, at)
    WHERE NOT EXISTS (SELECT FROM chain_head h WHERE h.site_id = ${site} AND h.chain = t.chain AND h.n_max >= t.n_max)
    ON CONFLICT (site_id, device, chain) DO UPDATE SET n_max = excluded.n_max, told_at = excluded.told_at
      WHERE chain_told.n_max < excluded.n_max`
}

export const openPresence = (office: Office): PresenceBook => {
  const fresh = new Map<string, Heard>()
  const said = new Map<string, number>()
  const told = new Map<string, Told>()
  /** What has grown and is not yet written, by device and chain. */
  const grown = new Map<string, Told & { readonly at: number }>()
  const site = office.site.site
  const write = async (): Promise<void> => {
    const list = [...fresh]
    fresh.clear()
    if (list.length === 0) return
    const more = [...grown]
    grown.clear()
    if (more.length > 0) await writeTold(office, more)
    await office.sql`
      INSERT INTO presence (site_id, device, station, heard_at, waiting, chain)
      SELECT ${site}, p.device, p.station, to_timestamp(p.at / 1000.0), coalesce(p.waiting, 0), p.chain
      FROM unnest(${list.map(([device]) => device)}::text[], ${list.map(([, one]) => one.station ?? null)}::text[],
        ${list.map(([, one]) => one.at)}::float8[], ${list.map(([, one]) => one.waiting ?? null)}::int[],
        ${list.map(([, one]) => one.chain ?? null)}::text[]) AS p(device, station, at, waiting, chain)
      ON CONFLICT (site_id, device) DO UPDATE SET station = excluded.station, heard_at = excluded.heard_at,
        waiting = excluded.waiting, chain = coalesce(excluded.chain, presence.chain)`
  }
  // A database that is away for a moment must not end the server: the next round writes what is true then.
  const timer = setInterval(() => void write().catch(() => {}), EVERY_MS)
  timer.unref()
  return {
    heard: (device, station, waiting, now) => {
      const at = Date.now()
      const last = told.get(device)
      fresh.set(device, { station, at, waiting: waiting ?? said.get(device), chain: (now ?? last)?.chain })
      if (waiting !== undefined) said.set(device, waiting)
      if (!now || (last?.chain === now.chain && last.nMax >= now.nMax)) return
      told.set(device, now)
      grown.set(`${device} ${now.chain}`, { ...now, at })
    },
    read: async () => {
      const rows = await office.sql<{ station: string; ago: number; waiting: number }[]>`
        SELECT DISTINCT ON (station) station, (extract(epoch FROM now() - heard_at) * 1000)::float8 AS ago, waiting
        FROM presence WHERE site_id = ${site} AND station IS NOT NULL ORDER BY station, heard_at DESC`
      const stations = new Map(rows.map(row => [row.station, { ago: Math.max(0, row.ago), waiting: row.waiting }]))
      // What was heard here and is not yet written is the newest word.
      for (const { station, at, waiting } of fresh.values()) {
        const ago = Math.max(0, Date.now() - at)
        if (station !== undefined && ago < (stations.get(station)?.ago ?? Infinity))
          stations.set(station, { ago, waiting: waiting ?? 0 })
      }
      return { stations: Object.fromEntries(stations) }
    },
    stop: () => clearInterval(timer)
  }
}
