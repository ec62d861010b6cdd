/** From an empty page to a workplace: can this browser keep anything, open what it keeps, enrol it if it is new. */
import { signal } from '@preact/signals'
import { ErrorBoundary, lazy } from 'preact-iso'
import { useEffect, useMemo } from 'preact/hooks'
import { type PagePorts, pagePorts, watchPage } from '#device/browser.ts'
import type { Base, ShownPorts, Tablet, Works } from '#device/face.ts'
import { FIRST } from '#device/names.ts'
import { showTablet } from '#device/shown.ts'
import { listenWedge, type OnWedge } from '#device/wedge.ts'
import { readWedgeSettings } from '#device/wedge-settings.ts'
import { workOrderView } from '#activities/orders/views.ts'
import { personView, stationView, tabletView } from '#plant/views.ts'
import type { EnrolReply } from '#sync/protocol.ts'
import { EnrolledApp } from './app.tsx'
import { Crash, CrashBoundary } from './crash.tsx'
import { drawn } from './drawn.ts'
import { canStore, type Obstacle, obstacleHere, Refused } from './refused.tsx'
import { wholeRooms } from './rooms.ts'
import { fetchHome } from './routes.tsx'

const NotEnrolled = lazy(() => import('./not-enrolled.tsx').then(part => part.NotEnrolled))

type Opened = { readonly tablet: Tablet }
type Start =
  | { readonly state: 'opening' }
  | { readonly state: 'refused'; readonly obstacle: Obstacle }
  | { readonly state: 'broken'; readonly problem: unknown }
  | { readonly state: 'open'; readonly opened: Opened }

const start = signal<Start>({ state: 'opening' })
/** Shows the enrolment although this is a tablet already: for another place. */
const moving = signal(false)

/** IndexedDB waits without a word when another window holds an older version open. */
const PATIENCE = 8_000

export const begin = async (): Promise<void> => {
  const obstacle = obstacleHere()
  if (obstacle) return refuse(obstacle)
  const slow = setTimeout(() => refuse('blocked'), PATIENCE)
  try {
    const opened = await open()
    if (opened.tablet.enrolled.peek() || (await canStore())) start.value = { state: 'open', opened }
    else refuse('no-storage')
  } catch (problem) {
    if (await canStore()) broken(problem)
    else refuse('no-storage')
  } finally {
    clearTimeout(slow)
  }
}

const refuse = (obstacle: Obstacle): void => {
  start.value = { state: 'refused', obstacle }
}
const broken = (problem: unknown): void => {
  start.value = { state: 'broken', problem }
}

/** What this browser was last time: known before the database is open, so that its files are fetched meanwhile. */
const USE = 'jobcard-use'

/** What is known first; what records and sends comes after the first screen, and before it only where something waits to be folded. */
const open = async (): Promise<Opened> => {
  const use = localStorage.getItem(USE)
  if (use) fetchHome(use)
  // A supervisor may have moved this tablet since it was enrolled.
  const stationOf: ShownPorts['stationOf'] = (known, device) => known.get(tabletView, device)?.station
  const ports = { ...pagePorts(), stationOf }
  const tablet = await showTablet(ports, base => works(ports, use === 'desk', base))
  watchPage(tablet)
  void drawn().then(tablet.whole).catch(broken)
  return { tablet }
}

const works = async (ports: PagePorts, desk: boolean, base: Base): Promise<Works> => {
  const [part, rooms] = await Promise.all([arrived(() => import('./works.ts')), desk ? arrived(wholeRooms) : undefined])
  return part.worksHere(ports, rooms, base)
}

/** Milliseconds. */
const AGAIN = 2_000

/** A file that does not come now comes with the network: what is known is on the screen already. */
const arrived = async <T,>(load: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await load()
    } catch {
      await new Promise(done => setTimeout(done, AGAIN))
    }
  }
}

/** What a station's first page is drawn from, read before all else the next time. Others are small or are seldom opened anew. */
const stationFirst = [workOrderView, stationView, tabletView, personView].map(kind => kind.name).join(' ')

const remember = ({ use }: EnrolReply): void => {
  localStorage.setItem(USE, use)
  if (use === 'station') localStorage.setItem(FIRST, stationFirst)
  else localStorage.removeItem(FIRST)
}

export const Jobcard = () => {
  const now = start.value
  switch (now.state) {
    case 'opening':
      return null
    case 'refused':
      return <Refused obstacle={now.obstacle} />
    case 'broken':
      return <Crash problem={now.problem} />
    case 'open':
      return (
        <CrashBoundary>
          <Open {...now.opened} />
        </CrashBoundary>
      )
  }
}

const onWedge = (listener: OnWedge): (() => void) =>
  listenWedge(document, listener, () => readWedgeSettings(localStorage))

const Open = ({ tablet }: Opened) => {
  const enrolled = tablet.enrolled.value
  const sync = useMemo(
    () => ({
      tablet,
      leave: () => {
        moving.value = true
      }
    }),
    [tablet]
  )
  const wasDesk = useMemo(() => localStorage.getItem(USE) === 'desk', [])
  // A desk knows rooms that a station does not, and they are chosen when the tablet is opened: so it is opened anew.
  const anew = enrolled !== undefined && !moving.value && wasDesk !== (enrolled.use === 'desk')
  useEffect(() => {
    if (enrolled && !moving.value) remember(enrolled)
    if (anew) location.reload()
  }, [anew, enrolled])
  if (anew) return null
  if (enrolled && !moving.value)
    return <EnrolledApp key={enrolled.device} tablet={tablet} enrolled={enrolled} sync={sync} onWedge={onWedge} />
  return (
    <ErrorBoundary>
      <NotEnrolled
        tablet={tablet}
        moving={moving.value}
        onWedge={onWedge}
        onDone={() => {
          moving.value = false
        }}
      />
    </ErrorBoundary>
  )
}
