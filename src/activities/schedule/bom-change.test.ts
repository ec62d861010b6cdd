import { describe, expect, it } from 'vitest'
import { type Bom, bomDifferences, withLine } from './bom-change.ts'

const bom: Bom = {
  item: 'UNIT',
  revision: 'A',
  lines: [
    { component: 'SCREW', quantity: 8, uom: 'pcs', operation: 20, scrapPercent: 3 },
    { component: 'CASE', quantity: 1, uom: 'pcs' }
  ]
}
const differences = (lines: Bom['lines']) => bomDifferences({ was: bom.lines, lines })

describe('a BOM in a scenario', () => {
  it('keeps all else of a line whose quantity changes', () => {
    const { lines } = withLine(bom, 0, { component: 'SCREW', quantity: 6, uom: 'pcs' })
    expect(lines[0]).toEqual({ component: 'SCREW', quantity: 6, uom: 'pcs', operation: 20, scrapPercent: 3 })
    expect(lines[1]).toBe(bom.lines[1])
    expect(differences(lines)).toEqual([{ component: 'SCREW', was: 8, now: 6 }])
  })

  it('puts another part in the place of one, takes one out and adds one', () => {
    const rivet = { component: 'RIVET', quantity: 4, uom: 'pcs' }
    expect(withLine(bom, 0, rivet).lines[0]).toEqual(rivet)
    expect(differences(withLine(bom, 0, rivet).lines)).toEqual([
      { component: 'SCREW', was: 8, now: 0 },
      { component: 'RIVET', was: 0, now: 4 }
    ])
    expect(differences(withLine(bom, 1, undefined).lines)).toEqual([{ component: 'CASE', was: 1, now: 0 }])
    expect(differences(withLine(bom, 2, rivet).lines)).toEqual([{ component: 'RIVET', was: 0, now: 4 }])
  })

  it('sees no difference where a part stands on two lines instead of one', () => {
    expect(
      differences([
        { component: 'SCREW', quantity: 3, uom: 'pcs' },
        { component: 'SCREW', quantity: 5, uom: 'pcs' },
        ...bom.lines.slice(1)
      ])
    ).toEqual([])
  })
})
