/** The whole app: not a tablet yet, or a workplace with its screens and what may lie over them. */
import { ErrorBoundary, LocationProvider, lazy, useLocation } from 'preact-iso'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Tablet } from '#device/tablet.ts'
import type { OnWedge } from '#device/wedge.ts'
import type { EnrolReply } from '#sync/protocol.ts'
import { Button } from '#ui/button.tsx'
import { FloorContext } from '#ui/floor.tsx'
import { HelpSlot } from '#ui/floor-screen.tsx'
import { Messages } from '#ui/messages.tsx'
import { CrashBoundary } from './crash.tsx'
import { drawn } from './drawn.ts'
import { HelpButton } from './help-button.tsx'
import { forgetful, keepForOffline, keepScreenOn, lookForForgetting } from './keep.ts'
import { Flash, IdleWarning, Said, WrongScanCard } from './overlays.tsx'
import css from './overlays.module.css'
import { wholeRooms } from './rooms.ts'
import { Routes } from './routes.tsx'
import { shownCode } from './scan-hostile.ts'
import { SignIn } from './sign-in.tsx'
import { SyncContext, type SyncSource } from './sync-port.ts'
import { applyUpdate, updateWaiting } from './update.ts'
import { makeWorkplace, type Workplace } from './workplace.ts'

/** Milliseconds for which other codes are offered, and how many of them: the twelve of a page fit. */
const OTHERS_MS = 15_000
const OTHERS_SHOWN = 11

const OutOfUse = lazy(() => import('./out-of-use.tsx').then(part => part.OutOfUse))
const Camera = lazy(() => import('./camera-reader.tsx').then(part => part.CameraReader))

type Props = {
  readonly tablet: Tablet
  readonly enrolled: EnrolReply
  readonly sync: SyncSource
  readonly onWedge: (listener: OnWedge) => () => void
}

export const EnrolledApp = ({ tablet, enrolled, sync, onWedge }: Props) => {
  const place = useMemo(() => makeWorkplace(tablet, enrolled), [tablet, enrolled])
  useEffect(() => onWedge(whenKnown(tablet, place.scanning.wedged)), [place])
  useEffect(() => {
    void drawn()
      .then(wholeRooms)
      .catch(() => undefined)
    keepForOffline(enrolled.use)
    void lookForForgetting().catch(() => undefined)
  }, [])
  useEffect(() => (enrolled.use === 'desk' ? undefined : keepScreenOn()), [enrolled])
  return (
    <FloorContext.Provider value={place.floor}>
      <HelpSlot.Provider value={HelpButton}>
        <SyncContext.Provider value={sync}>
          <LocationProvider>
            <CrashBoundary>
              <Screens place={place} tablet={tablet} />
            </CrashBoundary>
            <Over place={place} tablet={tablet} />
          </LocationProvider>
        </SyncContext.Provider>
      </HelpSlot.Provider>
    </FloorContext.Provider>
  )
}

/** A scan of the first moments is read once everything is known that it may mean. */
const whenKnown =
  (tablet: Tablet, read: OnWedge): OnWedge =>
  scan => {
    if (tablet.complete.peek()) return read(scan)
    void tablet.whole().then(() => read(scan))
    return true
  }

/** Under the sign-in the screen stays as it was, but nothing in it can be reached. */
const Screens = ({ place, tablet }: { readonly place: Workplace; readonly tablet: Tablet }) => {
  const { path } = useLocation()
  // Read here and not through a computed of this component's own: one that is made again while its page loads misses the change.
  const covered = signInShown(place, path)
  return (
    <div inert={covered}>
      <ErrorBoundary>
        {/* Whoever is faster than the disk waits a moment for a page that is right. */}
        {(path === '/' || tablet.complete.value) && <Routes />}
      </ErrorBoundary>
    </div>
  )
}

/** The scanner is set up before anybody can sign in with it. */
const signInShown = ({ floor, signing }: Workplace, path: string): boolean =>
  floor.place.use !== 'wall' && signing.shown.value && path !== '/scanner'

