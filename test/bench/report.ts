/** What every bench shares: how a number is printed, and where the middle of several lies. */

export type Reading = {
  readonly bench: string
  readonly metric: string
  readonly value: number
  readonly unit: string
  readonly versus?: number
  readonly ratio?: number
  readonly [more: string]: unknown
}

/** Milliseconds, and HTTP requests. */
export type Measured = {
  readonly push: number
  readonly pull: number
  readonly pushRequests: number
  readonly pullRequests: number
}

export const report = (reading: Reading): void => {
  const rounded = Object.entries(reading).map(([name, value]) => [
    name,
    typeof value === 'number' ? round(value) : value
  ])
  console.log(JSON.stringify(Object.fromEntries(rounded)))
}

/** A word to the one who watches, apart from the numbers. */
export const note = (text: string): void => console.error(text)

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

const round = (value: number): number => Math.round(value * 1000) / 1000
