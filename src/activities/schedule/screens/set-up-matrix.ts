/** The set-up matrix as a planner reads it: families in rows and columns, what counts between two, and what nobody has given. */
import type { Known } from '#kernel/decision.ts'
import { show, tidy } from '#kernel/quantity.ts'
import { ambiguous, readNumber } from '#ui/number-entry.ts'
import { openOrderView } from '../order-view.ts'
import { plannedItemView, type RoutedOperation, routingKey, routingView, setupKey, setupView } from '../projection.ts'
import { MOST_SETUP_MINUTES } from '../set-up-rules.ts'

export type LiveOperation = RoutedOperation & { readonly item: string; readonly itemName: string }

/** Operations of what is planned or open: each item's revision of today, and those that open orders are built by. */
export const liveOperations = (known: Known): readonly LiveOperation[] => {
  const items = known.list(plannedItemView).map(([, { item, revision }]) => routingKey(item, revision))
  const open = known
    .list(openOrderView)
    .flatMap(([, one]) => (one.state === 'open' ? [routingKey(one.item, one.revision)] : []))
  return [...new Set([...items, ...open])].flatMap(key => {
    const routing = known.get(routingView, key)
    const item = routing?.item ?? ''
    const itemName = known.get(plannedItemView, item)?.name ?? item
    return (routing?.operations ?? []).map(operation => ({ ...operation, item, itemName }))
  })
}

export type Family = { readonly family: string; readonly uses: readonly LiveOperation[] }

export type MatrixCell = {
  /** Minutes of this row itself. */
  readonly own?: number | undefined
  /** Minutes of the row of every station, where one station is looked at. */
  readonly shared?: number | undefined
  /** Single stations that have minutes of their own, where every station is looked at: 'ST-08: 7 min'. */
  readonly apart: readonly string[]
  /** The two meet at a station, and no row says how long that takes there. */
  readonly missing: boolean
}

export type Matrix = {
  readonly families: readonly Family[]
  readonly cell: (from: string, to: string) => MatrixCell
  /** Ordered pairs of families that meet at a station, and how many of them have no minutes. */
  readonly pairs: number
  readonly missing: number
}

/** Of one station, or of every one. A station's own matrix has the families that are worked there, and those its rows name. */
export const matrixOf = (known: Known, station: string | undefined): Matrix => {
  const uses = Map.groupBy(
    liveOperations(known).filter(
      one => one.family !== undefined && (station === undefined || one.stations.includes(station))
    ),
    ({ family }) => family ?? ''
  )
  const named = known
    .list(setupView)
    .flatMap(([, row]) => (station === undefined || row.station === station ? [row.from, row.to] : []))
  const apart = Map.groupBy(
    station === undefined ? known.list(setupView).flatMap(([, row]) => (row.station === undefined ? [] : [row])) : [],
    ({ from, to }) => setupKey({ from, to })
  )
  const families = [...new Set([...uses.keys(), ...named])]
    .sort((a, b) => a.localeCompare(b, undefined, { numeric: true }))
    .map(family => ({ family, uses: uses.get(family) ?? [] }))
  const stations = new Map(families.map(one => [one.family, new Set(one.uses.flatMap(use => use.stations))]))
  const minutes = (from: string, to: string, at?: string): number | undefined =>
    known.get(setupView, setupKey({ from, to, ...(at === undefined ? {} : { station: at }) }))?.minutes
  const meet = (from: string, to: string): readonly string[] =>
    from === to
      ? []
      : [...(stations.get(from) ?? [])].filter(
          at => stations.get(to)?.has(at) && (station === undefined || at === station)
        )
  const cell = (from: string, to: string): MatrixCell => {
    const every = minutes(from, to)
    return {
      own: station === undefined ? every : minutes(from, to, station),
      shared: station === undefined ? undefined : every,
      apart: (apart.get(setupKey({ from, to })) ?? []).map(row => `${row.station ?? ''}: ${show(row.minutes)} min`),
      missing: every === undefined && meet(from, to).some(at => minutes(from, to, at) === undefined)
    }
  }
  const pairs = families.flatMap(one =>
    families.flatMap(other => (meet(one.family, other.family).length > 0 ? [cell(one.family, other.family)] : []))
  )
  return { families, cell, pairs: pairs.length, missing: pairs.filter(one => one.missing).length }
}

/** What a typed cell means: minutes, undefined to take the row out, or the sentence why it can't be meant. */
export const minutesTyped = (text: string): { readonly minutes: number | undefined } | { readonly why: string } => {
  if (text === '') return { minutes: undefined }
  const minutes = readNumber(text)
  if (ambiguous(text)) return { why: `“${text}” can be read in two ways. Write 1000 or 1.0.` }
  if (minutes === undefined) return { why: `“${text}” is no number of minutes. Write it as 25 or 12.5.` }
  if (minutes < 0) return { why: `“${text}” is less than nothing. Give 0 where no time is lost.` }
  if (minutes > MOST_SETUP_MINUTES)
    return {
      why: `“${text}” is more than ${MOST_SETUP_MINUTES.toLocaleString('en')} minutes, ten weeks around the clock.`
    }
  return { minutes: tidy(minutes) }
}

export const minutesText = (minutes: number | undefined): string => (minutes === undefined ? '' : show(minutes))

/** What counts where the cell itself says nothing: the minutes of every station, '*' for single ones, '?' for a gap. */
export const ghostOf = ({ shared, apart, missing }: MatrixCell): string | undefined =>
  minutesText(shared) || (missing ? '?' : apart.length > 0 ? '*' : undefined)

/** What whoever points at a cell is told. */
export const cellWords = (from: string, to: string, cell: MatrixCell): string =>
  [`${from} → ${to}: ${countsWords(from, to, cell)}`, ...cell.apart].join('; ')

const countsWords = (from: string, to: string, { own, shared, apart, missing }: MatrixCell): string => {
  if (own !== undefined) return `${show(own)} min`
  if (shared !== undefined) return `${show(shared)} min, as at every station`
  if (missing) return 'nobody has said how long it takes, and the schedule takes it as none'
  if (from === to) return 'between two jobs of one family'
  return apart.length > 0 ? 'by station' : 'they meet at no station'
}
