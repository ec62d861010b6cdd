/** Planned orders of bought parts that the plan wants placed by now, by supplier: what one purchase order would be. */
import { dayText } from '#kernel/calendar.ts'
import type { Said } from '../outlook.ts'

export type Wanted = {
  /** The message that asks for it. */
  readonly key: string
  readonly state: string
  readonly item: string
  readonly quantity: number
  /** YYYY-MM-DD, today at the earliest. */
  readonly due: string
}

/** Suppliers with the most lines first; what has no supplier stands under ''. */
export const wantedBySupplier = (
  said: readonly Said[],
  supplierOf: (item: string) => { readonly bought: boolean; readonly supplier: string },
  today: number
): readonly (readonly [supplier: string, lines: readonly Wanted[]])[] => {
  const found = new Map<string, Wanted[]>()
  for (const { message, dismissed } of said) {
    const { kind, about, item, quantity, key, state, why } = message
    if (dismissed || item === undefined || quantity === undefined || about?.kind !== 'planned') continue
    if (kind !== 'release' && kind !== 'past-due') continue
    const { bought, supplier } = supplierOf(item)
    if (!bought) continue
    const due = dayText(Math.max(today, Number(why['due'] ?? today)))
    found.set(supplier, [...(found.get(supplier) ?? []), { key, state, item, quantity, due }])
  }
  return [...found].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
}