const Over = ({ place, tablet }: { readonly place: Workplace; readonly tablet: Tablet }) => {
  const { floor } = place
  const { wrong, camera, others } = place.scanning
  const { path } = useLocation()
  const signsIn = signInShown(place, path)
  const Forgetful = forgetful.value
  return (
    <>
      {signsIn && <SignInOver place={place} />}
      {tablet.status.value.revoked && path !== '/sync' && (
        <ErrorBoundary>
          <OutOfUse />
        </ErrorBoundary>
      )}
      {Forgetful && (signsIn || path === '/') && <Forgetful />}
      {wrong.value && (
        <WrongScanCard
          wrong={wrong.value}
          onAgain={() => {
            wrong.value = undefined
          }}
          onCamera={() => {
            wrong.value = undefined
            floor.openCamera()
          }}
        />
      )}
      {camera.value && <CameraOver place={place} />}
      {others.value.length > 0 && <OthersOver place={place} />}
      <IdleWarning idle={place.idle} />
      <Unsaved tablet={tablet} />
      <UpdateNotice place={place} />
      <Messages board={place.board} />
      <Flash />
      <Said />
    </>
  )
}

const SignInOver = ({ place }: { readonly place: Workplace }) => {
  const { signing, floor } = place
  return (
    <SignIn
      tiles={place.tiles.value}
      sample={floor.place.sample}
      asked={place.tileOf(signing.asked.value)}
      check={signing.check}
      onBadge={badge => floor.scanned({ raw: badge, source: 'typed', at: Date.now() })}
      onStay={signing.person.value ? signing.stay : undefined}
    />
  )
}

const CameraOver = ({ place }: { readonly place: Workplace }) => {
  const { camera, resolves, seen } = place.scanning
  const [stay, setStay] = useState(false)
  const close = () => {
    camera.value = false
  }
  return (
    <CrashBoundary>
      <ErrorBoundary>
        <Camera
          known={resolves}
          stay={stay}
          onStay={setStay}
          onClose={close}
          onRead={read => {
            if (!stay) close()
            seen(read)
          }}
        />
      </ErrorBoundary>
    </CrashBoundary>
  )
}

/** The other codes of a page that holds several: the one under the guide was taken. */
const OthersOver = ({ place }: { readonly place: Workplace }) => {
  const { floor } = place
  const { others } = place.scanning
  const close = () => {
    others.value = []
  }
  useEffect(() => {
    const timer = setTimeout(close, OTHERS_MS)
    return () => clearTimeout(timer)
  }, [others.value])
  return (
    <div class={css.others} role="group" aria-label="Other codes in the picture">
      <p>Also in the picture:</p>
      {others.value.slice(0, OTHERS_SHOWN).map(scan => (
        <Button
          key={scan.raw}
          onPress={() => {
            close()
            floor.scanned({ ...scan, at: Date.now() })
          }}
        >
          {shownCode(scan.raw)}
        </Button>
      ))}
      <Button tone="quiet" onPress={close}>
        None
      </Button>
    </div>
  )
}

const Unsaved = ({ tablet }: { readonly tablet: Tablet }) => {
  const { unsaved } = tablet.storage.value
  if (unsaved === 0) return null
  return (
    <p class={css.unsaved} role="alert">
      Not saved: the storage of this tablet refuses. Leave this page open and call somebody.
    </p>
  )
}

/** By itself when nothing is in progress at the first page; else by its button. Never in the middle of a step. */
const UpdateNotice = ({ place }: { readonly place: Workplace }) => {
  const { use } = place.floor.place
  const { path } = useLocation()
  const [later, setLater] = useState(false)
  const waits = updateWaiting.value
  const safe = use === 'wall' || (place.calm.value && path === '/')
  useEffect(() => {
    if (waits && safe) applyUpdate()
  }, [waits, safe])
  if (!waits || later || use === 'wall' || (path !== '/' && path !== '/sync')) return null
  return (
    <div class={css.update} role="status">
      <p>A new version of Jobcard is here. Nothing is lost when you use it.</p>
      <Button onPress={() => setLater(true)}>Later</Button>
      <Button onPress={applyUpdate}>Use it now</Button>
    </div>
  )
}
