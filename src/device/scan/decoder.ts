/** What can read a picture, and what it says about one. */

/** A camera's frame, or a picture. */
export type Frame = VideoFrame | ImageBitmap

/** Fractions of the frame's width and height, so that a screen may draw on a picture of any size. */
export type Point = readonly [x: number, y: number]
export type Corners = readonly [Point, Point, Point, Point]

/** `format` is zxing-cpp's name of the symbology, `identifier` the AIM one (`]C1`) where the decoder knows it. */
export type Reading = {
  readonly text: string
  readonly format: string
  readonly identifier?: string
  readonly corners?: Corners
}

/** What one frame gave. `found` are readings that count by themselves or not yet; the judge decides (consensus.ts). */
export type Look = {
  readonly found: readonly Sight[]
  /** Mean luminance, 0 to 255; under 50 a light would help. */
  readonly brightness?: number
}

/** A reading with where it comes from: each way is an independent witness, and an altered picture never counts alone. */
export type Sight = Reading & {
  readonly way: string
  readonly altered: boolean
  /** Two engines say so in three places of the code (linear/proof.ts): as good as two frames. */
  readonly sure?: boolean
}

/** Which weak codes a site uses. They are off until it says so. */
export type ReadSettings = {
  readonly upce: boolean
  readonly codabar: boolean
  /** Digits of the site's ITF codes; none means that ITF is not read. */
  readonly itfLengths: readonly number[] | 'any'
}

export const usualReads: ReadSettings = { upce: false, codabar: false, itfLengths: [14] }

/** Takes the frame over and closes it. One call at a time. */
export type Decoder = {
  readonly name: 'wasm' | 'script'
  /** The browser's own detector proved itself and has a vote. */
  readonly native: boolean
  readonly read: (frame: Frame) => Promise<Look>
  readonly close: () => void
}
