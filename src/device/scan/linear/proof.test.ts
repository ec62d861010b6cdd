import { describe, expect, it } from 'vitest'
import { chance, lay, paper, seen } from '#test/bench/scan-labels.ts'
import type { Plane } from './plane.ts'
import { type Claim, proof } from './proof.ts'
import { type Region, regionFinder } from './regions.ts'

const prove = proof()
const find = regionFinder(1)
const MODULE = 2.6

const label = (kind: string, text: string, degrees = 0, blur = 0.4, before?: (plane: Plane) => void): Plane => {
  const plane = paper(640, 560)
  lay(plane, kind, text, 320, 280, { module: MODULE, degrees })
  before?.(plane)
  return seen(plane, blur * MODULE, 4, chance(11))
}

/** What zxing-cpp would say: the text, and the four corners of the code. */
const claimOf = (text: string, format: string, modules: number, degrees = 0): Claim => {
  const turn = (degrees * Math.PI) / 180
  const half = (modules * MODULE) / 2
  const corners = [
    [-half, -30],
    [half, -30],
    [half, 30],
    [-half, 30]
  ].map(([u = 0, v = 0]) => ({
    x: 320 + u * Math.cos(turn) - v * Math.sin(turn),
    y: 280 + u * Math.sin(turn) + v * Math.cos(turn)
  }))
  return { text, format, corners }
}

const region = (plane: Plane): Region => find(plane)[0] as Region

const EAN = claimOf('4006381333931', 'EAN13', 95)
// Start, twelve characters, check and stop.
const CODE = claimOf('LOT-77-ABCDE', 'Code128', 11 + 12 * 11 + 11 + 13)

describe('the proof of one frame', () => {
  it.each([0, 12, 180, -80])('sees the same code turned by %d degrees', degrees => {
    const ean = label('ean13', '400638133393', degrees)
    expect(prove(ean, region(ean), claimOf(EAN.text, 'EAN13', 95, degrees))).toBe(true)
    const code = label('code128', CODE.text, degrees)
    expect(prove(code, region(code), claimOf(CODE.text, 'Code128', 167, degrees))).toBe(true)
  })

  it('does not prove another text, nor a code where none is', () => {
    const ean = label('ean13', '400638133393')
    expect(prove(ean, region(ean), { ...EAN, text: '4006381333948' })).toBe(false)
    const code = label('code128', CODE.text)
    expect(prove(code, region(code), { ...CODE, text: 'LOT-77-ABCDF' })).toBe(false)
    expect(prove(code, region(code), EAN)).toBe(false)
    expect(prove(ean, region(ean), { ...CODE, corners: EAN.corners })).toBe(false)
  })

  it('asks all three bands: one that is blotted leaves it to the next frame', () => {
    const blotted = label('ean13', '400638133393', 0, 0.4, ({ data, width }) => {
      for (let y = 240; y < 258; y += 1) data.fill(40, y * width + 280, y * width + 300)
    })
    expect(prove(blotted, region(blotted), EAN)).toBe(false)
  })

  it('leaves what is out of focus, short or of weak checks to the next frame', () => {
    const blurred = label('ean13', '400638133393', 0, 1.3)
    expect(prove(blurred, region(blurred), EAN)).toBe(false)
    const short = label('code128', 'B-1004')
    expect(prove(short, region(short), claimOf('B-1004', 'Code128', 101))).toBe(false)
    const weak = label('code39', 'LOT-77-A')
    expect(prove(weak, region(weak), claimOf('LOT-77-A', 'Code39', 129))).toBe(false)
  })
})
