/** Numbers that people give things in a row: WO-0012, PO-0207. */

/**
 * The number after the highest of this form among what is known, by its keys: after PO-0207 comes PO-0208. `digits` is how
 * many it has at least.
 */
export const numberAfter = (prefix: string, known: readonly (readonly [string, unknown])[], digits = 4): string => {
  const highest = known.reduce((most, [key]) => {
    const rest = key.startsWith(prefix) ? key.slice(prefix.length) : ''
    return /^\d{1,9}$/.test(rest) ? Math.max(most, Number(rest)) : most
  }, 0)
  return `${prefix}${String(highest + 1).padStart(digits, '0')}`
}
