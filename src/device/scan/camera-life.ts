/**
 * Keeps a camera open while its page is looked at. Systems end, mute or blacken a camera behind the page's back and tell of its
 * return by different events, so all of them are heard; one opening at a time, and what opens after the end is closed at once.
 */
import type { CameraTrouble } from './camera.ts'

/** What is kept open. `alive` is asked when the page comes back: a track that ended or was muted is not. */
export type Kept = { readonly alive: () => boolean; readonly close: () => void }

export type LifePorts<T extends Kept> = {
  readonly open: (wanted: string | undefined) => Promise<T | CameraTrouble>
  readonly onOpen: (kept: T | undefined) => void
  readonly onTrouble: (trouble: CameraTrouble) => void
  readonly visible: () => boolean
  /** The page came back or went: `visibilitychange`, `pageshow`, `focus`, `pagehide`. Returns the way to stop. */
  readonly onTurn: (turn: () => void) => () => void
}

export type CameraLife = {
  /** Another camera, or the same one anew. */
  readonly reopen: (wanted?: string) => void
  /** The camera ended or fell silent by itself. */
  readonly lost: () => void
  readonly end: () => void
}

export const cameraLife = <T extends Kept>(ports: LifePorts<T>): CameraLife => {
  let ended = false
  let open: T | undefined
  let opening = false
  let wanted: string | undefined
  let again = false
  const close = (): void => {
    if (!open) return
    open.close()
    open = undefined
    ports.onOpen(undefined)
  }
  const start = async (): Promise<void> => {
    if (opening) {
      again = true
      return
    }
    if (open || ended || !ports.visible()) return
    opening = true
    again = false
    const answer = await ports.open(wanted)
    opening = false
    if (typeof answer === 'string') {
      if (!ended && !again) ports.onTrouble(answer)
    } else if (ended || again || !ports.visible()) answer.close()
    else {
      open = answer
      ports.onOpen(answer)
    }
    if (again && !ended) await start()
  }
  const turn = (): void => {
    if (!ports.visible()) return close()
    if (open && !open.alive()) close()
    if (!opening) void start()
  }
  const stopTurns = ports.onTurn(turn)
  void start()
  return {
    reopen: next => {
      wanted = next ?? wanted
      close()
      void start()
    },
    lost: () => {
      close()
      if (!opening) void start()
    },
    end: () => {
      ended = true
      stopTurns()
      close()
    }
  }
}
