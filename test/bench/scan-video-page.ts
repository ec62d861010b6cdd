/**
 * The page that `scan-video` opens: the product's own camera dialog (`?reader=ours`), @zxing/browser as it comes (`zxing`), or the
 * picture alone (`none`). With `&phase=1` it looks at the blocks in the film's corner and tells when each code came into sight.
 */
import { BrowserMultiFormatReader } from '@zxing/browser'
import { h, render } from 'preact'
import { CameraReader } from '#app/camera-reader.tsx'
import '#ui/tokens.css'
import '#ui/base.css'

export type Appearance = { readonly phase: number; readonly at: number }
export type Heard = { readonly text: string; readonly at: number }
export type Watched = {
  readonly appearances: Appearance[]
  readonly heard: Heard[]
  /** Frames that the browser put on the page since the watch began, and the time of the last one. */
  shown: number
  since: number
  until: number
  ready: boolean
}

const BLOCK = 32
const BLOCKS = 3

const asked = new URLSearchParams(location.search)
const watched: Watched = { appearances: [], heard: [], shown: 0, since: 0, until: 0, ready: false }
Object.assign(globalThis, { watched })

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root')
const heard = (text: string): void => void watched.heard.push({ text, at: performance.now() })

const reader = asked.get('reader')
if (reader === 'ours') {
  const nothing = () => undefined
  render(
    h(CameraReader, {
      onRead: read => heard(read.text),
      onClose: nothing,
      known: () => false,
      stay: true,
      onStay: nothing
    }),
    root
  )
} else {
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true })
  root.append(video)
  if (reader === 'zxing')
    void new BrowserMultiFormatReader().decodeFromVideoDevice(
      undefined,
      video,
      found => found && heard(found.getText())
    )
  else {
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 1920 }, height: { ideal: 1080 } }
    })
    await video.play()
  }
}

const canvas = document.createElement('canvas')
canvas.width = BLOCK * BLOCKS
canvas.height = BLOCK
const context = canvas.getContext('2d', { willReadFrequently: true })

const phaseOf = (video: HTMLVideoElement): number => {
  if (!context) return 0
  // The film's corner, whatever size the camera was opened in.
  const scale = video.videoWidth / 1280
  context.drawImage(video, 0, 0, canvas.width * scale, canvas.height * scale, 0, 0, canvas.width, canvas.height)
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  let phase = 0
  for (let bit = 0; bit < BLOCKS; bit += 1)
    if ((data[(canvas.width * (BLOCK / 2) + bit * BLOCK + BLOCK / 2) * 4] ?? 0) > 128) phase |= 1 << bit
  return phase
}

const follow = (video: HTMLVideoElement): void => {
  let before = 0
  let first: number | undefined
  const step: VideoFrameRequestCallback = (now, { presentedFrames }) => {
    first ??= presentedFrames
    watched.since ||= now
    watched.until = now
    watched.shown = presentedFrames - first
    watched.ready = true
    if (asked.has('phase')) {
      const phase = phaseOf(video)
      if (phase !== before && phase !== 0) watched.appearances.push({ phase, at: now })
      before = phase
    }
    video.requestVideoFrameCallback(step)
  }
  video.requestVideoFrameCallback(step)
}

const started = setInterval(() => {
  const video = document.querySelector('video')
  const working = reader !== 'ours' || document.querySelector('[data-decoder]')
  if (!video || video.readyState < 2 || !working) return
  clearInterval(started)
  follow(video)
}, 20)
