/** Code 128 (ISO/IEC 15417) as a chain: 103 characters of 11 modules, three starts, check character modulo 103. */
import { type Chain, edgesOf, type Slot, type Solution } from './chain.ts'
import { cheapest } from './cheapest.ts'

/** Widths of three bars and three spaces of the values 0 to 102, six figures each. */
const WIDTHS =
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141411131'

export const code128Widths = (value: number): number[] => [...WIDTHS.slice(value * 6, value * 6 + 6)].map(Number)

const starts = [
  [2, 1, 1, 4, 1, 2],
  [2, 1, 1, 2, 1, 4],
  [2, 1, 1, 2, 3, 2]
]
const START = 103
const FNC1 = 102

const solve = (slots: readonly Slot[], start: number): Solution | undefined => {
  // The last character is the check: it counts with -1, so that the whole must be nothing.
  const last = slots.length - 1
  const weigh = (slot: number, value: number): number =>
    slot === last ? (103 - value) % 103 : ((slot + 1) * value) % 103
  const found = cheapest(slots, 103, START + start, weigh)
  if (!found) return undefined
  const text = textOf(start, found.values.slice(0, -1))
  const identifier = found.values[0] === FNC1 ? ']C1' : ']C0'
  return text === undefined ? undefined : { text, identifier, total: found.total, next: found.next }
}

const GS = '\u001d'

/** Undefined for what no printer makes: a shift to the set it is in, or nothing at all. */
const textOf = (start: number, values: readonly number[]): string | undefined => {
  let set = start
  let shifted = false
  let text = ''
  for (const [i, value] of values.entries()) {
    const now = shifted ? 1 - set : set
    shifted = false
    if (value === FNC1) text += i === 0 ? '' : GS
    else if (now === 2) {
      if (value < 100) text += String(value).padStart(2, '0')
      else set = value === 101 ? 0 : 1
    } else if (value < 96) text += character(now, value)
    else if (value === 98) shifted = true
    else if (value === 99) set = 2
    else if ((value === 100 && now === 0) || (value === 101 && now === 1)) set = 1 - now
    // FNC2, FNC3 and FNC4: not what a label of goods holds.
    else return undefined
  }
  return text === '' ? undefined : text
}

const character = (set: number, value: number): string => {
  if (set === 1 || value < 64) return String.fromCharCode(value + 32)
  return String.fromCharCode(value - 64)
}

export const code128: Chain = {
  format: 'Code128',
  pitch: 11,
  characters: Array.from({ length: 103 }, (_, value) => edgesOf(code128Widths(value))),
  starts: starts.map(edgesOf),
  startPitch: 11,
  stop: edgesOf([2, 3, 3, 1, 1, 1, 2]),
  least: 4,
  most: 40,
  solve
}
