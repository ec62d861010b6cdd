/** What the office has seen before: in the log, and in the batch that is about to be written. */
import { canonical } from '#kernel/canonical.ts'
import type { Envelope } from '#kernel/event.ts'
import { isUuid } from '#kernel/id.ts'
import type { PushedEvent } from '#sync/protocol.ts'
import type { KnownEvent } from './log-store.ts'
import { isDamage } from './read-event.ts'
import type { Work } from './work.ts'

export type Known = {
  readonly events: Map<string, KnownEvent>
  /** By hash, on this chain: the number that what was set aside has used, if it used one. */
  readonly aside: Map<string, number | undefined>
  /** Those of them whose bytes are damaged: the record itself may still come, from its tablet or in a better copy of a file. */
  readonly spoiled: Set<string>
}

/** Which of these events are known; one round trip for all. */
export const lookUp = async (
  { store, pending }: Work,
  chain: string,
  pushed: readonly PushedEvent[]
): Promise<Known> => {
  const known: Known = { events: new Map(), aside: new Map(), spoiled: new Set() }
  const ids = pushed.map(event => event.id).filter(isUuid)
  if (pushed.length === 0) return known
  const [events, aside] = await Promise.all([
    store.known(ids),
    store.aside(
      chain,
      pushed.map(one => one.h)
    )
  ])
  for (const { id, ...event } of events) known.events.set(id, event)
  const had = [...aside, ...pending.setAside.filter(item => item.chain === chain)]
  for (const { h, n, code } of had) {
    known.aside.set(h, n ?? known.aside.get(h))
    if (isDamage(code)) known.spoiled.add(h)
  }
  // The record itself was set aside as well: there is nothing better to come.
  for (const { h, code } of had) if (!isDamage(code)) known.spoiled.delete(h)
  const wanted = new Set(ids)
  for (const { id, seq, h, n, chain, body } of pending.events)
    if (wanted.has(id)) known.events.set(id, { seq, h, n, chain, body })
  return known
}

/** The hash of whatever holds this number of a chain. */
export const hashAt = async ({ store, pending }: Work, chain: string, n: number): Promise<string | undefined> =>
  [...pending.events, ...pending.setAside].find(one => one.chain === chain && one.n === n)?.h ?? store.hashAt(chain, n)

/**
 * Whether an event is one of the log under another number: a tablet that was given a new chain or a new name seals anew what
 * it has no answer for, and the answer may have been lost. All that people said and did is the same, byte for byte.
 */
export const isSameRecord = ({ body }: KnownEvent, envelope: Envelope): boolean =>
  // What is in the log was made of an envelope.
  canonical(placeless(JSON.parse(body) as Envelope)) === canonical(placeless(envelope))

const placeless = ({ device, chain, n, prev, was, ...rest }: Envelope): Omit<Envelope, keyof Place> => rest
type Place = Pick<Envelope, 'device' | 'chain' | 'n' | 'prev' | 'was'>
