/**
 * Where a picture may hold a linear code: places whose brightness changes in one direction only, both ways and often. The
 * direction of the change is where the code's lines of bars are read along, whatever the angle. Structure tensor of small
 * cells, joined to regions (Bigün and Granlund 1987).
 */
import { emptyPlane, halved, type Plane, type Window } from './plane.ts'

/** Pixels of the working picture along one side of a cell. */
const CELL = 8
/** Longest side of the working picture; larger ones are halved until they fit. */
const WORKING = 960
const COHERENT = 0.55
/** Mean square of brightness change in a cell, in squared steps a pixel, under which it is noise. */
const QUIET = 18
/** How far directions in one region may lie apart: cosine of twice the angle. */
const SAME_WAY = Math.cos((2 * 18 * Math.PI) / 180)

export type Region = Window & { readonly score: number }

type Cells = {
  columns: number
  rows: number
  /** Energy, and the doubled-angle vector of the tensor, of each cell. */
  energy: Float32Array
  cos: Float32Array
  sin: Float32Array
  smooth: Float32Array[]
  taken: Uint8Array
}

export type RegionFinder = (picture: Plane) => Region[]

/** A finder keeps its room between pictures. Regions come best first, at most `most` of them. */
export const regionFinder = (most: number): RegionFinder => {
  const small = [emptyPlane(), emptyPlane()]
  const cells: Cells = {
    columns: 0,
    rows: 0,
    energy: new Float32Array(0),
    cos: new Float32Array(0),
    sin: new Float32Array(0),
    smooth: [],
    taken: new Uint8Array(0)
  }
  return picture => {
    let working = picture
    let scale = 1
    for (const into of small) {
      if (Math.max(working.width, working.height) <= WORKING) break
      working = halved(working, into)
      scale *= 2
    }
    measure(working, cells)
    return grown(cells)
      .sort((a, b) => b.score - a.score)
      .slice(0, most)
      .map(region => enlarged(region, scale))
  }
}

const enlarged = (region: Region, scale: number): Region => ({
  ...region,
  x: (region.x + 0.5) * scale - 0.5,
  y: (region.y + 0.5) * scale - 0.5,
  along: region.along * scale,
  across: region.across * scale
})

const room = (cells: Cells, columns: number, rows: number): void => {
  cells.columns = columns
  cells.rows = rows
  const size = columns * rows
  if (cells.taken.length >= size) return
  cells.energy = new Float32Array(size)
  cells.cos = new Float32Array(size)
  cells.sin = new Float32Array(size)
  cells.smooth = [new Float32Array(size), new Float32Array(size), new Float32Array(size)]
  cells.taken = new Uint8Array(size)
}

const measure = ({ width, height, data }: Plane, cells: Cells): void => {
  room(cells, Math.floor(width / CELL), Math.floor(height / CELL))
  for (let row = 0; row < cells.rows; row += 1)
    for (let column = 0; column < cells.columns; column += 1) {
      let xx = 0
      let yy = 0
      let xy = 0
      const left = Math.max(1, column * CELL)
      const right = Math.min(width - 2, column * CELL + CELL - 1)
      const top = Math.max(1, row * CELL)
      const bottom = Math.min(height - 2, row * CELL + CELL - 1)
      for (let y = top; y <= bottom; y += 1)
        for (let i = y * width + left; i <= y * width + right; i += 1) {
          // The diagonal pair of Roberts' cross: a step of 1.4 pixels sees narrow bars that a step of two does not.
          const a = (data[i + 1 + width] as number) - (data[i] as number)
          const b = (data[i + 1] as number) - (data[i + width] as number)
          const gx = a + b
          const gy = a - b
          xx += gx * gx
          yy += gy * gy
          xy += gx * gy
        }
      const n = 4 * CELL * CELL
      const i = row * cells.columns + column
      cells.energy[i] = (xx + yy) / n
      cells.cos[i] = (xx - yy) / n
      cells.sin[i] = (2 * xy) / n
    }
  for (const [i, from] of [cells.energy, cells.cos, cells.sin].entries())
    spread(from, cells.smooth[i] as Float32Array, cells.columns, cells.rows)
}

