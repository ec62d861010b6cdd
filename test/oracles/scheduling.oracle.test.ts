import { describe, expect, it } from 'vitest'
import type { RuleName } from '#activities/schedule/solver/problem.ts'
import { dispatch, schedule } from '#activities/schedule/solver/solve.ts'
import { familyOf, type PublishedShop, problemOf } from '#test/bench/schedule-shops.ts'
import { broken } from './feasible.ts'
import { beside, documents, named } from './oracles.ts'

const sizeOf = (shop: PublishedShop): number => shop.ops.reduce((sum, job) => sum + job.length, 0)

/** Enough for the small ones to reach what is proved to be the best, most of them soon; a look at the way for the others. */
const movesFor = (shop: PublishedShop): readonly number[] =>
  isSmall(shop) ? [10_000, 200_000] : [Math.max(64, Math.min(1000, Math.round(60_000 / sizeOf(shop))))]

/** Milliseconds; a second of work may take a minute on a machine that others use too. */
const PATIENCE = 120_000

/** What the search of an industrial shop does in well below a third of a second. */
const FEW_MOVES = 200

/** Shops of at most this many operations are asked for the optimum, where it is proved. */
const SMALL = 50
const isSmall = (shop: PublishedShop): boolean => sizeOf(shop) <= SMALL && shop.lb === shop.ub

/** Looks longer only where the first look did not find what is proved to be the best. */
const scheduled = (shop: PublishedShop) => {
  const problem = problemOf(shop)
  const [few = 0, many] = movesFor(shop)
  const made = schedule(problem, { seed: 1, iterations: few })
  const enough = many === undefined || made.makespan === shop.ub
  return { problem, made: enough ? made : schedule(problem, { seed: 1, iterations: many }) }
}

const all = documents<PublishedShop | readonly PublishedShop[]>('shops').flat()

describe.skipIf(all.length === 0)('the published shops', () => {
  it.each(named(all, ({ name }) => name))(
    '%s has a schedule that holds',
    (_, shop) => {
      const { problem, made } = scheduled(shop)
      expect(broken(problem, made)).toEqual([])
      expect(made.operations).toHaveLength(problem.operations.length)
      expect(made.faults).toEqual([])
      expect(made.makespan).toBeGreaterThanOrEqual(shop.lb)
      if (isSmall(shop)) expect(made.makespan).toBe(shop.ub)
    },
    PATIENCE
  )

  it.each(
    named(
      all.filter(shop => familyOf(shop) === 'bel'),
      ({ name }) => name
    )
  )(
    '%s is at its optimum after a short search',
    (_, shop) => {
      // Those of the folder are there by most work remaining alone; for others a few moves may be needed.
      const made = schedule(problemOf(shop), { seed: 1, iterations: FEW_MOVES })
      expect(made.makespan).toBe(shop.ub)
    },
    PATIENCE
  )
})

/** A shop that an answer is about, of the folder or else of those that lie beside the checkout. */
const shopNamed = (name: string): PublishedShop => {
  const shop = [...all, ...beside<PublishedShop | readonly PublishedShop[]>('shops').flat()].find(
    one => one.name === name
  )
  if (!shop) throw new Error(`There is no shop ${name} to be dispatched.`)
  return shop
}

type Reference = { readonly rules: Readonly<Record<string, number>> }

const references = documents<{ jsp: Readonly<Record<string, Reference>> }>('what rules made').flatMap(({ jsp }) =>
  Object.entries(jsp)
)

describe.skipIf(references.length === 0)('the rules', () => {
  it.each(references)(
    'make of %s what another program made',
    (name, reference) => {
      const problem = problemOf(shopNamed(name))
      const ours = Object.keys(reference.rules).map(name => {
        // The names of the file are our rules, `_GT` for Giffler and Thompson's active schedules.
        const rule = name.replace('_GT', '') as RuleName
        const made = dispatch(problem, { rule, generation: name.endsWith('_GT') ? 'active' : 'non-delay' })
        return [name, made.makespan]
      })
      expect(Object.fromEntries(ours)).toEqual(reference.rules)
    },
    PATIENCE
  )
})
