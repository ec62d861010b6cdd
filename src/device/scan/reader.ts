/** The camera with a decoder behind it: every frame is looked at, what counts is given. */
import { calmWatch, smallPictures } from './calm.ts'
import { type Camera, type CameraTrouble, openCamera } from './camera.ts'
import type { Kept } from './camera-life.ts'
import { type Counted, judge } from './consensus.ts'
import type { Decoder, Look, ReadSettings } from './decoder.ts'
import { usualReads } from './decoder.ts'
import { openDecoder } from './decoders.ts'
import { eachFrame } from './frames.ts'

export type { CameraTrouble } from './camera.ts'

export type CameraReader = Kept &
  Pick<Camera, 'id' | 'others' | 'light' | 'zoom'> & { readonly decoder: Decoder['name'] }

export type Asked = {
  readonly onRead: (reading: Counted) => void
  /** The camera ended or fell silent by itself. */
  readonly onLost: () => void
  /** After every frame: what is in sight, whether it counts or not. */
  readonly onLook?: ((look: Look) => void) | undefined
  /** A look-up in what this tablet knows; such a reading counts at once. */
  readonly known?: ((text: string) => boolean) | undefined
  readonly settings?: Partial<ReadSettings> | undefined
  /** The camera that a person switched to. */
  readonly wanted?: string | undefined
}

/** Milliseconds that a camera may be silent: some are, for a moment, when they begin. */
const SILENCE_MS = 1_000

/** Plays the camera in `video` and reads until it is closed. Answers the trouble instead when there is no picture. */
export const openReader = async (
  video: HTMLVideoElement,
  { onRead, onLost, onLook, known, settings: asked, wanted }: Asked
): Promise<CameraReader | CameraTrouble> => {
  const settings = { ...usualReads, ...asked }
  const loading = openDecoder(settings)
  // Handled below; a camera that is refused meanwhile must not leave it unheard.
  loading.catch(() => undefined)
  const camera = await openCamera(video, localStorage, wanted)
  if (typeof camera === 'string') {
    void loading.then(
      decoder => decoder.close(),
      () => undefined
    )
    return camera
  }
  let decoder: Decoder
  try {
    decoder = await loading
  } catch {
    camera.close()
    return 'no-reader'
  }
  const ask = judge({ known, settings })
  const calm = calmWatch(smallPictures(video))
  const stopFrames = eachFrame(video, decoder, (look, at) => {
    onLook?.(look)
    const counted = ask(look, at)
    if (counted) onRead(counted)
    return calm.after(look, at)
  })
  const stopWatch = watchTrack(camera.track, onLost)
  return {
    ...camera,
    decoder: decoder.name,
    alive: () => camera.track.readyState === 'live' && !camera.track.muted && !video.paused,
    close: () => {
      stopWatch()
      stopFrames()
      camera.close()
      decoder.close()
    }
  }
}

/** Another app took it, or the system muted it for longer than a start takes. */
const watchTrack = (track: MediaStreamTrack, onLost: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const mute = () => {
    timer = setTimeout(() => track.muted && onLost(), SILENCE_MS)
  }
  const unmute = () => clearTimeout(timer)
  track.addEventListener('ended', onLost)
  track.addEventListener('mute', mute)
  track.addEventListener('unmute', unmute)
  return () => {
    clearTimeout(timer)
    track.removeEventListener('ended', onLost)
    track.removeEventListener('mute', mute)
    track.removeEventListener('unmute', unmute)
  }
}