/** Sum over three by three cells, weighing the middle most. */
const spread = (from: Float32Array, into: Float32Array, columns: number, rows: number): void => {
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      let sum = 0
      let weight = 0
      for (let dy = -1; dy <= 1; dy += 1)
        for (let dx = -1; dx <= 1; dx += 1) {
          if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows) continue
          const w = (2 - Math.abs(dx)) * (2 - Math.abs(dy))
          sum += w * (from[(y + dy) * columns + x + dx] as number)
          weight += w
        }
      into[y * columns + x] = sum / weight
    }
}

const grown = (cells: Cells): Region[] => {
  const { columns, rows, taken } = cells
  const [energy, cos, sin] = cells.smooth as [Float32Array, Float32Array, Float32Array]
  const size = columns * rows
  let strongest = 0
  for (let i = 0; i < size; i += 1) {
    const e = energy[i] as number
    const coherent = Math.hypot(cos[i] as number, sin[i] as number) > COHERENT * e
    taken[i] = e > QUIET && coherent ? 0 : 1
    if (taken[i] === 0 && e > strongest) strongest = e
  }
  for (let i = 0; i < size; i += 1) if ((energy[i] as number) < strongest * 0.02) taken[i] = 1
  const found: Region[] = []
  for (let seed = 0; seed < size; seed += 1) {
    if (taken[seed]) continue
    const members = flood(seed, cells)
    const region = members.length >= 3 ? regionOf(members, cells) : undefined
    if (region) found.push(region)
  }
  return found
}

const flood = (seed: number, { columns, rows, taken, smooth }: Cells): number[] => {
  const [, cos, sin] = smooth as [Float32Array, Float32Array, Float32Array]
  const members = [seed]
  taken[seed] = 1
  let c = cos[seed] as number
  let s = sin[seed] as number
  for (let next = 0; next < members.length; next += 1) {
    const i = members[next] as number
    const x = i % columns
    const y = (i - x) / columns
    for (let dy = -1; dy <= 1; dy += 1)
      for (let dx = -1; dx <= 1; dx += 1) {
        if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows) continue
        const j = (y + dy) * columns + x + dx
        if (taken[j]) continue
        const cj = cos[j] as number
        const sj = sin[j] as number
        if (cj * c + sj * s < SAME_WAY * Math.hypot(cj, sj) * Math.hypot(c, s)) continue
        taken[j] = 1
        members.push(j)
        c += cj
        s += sj
      }
  }
  return members
}

const regionOf = (members: readonly number[], cells: Cells): Region | undefined => {
  let c = 0
  let s = 0
  for (const i of members) {
    c += cells.cos[i] as number
    s += cells.sin[i] as number
  }
  const angle = Math.atan2(s, c) / 2
  const ux = Math.cos(angle)
  const uy = Math.sin(angle)
  const us: number[] = []
  const vs: number[] = []
  let score = 0
  for (const i of members) {
    const x = ((i % cells.columns) + 0.5) * CELL
    const y = (Math.floor(i / cells.columns) + 0.5) * CELL
    us.push(x * ux + y * uy)
    vs.push(y * ux - x * uy)
    score += Math.sqrt(cells.smooth[0]?.[i] ?? 0)
  }
  us.sort((a, b) => a - b)
  vs.sort((a, b) => a - b)
  const part = (sorted: readonly number[], share: number) => sorted[Math.round(share * (sorted.length - 1))] as number
  const [u0, u1, v0, v1] = [part(us, 0.01), part(us, 0.99), part(vs, 0.04), part(vs, 0.96)]
  const along = u1 - u0 + CELL
  const across = v1 - v0 + CELL
  if (along < 3 * CELL) return undefined
  const u = (u0 + u1) / 2
  const v = (v0 + v1) / 2
  return { x: u * ux - v * uy, y: u * uy + v * ux, angle, along, across, score }
}
