import { describe, expect, it } from 'vitest'
import { type BuildOrder, clearToBuild } from './clear-to-build.ts'

const order = (
  id: string,
  quantity: number,
  per: Readonly<Record<string, number>>,
  more: Partial<BuildOrder> = {}
): BuildOrder => ({
  id,
  item: 'sensor',
  quantity,
  lines: Object.entries(per).map(([component, many]) => ({ parent: 'sensor', component, quantity: many })),
  ...more
})

const stock = (there: Readonly<Record<string, number>>) => (item: string) => there[item] ?? 0

describe('clear to build', () => {
  it('starts what is there in sequence, and says what the next lacks and which split would clear', () => {
    const sequence = [order('WO-1', 10, { screw: 2, case: 1 }), order('WO-2', 10, { screw: 2, case: 1 })]
    expect(clearToBuild(sequence, stock({ screw: 33, case: 50 }))).toEqual([
      { order: 'WO-1', state: 'clear', lacks: [], split: 10 },
      { order: 'WO-2', state: 'short', lacks: [{ item: 'screw', needed: 20, there: 13, short: 7 }], split: 6 }
    ])
  })

  it('says what could start if a blocked order gave back what it keeps', () => {
    const sequence = [order('WO-1', 10, { screw: 1, label: 1 }), order('WO-2', 10, { screw: 1 })]
    const [first, second] = clearToBuild(sequence, stock({ screw: 10 }))
    expect(first?.state).toBe('short')
    expect(first?.split).toBe(0)
    expect(second).toEqual({
      order: 'WO-2',
      state: 'after-others',
      lacks: [{ item: 'screw', needed: 10, there: 0, short: 10 }],
      split: 0
    })
  })

  it('counts what was issued, what a set-up takes and what is lost', () => {
    const lines = [{ parent: 'sensor', component: 'reel', quantity: 1, scrap: 0.5, setup: 5 }]
    const [one] = clearToBuild([order('WO-1', 10, {}, { lines, issued: { reel: 5 } })], stock({ reel: 19 }))
    expect(one).toEqual({
      order: 'WO-1',
      state: 'short',
      lacks: [{ item: 'reel', needed: 20, there: 19, short: 1 }],
      split: 9
    })
  })

  it('names the part that lets the fewest be built first, and takes books below nothing as nothing', () => {
    const [one] = clearToBuild([order('WO-1', 10, { a: 1, b: 1 })], stock({ a: 5, b: -3 }))
    expect(one?.lacks.map(({ item, there }) => [item, there])).toEqual([
      ['b', 0],
      ['a', 5]
    ])
  })

  it('needs no tool for itself and cuts whole lengths', () => {
    const lines = [
      { parent: 'sensor', component: 'jig', quantity: 1, use: 'tool' as const },
      { parent: 'sensor', component: 'bar', quantity: 1, cut: { length: 900, stockLength: 3000, kerf: 2 } }
    ]
    const clear = (bars: number) => clearToBuild([order('WO-1', 10, {}, { lines })], stock({ bar: bars }))[0]
    expect(clear(4)?.state).toBe('clear')
    expect(clear(3)).toMatchObject({ state: 'short', split: 9 })
  })
})
