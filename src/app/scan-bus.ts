/**
 * Who hears a scan, from whatever source: first what it says is read (`read`), then the newest listener is asked, and the first
 * that takes it ends it. What nobody takes goes to `rest`; what no screen may see, such as a code that is wrong, to `refused`.
 */
import type { Scan } from '#ui/floor.tsx'
import type { ScanStop } from './scan-dispatch.ts'

export type ReadScan = { readonly scan: Scan } | ScanStop

export type ScanBus = {
  readonly scanned: (scan: Scan) => void
  /** Shows it to the screens alone; nothing happens when none takes it. For text that may be meant for a field. */
  readonly offered: (scan: Scan) => boolean
  readonly onScan: (listener: (scan: Scan) => boolean) => () => void
}

export type BusPorts = {
  /** A promise while what is needed to read it is still loading. */
  readonly read: (scan: Scan) => ReadScan | Promise<ReadScan>
  readonly taken: (scan: Scan) => void
  readonly rest: (scan: Scan) => void
  readonly refused: (stop: ScanStop, scan: Scan) => void
}

export const scanBus = ({ read, taken, rest, refused }: BusPorts): ScanBus => {
  let listeners: readonly ((scan: Scan) => boolean)[] = []
  const heard = (scan: Scan): boolean => {
    // A list of its own: a listener that takes a scan may well open a screen that listens, too.
    const now = listeners
    const took = now.some(listener => listener(scan))
    if (took) taken(scan)
    return took
  }
  const give = (answer: ReadScan, scan: Scan): void => {
    if ('stop' in answer) refused(answer, scan)
    else if (!heard(answer.scan)) rest(answer.scan)
  }
  return {
    scanned: scan => {
      const answer = read(scan)
      if (answer instanceof Promise) void answer.then(late => give(late, scan))
      else give(answer, scan)
    },
    offered: scan => {
      const answer = read(scan)
      return !(answer instanceof Promise) && 'scan' in answer && heard(answer.scan)
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
