/** The simulation inside `npm test`. More by hand: `npm run test:sim -- --seeds N --from S`. */
import { describe, expect, it } from 'vitest'
import { type HowMany, runMany } from './many.ts'
import { PLANTED } from './planted.ts'
import { plus, reportOf, runSeeds } from './run.ts'
import { FAULT_KINDS } from './story.ts'

const SEEDS = Number(process.env['SIM_SEEDS'] ?? 2000)
/** What is not in a seed's hands shows soon; a bug of ours may take long. So a fifth is told twice, and the rest once. */
const TWICE = Math.ceil(SEEDS / 5)
const FROM = Number(process.env['SIM_FROM'] ?? 1)
/** Seeds that once found a bug of ours; what they tell has changed since, with the simulation. */
const REGRESSIONS = [5, 8, 13, 14, 15, 20, 58, 60, 70, 89, 127, 130, 1247, 3027, 3216, 102_422, 102_704, 271_967]

describe('whole plants under every fault', () => {
  it(
    'lose nothing, double nothing, agree in the end and do the same twice',
    async () => {
      const until: HowMany['until'] = sum => sum.failed.length >= 5
      const again = await runMany(FROM, TWICE, { until })
      const once = await runMany(FROM + TWICE, SEEDS - TWICE, { twice: false, until })
      const { seeds, failed, unequal, faults } = plus(again, once)
      console.log(
        [...faults]
          .sort()
          .map(([kind, times]) => `${kind} ${times}`)
          .join(', ')
      )
      expect(failed.map(reportOf)).toEqual([])
      expect(seeds).toBe(SEEDS)
      expect(unequal).toEqual([])
      if (SEEDS >= 200) expect(FAULT_KINDS.filter(kind => !faults.has(kind))).toEqual([])
    },
    60_000 + SEEDS * 3000
  )

  it('stay well where they once did not', { timeout: 120_000 }, async () => {
    for (const seed of REGRESSIONS) expect((await runSeeds(seed, 1, { twice: false })).failed).toEqual([])
  })

  it.each(['verdict by position, not by id', 'wipes on 401', 'no fork check', 'ack before commit'])(
    'would find this bug if it were ours: %s',
    { timeout: 120_000 },
    async name => {
      const plant = PLANTED.find(one => one.name === name)
      const { failed } = await runSeeds(1, 60, {
        plant: plant ?? {},
        twice: false,
        until: sum => sum.failed.length > 0
      })
      expect(failed).toHaveLength(1)
    }
  )
})
