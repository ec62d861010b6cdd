/** What is taken from the shelf: phantoms are never there, their parts are. */
import { times } from '#kernel/quantity.ts'
import type { BomLine } from './projection.ts'

/**
 * The lines of a BOM with every phantom replaced by its own parts, at most eight levels deep. `below` answers the lines of a
 * phantom, and nothing for what is stocked. A phantom whose BOM nobody knows stays as it is: then it is short by itself.
 */
export const throughPhantoms = (
  lines: readonly BomLine[],
  below: (component: string) => readonly BomLine[] | undefined,
  depth = 0
): readonly BomLine[] =>
  lines.flatMap(line => {
    const parts = depth < 8 ? below(line.component) : undefined
    if (!parts) return [line]
    const factor = times(line.quantity, 1 + (line.scrapPercent ?? 0) / 100)
    return throughPhantoms(
      parts.map(part => ({ ...part, quantity: times(part.quantity, factor) })),
      below,
      depth + 1
    )
  })
