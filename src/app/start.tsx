/** From an empty page to a workplace: can this browser keep anything, open what it keeps, enrol it if it is new. */
import { signal } from '@preact/signals'
import { lazy, ErrorBoundary } from 'preact-iso'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { catalog } from '#activities/catalog.ts'
import { askToPersist, browserPorts, watchPage } from '#device/browser.ts'
import { openTablet, type Tablet } from '#device/tablet.ts'
import { listenWedge } from '#device/wedge.ts'
import { OfficeProblem } from '#ui/floor.tsx'
import { EnrolledApp } from './app.tsx'
import { Crash, CrashBoundary } from './crash.tsx'
import { codeOf, enrollingWith, fromHash } from './enrolling.ts'
import { type Obstacle, obstacleHere, Refused } from './refused.tsx'
import { syncDesk } from './sync-desk.ts'

const EnrolScreen = lazy(() => import('./enrol-screen.tsx').then(part => part.EnrolScreen))
const SetUpScreen = lazy(() => import('./set-up-screen.tsx').then(part => part.SetUpScreen))

type Opened = { readonly tablet: Tablet; readonly photosWaiting: () => Promise<number> }
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
  const obstacle = await obstacleHere()
  if (obstacle) {
    start.value = { state: 'refused', obstacle }
    return
  }
  const slow = setTimeout(() => { start.value = { state: 'refused', obstacle: 'blocked' } }, PATIENCE)
  try {
    start.value = { state: 'open', opened: await open() }
  } catch (problem) {
    start.value = { state: 'broken', problem }
  } finally {
    clearTimeout(slow)
  }
}

const open = async (): Promise<Opened> => {
  const ports = browserPorts()
  const problem = (code: string, message: string, hint?: string) => new OfficeProblem(code, message, hint)
  const tablet = await openTablet({ ...ports, activities: catalog, problem })
  watchPage(tablet)
  return { tablet, photosWaiting: async () => (await ports.photos.waiting()).length }
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
      return <CrashBoundary><Opened {...now.opened} /></CrashBoundary>
  }
}

const onWedge = (listener: (raw: string) => void): (() => void) => listenWedge(document, () => performance.now(), listener)

const Opened = ({ tablet, photosWaiting }: Opened) => {
  const enrolled = tablet.enrolled.value
  const sync = useMemo(() => syncDesk({ tablet, photosWaiting, leave: () => { moving.value = true } }), [tablet])
  if (enrolled && !moving.value) return <EnrolledApp key={enrolled.device} tablet={tablet} enrolled={enrolled} sync={sync} onWedge={onWedge} />
  return <ErrorBoundary><NotEnrolled tablet={tablet} /></ErrorBoundary>
}

const NotEnrolled = ({ tablet }: { readonly tablet: Tablet }) => {
  const [asked] = useState(() => fromHash(location.hash))
  const [code, setCode] = useState(asked.enrol)
  const enrolling = useMemo(() => enrollingWith(tablet, () => settle(tablet)), [tablet])
  useEffect(() => onWedge(raw => {
    const read = codeOf(raw)
    if (read) setCode(read)
  }), [])
  useEffect(() => void wallOfSample(enrolling), [enrolling])
  return asked.setUp ? <SetUpScreen code={asked.setUp} onSetUp={enrolling.setUp} /> : <EnrolScreen enrolling={enrolling} code={code} />
}

/** The address of the wall is enough for a sample plant: it is opened on a second screen, where nobody wants to choose. */
const wallOfSample = async (enrolling: ReturnType<typeof enrollingWith>): Promise<void> => {
  if (location.pathname !== '/board' || moving.value) return
  const site = await enrolling.site()
  if (site?.sample) await enrolling.asSample('wall', undefined, 'Wall board')
}

const settle = (tablet: Tablet): void => {
  moving.value = false
  if (location.hash || (location.pathname !== '/' && location.pathname !== '/board')) history.replaceState(null, '', '/')
  void askToPersist().then(() => tablet.refreshStorage())
}
