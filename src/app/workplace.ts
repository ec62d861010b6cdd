/**
 * One enrolled tablet, wired: floor, scans, sign-in, lock, camera, Sync centre. Made once for each enrolment; the parts that
 * draw are in `app.tsx`.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { workOrderView } from '#activities/orders/views.ts'
import type { Tablet } from '#device/tablet.ts'
import type { WedgeScan } from '#device/wedge.ts'
import { readLabel } from '#kernel/label.ts'
import type { EnrolReply } from '#sync/protocol.ts'
import { personView } from '#plant/views.ts'
import type { Floor, Scan } from '#ui/floor.tsx'
import { type MessageBoard, messageBoard } from '#ui/messages.tsx'
import { give, openAudio, said } from './cues.ts'
import { drawn } from './drawn.ts'
import { goTo, makeFloor } from './floor.ts'
import { IDLE, type Idle, idleAt, onTouch } from './idle.ts'
import type { WrongScan } from './overlays.tsx'
import { type ReadScan, scanBus } from './scan-bus.ts'
import { answerScan, type ScanStop } from './scan-dispatch.ts'
import { shownCode, tooLong } from './scan-hostile.ts'
import type { Tile } from './sign-in.tsx'
import { type Session, type Signing, signing } from './signing.ts'

export type Workplace = {
  readonly floor: Floor
  /** What a wedge scanner typed; answers whether somebody took it. `offered`: it may be text for the field it is in. */
  readonly wedged: (scan: WedgeScan) => boolean
  /** Whether a text that the camera read names something known here. */
  readonly resolves: (text: string) => boolean
  readonly board: MessageBoard
  readonly signing: Signing
  readonly idle: ReadonlySignal<Idle>
  readonly wrong: Signal<WrongScan | undefined>
  readonly camera: Signal<boolean>
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
  const wrong = signal<WrongScan | undefined>(undefined)
  const camera = signal(false)
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
  const around: Around = { tablet, enrolled, desk, wrong, look: lookUpHere() }
  const bus = scanBus({
    read: scan => readHere(scan, around),
    taken: scan => {
      wrong.value = undefined
      give('ok')
      said.value = `Scanned ${shownCode(scan.raw)}`
    },
    rest: scan => unheard(scan, around),
    refused: (stop, scan) => stopFor(stop, scan, wrong)
  })
  const floor = makeFloor({
    tablet,
    enrolled,
    signing: desk,
    session: () => session,
    bus,
    board,
    openCamera: () => {
      camera.value = true
    }
  })
  onTouch(() => {
    touched.value = Date.now()
    openAudio()
  })
  const tiles = tilesOf(tablet, enrolled, desk)
  return {
    floor,
    wedged: ({ raw, symbology, offered }) => {
      const scan: Scan = { raw, source: 'wedge', at: Date.now(), ...(symbology && { symbology }) }
      if (offered) return bus.offered(scan)
      bus.scanned(scan)
      return true
    },
    resolves: text => around.look.now?.resolves(tablet.peek, text, yearHere()) ?? readLabel(text).label !== 'other',
    board,
    signing: desk,
    idle: locking(desk, enrolled.use, touched, floor),
    wrong,
    camera,
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

const recentTiles = (tablet: Tablet, desk: Signing): readonly Tile[] =>
  desk.recent.value.map(person => tileFor(tablet, person)).filter(tile => tile !== undefined)

const busyHere = (floor: Floor): boolean =>
  floor.place.use === 'station' &&
  floor
    .list(workOrderView)
    .some(([, order]) => order.operations.some(one => one.state === 'running' && one.station === floor.place.station))

type LookUp = typeof import('./scan-look-up.ts')
type Around = {
  readonly tablet: Tablet
  readonly enrolled: EnrolReply
  readonly desk: Signing
  readonly wrong: Signal<WrongScan | undefined>
  readonly look: { readonly coming: Promise<LookUp | undefined>; now?: LookUp }
}

/** GS1 and the names of lots and tools come after the first screen; until then a foreign code waits for them. */
const lookUpHere = (): Around['look'] => {
  const coming = drawn()
    .then(() => import('./scan-look-up.ts'))
    .then(
      loaded => {
        look.now = loaded
        return loaded
      },
      () => undefined
    )
  const look: Around['look'] = { coming }
  return look
}

const yearHere = (): number => new Date().getFullYear()

const readHere = (scan: Scan, { tablet, look }: Around): ReadScan | Promise<ReadScan> => {
  if (readLabel(scan.raw).label !== 'other' && !tooLong(scan.raw)) return { scan }
  if (look.now) return look.now.readScan(tablet.peek, scan, yearHere())
  return look.coming.then(loaded => loaded?.readScan(tablet.peek, scan, yearHere()) ?? { scan })
}

const stopFor = ({ stop, needed, cue }: ScanStop, scan: Scan, wrong: Around['wrong']): void => {
  wrong.value = { scanned: shownCode(scan.printed ?? scan.raw), stop, needed }
  give(cue ?? 'wrong')
}

/** A scan that no screen took: somebody's badge, a job, or a card that says what is needed. */
const unheard = (scan: Scan, { tablet, enrolled, desk, wrong, look }: Around): void => {
  const place = { use: enrolled.use, station: tablet.station.peek() }
  const answer = look.now?.whatIs(tablet.peek, place, scan) ?? answerScan(tablet.peek, place, scan.raw)
  if ('stop' in answer) return stopFor(answer, scan, wrong)
  if ('person' in answer && answer.person === desk.person.peek()?.person && !desk.shown.peek() && inAJob())
    return stopFor(ownBadge(desk), scan, wrong)
  wrong.value = undefined
  give('ok')
  said.value = `Scanned ${shownCode(scan.raw)}`
  if ('person' in answer) desk.badge(answer.person)
  else goTo(answer.go)
}

const inAJob = (): boolean => /^\/(job|inspect|defect)\//.test(location.pathname)

/** In a job the badge of the one who works on it already can only be a slip of the hand. */
const ownBadge = (desk: Signing): ScanStop => ({
  stop: `This is the badge of ${desk.person.peek()?.name ?? 'somebody'}, who works here already.`,
  needed: 'Scan the part, the lot or the tool that the step asks for.',
  cue: 'wrong'
})
