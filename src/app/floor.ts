/** Fills in the floor that screens see from the tablet behind it. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Tablet } from '#device/tablet.ts'
import type { Activity } from '#kernel/activity.ts'
import { type Guard, type Known, type Refusal, refuse } from '#kernel/decision.ts'
import { personView, reasonView, stationView } from '#plant/views.ts'
import type { EnrolReply } from '#sync/protocol.ts'
import type { Floor, Place, Presence } from '#ui/floor.tsx'
import type { MessageBoard } from '#ui/messages.tsx'
import { imageUrls } from './image-urls.ts'
import { notInstalledHere } from './installed.ts'
import { makePlanner, openWorker } from './planner.ts'
import { guarded, rooms, wholeRooms } from './rooms.ts'
import { sentenceOf } from './sentences.ts'
import type { ScanBus } from './scan-bus.ts'
import type { Session, Signing } from './signing.ts'

export type Wiring = {
  readonly tablet: Tablet
  readonly enrolled: EnrolReply
  readonly signing: Signing
  /** Who acts, as the device signs it. */
  readonly session: () => Session | undefined
  readonly bus: ScanBus
  readonly board: MessageBoard
  readonly openCamera: () => void
}

export const makeFloor = (wiring: Wiring): Floor => {
  const { tablet, signing, bus, board } = wiring
  const url = imageUrls(tablet.blob)
  const unsafe = notInstalledHere()
  /** Why nothing may be recorded at this tablet at all. Read, so that a button dies with the tablet. */
  const barred = (action: { readonly where: string }): Refusal | undefined => {
    if (action.where !== 'floor') return undefined
    if (unsafe) return refuse('not-installed')
    return tablet.status.value.revoked ? refuse('out-of-use') : undefined
  }
  const by = () => {
    const person = signing.person.peek()
    const session = wiring.session()
    return person && session
      ? { person: person.person, roles: person.roles, session: session.session, method: session.method }
      : undefined
  }
  return {
    get: tablet.known.get,
    list: tablet.known.list,
    // Asked each time: a supervisor may move the tablet to another station while it is in use.
    get place() {
      return placeOf(wiring.enrolled, tablet.station.value)
    },
    person: signing.person,
    network: tablet.network,
    presence: presenceOf(tablet),
    now: ticking(),
    ...names(tablet.known),
    may: (action, input) => {
      // Read, not peeked: a button has to come alive when somebody signs in.
      const known = signing.person.value && by()
      if (!known) return barred(action) ?? refuse('signed-out')
      return barred(action) ?? tablet.may(guarded(action, guardsOf(rooms.value)), input, known)
    },
    act: async (action, input): Promise<{ readonly done: true; readonly events: readonly string[] } | Refusal> => {
      const known = by()
      const bar = barred(action)
      if (bar) return bar
      return known ? tablet.act(guarded(action, guardsOf(await wholeRooms())), input, known) : refuse('signed-out')
    },
    action: name => rooms.value?.flatMap(room => room.actions).find(action => action.name === name),
    say: refusal => sentenceOf(rooms.value)(refusal),
    keepBlob: tablet.keepBlob,
    blobUrl: url,
    draft: tablet.drafts.get,
    setDraft: tablet.drafts.set,
    scanned: bus.scanned,
    onScan: bus.onScan,
    openCamera: wiring.openCamera,
    go: path => (path === '/sign-in' ? signing.show() : goTo(path)),
    tell: board.tell,
    planner: wiring.enrolled.use === 'desk' ? makePlanner(tablet.known, openWorker) : undefined,
    office: { get: tablet.office.get, post: tablet.office.post, file: tablet.office.file, upload: tablet.office.upload }
  }
}

/** A hint says how long ago the stations were heard; only its arrival says when that was. */
const presenceOf = ({ presence }: Tablet): ReadonlySignal<Presence> =>
  computed(() => (presence.value ? { ...presence.value, heard: Date.now() } : { stations: {}, heard: 0 }))

const guardsOf = (loaded: readonly Activity[] | undefined): readonly Guard[] =>
  loaded?.flatMap(room => room.guards) ?? []

const placeOf = ({ use, device, site, sample }: EnrolReply, station: string | undefined): Place => ({
  use,
  station,
  device,
  site,
  sample
})

const names = (known: Known): Pick<Floor, 'nameOf' | 'stationName' | 'stations' | 'reasons'> => ({
  nameOf: person => known.get(personView, person)?.name ?? person,
  stationName: station => known.get(stationView, station)?.name ?? '',
  stations: () =>
    known
      .list(stationView)
      .map(([, one]) => one)
      .sort((a, b) => a.order - b.order),
  reasons: list =>
    known
      .list(reasonView, `${list}/`)
      .map(([, one]) => one)
      .filter(one => one.active)
      .sort((a, b) => a.order - b.order)
})

/** Another address without loading the page anew: the router listens to the history. */
export const goTo = (path: string): void => {
  history.pushState(null, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
  scrollTo(0, 0)
}

/** One clock for all ages and timers. A hidden page does not tick: it costs a sleeping tablet its battery. */
const ticking = () => {
  const now = signal(Date.now())
  const tick = () => {
    now.value = Date.now()
  }
  setInterval(() => document.visibilityState === 'visible' && tick(), 1000)
  document.addEventListener('visibilitychange', tick)
  return now
}
