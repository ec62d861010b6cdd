/** A BOM with one line otherwise, as a scenario tries it. Its engineer changes it for good, by a change order. */
import type * as z from 'zod/mini'
import { add } from '#kernel/quantity.ts'
import type { bomSet } from '#activities/materials/events.ts'

export type Bom = z.infer<typeof bomSet.payload>
/** `was`: its lines when it was first changed here, to say what differs. */
export type BomChange = Bom & { readonly was: Bom['lines'] }

/** `at` is the line's place; at the end a line is added. `line` undefined takes it out. What is not said of a line stays. */
export const withLine = (
  bom: Bom,
  at: number,
  line: Pick<Bom['lines'][number], 'component' | 'quantity' | 'uom'> | undefined
): Bom => {
  const { lines } = bom
  const kept = lines[at]
  const put = line ? [{ ...(kept?.component === line.component ? kept : {}), ...line }] : []
  return { ...bom, lines: [...lines.slice(0, at), ...put, ...lines.slice(at + 1)] }
}

/** How much of each component goes into one, before and after, where the two differ. */
export const bomDifferences = ({
  was,
  lines
}: Pick<BomChange, 'was' | 'lines'>): readonly {
  readonly component: string
  readonly was: number
  readonly now: number
}[] => {
  const sums = (list: Bom['lines']): ReadonlyMap<string, number> => {
    const found = new Map<string, number>()
    for (const { component, quantity } of list) found.set(component, add(found.get(component) ?? 0, quantity))
    return found
  }
  const [before, after] = [sums(was), sums(lines)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map(component => ({ component, was: before.get(component) ?? 0, now: after.get(component) ?? 0 }))
    .filter(one => one.was !== one.now)
}
