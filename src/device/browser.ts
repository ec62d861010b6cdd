/** Where what is shown meets the browser. The rest of the globals are in `browser-works.ts`. */
import { earlyRead, earlySlots } from './early-read.ts'
import type { ShownPorts, Tablet } from './face.ts'
import type { Message, Tabs } from './tabs.ts'

export type PagePorts = Omit<ShownPorts, 'stationOf'>

export const pagePorts = (): PagePorts => ({
  read: earlyRead,
  slots: earlySlots(),
  tabs: channel(),
  timers: {
    set: (ms, then) => {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    }
  },
  now: () => Date.now(),
  visible: () => document.visibilityState === 'visible'
})

/** What brings a tablet back to work: the network, the page, the person. Returns the way to stop. */
export const watchPage = (tablet: Tablet): (() => void) => {
  const resume = () => {
    if (document.visibilityState === 'visible') tablet.resume()
  }
  const stop = new AbortController()
  const { signal } = stop
  addEventListener('online', resume, { signal })
  addEventListener('pageshow', resume, { signal })
  document.addEventListener('visibilitychange', resume, { signal })
  return () => stop.abort()
}

/** Asks the browser not to throw our storage away. Answers what it said. */
export const askToPersist = async (): Promise<boolean> => (await navigator.storage?.persist?.()) ?? false

const channel = (): Tabs => {
  if (!('BroadcastChannel' in globalThis)) return { post: () => undefined, listen: () => undefined }
  const open = new BroadcastChannel('jobcard')
  return {
    post: message => open.postMessage(message),
    // Only other tabs of this app post here.
    listen: then => open.addEventListener('message', event => then(event.data as Message))
  }
}
