/** The books: what was promised and to whom, and the comparison of everything with everything (I1 to I7). */
import type { Envelope } from '#kernel/event.ts'
import { stampOf } from '#kernel/event.ts'
import { foldEvent, listenersOf } from '#kernel/fold.ts'
import { fastHash } from '#server/read-event.ts'
import { nextRoot } from '#sync/chain.ts'
import type { Entry } from '#device/store.ts'
import { checkDecisions, type Decision } from './decisions-kept.ts'
import { type Disk, entriesOf } from './disk.ts'
import type { Tables } from './tables.ts'
import { livePages, type Page, type Station } from './stations.ts'
import type { Office } from './office-servers.ts'
import { boxView, toyRoom } from './toy-room.ts'

/** The part of a story that the books look at. */
type Scene = { readonly office: Office; readonly stations: readonly Station[]; readonly books: Books }

export type Books = {
  /** Ids of which a tablet said that they are saved. */
  readonly said: Map<string, Station>
  /** Ids that their tablet let go of after its time of keeping. */
  readonly forgotten: Set<string>
  /** Ids that went with a wiped tablet, or with a restore after nobody else had them. */
  readonly lost: Map<string, 'wiped' | 'restored'>
  /** Numbers of chains, CHAIN/N, that went with those, and numbers that nobody vouches for after the time of keeping. */
  readonly gone: Set<string>
  readonly problems: string[]
  /** Photos that a tablet has kept, and which; none, once the office alone is to have it. */
  readonly photos: Map<string, Station | undefined>
  /** What was asked of the office, by the books' own numbers. */
  readonly decisions: Map<string, Decision>
  /** Those that somebody still waits for, and on which page. */
  readonly asking: Map<string, Page>
  restored(scene: Scene, from: Tables): void
}

export const newBooks = (): Books => {
  const books: Books = {
    said: new Map(),
    forgotten: new Set(),
    lost: new Map(),
    gone: new Set(),
    problems: [],
    photos: new Map(),
    decisions: new Map(),
    asking: new Map(),
    restored: ({ office, stations }, from) => {
      const was = office.db.tables
      const held = new Set(stations.flatMap(station => [...station.disk.tables.ids.keys()]))
      const asideThen = new Set([...from.aside.values()].map(item => item.id))
      for (const { id, device, body } of [...was.events, ...was.aside.values()])
        if (device !== 'office' && !from.byId.has(id) && !asideThen.has(id) && !held.has(id)) {
          // Only what a person destroyed or the time of keeping ended may be gone from every tablet.
          if (!books.forgotten.has(id)) books.problems.push(`I1: ${id} was in the log, and no tablet kept it`)
          books.lost.set(id, 'restored')
          for (const number of numbersOf(body)) books.gone.add(number)
        }
    }
  }
  return books
}

/** A tablet is wiped: what the office does not have is lost, and has to be told apart from what was never there. */
export const noteLoss = ({ office, books, stations }: Scene, station: Station, entries: readonly Entry[]): void => {
  const { byId, aside } = office.db.tables
  const set = new Set([...aside.values()].map(item => item.id))
  const elsewhere = new Set(stations.filter(one => one !== station).flatMap(one => [...one.disk.tables.ids.keys()]))
  for (const { id, body } of entries) {
    if (!elsewhere.has(id)) {
      books.forgotten.add(id)
      if (!byId.has(id) && !set.has(id)) books.lost.set(id, 'wiped')
    }
    for (const number of numbersOf(body)) books.gone.add(number)
  }
  for (const [id, owner] of books.said)
    if (owner === station && !byId.has(id) && !set.has(id) && !elsewhere.has(id)) books.lost.set(id, 'wiped')
}

const promisedIds = ({ stations, books }: Scene): Set<string> => {
  const all = new Set(books.said.keys())
  for (const { disk } of stations) for (const id of disk.promised) all.add(id)
  return all
}

