import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '#test/contracts/postgres.ts'
import { plainList, table, textList } from './text-list.ts'

describe('a list of texts as one parameter', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.close())

  it('comes back as it went, with nothing, empty texts, quotes and our own separators in it', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', ',', '\u0001', '\u0002', 'é', '\n', ' ') })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text), { maxLength: 6 }), async list => {
        const back = await database.sql.begin(async tx => {
          const [row] = await tx<{ list: (string | null)[] }[]>`SELECT to_jsonb(${textList(tx, list)}) AS list`
          return row?.list
        })
        expect(back).toEqual(list)
      }),
      { numRuns: 200 }
    )
  })

  it('gives rows as they were, whichever of their columns say one thing throughout', async () => {
    const text = fc.option(fc.constantFrom('a', 'b', ''))
    const row = fc.record({ one: text, other: text })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async list => {
        const back = await database.sql.begin(tx => {
          const at = tx`${plainList(list.map((_, i) => i))}::text::int[]`
          const rows = table(tx, { at, one: list.map(({ one }) => one), other: list.map(({ other }) => other) })
          return tx`SELECT ${rows.column('one')} AS one, ${rows.column('other')} AS other FROM ${rows.from} ORDER BY at`
        })
        expect(back.map(({ one, other }) => ({ one, other }))).toEqual(list)
      }),
      { numRuns: 100 }
    )
  })

  it('takes whole numbers in one text', async () => {
    const [row] = await database.sql<
      { list: number[] }[]
    >`SELECT ${plainList([1, 2 ** 40])}::text::bigint[]::text[] AS list`
    expect(row?.list).toEqual(['1', String(2 ** 40)])
  })
})
