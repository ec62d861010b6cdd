/**
 * A new build is applied when nobody is in the middle of something: by a button, or by itself at the station's home with
 * nothing in progress. Until then the old build goes on working; the office understands it.
 */
import { signal } from '@preact/signals'
import type { Workbox } from 'workbox-window'

/** Three reloads within a minute mean that the new build does not come up: stay with what runs. */
export const RELOADS = { most: 3, within: 60_000 } as const

/** The times that still count, and whether one more reload is wise. `now` in milliseconds. */
export const mayReload = (times: readonly number[], now: number): { readonly may: boolean; readonly kept: readonly number[] } => {
  const kept = times.filter(time => time <= now && now - time < RELOADS.within)
  return { may: kept.length < RELOADS.most, kept }
}

/** The name of this build, written in by the build itself. */
declare const __BUILD__: string

/** A new build is here and waits. */
export const updateWaiting = signal(false)
export const buildId: string = __BUILD__

let workbox: Workbox | undefined
let asked = false

/** Loaded after the first screen: a worker that is registered a second later keeps the app just as well. */
export const startUpdates = async (): Promise<void> => {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const { Workbox: Worker } = await import('workbox-window')
  const mine = new Worker('/service-worker.js')
  workbox = mine
  mine.addEventListener('waiting', () => { updateWaiting.value = true })
  mine.addEventListener('controlling', event => {
    if (asked && event.isUpdate) reload()
  })
  void mine.register().catch(() => undefined)
  // A tablet that is never closed asks for news itself: each hour, and whenever somebody comes back to it.
  setInterval(() => void mine.update().catch(() => undefined), 3_600_000)
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void mine.update().catch(() => undefined)
  })
}

/** Only from a button or at a safe moment. */
export const applyUpdate = (): void => {
  if (!mayReload(reloadTimes(), Date.now()).may) return
  asked = true
  workbox?.messageSkipWaiting()
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
