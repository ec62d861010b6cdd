/**
 * A new build is applied when nobody is in the middle of something: by a button, or by itself at the station's home with
 * nothing in progress. Until then the old build goes on working; the office understands it.
 */
import { signal } from '@preact/signals'
import type { Workbox } from 'workbox-window'

/** Three reloads within a minute mean that the new build does not come up: stay with what runs. */
export const RELOADS = { most: 3, within: 60_000 } as const

/** The times that still count, and whether one more reload is wise. `now` in milliseconds. */
export const mayReload = (
  times: readonly number[],
  now: number
): { readonly may: boolean; readonly kept: readonly number[] } => {
  const kept = times.filter(time => time <= now && now - time < RELOADS.within)
  return { may: kept.length < RELOADS.most, kept }
}

/** The name of this build, written in by the build itself. */
declare const __BUILD__: string

/** A new build is here and waits. */
export const updateWaiting = signal(false)
export const buildId: string = __BUILD__

let workbox: Workbox | undefined

/** Loaded after the first screen: a worker that is registered a second later keeps the app just as well. */
export const startUpdates = async (): Promise<void> => {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const { Workbox } = await import('workbox-window')
  const mine = new Workbox('/service-worker.js')
  // Whoever found it: this page, another tab, the browser by itself. The first worker of all has nothing to wait for.
  mine.addEventListener('waiting', () => {
    updateWaiting.value = true
  })
  const registration = await mine.register({ immediate: true }).catch(() => undefined)
  if (!registration) return
  workbox = mine
  if (registration.waiting && navigator.serviceWorker.controller) updateWaiting.value = true
  // A tablet that is never closed asks for news itself: each hour, and whenever somebody comes back to it.
  const ask = (): void => void mine.update().catch(() => undefined)
  setInterval(ask, 3_600_000)
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') ask()
  })
}

/** Only from a button or at a safe moment. */
export const applyUpdate = (): void => {
  if (!workbox || !mayReload(reloadTimes(), Date.now()).may) return
  // Other tabs go on with the build they have: only the one that asked is opened anew.
  workbox.addEventListener('controlling', reload)
  workbox.messageSkipWaiting()
}

const KEY = 'jobcard-reloads'

const reloadTimes = (): readonly number[] => {
  try {
    const times: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(times) ? times.filter(time => typeof time === 'number') : []
  } catch {
    return []
  }
}

const reload = (): void => {
  const { may, kept } = mayReload(reloadTimes(), Date.now())
  if (!may) return
  sessionStorage.setItem(KEY, JSON.stringify([...kept, Date.now()]))
  location.reload()
}
