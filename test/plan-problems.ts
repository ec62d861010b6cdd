/** Small planning problems by chance: every kind of item, line, lot and receipt, few days, so that things meet. */
import * as fc from 'fast-check'
import type {
  LotRule,
  PlanBomLine,
  PlanDemand,
  PlanItem,
  PlanProblem,
  PlanReceipt
} from '#activities/materials/planning/problem.ts'

const TODAY = 20_000

const day = fc.integer({ min: TODAY - 3, max: TODAY + 40 })
const few = fc.integer({ min: 1, max: 30 })
const now = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 })

type Tidy<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** Leaves out what is undefined: optional fields are absent, not undefined. */
const tidy = <T extends object>(value: T): Tidy<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Tidy<T> // only absent fields are gone

const sizes = fc.record({ minimum: now(few), multiple: now(fc.integer({ min: 1, max: 9 })) }).map(tidy)

const lot: fc.Arbitrary<LotRule | undefined> = now(
  fc
    .tuple(
      sizes,
      fc.oneof(
        fc
          .record({ rule: fc.constant('lot-for-lot' as const), maximum: now(fc.integer({ min: 8, max: 40 })) })
          .map(tidy),
        fc.record({ rule: fc.constant('fixed' as const), quantity: fc.integer({ min: 2, max: 30 }) }),
        fc.record({ rule: fc.constant('period' as const), days: fc.integer({ min: 1, max: 12 }) })
      )
    )
    .map(([size, rule]) => ({ ...size, ...rule }) as LotRule) // a size and one of the rules make a rule
)

const itemOf = (id: string, bought: boolean, literal: boolean): fc.Arbitrary<PlanItem> =>
  fc
    .record({
      id: fc.constant(id),
      source: bought
        ? fc.constantFrom(...(['buy', 'buy', 'buy', 'none'] as const))
        : fc.constantFrom(...(['make', 'make', 'make', 'phantom'] as const)),
      onHand: now(fc.integer({ min: literal ? 0 : -5, max: 40 })),
      safetyStock: now(fc.integer({ min: 0, max: 10 })),
      leadTime: fc.integer({ min: 0, max: 7 }),
      leadTimePer: now(fc.constantFrom(0.1, 0.25)),
      stockMaximum: now(fc.integer({ min: 5, max: 25 })),
      leadIn: now(fc.constantFrom('working' as const, 'calendar' as const)),
      yield: now(fc.constantFrom(1, 0.9, 0.8, 0.5)),
      fenceDays: now(fc.integer({ min: 0, max: 10 })),
      lot
    })
    .map(tidy)

const lineOf = (ids: readonly string[]): fc.Arbitrary<PlanBomLine> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: ids.length - 2 }),
      fc.nat({ max: 100 }),
      fc.record({
        quantity: fc.constantFrom(1, 2, 3, 0.5, 0.2),
        fixed: now(fc.boolean()),
        scrap: now(fc.constantFrom(0.1, 0.25)),
        lossMinimum: now(fc.integer({ min: 1, max: 4 })),
        setup: now(fc.integer({ min: 1, max: 4 })),
        offset: now(fc.integer({ min: 0, max: 4 })),
        from: now(day),
        to: now(day),
        rounding: now(fc.integer({ min: 1, max: 5 }))
      })
    )
    .map(([above, step, line]) => {
      const below = above + 1 + (step % (ids.length - 1 - above))
      return { parent: ids[above] ?? '', component: ids[below] ?? '', ...tidy(line) }
    })

const demandOf = (ids: readonly string[]): fc.Arbitrary<Omit<PlanDemand, 'id'>> =>
  fc
    .record({ item: fc.constantFrom(...ids), quantity: few, day, priority: now(fc.integer({ min: 1, max: 3 })) })
    .map(tidy)

const receiptOf = (ids: readonly string[], literal: boolean): fc.Arbitrary<Omit<PlanReceipt, 'id'>> =>
  fc
    .record({
      item: fc.constantFrom(...ids),
      quantity: few,
      day,
      kind: literal
        ? fc.constant('purchase' as const)
        : fc.constantFrom('purchase' as const, 'work-order' as const, 'firm-planned' as const),
      firm: now(fc.boolean())
    })
    .map(tidy)

const named = <T>(prefix: string, list: readonly T[]): (T & { readonly id: string })[] =>
  list.map((one, at) => ({ ...one, id: `${prefix}${at}` }))

/** `literal`: only what the literal MRP of the tests knows: no stand-ins, nothing exploded, books not below nothing. */
export const problems = ({ literal }: { readonly literal: boolean }): fc.Arbitrary<PlanProblem> =>
  fc.integer({ min: 2, max: 6 }).chain(count => {
    const ids = Array.from({ length: count }, (_, at) => `i${at}`)
    const items = fc.tuple(...ids.map((id, at) => itemOf(id, at >= count / 2, literal)))
    return fc
      .record({
        today: fc.constant(TODAY),
        items: literal ? items : items.chain(all => withStandIns(all)),
        bom: fc.array(lineOf(ids), { maxLength: 8 }),
        demands: fc.array(demandOf(ids), { minLength: 1, maxLength: 8 }).map(list => named('d', list)),
        receipts: fc.array(receiptOf(ids, literal), { maxLength: 4 }).map(list => named('r', list)),
        workingDays: now(
          fc.uniqueArray(fc.integer({ min: TODAY - 30, max: TODAY + 60 }), { minLength: 20, maxLength: 60 })
        ),
        bucketing: literal ? fc.constant('day' as const) : fc.constantFrom('day' as const, 'week' as const),
        policy: literal
          ? fc.constant({ expediteWithin: 0 })
          : now(fc.constantFrom({ expediteWithin: 0 }, { expediteWithin: 9 }))
      })
      .map(tidy)
  })

/** An alternate or a successor for some, among the bought parts. */
const withStandIns = (items: readonly PlanItem[]): fc.Arbitrary<PlanItem[]> => {
  const last = items.length - 1
  return fc
    .tuple(
      fc.constantFrom('none', 'when-short', 'first', 'successor'),
      fc.integer({ min: 0, max: last }),
      fc.constantFrom(1, 2, 0.5)
    )
    .map(([use, at, ratio]) =>
      items.map((item, place) => {
        const by = `i${last}`
        if (use === 'none' || place !== at || at === last) return item
        return use === 'successor'
          ? { ...item, successor: { item: by, ratio, from: TODAY + 5 } }
          : { ...item, alternates: [{ item: by, ratio, use: use === 'first' ? 'first' : 'when-short' }] }
      })
    )
}
