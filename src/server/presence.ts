/** When each tablet was last heard. Not part of the log: it says nothing about work. Written at most every two seconds. */
import type { Presence } from '#sync/protocol.ts'
import type { Office } from './office.ts'

const EVERY_MS = 2000

type Heard = { readonly station: string | undefined; readonly at: number; readonly waiting: number | undefined }

export type PresenceBook = {
  /** `waiting` is how many events the tablet has not sent; undefined leaves what it said last. */
  heard(device: string, station: string | undefined, waiting: number | undefined): void
  read(): Promise<Presence>
  stop(): void
}

export const openPresence = (office: Office): PresenceBook => {
  const fresh = new Map<string, Heard>()
  const said = new Map<string, number>()
  const site = office.site.site
  const write = async (): Promise<void> => {
    const list = [...fresh]
    fresh.clear()
    if (list.length === 0) return
    await office.sql`
      INSERT INTO presence (site_id, device, station, heard_at, waiting)
      SELECT ${site}, p.device, p.station, to_timestamp(p.at / 1000.0), coalesce(p.waiting, 0)
      FROM unnest(${list.map(([device]) => device)}::text[], ${list.map(([, one]) => one.station ?? null)}::text[],
        ${list.map(([, one]) => one.at)}::float8[], ${list.map(([, one]) => one.waiting ?? null)}::int[]) AS p(device, station, at, waiting)
      ON CONFLICT (site_id, device) DO UPDATE SET station = excluded.station, heard_at = excluded.heard_at, waiting = excluded.waiting`
  }
  // A database that is away for a moment must not end the server: the next round writes what is true then.
  const timer = setInterval(() => void write().catch(() => {}), EVERY_MS)
  timer.unref()
  return {
    heard: (device, station, waiting) => {
      fresh.set(device, { station, at: Date.now(), waiting: waiting ?? said.get(device) })
      if (waiting !== undefined) said.set(device, waiting)
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
