/** Parts of a large answer that are not made anew while nothing that they are made of has changed. */

/** Answers what was made the last time under this name, while each of `of` is the very same as then. */
export type Remember = <T>(name: string, of: readonly unknown[], make: () => T) => T

/** One memory; each name in it always stands for the same kind of part. */
export const remembering = (): Remember => {
  const kept = new Map<string, { readonly of: readonly unknown[]; readonly made: unknown }>()
  return <T>(name: string, of: readonly unknown[], make: () => T): T => {
    const last = kept.get(name)
    // Only this name's own `make` has put it there.
    if (last && last.of.length === of.length && last.of.every((one, at) => Object.is(one, of[at])))
      return last.made as T
    const made = make()
    kept.set(name, { of, made })
    return made
  }
}
