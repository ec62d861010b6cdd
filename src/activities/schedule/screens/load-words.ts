/** What a load chart says in words, so that nobody has to measure a bar. */
import { show } from '#kernel/quantity.ts'
import type { Load, LoadBucket } from '../capacity/load.ts'

/** '6.5 h', from minutes. */
export const hours = (minutes: number): string => `${tenths(minutes)} h`
const tenths = (minutes: number): string => show(Math.round(minutes / 6) / 10)

export const overOf = ({ firm, planned, open }: LoadBucket): number => Math.max(0, firm + planned - open)
/** Less than half a minute too much is rounding. */
export const isOver = (bucket: LoadBucket): boolean => overOf(bucket) > 0.5

/** '41 of 40 h': what there is to do against the time that it is open. */
export const againstOpen = ({ firm, planned, open }: LoadBucket): string =>
  open > 0 ? `${tenths(firm + planned)} of ${hours(open)}` : `${hours(firm + planned)} while closed`

/** The bucket that is the most over, else the fullest; -1 when there is nothing to do. */
export const peakOf = ({ buckets }: Pick<Load, 'buckets'>): number => {
  const rank = (one: LoadBucket): number =>
    isOver(one) ? 1 + overOf(one) : one.open > 0 ? (one.firm + one.planned) / one.open : 0
  const most = Math.max(0, ...buckets.map(rank))
  return most === 0 ? -1 : buckets.findIndex(one => rank(one) === most)
}

type Said = {
  readonly level: 'stop' | 'attention' | 'normal' | 'off'
  readonly word: string
  readonly text: string
}
const MOST = 3

/** `nameOf`: what the bucket is called, for example W49. */
export const loadSaid = ({ buckets }: Pick<Load, 'buckets'>, nameOf: (at: number) => string): Said => {
  const over = buckets.flatMap((one, at) => (isOver(one) ? [`${nameOf(at)}: ${againstOpen(one)}`] : []))
  if (over.length > 0) {
    const more = over.length > MOST ? ` and ${over.length - MOST} more` : ''
    return { level: 'stop', word: 'Too much', text: `${over.slice(0, MOST).join(', ')}${more}` }
  }
  const at = peakOf({ buckets })
  const most = buckets[at]
  if (!most) return { level: 'off', word: 'Nothing to do', text: '' }
  const percent = Math.max(1, Math.round((100 * (most.firm + most.planned)) / most.open))
  const text = `fullest in ${nameOf(at)}: ${againstOpen(most)}, ${percent} %`
  return percent >= 90 ? { level: 'attention', word: 'Nearly full', text } : { level: 'normal', word: 'Fits', text }
}

/** Over a bar there is room for three digits: tenths below ten, and where the load is above what is open. */
export const onBar = (minutes: number, exact: boolean): string => {
  if (minutes <= 0) return ''
  if (minutes < 3) return '<0.1'
  return exact || minutes < 597 ? tenths(minutes) : show(Math.round(minutes / 60))
}

/** Inspection first, as it is what plans forget; then what has too much, then as the plant lists its stations. */
export const inOrder = (loads: readonly Load[]): readonly Load[] => {
  const rank = (one: Load): number => (one.kind === 'inspection' ? 0 : one.buckets.some(isOver) ? 1 : 2)
  return loads.toSorted((a, b) => rank(a) - rank(b))
}

export const isIdle = ({ buckets }: Load): boolean => buckets.every(({ firm, planned }) => firm + planned === 0)
