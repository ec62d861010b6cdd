/** Who hears a scan: the newest listener first, and the first that takes it ends it. What nobody takes goes to `rest`. */
import type { Scan } from '#ui/floor.tsx'

export type ScanBus = {
  readonly scanned: (scan: Scan) => void
  readonly onScan: (listener: (scan: Scan) => boolean) => () => void
}

export const scanBus = (taken: (scan: Scan) => void, rest: (scan: Scan) => void): ScanBus => {
  let listeners: readonly ((scan: Scan) => boolean)[] = []
  return {
    scanned: scan => {
      // A list of its own: a listener that takes a scan may well open a screen that listens, too.
      const now = listeners
      for (const listener of now) if (listener(scan)) return taken(scan)
      rest(scan)
    },
    onScan: listener => {
      const mine = (scan: Scan): boolean => listener(scan)
      listeners = [mine, ...listeners]
      return () => {
        listeners = listeners.filter(one => one !== mine)
      }
    }
  }
}
