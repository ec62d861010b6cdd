/** Units of measure that convert by a fixed number, as exact fractions: nobody's kilogram is 1000.0000001 grams. */

/** Whole multiples of each family's smallest unit. An inch is 25.4 mm (ISO 80000-3), so lengths count tenths of millimetres. */
const FAMILIES: readonly Readonly<Record<string, number>>[] = [
  { mg: 1, g: 1_000, kg: 1_000_000, t: 1_000_000_000 },
  { mm: 10, cm: 100, dm: 1_000, m: 10_000, km: 10_000_000, in: 254, ft: 3_048 },
  { mm2: 1, cm2: 100, m2: 1_000_000 },
  { ul: 1, ml: 1_000, cl: 10_000, dl: 100_000, l: 1_000_000, m3: 1_000_000_000 },
  { pcs: 1, pair: 2, dozen: 12, hundred: 100, gross: 144, thousand: 1_000 },
  { s: 1, min: 60, h: 3_600 }
]

const SAME: Readonly<Record<string, string>> = {
  pc: 'pcs',
  piece: 'pcs',
  pieces: 'pcs',
  each: 'pcs',
  ea: 'pcs',
  stk: 'pcs',
  st: 'pcs',
  pairs: 'pair',
  dozens: 'dozen',
  litre: 'l',
  liter: 'l',
  metre: 'm',
  meter: 'm',
  'm²': 'm2',
  'mm²': 'mm2',
  'cm²': 'cm2',
  'm³': 'm3'
}

const plain = (unit: string): string => {
  const lower = unit.trim().toLowerCase()
  return SAME[lower] ?? lower
}

/** True for what is counted and not measured: whole numbers unless somebody says otherwise. */
export const isCounted = (unit: string): boolean => FAMILIES[4]?.[plain(unit)] !== undefined

/** One `from` is `times` / `per` of `to`, both whole numbers; `undefined` when the two don't convert. */
export const conversion = (from: string, to: string): { readonly times: number; readonly per: number } | undefined => {
  const [one, other] = [plain(from), plain(to)]
  if (one === other) return { times: 1, per: 1 }
  for (const family of FAMILIES) {
    const [times, per] = [family[one], family[other]]
    if (times !== undefined && per !== undefined) return { times, per }
  }
  return undefined
}
