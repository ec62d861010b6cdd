/** Everything that happens to a code on this tablet: from scanner, camera or fingers to the screen that takes it, or to a card. */
import { type Signal, signal } from '@preact/signals'
import type { Tablet } from '#device/tablet.ts'
import type { WedgeScan } from '#device/wedge.ts'
import { readLabel } from '#kernel/label.ts'
import type { EnrolReply } from '#sync/protocol.ts'
import type { Scan } from '#ui/floor.tsx'
import type { CameraRead } from './camera-reader.tsx'
import { give, said } from './cues.ts'
import { drawn } from './drawn.ts'
import { goTo } from './floor.ts'
import type { WrongScan } from './overlays.tsx'
import { type ReadScan, type ScanBus, scanBus } from './scan-bus.ts'
import { answerScan, type ScanStop } from './scan-dispatch.ts'
import { shownCode, tooLong } from './scan-hostile.ts'
import type { Signing } from './signing.ts'

export type Scanning = {
  readonly bus: ScanBus
  /** The card that lies over the screen. */
  readonly wrong: Signal<WrongScan | undefined>
  readonly camera: Signal<boolean>
  /** Codes beside the one that was taken from the picture. */
  readonly others: Signal<readonly Scan[]>
  /** What a wedge scanner typed; answers whether somebody took it. */
  readonly wedged: (scan: WedgeScan) => boolean
  /** What the camera read or what was typed there. */
  readonly seen: (read: CameraRead) => void
  /** Whether a text that the camera read names something known here. */
  readonly resolves: (text: string) => boolean
}

export const makeScanning = (tablet: Tablet, use: EnrolReply['use'], desk: Signing): Scanning => {
  const wrong = signal<WrongScan | undefined>(undefined)
  const camera = signal(false)
  const others = signal<readonly Scan[]>([])
  const around: Around = { tablet, use, desk, wrong, look: lookUpHere() }
  const bus = scanBus({
    read: scan => readHere(scan, around),
    taken: scan => {
      wrong.value = undefined
      accept(scan)
    },
    // A card or another screen needs the whole tablet; only where a screen takes one code after the other the camera stays.
    rest: scan => {
      camera.value = false
      unheard(scan, around)
    },
    refused: (stop, scan) => {
      camera.value = false
      stopFor(stop, scan, wrong)
    }
  })
  return {
    bus,
    wrong,
    camera,
    others,
    wedged: ({ raw, symbology, offered }) => {
      const scan: Scan = { raw, source: 'wedge', at: Date.now(), ...(symbology && { symbology }) }
      if (offered) return bus.offered(scan)
      bus.scanned(scan)
      return true
    },
    seen: read => {
      others.value = read.others.map(one => scanOf(one, read.typed))
      bus.scanned(scanOf(read, read.typed))
    },
    resolves: text => around.look.now?.resolves(tablet.peek, text, yearHere()) ?? readLabel(text).label !== 'other'
  }
}

const accept = (scan: Scan): void => {
  give('ok')
  said.value = `Scanned ${shownCode(scan.raw)}`
}

type LookUp = typeof import('./scan-look-up.ts')
type Around = {
  readonly tablet: Tablet
  readonly use: EnrolReply['use']
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

const scanOf = ({ text, symbology }: CameraRead['others'][number], typed: boolean): Scan => ({
  raw: text,
  source: typed ? 'typed' : 'camera',
  at: Date.now(),
  ...(symbology && { symbology })
})

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
const unheard = (scan: Scan, { tablet, use, desk, wrong, look }: Around): void => {
  const place = { use, station: tablet.station.peek() }
  const plain = answerScan(tablet.peek, place, scan.raw)
  const answer = 'stop' in plain ? (look.now?.whatIs(tablet.peek, place, scan) ?? plain) : plain
  if ('stop' in answer) return stopFor(answer, scan, wrong)
  if ('person' in answer && answer.person === desk.person.peek()?.person && !desk.shown.peek() && inAJob())
    return stopFor(ownBadge(desk), scan, wrong)
  wrong.value = undefined
  accept(scan)
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
