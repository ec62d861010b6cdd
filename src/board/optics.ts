/** How large a wall's letters have to be, from its diagonal and the distance. Pure (research/ux.md 1.3). */

/** Diagonal in inches, distance in metres, size of the window in CSS pixels. */
export type Wall = {
  readonly diagonal: number
  readonly distance: number
  readonly width: number
  readonly height: number
}

export type Sizes = {
  /** Names, states and the foot; numbers. In CSS pixels. */
  readonly text: number
  readonly number: number
  readonly columns: number
  readonly rows: number
}

/** Height of a capital letter as part of the font size. */
const CAP = 0.7
/** Visual angles in minutes of arc: read without effort, read at a glance. */
const NORMAL = 20
const GLANCE = 30

/** Millimetres of one CSS pixel. */
export const pixel = ({ diagonal, width, height }: Wall): number => (diagonal * 25.4) / Math.hypot(width, height)

/** CSS pixels of a font whose capitals are seen under so many minutes of arc. */
export const fontFor = (wall: Wall, arcMinutes: number): number =>
  Math.round((wall.distance * 1000 * Math.tan((arcMinutes / 60) * (Math.PI / 180))) / CAP / pixel(wall))

/** Room that a cell needs, in parts of the text size: its widest word with its shape, and three lines. */
const CELL = { width: 6, pad: 0.34, gap: 0.24 } as const

export const sizesFor = (wall: Wall): Sizes => {
  const text = fontFor(wall, NORMAL)
  const number = fontFor(wall, GLANCE)
  const gap = CELL.gap * text
  const wide = (CELL.width + 2 * CELL.pad) * text
  const high = text * 2.5 + number * 1.1 + 2 * CELL.pad * text
  const bars = text * 3.4
  const fits = (room: number, one: number) => Math.max(0, Math.floor((room - gap) / (one + gap)))
  return { text, number, columns: fits(wall.width, wide), rows: fits(wall.height - bars, high) }
}
