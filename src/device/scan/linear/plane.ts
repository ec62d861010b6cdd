/** Grey pictures, and looking at them from any side. Every function writes into a plane that is given, so a frame costs no memory. */

/** Luminance, row by row; `data` may be longer than the picture. */
export type Plane = { width: number; height: number; data: Uint8Array }

export const emptyPlane = (): Plane => ({ width: 0, height: 0, data: new Uint8Array(0) })

/** Makes room for a picture of that size; grows, never shrinks. */
export const sized = (plane: Plane, width: number, height: number): Plane => {
  if (plane.data.length < width * height) plane.data = new Uint8Array(width * height)
  plane.width = width
  plane.height = height
  return plane
}

/** Luminance of RGBA, with the weights of ITU-R BT.601. */
export const planeOfRgba = (rgba: Uint8ClampedArray, width: number, height: number, into: Plane): Plane => {
  const { data } = sized(into, width, height)
  for (let i = 0, from = 0; i < width * height; i += 1, from += 4)
    data[i] = (306 * at(rgba, from) + 601 * at(rgba, from + 1) + 117 * at(rgba, from + 2) + 512) >> 10
  return into
}

/** Half as wide and half as high; each pixel is the mean of four. */
export const halved = (from: Plane, into: Plane): Plane => {
  const width = from.width >> 1
  const height = from.height >> 1
  const { data } = sized(into, width, height)
  const source = from.data
  for (let y = 0; y < height; y += 1) {
    let a = 2 * y * from.width
    let b = a + from.width
    for (let x = y * width; x < (y + 1) * width; x += 1, a += 2, b += 2)
      data[x] = (at(source, a) + at(source, a + 1) + at(source, b) + at(source, b + 1) + 2) >> 2
  }
  return into
}

/** Dark for light. */
export const negative = (from: Plane, into: Plane): Plane => {
  const { data } = sized(into, from.width, from.height)
  for (let i = 0; i < from.width * from.height; i += 1) data[i] = 255 - at(from.data, i)
  return into
}

/** Pixels of the source that the answer covers: its middle, the direction of its rows in radians, and how far it reaches. */
export type Window = {
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly along: number
  readonly across: number
}

/** The window turned upright, `scale` pixels for each of the source. What lies outside the source is as bright as its edge. */
export const turned = (from: Plane, window: Window, scale: number, into: Plane): Plane => {
  const width = Math.max(1, Math.round(window.along * scale))
  const height = Math.max(1, Math.round(window.across * scale))
  const { data } = sized(into, width, height)
  const ux = Math.cos(window.angle) / scale
  const uy = Math.sin(window.angle) / scale
  for (let row = 0; row < height; row += 1) {
    const v = row - (height - 1) / 2
    const u = -(width - 1) / 2
    let x = window.x + u * ux - v * uy
    let y = window.y + u * uy + v * ux
    for (let i = row * width; i < (row + 1) * width; i += 1, x += ux, y += uy) data[i] = sampled(from, x, y) + 0.5
  }
  return into
}

/** Brightness between pixels, 0 to 255. */
export const sampled = ({ width, height, data }: Plane, x: number, y: number): number => {
  const cx = x < 0 ? 0 : x > width - 1.001 ? Math.max(0, width - 1.001) : x
  const cy = y < 0 ? 0 : y > height - 1.001 ? Math.max(0, height - 1.001) : y
  const left = cx | 0
  const top = cy | 0
  const fx = cx - left
  const fy = cy - top
  const a = top * width + left
  const right = width > 1 ? a + 1 : a
  const b = height > 1 ? a + width : a
  const below = height > 1 && width > 1 ? b + 1 : b
  const upper = at(data, a) + fx * (at(data, right) - at(data, a))
  const lower = at(data, b) + fx * (at(data, below) - at(data, b))
  return upper + fy * (lower - upper)
}

/**
 * Adds `amount` times what a pixel differs from the mean of the square that reaches `radius` around it: sharper; smoother with a
 * negative amount.
 */
export const sharpened = (from: Plane, radius: number, amount: number, into: Plane): Plane => {
  const { width, height, data } = from
  const out = sized(into, width, height).data
  const columns = new Int32Array(width)
  for (let y = -radius; y < height; y += 1) {
    // Sums of each column over the rows around y: one row comes in, one goes out.
    const comes = y + radius
    if (comes < height)
      for (let x = 0; x < width; x += 1) columns[x] = (columns[x] as number) + at(data, comes * width + x)
    const goes = y - radius - 1
    if (goes >= 0) for (let x = 0; x < width; x += 1) columns[x] = (columns[x] as number) - at(data, goes * width + x)
    if (y < 0) continue
    const rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1
    let sum = 0
    for (let x = 0; x < Math.min(radius, width); x += 1) sum += columns[x] as number
    for (let x = 0; x < width; x += 1) {
      if (x + radius < width) sum += columns[x + radius] as number
      if (x - radius - 1 >= 0) sum -= columns[x - radius - 1] as number
      const wide = Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1
      const here = at(data, y * width + x)
      const value = here + amount * (here - sum / (rows * wide))
      out[y * width + x] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5
    }
  }
  return into
}

// Inside a picture's bounds there is always a number; the type can't know the bounds.
const at = (data: Uint8Array | Uint8ClampedArray, i: number): number => data[i] as number
