/** How counts and marks are kept so that the same facts give the same numbers in whatever order they arrive. */

/**
 * A ledger of report ids: 'a' was counted, '-a' was taken back. Answers the sign to count with and the ledger afterwards,
 * or nothing when the id was seen before. A withdrawal that comes first makes its report count for nothing.
 */
export const entered = (
  ledger: readonly string[],
  id: string
): { sign: 0 | 1; ledger: readonly string[] } | undefined =>
  ledger.includes(id) ? undefined : { sign: ledger.includes(`-${id}`) ? 0 : 1, ledger: [...ledger, id] }

export const takenBack = (
  ledger: readonly string[],
  id: string
): { sign: 0 | -1; ledger: readonly string[] } | undefined =>
  ledger.includes(`-${id}`) ? undefined : { sign: ledger.includes(id) ? -1 : 0, ledger: [...ledger, `-${id}`] }

/** Who, and when by the clock of their tablet. */
export type Signed = { readonly person: string; readonly at: string }

export type Counts = { readonly good: number; readonly scrap: number; readonly rework: number }

export const countsOf = ({ good, scrap, rework }: Counts): Counts => ({ good, scrap, rework })

export const plus = (a: Counts, b: Counts, sign: -1 | 0 | 1 = 1): Counts => ({
  good: a.good + sign * b.good,
  scrap: a.scrap + sign * b.scrap,
  rework: a.rework + sign * b.rework
})

export const none: Counts = { good: 0, scrap: 0, rework: 0 }

/** Pieces that have left the operation one way or the other. */
export const counted = (counts: Counts): number => counts.good + counts.scrap + counts.rework

/** Without the keys whose value is undefined, as optional members are kept. */
export const present = <T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  // Object.fromEntries forgets the key types; every entry comes from the record itself.
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never
