/** Which of a tablet's cameras reads codes best. Pure; the rules are those of scanning apps that run on many makes. */

export type CameraInfo = {
  readonly id: string
  /** Empty until the camera was allowed once. */
  readonly label: string
  readonly continuousFocus?: boolean
  readonly torch?: boolean
}

const AWAY = /front|user|facetime|selfie|virtual|\bir\b|infrared|depth/i
const BACK = /back|rear|environment|world/i
/** Lenses for other things: they blur or shrink what is 20 cm away. */
const LENS = /ultra|wide|tele|macro|dual|triple|zoom/i

/** The remembered one while it is there, else the main camera at the back. `undefined` where there is none. */
export const chooseCamera = (cameras: readonly CameraInfo[], remembered?: string): CameraInfo | undefined =>
  cameras.find(one => one.id !== '' && one.id === remembered) ??
  [...cameras].sort((a, b) => scoreOf(b) - scoreOf(a) || numberOf(a) - numberOf(b))[0]

const scoreOf = ({ label, continuousFocus, torch }: CameraInfo): number =>
  (AWAY.test(label) ? -8 : 0) +
  (BACK.test(label) ? 4 : 0) +
  (LENS.test(label) ? -3 : 0) +
  (continuousFocus ? 2 : 0) +
  (torch ? 2 : 0)

/** `camera2 0, facing back` is the main one of several at the back. */
const numberOf = ({ label }: CameraInfo): number => Number(/\b(\d+)\b/.exec(label)?.[1] ?? 99)

/** The one after it, for the button that switches. */
export const nextCamera = (cameras: readonly CameraInfo[], current: string | undefined): CameraInfo | undefined =>
  cameras[(cameras.findIndex(one => one.id === current) + 1) % Math.max(1, cameras.length)]
