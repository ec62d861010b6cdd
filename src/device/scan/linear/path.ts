/**
 * How the characters of a code lie aside of their even places. A label bends, so the offset may change by one sample from a
 * character to the next: enough for a curved label, too little to slip into the neighbour.
 */

/**
 * `tables`: for each character, what each pattern costs at each of `offsets` offsets, the offsets of one pattern in a row.
 * `price`: what a step aside costs. Answers the offset of each character on the cheapest path.
 */
export const smoothest = (tables: readonly Float64Array[], offsets: number, price: number): number[] => {
  const back: number[][] = []
  let sums = Array.from({ length: offsets }, (_, offset) => Math.abs(offset - (offsets >> 1)) * price * 0.5)
  for (const table of tables) {
    const next: number[] = []
    const from: number[] = []
    for (let offset = 0; offset < offsets; offset += 1) {
      let least = Number.POSITIVE_INFINITY
      for (let i = offset; i < table.length; i += offsets) least = Math.min(least, table[i] as number)
      let best = Number.POSITIVE_INFINITY
      let origin = offset
      for (let before = Math.max(0, offset - 1); before <= Math.min(offsets - 1, offset + 1); before += 1) {
        const sum = (sums[before] as number) + (before === offset ? 0 : price)
        if (sum >= best) continue
        best = sum
        origin = before
      }
      next.push(best + least)
      from.push(origin)
    }
    sums = next
    back.push(from)
  }
  let at = sums.indexOf(Math.min(...sums))
  const path: number[] = []
  for (let i = back.length - 1; i >= 0; i -= 1) {
    path.unshift(at)
    at = (back[i] as number[])[at] as number
  }
  return path
}