/** I1 while it all happens: nothing that was saved is anywhere lost. */
export const watch = (scene: Scene): void => {
  const { office, stations, books } = scene
  const { byId, aside } = office.db.tables
  const slots = new Set(stations.flatMap(({ disk }) => slotOf(disk).map(({ id }) => id)))
  let set: Set<string> | undefined
  const isHere = (id: string): boolean => {
    if (byId.has(id) || slots.has(id) || stations.some(({ disk }) => disk.tables.ids.has(id))) return true
    set ??= new Set([...aside.values()].map(item => item.id))
    return set.has(id) || books.lost.has(id)
  }
  for (const ids of [books.said.keys(), ...stations.map(({ disk }) => disk.promised)])
    for (const id of ids) if (!isHere(id)) fail(`I1: ${id} was saved and is nowhere`)
  for (const { disk } of stations) checkDisk(disk)
  const [problem] = [...books.problems, ...stations.flatMap(({ odd }) => odd)]
  if (problem !== undefined) fail(problem)
  if (office.broken.length > 0) fail(`a server broke: ${office.broken[0]}`)
}

const slotOf = (disk: Disk): readonly { readonly id: string }[] =>
  JSON.parse(disk.slots.getItem('jobcard-emergency') ?? '[]') as readonly { readonly id: string }[]

const checkDisk = ({ tables, cache, name }: Disk): void => {
  const chains = new Map<string, Set<number>>()
  for (const { chain, n } of tables.events.values()) {
    const numbers = chains.get(chain) ?? new Set()
    if (numbers.has(n)) fail(`${name} gave the number ${chain}/${n} twice`)
    chains.set(chain, numbers.add(n))
  }
  checkCache({ cache, name })
}

/** I5 to the letter: rows and cursor are one transaction, so no row is ever beyond the cursor. */
export const checkCache = ({ cache, name }: Pick<Disk, 'cache' | 'name'>): void => {
  const { cursor, building } = cache.progress
  if (!building)
    for (const row of cache.rows.values())
      if (row.seq > cursor.seq) fail(`I5: ${name} holds ${row.key} of ${row.seq} beyond its cursor ${cursor.seq}`)
}

/** Whether every disk has sent all that it can send. */
export const isDrained = ({ stations }: Scene): boolean =>
  stations.every(({ disk }) => entriesOf(disk).every(({ state }) => state !== 'unsent' && state !== 'held'))

/** I7: with a working link every queue is empty or holds only what a person can see. */
export const checkQueues = ({ stations }: Scene): void => {
  for (const station of stations) {
    const stuck = entriesOf(station.disk).filter(entry => entry.state === 'unsent' || entry.state === 'held')
    if (stuck.length > 0)
      fail(`I7: ${station.name} still holds ${stuck.length}, ${stuck[0]?.state} ${stuck[0]?.chain}/${stuck[0]?.n}`)
    if (slotOf(station.disk).length > 0) fail(`I7: ${station.name} has not saved what was in its emergency slot`)
    for (const { tablet, name } of livePages(station))
      if (tablet?.storage.peek().unsaved) fail(`I7: ${name} has unsaved events`)
    if (livePages(station).length === 0) fail(`I7: ${station.name} could not open`)
  }
}

export const checkEnd = (scene: Scene): void => {
  watch(scene)
  const { tables } = scene.office.db
  const envelopes = tables.events.map(({ body }) => JSON.parse(body) as Envelope)
  checkLog(tables, envelopes)
  checkMarks(scene)
  checkPromises(scene)
  checkViews(scene, envelopes)
  checkLosses(scene, envelopes)
  checkDecisions(scene.books.decisions, envelopes)
}

/** I2, I3, I4, I6, the chains and the running hash. */
const checkLog = ({ events, aside }: Tables, envelopes: readonly Envelope[]): void => {
  let root = ''
  const chains = new Map<string, number>()
  const setAside = new Map<string, Set<number>>()
  for (const { chain, n, code, id } of aside.values()) {
    // Here nobody ever gives one id to two records, so nobody may be asked about it.
    if (code === 'id-used-twice') fail(`I2: ${id} was set aside beside itself`)
    if (n !== undefined) setAside.set(chain, (setAside.get(chain) ?? new Set()).add(n))
  }
  for (const [i, row] of events.entries()) {
    if (row.seq !== i + 1) fail(`I4: ${row.seq} where ${i + 1} should be`)
    root = nextRoot(root, row.h, fastHash)
    if (row.root !== root) fail(`I3: the running hash breaks at ${row.seq}`)
    if (fastHash(row.body) !== row.h) fail(`I3: the bytes of ${row.seq} are not those that were hashed`)
    const { seen } = envelopes[i] as Envelope
    if (seen.epoch === row.epoch && seen.seq >= row.seq) fail(`I6: ${row.id} saw ${seen.seq} and is ${row.seq}`)
    let next = (chains.get(row.chain) ?? 0) + 1
    while (next < row.n && setAside.get(row.chain)?.has(next)) next += 1
    if (row.n !== next) fail(`prefix: ${row.chain} goes from ${next - 1} to ${row.n}`)
    chains.set(row.chain, row.n)
  }
}

