/** Large generated problems: the hash of all planned receipts must be that of the engine that answered them. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { netAll } from '#activities/materials/planning/netting.ts'
import { snapshotOf } from '#activities/materials/planning/snapshot.ts'
import { columnsFrom } from '../bench/mrp-columns.ts'
import { documents, generator } from './oracles.ts'

type Case = { readonly gen: string; readonly expected: { readonly orders: number; readonly sha256: string } }

/** 'node gen.mjs out 1000 lots gross 1': all after the folder. */
const argumentsOf = (gen: string): readonly string[] => gen.split(' ').slice(3)

/** One line for each item and week: the sum of what is planned to come, in the order of the files. */
const planned = (folder: string): { readonly orders: number; readonly sha256: string } => {
  const columns = columnsFrom(folder)
  const snapshot = snapshotOf(columns)
  const { orders } = netAll(snapshot)
  const lines: string[] = []
  for (let item = 0; item < columns.items.count; item++) {
    const rank = snapshot.rank[item] ?? 0
    const weeks = new Map<number, number>()
    const from = orders.offset[rank] ?? 0
    for (let order = from; order < from + (orders.count[rank] ?? 0); order++) {
      const week = (orders.slot[order] ?? 0) - snapshot.slots.today
      weeks.set(week, (weeks.get(week) ?? 0) + (orders.quantity[order] ?? 0))
    }
    for (const [week, quantity] of [...weeks].sort(([a], [b]) => a - b)) lines.push(`${item},${week},${quantity}`)
  }
  return { orders: lines.length, sha256: createHash('sha256').update(lines.join('\n')).digest('hex') }
}

const all = documents<readonly Case[]>('generated problems').flat()

describe.skipIf(all.length === 0)('material planning, large problems', () => {
  // The four million orders of the largest take their time: they are planned when somebody asks for the oracles by name.
  const cases = all.filter(({ gen }) => process.env['ORACLES'] !== undefined || !gen.includes(' 100000 lfl '))
  it.each(cases.map(one => [argumentsOf(one.gen).join(' '), one] as const))(
    'plans %s as frePPLe does',
    (_, { gen, expected }) => {
      const folder = mkdtempSync(join(tmpdir(), 'jobcard-mrp-'))
      try {
        execFileSync(process.execPath, [generator(), folder, ...argumentsOf(gen)])
        const found = planned(folder)
        expect(found).toEqual({ orders: expected.orders, sha256: expected.sha256 })
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
    120_000
  )
})
