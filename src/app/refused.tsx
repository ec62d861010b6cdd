/** Why this browser can't be a tablet, and what would help. Better here than after a day's work is gone. */
import css from './page.module.css'

export type Obstacle = 'no-storage' | 'insecure' | 'old-browser' | 'blocked'

const words: Readonly<Record<Obstacle, readonly [what: string, todo: string]>> = {
  'no-storage': [
    'This browser window keeps nothing.',
    'It is private, or its storage is switched off, so work recorded here would vanish with the window. Open this address in an ordinary window, or install the app from the browser menu.'
  ],
  insecure: [
    'This address is not secure.',
    'Over plain http a browser allows neither working offline nor the camera. Open it by its https address; the administrator has it.'
  ],
  'old-browser': [
    'This browser is too old for Jobcard.',
    'Update it, or use a current Chrome, Edge, Safari or Firefox.'
  ],
  blocked: [
    'Another window of Jobcard holds the storage.',
    'Close the other windows of Jobcard on this device, then open this one again.'
  ]
}

export const Refused = ({ obstacle }: { readonly obstacle: Obstacle }) => (
  <main class={css.page} role="alert" data-obstacle={obstacle}>
    <h1>{words[obstacle][0]}</h1>
    <p>{words[obstacle][1]}</p>
  </main>
)

/** Asked before anything is opened; whether it keeps what it is given is asked of a browser that is new (`canStore`). */
export const obstacleHere = (): Obstacle | undefined => {
  if (!globalThis.isSecureContext) return 'insecure'
  if (typeof structuredClone !== 'function' || !('subtle' in crypto) || !Array.prototype.toSorted) return 'old-browser'
  return 'indexedDB' in globalThis ? undefined : 'no-storage'
}

/** Some private windows have a database that refuses to open or to write. */
export const canStore = (): Promise<boolean> =>
  new Promise(resolve => {
    try {
      const opening = indexedDB.open('jobcard-probe', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('probe')
      opening.onerror = () => resolve(false)
      opening.onsuccess = () => {
        const database = opening.result
        const writing = database.transaction('probe', 'readwrite')
        writing.objectStore('probe').put(1, 'probe')
        const end = (kept: boolean) => {
          database.close()
          resolve(kept)
        }
        writing.oncomplete = () => end(true)
        writing.onabort = () => end(false)
      }
    } catch {
      resolve(false)
    }
  })
