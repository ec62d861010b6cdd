/** The camera: opens it, hands its frames to a decoder one at a time, and says in plain words when it can't. */
import { judge, type Reading } from './consensus.ts'
import type { Decoder, Frame } from './decoder.ts'
import { openDecoder } from './decoders.ts'

/** Why there is no picture. The words for it belong to the screen. */
export type CameraTrouble = 'blocked' | 'none' | 'taken' | 'insecure' | 'no-reader' | 'unknown'

export const troubleOf = (problem: unknown): CameraTrouble => {
  const name = problem instanceof Error || problem instanceof DOMException ? problem.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'blocked'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  if (name === 'NotReadableError' || name === 'AbortError') return 'taken'
  return 'unknown'
}

export type CameraReader = {
  readonly decoder: Decoder['name']
  /** Undefined where the camera has no light. */
  readonly light: ((on: boolean) => Promise<void>) | undefined
  readonly close: () => void
}

type Asked = { readonly onRead: (reading: Reading) => void; readonly onTrouble: (trouble: CameraTrouble) => void }

/** Plays the camera in `video` and reads until it is closed. Answers the trouble instead when there is no picture. */
export const openReader = async (
  video: HTMLVideoElement,
  { onRead, onTrouble }: Asked
): Promise<CameraReader | CameraTrouble> => {
  // Outside a secure context the property is missing, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices) return 'insecure'
  const loading = openDecoder()
  // Handled below; a camera that is refused meanwhile must not leave it unheard.
  loading.catch(() => undefined)
  let stream: MediaStream
  try {
    stream = await devices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } }
    })
    video.srcObject = stream
    await video.play()
  } catch (problem) {
    void loading.then(
      decoder => decoder.close(),
      () => undefined
    )
    return troubleOf(problem)
  }
  const stopTracks = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  let decoder: Decoder
  try {
    decoder = await loading
  } catch {
    stopTracks()
    return 'no-reader'
  }
  const stopFrames = eachFrame(video, decoder, onRead)
  const [track] = stream.getVideoTracks()
  track?.addEventListener('ended', () => onTrouble('taken'))
  return {
    decoder: decoder.name,
    light: lightOf(track),
    close: () => {
      stopFrames()
      stopTracks()
      video.srcObject = null
      decoder.close()
    }
  }
}

/** One frame under way, the rest are dropped. */
const eachFrame = (video: HTMLVideoElement, decoder: Decoder, onRead: (reading: Reading) => void): (() => void) => {
  const ask = judge()
  let open = true
  let next = 0
  const step = async (): Promise<void> => {
    if (!open) return
    const frame = await grab(video)
    const reading = frame && (await decoder.read(frame).catch(() => undefined))
    if (!open) return
    const counted = ask(reading, performance.now())
    if (counted) onRead(counted)
    next = later(video, () => void step())
  }
  next = later(video, () => void step())
  return () => {
    open = false
    if ('cancelVideoFrameCallback' in video) video.cancelVideoFrameCallback(next)
    else cancelAnimationFrame(next)
  }
}

const later = (video: HTMLVideoElement, step: () => void): number =>
  'requestVideoFrameCallback' in video ? video.requestVideoFrameCallback(step) : requestAnimationFrame(step)

const grab = async (video: HTMLVideoElement): Promise<Frame | undefined> => {
  if (video.readyState < 2 || video.videoWidth === 0) return undefined
  try {
    return typeof VideoFrame === 'function' ? new VideoFrame(video) : await createImageBitmap(video)
  } catch {
    return undefined
  }
}

const lightOf = (track: MediaStreamTrack | undefined): CameraReader['light'] => {
  // `torch` is in the standard and not yet in the DOM types.
  const can = track?.getCapabilities?.() as { readonly torch?: boolean } | undefined
  if (!track || !can?.torch) return undefined
  return on => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
}
