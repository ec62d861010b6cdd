/**
 * Whether this window keeps what is recorded in it once it is closed. Browsers do not say, and Chromium since 148 gives a private
 * window the same answers as an ordinary one. What still tells: Safari and Firefox give a private window no folder of its own
 * (`getDirectory` is refused) and Firefox no service worker; Safari lets it have about 1 GB of space, older Chromium a tenth.
 */

export type Answers = {
  /** The browser has promised not to clear it. */
  readonly persisted: boolean
  /** Bytes; 0 where it does not say. */
  readonly quota: number
  /** Undefined in a browser that knows no such folder. */
  readonly folder: 'given' | 'refused' | undefined
  readonly serviceWorker: boolean
}

/** An ordinary window has most of a disk; what has less than this may be one that forgets, or a disk that is full. Bytes. */
const LITTLE = 1.2 * 1024 ** 3

export const mayForget = ({ persisted, quota, folder, serviceWorker }: Answers): boolean =>
  !persisted && (folder === 'refused' || !serviceWorker || (quota > 0 && quota < LITTLE))

export const answersHere = async (): Promise<Answers> => {
  const { storage } = navigator
  const refused = () => 'refused' as const
  return {
    persisted: (await storage?.persisted?.()) ?? false,
    quota: (await storage?.estimate?.())?.quota ?? 0,
    folder: await storage?.getDirectory?.().then(() => 'given' as const, refused),
    // Without a certificate no window has one.
    serviceWorker: !isSecureContext || 'serviceWorker' in navigator
  }
}
