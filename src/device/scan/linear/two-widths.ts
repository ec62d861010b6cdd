/**
 * Code 39 (ISO/IEC 16388) and Interleaved 2 of 5 (ISO/IEC 16390) as chains: bars and spaces are narrow or wide, and how wide a wide
 * one is differs from printer to printer, so there is one chain for each ratio.
 */
import { type Chain, edgesOf, type Slot, type Solution } from './chain.ts'
import { cheapest } from './cheapest.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%'
/** Which of the nine bars and spaces are wide; the first is the highest bit. */
const WIDE39 = [
  0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, 0x109, 0x049, 0x148, 0x019, 0x118, 0x058, 0x00d,
  0x10c, 0x04c, 0x01c, 0x103, 0x043, 0x142, 0x013, 0x112, 0x052, 0x007, 0x106, 0x046, 0x016, 0x181, 0x0c1, 0x1c0, 0x091,
  0x190, 0x0d0, 0x085, 0x184, 0x0c4, 0x0a8, 0x0a2, 0x08a, 0x02a
]
const STAR = 0x094

const widths39 = (wide: number, ratio: number): number[] =>
  Array.from({ length: 9 }, (_, i) => ((wide >> (8 - i)) & 1 ? ratio : 1))

const solve39 = (slots: readonly Slot[]): Solution | undefined => {
  const found = cheapest(slots, 1, 0, () => 0)
  if (!found) return undefined
  const text = found.values.map(value => ALPHABET[value]).join('')
  // A sign before a letter may stand for another character; which, only the printer of the label knows.
  if (/[$%/+][A-Z]/.test(text)) return undefined
  return { text, identifier: ']A0', total: found.total, next: found.next }
}

const code39 = (ratio: number): Chain => ({
  format: 'Code39',
  pitch: 7 + 3 * ratio,
  characters: WIDE39.map(wide => edgesOf(widths39(wide, ratio))),
  starts: [edgesOf(widths39(STAR, ratio))],
  startPitch: 7 + 3 * ratio,
  stop: edgesOf(widths39(STAR, ratio)),
  least: 3,
  most: 30,
  solve: solve39
})

/** Wide ones of the five bars or spaces of a digit. */
const WIDE25 = [0b00110, 0b10001, 0b01001, 0b11000, 0b00101, 0b10100, 0b01100, 0b00011, 0b10010, 0b01010]

/** The first digit of a pair is in the bars, the second in the spaces between. */
const widths25 = (pair: number, ratio: number): number[] => {
  const bars = WIDE25[Math.floor(pair / 10)] as number
  const spaces = WIDE25[pair % 10] as number
  return Array.from({ length: 10 }, (_, i) => (((i % 2 ? spaces : bars) >> (4 - (i >> 1))) & 1 ? ratio : 1))
}

const solve25 = (slots: readonly Slot[]): Solution | undefined => {
  // Fourteen digits are a GTIN with a check digit. Both digits of a pair count, the first three times.
  const checked = slots.length === 7
  const found = cheapest(slots, checked ? 10 : 1, 0, (_, pair) => 3 * Math.floor(pair / 10) + (pair % 10))
  if (!found) return undefined
  const text = found.values.map(pair => String(pair).padStart(2, '0')).join('')
  return { text, identifier: checked ? ']I1' : ']I0', total: found.total, next: found.next }
}

const itf = (ratio: number): Chain => ({
  format: 'ITF',
  pitch: 6 + 4 * ratio,
  characters: Array.from({ length: 100 }, (_, pair) => edgesOf(widths25(pair, ratio))),
  starts: [[0, 1, 2, 3, 4]],
  startPitch: 4,
  stop: edgesOf([ratio, 1, 1]),
  least: 3,
  most: 16,
  solve: solve25
})

const RATIOS = [2, 2.5, 3] as const
export const code39s: readonly Chain[] = RATIOS.map(code39)
export const itfs: readonly Chain[] = RATIOS.map(itf)
