/** The camera: opens it, hands its frames to a decoder one at a time, and says in plain words when it can't. */
import { type Counted, judge } from './consensus.ts'
import type { Decoder, Look, ReadSettings } from './decoder.ts'
import { usualReads } from './decoder.ts'
import { openDecoder } from './decoders.ts'
import { eachFrame } from './frames.ts'

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

export type Asked = {
  readonly onRead: (reading: Counted) => void
  readonly onTrouble: (trouble: CameraTrouble) => void
  /** After every frame: what is in sight, whether it counts or not. */
  readonly onLook?: ((look: Look) => void) | undefined
  /** A look-up in what this tablet knows; such a reading counts at once. */
  readonly known?: ((text: string) => boolean) | undefined
  readonly settings?: Partial<ReadSettings> | undefined
}

/** Plays the camera in `video` and reads until it is closed. Answers the trouble instead when there is no picture. */
export const openReader = async (
  video: HTMLVideoElement,
  { onRead, onTrouble, onLook, known, settings: asked }: Asked
): Promise<CameraReader | CameraTrouble> => {
  // Outside a secure context the property is missing, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices) return 'insecure'
  const settings = { ...usualReads, ...asked }
  const loading = openDecoder(settings)
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
  const ask = judge({ known, settings })
  const stopFrames = eachFrame(video, decoder, (look, at) => {
    onLook?.(look)
    const counted = ask(look, at)
    if (counted) onRead(counted)
  })
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

const lightOf = (track: MediaStreamTrack | undefined): CameraReader['light'] => {
  // `torch` is in the standard and not yet in the DOM types.
  const can = track?.getCapabilities?.() as { readonly torch?: boolean } | undefined
  if (!track || !can?.torch) return undefined
  return on => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
}
