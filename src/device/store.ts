/**
 * The outbox: what was recorded here, byte for byte, until long after the office has it. The rules are written once over
 * a small transaction port; `store-memory.ts` and `store-dexie.ts` are the two places they run.
 */
import { hashOf, seal } from '#sync/chain.ts'
import type { Mark, Repair, Settlement } from '#sync/engine.ts'
import type { Envelope } from '#kernel/event.ts'
import { type Base, type Entry, SentinelLost, type Stored, stored, type Tx } from './stored.ts'

export type { Base, Entry, EntryState, Tx } from './stored.ts'

/** An event before it has its number: the link is made inside the transaction. */
export type Unlinked = Omit<Envelope, 'chain' | 'n' | 'prev'>
export type Batch = { readonly chain: string; readonly nMax: number; readonly events: readonly Entry[] }
type Head = { readonly chain: string; readonly n: number; readonly prev: string }

export type OutboxStore = Stored & {
  /** Makes the chain on first use. Answers whether this store has been here before. */
  open(): Promise<{ readonly install: string; readonly fresh: boolean; readonly epoch: string }>
  /** Numbers, links and stores several events at once. An id that is here already is answered, not stored twice. */
  append(events: readonly Unlinked[], at: number): Promise<readonly Entry[]>
  /** The oldest unsent events of one chain, numbered without a hole; undefined when there are none. */
  batch(most: number): Promise<Batch | undefined>
  /** Applies the office's answer, and answers with the entries that changed. */
  settle(settlement: Settlement): Promise<readonly Entry[]>
  /** Sends a held event again, at the end of the chain. */
  release(id: string): Promise<readonly Entry[]>
  /** After a new enrolment: what was never answered for goes out under this tablet's new name. */
  rebind(device: string, forgotten?: boolean): Promise<readonly Entry[]>
  /**
   * Forgets what the office took in more than `keep` ms ago. Never what waits or needs a person. Both clocks must say so:
   * a tablet's own may be years ahead, and what is kept here is what heals a restored office.
   */
  prune(now: number, keep: number): Promise<number>
  /** `CHAIN NUMBER`: the highest number given out, as far as this page knows; '' before it has looked. */
  recorded(): string
}

type Hash = (text: string) => string
type Means = { readonly newId: () => string; readonly hash: Hash }

/** `hash` may be another way to the same SHA-256; it has to be synchronous. */
export const outbox = (disk: Base, newId: () => string, hash: Hash = hashOf): OutboxStore => {
  const means = { newId, hash }
  let last: Head | undefined
  const base = watched(disk, head => {
    last = head
  })
  return {
    ...stored(base),
    open: () => base.run('rw', tx => openIn(tx, newId)),
    append: (events, at) => base.run('rw', tx => appendIn(tx, events, at, hash)),
    batch: most => base.run('r', tx => batchIn(tx, most)),
    settle: settlement => base.run('rw', tx => settleIn(tx, settlement, means)),
    release: id => base.run('rw', tx => releaseIn(tx, id, hash)),
    rebind: (device, forgotten = false) => base.run('rw', tx => rebindIn(tx, device, forgotten, means)),
    prune: (now, keep) => base.run('rw', tx => pruneIn(tx, now, keep)),
    recorded: () => (last ? `${last.chain} ${last.n}` : '')
  }
}

/** Hears of the chain's end whenever a transaction that read or wrote it is over: at every tap and every push. */
const watched = (base: Base, hear: (head: Head) => void): Base => ({
  ...base,
  run: async (mode, work) => {
    let head: Head | undefined
    const note = (name: string, value: unknown): void => {
      // Only this file writes there.
      if (name === 'head' && value) head = value as Head
    }
    const done = await base.run(mode, tx =>
      work({
        ...tx,
        meta: async name => {
          const value = await tx.meta(name)
          note(name, value)
          return value
        },
        setMeta: (name, value) => {
          note(name, value)
          return tx.setMeta(name, value)
        }
      })
    )
    if (head) hear(head)
    return done
  }
})

const headOf = async (tx: Tx): Promise<Head> => {
  const head = (await tx.meta('head')) as Head | undefined
  if (!head) throw new SentinelLost('the outbox has no chain: it was not opened, or it was wiped')
  return head
}

const openIn = async (tx: Tx, newId: () => string) => {
  const known = (await tx.meta('install')) as string | undefined
  const install = known ?? newId()
  if (!known) {
    await tx.setMeta('install', install)
    await tx.setMeta('head', { chain: newId(), n: 0, prev: '' } satisfies Head)
  }
  return { install, fresh: !known, epoch: ((await tx.meta('epoch')) as string | undefined) ?? '' }
}

