/** One open camera: chosen, focused, with what it can do. Says in plain words why there is none. */
import { type CameraInfo, chooseCamera } from './camera-choice.ts'

/** Why there is no picture. The words for it belong to the screen. */
export type CameraTrouble = 'blocked' | 'none' | 'taken' | 'insecure' | 'no-reader' | 'unknown'

export const troubleOf = (problem: unknown): CameraTrouble => {
  const name = problem instanceof Error || problem instanceof DOMException ? problem.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'blocked'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  if (name === 'NotReadableError' || name === 'AbortError') return 'taken'
  return 'unknown'
}

export type Zoom = {
  readonly min: number
  readonly max: number
  readonly value: number
  readonly set: (value: number) => Promise<void>
}

export type Camera = {
  readonly id: string | undefined
  readonly others: readonly CameraInfo[]
  readonly track: MediaStreamTrack
  /** Undefined where the camera has none. */
  readonly light: ((on: boolean) => Promise<void>) | undefined
  readonly zoom: Zoom | undefined
  readonly close: () => void
}

type Slots = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
const SLOT = 'jobcard-camera'

/** What is asked of any camera: wide enough for a long code across the whole picture, never cut. */
const WISH = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 30 } } as const

/** Not yet in the DOM types. */
type Can = {
  readonly torch?: boolean
  readonly focusMode?: readonly string[]
  readonly zoom?: { readonly min: number; readonly max: number }
}

/** `wanted`: the camera that a person switched to; it is remembered for this tablet. */
export const openCamera = async (
  video: HTMLVideoElement,
  slots: Slots,
  wanted?: string
): Promise<Camera | CameraTrouble> => {
  // Outside a secure context the property is missing, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices) return 'insecure'
  const remembered = wanted ?? slots.getItem(SLOT) ?? undefined
  try {
    let stream = await streamOf(devices, remembered)
    const cameras = await listCameras(devices)
    const best = chooseCamera(cameras, remembered)
    if (best && best.id !== '' && best.id !== idOf(stream)) {
      // Names and abilities are told only after the first permission, so the first stream may be of the wrong lens.
      stop(stream)
      stream = await streamOf(devices, best.id)
    }
    const [track] = stream.getVideoTracks()
    if (!track) return 'none'
    const id = idOf(stream)
    if (id) slots.setItem(SLOT, id)
    await focus(track)
    video.srcObject = stream
    await video.play()
    return cameraOf(video, stream, track, id, cameras)
  } catch (problem) {
    return troubleOf(problem)
  }
}

const cameraOf = (
  video: HTMLVideoElement,
  stream: MediaStream,
  track: MediaStreamTrack,
  id: string | undefined,
  others: readonly CameraInfo[]
): Camera => {
  let lit = false
  const can = canOf(track)
  const light = async (on: boolean): Promise<void> => {
    await track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
    lit = on
  }
  return {
    id,
    others,
    track,
    light: can.torch ? light : undefined,
    zoom: zoomOf(track, can),
    close: () => {
      // Some systems leave the light burning when the track ends first.
      const dark = lit ? light(false).catch(() => undefined) : Promise.resolve()
      void dark.then(() => stop(stream))
      video.srcObject = null
    }
  }
}

/** A camera that is gone since it was remembered must not keep the others from being used. */
const streamOf = async (devices: MediaDevices, id: string | undefined): Promise<MediaStream> => {
  const any = { audio: false, video: { ...WISH, facingMode: { ideal: 'environment' } } }
  if (!id) return devices.getUserMedia(any)
  try {
    return await devices.getUserMedia({ audio: false, video: { ...WISH, deviceId: { exact: id } } })
  } catch (problem) {
    if (troubleOf(problem) !== 'none') throw problem
    return devices.getUserMedia(any)
  }
}

const stop = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop()
}

const idOf = (stream: MediaStream): string | undefined => stream.getVideoTracks()[0]?.getSettings().deviceId

const listCameras = async (devices: MediaDevices): Promise<readonly CameraInfo[]> => {
  const all = await devices.enumerateDevices().catch(() => [])
  return all
    .filter(device => device.kind === 'videoinput')
    .map(device => {
      // Only Chromium tells what a camera can do before it is opened.
      const can = 'getCapabilities' in device ? ((device as InputDeviceInfo).getCapabilities() as Can) : {}
      return {
        id: device.deviceId,
        label: device.label,
        continuousFocus: can.focusMode?.includes('continuous') ?? false,
        torch: can.torch ?? false
      }
    })
}

const canOf = (track: MediaStreamTrack): Can => (track.getCapabilities?.() ?? {}) as Can

const focus = async (track: MediaStreamTrack): Promise<void> => {
  if (!canOf(track).focusMode?.includes('continuous')) return
  const wish = { focusMode: 'continuous' } as MediaTrackConstraintSet
  await track.applyConstraints({ advanced: [wish] }).catch(() => undefined)
}

const zoomOf = (track: MediaStreamTrack, { zoom }: Can): Zoom | undefined => {
  if (!zoom || zoom.max <= zoom.min) return undefined
  const now = track.getSettings() as { readonly zoom?: number }
  return {
    min: zoom.min,
    max: zoom.max,
    value: now.zoom ?? zoom.min,
    set: value => track.applyConstraints({ advanced: [{ zoom: value } as MediaTrackConstraintSet] })
  }
}
