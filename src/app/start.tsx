/** From an empty page to a workplace: can this browser keep anything, open what it keeps, enrol it if it is new. */
import { signal } from '@preact/signals'
import { ErrorBoundary, lazy } from 'preact-iso'
import { useEffect, useMemo } from 'preact/hooks'
import { browserPorts, watchPage } from '#device/browser.ts'
import { openTablet, type Tablet } from '#device/tablet.ts'
import { listenWedge } from '#device/wedge.ts'
import { OfficeProblem } from '#ui/floor.tsx'
import { EnrolledApp } from './app.tsx'
import { Crash, CrashBoundary } from './crash.tsx'
import { type Obstacle, obstacleHere, Refused } from './refused.tsx'
import { floorViews, viewsOnly, wholeRooms } from './rooms.ts'

const NotEnrolled = lazy(() => import('./not-enrolled.tsx').then(part => part.NotEnrolled))

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
  const slow = setTimeout(() => {
    start.value = { state: 'refused', obstacle: 'blocked' }
  }, PATIENCE)
  try {
    start.value = { state: 'open', opened: await open() }
  } catch (problem) {
    start.value = { state: 'broken', problem }
  } finally {
    clearTimeout(slow)
  }
}

/** Whether this browser was a desk last time: known before the database is open, so that a desk's rooms load beside it. */
const USE = 'jobcard-use'

const open = async (): Promise<Opened> => {
  const desk = localStorage.getItem(USE) === 'desk'
  const activities = desk
    ? await wholeRooms().then(known => [viewsOnly(known.flatMap(room => room.views))])
    : [viewsOnly(floorViews)]
  const ports = browserPorts()
  const problem = (code: string, message: string, hint?: string) => new OfficeProblem(code, message, hint)
  const tablet = await openTablet({ ...ports, activities, problem })
  watchPage(tablet)
  return { tablet, photosWaiting: async () => (await ports.photos.waiting()).length }
}

const remember = (tablet: Tablet): void => localStorage.setItem(USE, tablet.enrolled.peek()?.use ?? '')

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

const onWedge = (listener: (raw: string) => void): (() => void) => listenWedge(document, listener)

const Open = ({ tablet, photosWaiting }: Opened) => {
  const enrolled = tablet.enrolled.value
  const sync = useMemo(
    () => ({
      tablet,
      photosWaiting,
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
    if (!anew) return
    remember(tablet)
    location.reload()
  }, [anew])
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
