/**
 * One enrolled tablet, wired: floor, scans, sign-in, lock, camera, Sync centre. Made once for each enrolment; the parts that
 * draw are in `app.tsx`.
 */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { workOrderView } from '#activities/orders/views.ts'
import type { Tablet } from '#device/tablet.ts'
import type { EnrolReply } from '#sync/protocol.ts'
import { personView } from '#plant/views.ts'
import type { Floor } from '#ui/floor.tsx'
import { type MessageBoard, messageBoard } from '#ui/messages.tsx'
import { openAudio } from './cues.ts'
import { drawn } from './drawn.ts'
import { makeFloor } from './floor.ts'
import { IDLE, type Idle, idleAt, onTouch } from './idle.ts'
import { makeScanning, type Scanning } from './scanning.ts'
import type { Tile } from './sign-in.tsx'
import { type Session, type Signing, signing } from './signing.ts'

export type Workplace = {
  readonly floor: Floor
  readonly scanning: Scanning
  readonly board: MessageBoard
  readonly signing: Signing
  readonly idle: ReadonlySignal<Idle>
  /** Who may be tapped: the last people here, or everybody of a sample plant. */
  readonly tiles: ReadonlySignal<readonly Tile[]>
  readonly tileOf: (person: string | undefined) => Tile | undefined
  /** Nothing is in progress at this station and nobody touched it for a while. */
  readonly calm: ReadonlySignal<boolean>
}

/** Milliseconds without a touch before a new build may be used by itself. */
const CALM = 20_000

export const makeWorkplace = (tablet: Tablet, enrolled: EnrolReply): Workplace => {
  const board = messageBoard()
  const touched = signal(Date.now())
  let session: Session | undefined
  const desk = signing({
    signIn: async (person, pin) => {
      const answer = await tablet.signIn(person, pin)
      if ('signedIn' in answer) await knows(tablet, person)
      return answer
    },
    who: person => {
      const found = tablet.peek.get(personView, person)
      return found?.active ? { name: found.name, roles: found.roles } : undefined
    },
    use: next => {
      session = next
      // Only a session that the office gave means anything to it.
      tablet.useSession(next?.method === 'online' ? next.session : undefined)
    },
    now: Date.now,
    slots: localStorage
  })
  const scanning = makeScanning(tablet, enrolled.use, desk)
  const floor = makeFloor({
    tablet,
    enrolled,
    signing: desk,
    session: () => session,
    bus: scanning.bus,
    board,
    openCamera: () => {
      scanning.camera.value = true
    }
  })
  onTouch(() => {
    touched.value = Date.now()
    openAudio()
  })
  const tiles = tilesOf(tablet, enrolled, desk)
  return {
    floor,
    scanning,
    board,
    signing: desk,
    idle: locking(desk, enrolled.use, touched, floor),
    tiles,
    tileOf: person =>
      tiles.value.find(tile => tile.person === person) ?? (person ? tileFor(tablet, person) : undefined),
    calm: computed(() => floor.now.value - touched.value > CALM && !busyHere(floor))
  }
}

/** How long nobody touched it; signs out by itself what was left alone. A wall shows on. */
const locking = (
  desk: Signing,
  use: EnrolReply['use'],
  touched: ReadonlySignal<number>,
  floor: Floor
): ReadonlySignal<Idle> => {
  const lock = use === 'station' ? IDLE.lock : IDLE.desk
  const idle = computed<Idle>(() =>
    desk.person.value && use !== 'wall' ? idleAt(touched.value, floor.now.value, lock) : { state: 'awake' }
  )
  effect(() => {
    if (idle.value.state === 'locked') desk.lock()
  })
  return idle
}

const tilesOf = (tablet: Tablet, enrolled: EnrolReply, desk: Signing): ReadonlySignal<readonly Tile[]> => {
  const sample = signal<readonly Tile[]>([])
  if (enrolled.sample)
    void drawn()
      .then(() => import('./enrolling.ts'))
      .then(part => part.samplePeople(tablet, localStorage))
      .then(
        people => {
          sample.value = people
        },
        () => undefined
      )
  return computed(() => (enrolled.sample && sample.value.length > 0 ? sample.value : recentTiles(tablet, desk)))
}

/** In the first seconds after it was enrolled a tablet may let somebody in before it has heard their name. */
const knows = async (tablet: Tablet, person: string): Promise<void> => {
  for (let left = 50; left > 0 && !tablet.peek.get(personView, person); left -= 1)
    await new Promise(done => setTimeout(done, 100))
}

const tileFor = (tablet: Tablet, person: string): Tile | undefined => {
  const found = tablet.known.get(personView, person)
  return found?.active ? { person, name: found.name, badge: found.badge } : undefined
}

const recentTiles = (tablet: Tablet, desk: Signing): readonly Tile[] => {
  const recent = desk.recent.value.map(person => tileFor(tablet, person)).filter(tile => tile !== undefined)
  return recent.length > 0 ? recent : onlyPerson(tablet)
}

/** Who has just set up a plant has no badge to touch yet; there is nobody else whom it could be. */
const onlyPerson = (tablet: Tablet): readonly Tile[] => {
  const people = tablet.known.list(personView).filter(([, { active }]) => active)
  const tile = people.length === 1 && people[0] ? tileFor(tablet, people[0][0]) : undefined
  return tile ? [tile] : []
}

const busyHere = (floor: Floor): boolean =>
  floor.place.use === 'station' &&
  floor
    .list(workOrderView)
    .some(([, order]) => order.operations.some(one => one.state === 'running' && one.station === floor.place.station))
