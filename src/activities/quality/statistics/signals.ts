/** What the measured values of one check say about the process: limits of its own, signals, and how it fits the drawing. */
import { capability, type Chart, individualsChart, standardised } from './control-chart.ts'
import { nelson } from './run-rules.ts'

export type Signal = {
  /** The rule in words. */
  readonly says: string
  /** The places of the values that complete the pattern, from 0. */
  readonly at: readonly number[]
}

export type Process = {
  readonly chart: Chart
  readonly signals: readonly Signal[]
  /** Absent when the check has no limit or its values do not vary. */
  readonly cpk?: number
}

/** With fewer values, limits would say more about chance than about the process. */
export const ENOUGH = 10

/** `values` in the order they were measured, in the unit of the limits. Nothing for fewer than ten. */
export const processOf = (
  values: readonly number[],
  limits: { readonly low?: number | undefined; readonly high?: number | undefined }
): Process | undefined => {
  if (values.length < ENOUGH) return undefined
  const chart = individualsChart(values)
  const z = standardised(chart)
  const signals = nelson.flatMap(({ says, fires }) => {
    const at = fires(z)
    return at.length > 0 ? [{ says, at }] : []
  })
  const fit = capability(chart.centre, chart.sigma, {
    ...(limits.low === undefined ? {} : { low: limits.low }),
    ...(limits.high === undefined ? {} : { high: limits.high })
  })
  return { chart, signals, ...(fit ? { cpk: fit.cpk } : {}) }
}