const appendIn = async (tx: Tx, events: readonly Unlinked[], at: number, hash: Hash): Promise<readonly Entry[]> => {
  // Asked and written side by side: each wait for the disk is a wait of the finger.
  const [first, stored] = await Promise.all([headOf(tx), tx.byIds(events.map(event => event.id))])
  let head = first
  const known = new Map(stored.map(entry => [entry.id, entry]))
  const made: Omit<Entry, 'pos'>[] = []
  for (const event of events) {
    if (known.has(event.id)) continue
    const sealed = seal({ ...event, chain: head.chain, n: head.n + 1, prev: head.prev }, hash)
    made.push({ ...sealed, chain: head.chain, state: 'unsent', at })
    head = { chain: head.chain, n: sealed.n, prev: sealed.h }
  }
  const [positions] = await Promise.all([tx.add(made), tx.setMeta('head', head)])
  for (const [i, entry] of made.entries()) known.set(entry.id, { ...entry, pos: positions[i] ?? 0 })
  return events.flatMap(event => known.get(event.id) ?? [])
}

const batchIn = async (tx: Tx, most: number): Promise<Batch | undefined> => {
  const waiting = await tx.inState('unsent', most)
  const chain = waiting[0]?.chain
  if (chain === undefined) return undefined
  // After "send again from here" the lowest number is not the first recorded one for long: the chain's order decides.
  const inOrder = waiting.filter(entry => entry.chain === chain).sort((a, b) => a.n - b.n)
  const first = inOrder[0]?.n ?? 0
  const hole = inOrder.findIndex((entry, at) => entry.n !== first + at)
  const events = hole < 0 ? inOrder : inOrder.slice(0, hole)
  const head = await headOf(tx)
  const last = chain === head.chain ? head.n : ((await tx.ofChain(chain, 0)).at(-1)?.n ?? 0)
  return { chain, nMax: last, events }
}

const settleIn = async (tx: Tx, settlement: Settlement, means: Means): Promise<readonly Entry[]> => {
  const changed = new Map<string, Entry>()
  const put = async (entries: readonly Entry[]) => {
    for (const entry of entries) changed.set(entry.id, entry)
    await tx.put(entries)
  }
  const marks = new Map(settlement.marks.map(mark => [mark.id, mark]))
  const entries = await tx.byIds([...marks.keys()])
  await put(
    entries.flatMap(entry => {
      const mark = marks.get(entry.id)
      return mark ? [marked(entry, mark, settlement.time)] : []
    })
  )
  // What was seen of a log that is gone says nothing about the next.
  const witnessed = settlement.witnessed ?? ((await tx.meta('epoch')) === settlement.epoch ? undefined : null)
  await tx.setMeta('epoch', settlement.epoch)
  if (settlement.time > 0) await tx.setMeta('time', settlement.time)
  if (witnessed !== undefined) await tx.setMeta('witnessed', witnessed ?? undefined)
  if (settlement.repair) await repairIn(tx, settlement.repair, put, means)
  return [...changed.values()]
}

const marked = ({ seq, codes, ...entry }: Entry, mark: Mark, settled: number): Entry => ({
  ...entry,
  state: mark.state,
  settled,
  ...(mark.seq === undefined ? {} : { seq: mark.seq }),
  ...(mark.codes === undefined ? {} : { codes: mark.codes })
})

type Put = (entries: readonly Entry[]) => Promise<unknown>

const repairIn = async (tx: Tx, repair: Repair, put: Put, means: Means): Promise<unknown> => {
  switch (repair.do) {
    case 'resend': {
      const again = await tx.ofChain(repair.chain, repair.from)
      if (again[0]?.n === repair.from && again[0].state !== 'held') return resend(again, put)
      // That number is not here any more: what follows it needs a chain without the hole.
      return rechain(
        tx,
        again.filter(entry => entry.state === 'unsent'),
        put,
        means
      )
    }
    case 'resend-since': {
      const first = new Map<string, number>()
      // What was set aside has no number in the log, so nobody can say whether the restored office still has it.
      const aside = [...(await tx.inState('quarantined')), ...(await tx.inState('refused'))]
      // Nor whether it knows the second number of what it has under the first.
      const moved = (await tx.inState('acked')).filter(isMoved)
      for (const { chain, n } of [...(await tx.above(repair.seq)), ...aside, ...moved])
        first.set(chain, Math.min(n, first.get(chain) ?? n))
      for (const [chain, n] of first) await resend(await tx.ofChain(chain, n), put)
      return
    }
    case 'rechain': {
      const unsent = await tx.inState('unsent')
      const stuck = unsent.find(entry => entry.id === repair.from) ?? unsent[0]
      if (!stuck) return
      return rechain(
        tx,
        unsent.filter(entry => entry.chain === stuck.chain && entry.n >= stuck.n),
        put,
        means
      )
    }
    case 'hold-first': {
      const [first, ...rest] = (await tx.inState('unsent')).toSorted((a, b) =>
        a.chain === b.chain ? a.n - b.n : a.pos - b.pos
      )
      if (!first) return
      await put([{ ...first, state: 'held', codes: ['not-taken'] }])
      return rechain(
        tx,
        rest.filter(entry => entry.chain === first.chain),
        put,
        means
      )
    }
  }
}