/** What a tablet believes of its events is what the office knows of them. */
const checkMarks = ({ office, stations }: Scene): void => {
  const { byId, aside } = office.db.tables
  const set = new Set([...aside.values()].map(item => item.id))
  for (const { disk } of stations)
    for (const { id, state, seq } of entriesOf(disk)) {
      const row = byId.get(id)
      if ((state === 'acked' || state === 'flagged') && row?.seq !== seq)
        fail(`${disk.name} believes ${id} to be ${seq}; it is ${row?.seq}`)
      if ((state === 'quarantined' || state === 'refused') && !set.has(id))
        fail(`${disk.name} believes ${id} to be set aside`)
    }
}

/** The multiset of what was promised is that of the log and what is set aside. */
const checkPromises = (scene: Scene): void => {
  const { byId, aside, events } = scene.office.db.tables
  const set = new Set([...aside.values()].map(item => item.id))
  const promised = promisedIds(scene)
  for (const id of promised)
    if (!byId.has(id) && !set.has(id) && !scene.books.lost.has(id)) fail(`I1: ${id} is not in the office`)
  const known = new Set([...promised, ...scene.books.forgotten])
  for (const { id, device } of events)
    if (device !== 'office' && !known.has(id)) fail(`${id} is in the log and nobody recorded it`)
}

const listeners = listenersOf(toyRoom.views)

/** The same views on every tablet, in the office and in a replay from the first event. */
const checkViews = ({ office, stations }: Scene, envelopes: readonly Envelope[]): void => {
  const { tables } = office.db
  const replay = new Map<string, unknown>()
  for (const envelope of envelopes)
    foldEvent(
      listeners,
      { type: envelope.type, payload: envelope.payload, stamp: stampOf(envelope) },
      (_, key) => replay.get(key),
      ({ key, view }) => replay.set(key, view)
    )
  const inOffice = new Map([...tables.views.values()].map(row => [row.key, row.view]))
  same('the office', inOffice, replay)
  const onFloor = new Map(
    [...tables.views.values()].filter(row => row.scope === 'floor').map(row => [row.key, row.view])
  )
  for (const station of stations) {
    const rows = [...station.disk.cache.rows.values()].map(row => [row.key, row.view] as const)
    same(`the disk of ${station.name}`, new Map(rows), onFloor)
    for (const { tablet, name } of livePages(station)) same(name, new Map(tablet?.peek.list(boxView) ?? []), onFloor)
  }
}

const same = (who: string, have: ReadonlyMap<string, unknown>, want: ReadonlyMap<string, unknown>): void => {
  for (const key of new Set([...have.keys(), ...want.keys()])) {
    const [mine, theirs] = [JSON.stringify(have.get(key)), JSON.stringify(want.get(key))]
    if (mine !== theirs) fail(`I5: ${who} shows ${key} as ${mine}, and it is ${theirs}`)
  }
}

/**
 * What a wiped tablet took with it the office can count: the numbers that it was told of and has nothing for. Numbers that
 * an event had before it was given a chain of its own are not among them. Where nothing was lost, nothing may be missing.
 */
const checkLosses = ({ office, books }: Scene, envelopes: readonly Envelope[]): void => {
  const { chains, aside } = office.db.tables
  const here = new Set(envelopes.flatMap(numbersIn))
  for (const { chain, n, body } of aside.values())
    for (const number of [`${chain}/${n}`, ...numbersOf(body)]) here.add(number)
  for (const [chain, { n: last, nMax }] of chains)
    for (let n = last + 1; n <= nMax; n += 1) {
      const number = `${chain}/${n}`
      if (!here.has(number) && !books.gone.has(number)) fail(`the office misses ${number}, which is not lost`)
    }
}

/** The number that an event has, and those that it had. */
const numbersIn = ({ chain, n, was = [] }: Envelope): readonly string[] =>
  [{ chain, n }, ...was].map(link => `${link.chain}/${link.n}`)
export const numbersOf = (body: string): readonly string[] => numbersIn(JSON.parse(body) as Envelope)

const fail = (problem: string): never => {
  throw new Error(problem)
}
