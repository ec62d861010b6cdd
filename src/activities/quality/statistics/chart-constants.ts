/**
 * The constants of control charts, computed from their definitions and not from a printed table: the range of n normal
 * readings has the mean d2 and the deviation d3, their standard deviation has the mean c4 (ASTM E2587, table 6; Montgomery,
 * appendix VI). For n of 2 to 25.
 */
import { logGamma, normal, normalDensity } from './distribution.ts'

export type Constants = {
  readonly d2: number
  readonly d3: number
  readonly c4: number
  readonly A2: number
  readonly A3: number
  readonly D3: number
  readonly D4: number
  readonly B3: number
  readonly B4: number
  readonly E2: number
}

const STEP = 1 / 32
const EDGE = 9
const GRID = Array.from({ length: 2 * EDGE * (1 / STEP) + 1 }, (_, i) => i * STEP - EDGE)
const NORMAL = GRID.map(normal)
const DENSITY = GRID.map(normalDensity)

/** The chance that n readings spread over no more than w, which is a whole number of steps. */
const spread = (steps: number, n: number): number => {
  let total = 0
  for (let i = 0; i < GRID.length; i++)
    total += (DENSITY[i] ?? 0) * ((NORMAL[i + steps] ?? 1) - (NORMAL[i] ?? 0)) ** (n - 1)
  return n * STEP * total
}

/** ∫ f(w) dw from nothing to the end of the grid by Boole's rule. */
const integral = (f: (steps: number) => number): number => {
  const weights = [14, 32, 12, 32]
  let total = 7 * f(0)
  const last = 2 * EDGE * (1 / STEP)
  for (let i = 1; i < last; i++) total += (weights[i % 4] ?? 0) * f(i)
  return ((2 * STEP) / 45) * (total + 7 * f(last))
}

const known = new Map<number, Constants>()

/** Throws a RangeError for n outside 2 to 25: beyond that a chart of ranges is not what anyone should draw. */
export const constants = (n: number): Constants => {
  if (!Number.isInteger(n) || n < 2 || n > 25) throw new RangeError(`a subgroup of ${n} has no chart constants`)
  const was = known.get(n)
  if (was) return was
  const d2 = integral(steps => 1 - spread(steps, n))
  const square = integral(steps => 2 * steps * STEP * (1 - spread(steps, n)))
  const d3 = Math.sqrt(square - d2 * d2)
  const c4 = Math.sqrt(2 / (n - 1)) * Math.exp(logGamma(n / 2) - logGamma((n - 1) / 2))
  const tail = (3 * Math.sqrt(1 - c4 * c4)) / c4
  const made = {
    d2,
    d3,
    c4,
    A2: 3 / (d2 * Math.sqrt(n)),
    A3: 3 / (c4 * Math.sqrt(n)),
    D3: Math.max(0, 1 - (3 * d3) / d2),
    D4: 1 + (3 * d3) / d2,
    B3: Math.max(0, 1 - tail),
    B4: 1 + tail,
    E2: 3 / d2
  }
  known.set(n, made)
  return made
}
