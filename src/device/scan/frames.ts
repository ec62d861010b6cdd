/** Hands the frames of a video to a decoder: one under way, the rest are dropped. */
import type { Decoder, Frame, Look } from './decoder.ts'

/** Calls `onLook` after every frame until the answer is called; it may answer the milliseconds to wait before the next one. */
export const eachFrame = (
  video: HTMLVideoElement,
  decoder: Decoder,
  onLook: (look: Look, at: number) => number | undefined
): (() => void) => {
  let open = true
  let next = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const step = async (): Promise<void> => {
    if (!open) return
    const frame = await grab(video)
    const look = frame && (await decoder.read(frame).catch(() => undefined))
    if (!open) return
    const pause = look && onLook(look, performance.now())
    if (pause) timer = setTimeout(go, pause)
    else go()
  }
  const go = (): void => {
    next = later(video, () => void step())
  }
  next = later(video, () => void step())
  return () => {
    open = false
    clearTimeout(timer)
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
