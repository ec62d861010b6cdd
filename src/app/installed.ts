/**
 * Safari throws away what a page in a tab keeps after seven days without a visit; an app on the Home Screen keeps it. So on an iPad or
 * iPhone nothing is recorded in a tab: work that may vanish must not look saved. (Every browser there is Safari underneath.)
 */

export type Browser = {
  readonly userAgent: string
  readonly touchPoints: number
  /** Opened from the Home Screen. */
  readonly standalone: boolean
}

/** An iPad calls itself a Macintosh; no Macintosh is touched. */
export const mustBeInstalled = ({ userAgent, touchPoints, standalone }: Browser): boolean =>
  !standalone && (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1))

export const HOW_TO_INSTALL =
  'On this device Jobcard records only from the Home Screen: Safari may clear what a tab keeps. Touch Share, then “Add to Home Screen”, and open Jobcard from there.'

export const notInstalledHere = (): boolean =>
  mustBeInstalled({
    userAgent: navigator.userAgent,
    touchPoints: navigator.maxTouchPoints,
    standalone:
      ('standalone' in navigator && navigator.standalone === true) || matchMedia('(display-mode: standalone)').matches
  })
