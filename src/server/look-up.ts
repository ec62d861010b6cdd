/** What the office has seen before: in the log, and in the batch that is about to be written. */
import { isUuid } from '#kernel/id.ts'
import type { PushedEvent } from '#sync/protocol.ts'
import type { Work } from './work.ts'

export type KnownEvent = { readonly seq: number; readonly h: string; readonly n: number; readonly chain: string }

export type Known = {
  readonly events: Map<string, KnownEvent>
  /** By hash, on this chain: the number that what was set aside has used, if it used one. */
  readonly aside: Map<string, number | undefined>
}

/** Which of these events are known; one round trip for all. */
export const lookUp = async ({ tx, site, pending }: Work, chain: string, pushed: readonly PushedEvent[]): Promise<Known> => {
  const known: Known = { events: new Map(), aside: new Map() }
  const ids = pushed.map(event => event.id).filter(isUuid)
  if (pushed.length === 0) return known
  const [events, aside] = await Promise.all([
    tx<{ id: string; h: string; seq: string; n: number; chain: string }[]>`
      SELECT id, h, seq, n, chain FROM event WHERE site_id = ${site} AND id = ANY(${ids}::uuid[])`,
    tx<{ h: string; n: number | null }[]>`
      SELECT h, n FROM set_aside WHERE site_id = ${site} AND chain = ${chain} AND h = ANY(${pushed.map(one => one.h)}::text[])`
  ])
  for (const { id, h, seq, n, chain } of events) known.events.set(id, { seq: Number(seq), h, n, chain })
  for (const { h, n } of aside) known.aside.set(h, n ?? undefined)
  const wanted = new Set(ids)
  for (const { id, seq, h, n, chain } of pending.events) if (wanted.has(id)) known.events.set(id, { seq, h, n, chain })
  for (const item of pending.setAside) if (item.chain === chain) known.aside.set(item.h, item.n)
  return known
}

/** The hash of whatever holds this number of a chain. */
export const hashAt = async ({ tx, site, pending }: Work, chain: string, n: number): Promise<string | undefined> => {
  const here = [...pending.events, ...pending.setAside].find(one => one.chain === chain && one.n === n)
  if (here) return here.h
  const [row] = await tx<{ h: string }[]>`
    SELECT h FROM event WHERE site_id = ${site} AND chain = ${chain} AND n = ${n}
    UNION ALL SELECT h FROM set_aside WHERE site_id = ${site} AND chain = ${chain} AND n = ${n} LIMIT 1`
  return row?.h
}
