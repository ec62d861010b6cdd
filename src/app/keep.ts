/** What a tablet does for the hours without a network: fetches what it may need later, and keeps its screen lit. */
import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { drawn } from './drawn.ts'
import { openWorker } from './planner.ts'
import { warmDesk, warmStation } from './routes.tsx'

/**
 * The service worker keeps what passes through it, but the first page was loaded before it was there. So once it is, what was
 * loaded is asked for again, and the screens of a station or a desk are fetched ahead, with the camera's reader or the planner.
 */
export const keepForOffline = (use: string): void => {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  void (async () => {
    await drawn()
    await navigator.serviceWorker.ready
    await controlled()
    if (use === 'desk') warmDesk()
    else warmStation()
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    const own = loaded.filter(name => name.startsWith(`${location.origin}/assets/`))
    await Promise.all(
      own.map(name =>
        fetch(name).then(
          reply => reply.arrayBuffer(),
          () => undefined
        )
      )
    )
    if (use === 'desk') return warmPlanner()
    await import('./camera-reader.tsx')
    const { warmReader } = await import('#device/scan/warm.ts')
    await warmReader()
    // Not here: another time. Everything but the camera works without it.
  })().catch(() => undefined)
}

/** Its worker is a program of its own, with files that no screen loads: it is begun once and sent home when it speaks. */
const warmPlanner = (): void => {
  const line = openWorker(
    () => line.end(),
    () => undefined
  )
}

/** The notice that this window may forget; undefined while it is not known, and where it keeps. */
export const forgetful = signal<ComponentType>()

export const lookForForgetting = async (): Promise<void> => {
  await drawn()
  const { answersHere, mayForget } = await import('./keeping.ts')
  if (mayForget(await answersHere())) forgetful.value = (await import('./forgetful.tsx')).Forgetful
}

const controlled = (): Promise<void> =>
  new Promise(resolve => {
    if (navigator.serviceWorker.controller) return resolve()
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
  })

/** Returns the way to stop. The browser lets go of it whenever the page is hidden, so it is asked for each time. */
export const keepScreenOn = (): (() => void) => {
  let lock: WakeLockSentinel | undefined
  const ask = (): void => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    void navigator.wakeLock.request('screen').then(
      given => {
        lock = given
      },
      () => undefined
    )
  }
  ask()
  document.addEventListener('visibilitychange', ask)
  return () => {
    document.removeEventListener('visibilitychange', ask)
    void lock?.release()
  }
}
