/**
 * Signals of a process that left its rut, as a stream of standardised points: Nelson (Journal of Quality Technology
 * 16, 1984). A rule fires at the point that completes its pattern and at each one that goes on.
 */
export type Rule = {
  readonly name: string
  readonly says: string
  readonly fires: (z: readonly number[]) => readonly number[]
}

const at = (z: readonly number[], fits: (last: number) => boolean): readonly number[] =>
  z.flatMap((_, last) => (fits(last) ? [last] : []))

/** Of the last `of` points, at least `enough` lie further than `sigma` on the same side, the newest among them. */
const sameSide = (enough: number, of: number, sigma: number) => (z: readonly number[]) =>
  at(z, last => {
    const side = Math.sign(z[last] ?? 0)
    const out = (value: number) => side !== 0 && value * side > sigma
    const window = z.slice(Math.max(0, last - of + 1), last + 1)
    return out(z[last] ?? 0) && window.filter(out).length >= enough
  })

/** The last `length` points all fit. */
const run = (length: number, fits: (window: readonly number[]) => boolean) => (z: readonly number[]) =>
  at(z, last => last + 1 >= length && fits(z.slice(last + 1 - length, last + 1)))

const steps = (window: readonly number[]): readonly number[] =>
  window.slice(1).map((value, i) => Math.sign(value - (window[i] ?? value)))

/** So many in a row on one side of the centre; a point on the line breaks the run. */
export const sideRun = (length: number) => sameSide(length, length, 0)

/** Western Electric, Statistical Quality Control Handbook (1956): the four tests for lack of control. */
export const westernElectric: readonly Rule[] = [
  { name: 'WE1', says: 'one point beyond 3 sigma', fires: z => at(z, last => Math.abs(z[last] ?? 0) > 3) },
  { name: 'WE2', says: '2 of 3 beyond 2 sigma on one side', fires: sameSide(2, 3, 2) },
  { name: 'WE3', says: '4 of 5 beyond 1 sigma on one side', fires: sameSide(4, 5, 1) },
  { name: 'WE4', says: '8 in a row on one side', fires: sideRun(8) }
]

export const nelson: readonly Rule[] = [
  { name: '1', says: 'one point beyond 3 sigma', fires: z => at(z, last => Math.abs(z[last] ?? 0) > 3) },
  { name: '2', says: '9 in a row on one side', fires: sideRun(9) },
  {
    name: '3',
    says: '6 in a row rising or falling',
    fires: run(6, window => Math.abs(steps(window).reduce((all, step) => all + step, 0)) === 5)
  },
  {
    name: '4',
    says: '14 in a row up and down in turn',
    fires: run(14, window =>
      steps(window).every((step, i, all) => step !== 0 && (i === 0 || step === -(all[i - 1] ?? 0)))
    )
  },
  { name: '5', says: '2 of 3 beyond 2 sigma on one side', fires: sameSide(2, 3, 2) },
  { name: '6', says: '4 of 5 beyond 1 sigma on one side', fires: sameSide(4, 5, 1) },
  {
    name: '7',
    says: '15 in a row within 1 sigma',
    fires: run(15, window => window.every(value => Math.abs(value) < 1))
  },
  {
    name: '8',
    says: '8 in a row beyond 1 sigma, on both sides',
    fires: run(
      8,
      window =>
        window.every(value => Math.abs(value) > 1) && window.some(value => value > 0) && window.some(value => value < 0)
    )
  }
]