const resend = (entries: readonly Entry[], put: Put): Promise<unknown> =>
  put(
    entries.filter(({ state }) => state !== 'held' && state !== 'unsent').map(entry => ({ ...entry, state: 'unsent' }))
  )

/** A chain of their own, ids kept. Only for events that the office has said it does not have. */
const rechain = async (tx: Tx, entries: readonly Entry[], put: Put, { newId, hash }: Means): Promise<void> => {
  const head = await headOf(tx)
  if (entries.length === 0 && head.n === 0) return
  const inOrder = [...entries].sort((a, b) => a.n - b.n)
  await put(await relink(tx, inOrder, { chain: newId(), n: 0, prev: '' }, hash))
}

/** Who was given a new chain more often than this has worse to tell than a missing number. */
const MOST_LINKS = 50

/** Seals events anew behind `head`, which becomes the end of the last. Answers them as they are then. */
const relink = async (
  tx: Tx,
  entries: readonly Entry[],
  from: Head,
  hash: Hash,
  device?: string
): Promise<readonly Entry[]> => {
  let head = from
  const linked = entries.map(({ codes, seq, ...entry }): Entry => {
    // The body is what `seal` made of an envelope.
    const envelope = JSON.parse(entry.body) as Envelope
    const link = { chain: head.chain, n: head.n + 1, prev: head.prev }
    // The office may have been told of its number already, and would miss it for ever.
    const was = [...(envelope.was ?? []), { chain: envelope.chain, n: envelope.n }].slice(-MOST_LINKS)
    const sealed = seal({ ...envelope, ...link, was, device: device ?? envelope.device }, hash)
    head = { chain: head.chain, n: sealed.n, prev: sealed.h }
    return { ...entry, ...sealed, chain: head.chain, state: 'unsent' }
  })
  await tx.setMeta('head', head)
  return linked
}

const releaseIn = async (tx: Tx, id: string, hash: Hash): Promise<readonly Entry[]> => {
  const held = (await tx.byIds([id])).filter(entry => entry.state === 'held')
  const changed = await relink(tx, held, await headOf(tx), hash)
  await tx.put(changed)
  return changed
}

const rebindIn = async (
  tx: Tx,
  device: string,
  forgotten: boolean,
  { newId, hash }: Means
): Promise<readonly Entry[]> => {
  const unsent = await tx.inState('unsent')
  // An office that does not know this tablet has nothing of it any more.
  const answered = forgotten
    ? [...(await tx.above(-1)), ...(await tx.inState('quarantined')), ...(await tx.inState('refused'))]
    : []
  const all = new Map([...unsent, ...answered].map(entry => [entry.pos, entry]))
  const inOrder = [...all.values()].sort((a, b) => a.pos - b.pos)
  const changed = await relink(tx, inOrder, { chain: newId(), n: 0, prev: '' }, hash, device)
  await tx.put(changed)
  return changed
}

const pruneIn = async (tx: Tx, now: number, keep: number): Promise<number> => {
  const heard = ((await tx.meta('time')) as number | undefined) ?? 0
  const old = (await tx.recordedBefore(now - keep)).filter(
    ({ state, settled }) => state === 'acked' && settled !== undefined && settled < heard - keep
  )
  await tx.remove(old.map(entry => entry.pos))
  return old.length
}

/** Whether it had another number before. Canonical JSON is written in one way only. */
const isMoved = ({ body }: Entry): boolean => body.includes('"was":[{')

/** Whether each of these says that this tablet recorded it. Canonical JSON is written in one way only. */
export const isOf = ({ events }: Batch, device: string): boolean => {
  const mark = `"device":${JSON.stringify(device)}`
  return events.every(({ body }) => body.includes(mark))
}
