/** A page as the app opens it: what is known is shown first, and what records and sends comes behind, late or when asked for. */
import type { FirstRead } from '#device/first-read.ts'
import { stored } from '#device/stored.ts'
import { showTablet } from '#device/shown.ts'
import { openTablet, type Tablet, type TabletPorts } from '#device/tablet.ts'
import { makeWorks } from '#device/works.ts'
import { memoryCache } from '#device/cache.ts'
import { type Envelope, stampOf } from '#kernel/event.ts'
import { foldEvent, listenersOf } from '#kernel/fold.ts'
import type { Disk } from './disk.ts'
import type { Life } from './life.ts'
import { boxView, toyRoom } from './toy-room.ts'
import { dice } from './virtual-time.ts'
import type { World } from './world.ts'

/** Drawn apart from all else, so that seeds without it tell what they told before. */
const PART = 0.2
export const showsEarly = ({ seed }: World): boolean => dice(seed ^ 0xea51)() < PART

/** Longest time until the works are loaded, and until somebody asks for them, milliseconds. */
const LATE = { works: 800, whole: 4000 }

type Opening = {
  readonly world: World
  readonly disk: Disk
  readonly life: Life
  /** The works could not open what they need: what the page shows is all that it will ever do. */
  readonly onBroken: (problem: unknown) => void
  /** It shows what it must not. */
  readonly onOdd: (problem: string) => void
}

export const openAsApp = async (
  ports: TabletPorts,
  { world, disk, life, onBroken, onOdd }: Opening
): Promise<Tablet> => {
  if (!showsEarly(world)) return openTablet(ports)
  world.fault('shown early')
  const pass = (most: number) => new Promise<void>(done => void life.timers.set(world.between(0, most), done))
  let begun = false
  let first: FirstRead | undefined
  const read = async () => {
    first = await firstLook(disk, life, world.chance(0.5))
    return first
  }
  const tablet = await showTablet({ ...ports, read }, async base => {
    await pass(LATE.works)
    const works = makeWorks(ports, base)
    const begin = works.begin.bind(works)
    return Object.assign(works, {
      begin: () => {
        begun = true
        return begin().catch((problem: unknown) => {
          onBroken(problem)
          throw problem
        })
      }
    })
  })
  const problem = begun || !first ? undefined : compare(tablet, first)
  if (problem) onOdd(problem)
  void pass(LATE.whole).then(() => tablet.whole().catch(() => undefined))
  return tablet
}

/** One look at each database, the cache first, as `first-read.ts` has it; undefined where there is nothing to see yet. */
const firstLook = async (disk: Disk, life: Life, partial: boolean): Promise<FirstRead | undefined> => {
  const { reply } = (disk.tables.meta.get('identity') ?? {}) as { readonly reply?: FirstRead['enrolled'] } // its one writer's
  const { cursor, rows } = await life.awaited(memoryCache(disk.cache).read())
  const pending = await life.awaited(stored(disk.base).pending(cursor.seq))
  const known = partial ? rows.filter(({ kind }) => kind === boxView.name) : rows
  return reply && { enrolled: reply, cursor, rows: known, pending, partial }
}

const listeners = listenersOf(toyRoom.views)

/** What is shown before the works are there is all that was confirmed and all that was recorded here, and nothing else. */
const compare = (tablet: Tablet, { rows, pending }: FirstRead): string | undefined => {
  const views = new Map(rows.flatMap(({ kind, key, view }) => (kind === boxView.name ? [[key, view] as const] : [])))
  const seqs = new Map(rows.map(({ kind, key, seq }) => [`${kind} ${key}`, seq]))
  for (const { body, state, seq = 0 } of pending) {
    const envelope = JSON.parse(body) as Envelope // what the outbox holds was sealed here
    const event = { type: envelope.type, payload: envelope.payload, stamp: stampOf(envelope) }
    const holds = (kind: string, key: string) =>
      state !== 'unsent' && state !== 'held' && seq <= (seqs.get(`${kind} ${key}`) ?? 0)
    const put = ({ kind, key, view }: { readonly kind: string; readonly key: string; readonly view: unknown }) =>
      kind === boxView.name && !holds(kind, key) && views.set(key, view as never) // the fold of that kind
    foldEvent(listeners, event, (kind, key) => (kind === boxView.name ? views.get(key) : undefined), put)
  }
  const sorted = (list: Iterable<readonly [string, unknown]>) =>
    JSON.stringify([...list].filter(([, view]) => view !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)))
  const [has, wants] = [sorted(tablet.peek.list(boxView)), sorted(views)]
  return has === wants ? undefined : `a first screen shows ${has}, and what is known here is ${wants}`
}
