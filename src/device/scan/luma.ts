/** The grey picture of a camera's frame. Video comes with its brightness apart from its colours, so that is all that is copied. */
import { type Plane, planeOfRgba, sized } from './linear/plane.ts'

/** Formats of VideoFrame whose first plane is the brightness, one byte a pixel. */
const BRIGHT_FIRST = new Set(['I420', 'I420A', 'I422', 'I444', 'NV12'])

export type Luma = (frame: VideoFrame | ImageBitmap) => Promise<Plane | undefined>

/** Closes the frame. Keeps its room between frames; the answer holds until the next call. */
export const lumaReader = (plane: Plane): Luma => {
  let room = new Uint8Array(0)
  let canvas: OffscreenCanvas | undefined

  const copied = async (frame: VideoFrame): Promise<Plane | undefined> => {
    const size = frame.allocationSize()
    if (room.length < size) room = new Uint8Array(size)
    const [layout] = await frame.copyTo(room)
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight }
    if (!layout) return undefined
    const { data } = sized(plane, width, height)
    if (layout.stride === width) data.set(room.subarray(layout.offset, layout.offset + width * height))
    else
      for (let y = 0; y < height; y += 1) {
        const row = layout.offset + y * layout.stride
        data.set(room.subarray(row, row + width), y * width)
      }
    return plane
  }

  const drawn = (frame: VideoFrame | ImageBitmap): Plane | undefined => {
    const width = 'displayWidth' in frame ? frame.displayWidth : frame.width
    const height = 'displayHeight' in frame ? frame.displayHeight : frame.height
    if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context?.drawImage(frame, 0, 0)
    const image = context?.getImageData(0, 0, width, height)
    return image && planeOfRgba(image.data, width, height, plane)
  }

  return async frame => {
    try {
      const bright = 'copyTo' in frame && frame.format !== null && BRIGHT_FIRST.has(frame.format)
      return bright ? await copied(frame) : drawn(frame)
    } finally {
      frame.close()
    }
  }
}
