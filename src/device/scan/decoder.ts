/** What can read a picture. */
import type { Reading } from './consensus.ts'

export type Frame = VideoFrame | ImageBitmap

/** Takes the frame over and closes it. One call at a time. */
export type Decoder = {
  readonly name: 'native' | 'wasm' | 'script'
  readonly read: (frame: Frame) => Promise<Reading | undefined>
  readonly close: () => void
}
