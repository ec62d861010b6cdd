import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, it } from 'vitest'
import { chance, lay, paper, seen } from '#test/bench/scan-labels.ts'
import { type Counted, judge } from './consensus.ts'
import type { ReadSettings } from './decoder.ts'
import type { Plane } from './linear/plane.ts'
import { pipeline } from './pipeline.ts'
import { openZxing, type Zxing } from './zxing.ts'

const all: ReadSettings = { upce: true, codabar: true, itfLengths: 'any' }
let zxing: Zxing
beforeAll(async () => {
  const bytes = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  zxing = await openZxing({ wasmBinary: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) })
})

/** One reader, as the camera's screen holds it. */
const reader = (settings = all) => {
  const look = pipeline(zxing, settings)
  const ask = judge({ settings })
  let at = 0
  return (picture: Plane, frames = 15): Counted | undefined => {
    for (let frame = 0; frame < frames; frame += 1) {
      at += 40
      const read = ask(look(picture), at)
      if (read) return read
    }
    return undefined
  }
}

const label = (kind: string, text: string, degrees = 0, light = false): Plane => {
  const plane = paper(640, 480, light ? 30 : 235)
  lay(plane, kind, text, 320, 240, { module: kind === 'qrcode' ? 6 : 2.5, degrees, light })
  return seen(plane, 0.8, 4, chance(5))
}

describe('one reader for picture after picture', () => {
  it('keeps nothing of a DataBar: after it a blank, a QR and a Code 128 are what they are', () => {
    const read = reader()
    expect(read(label('databaromni', '(01)04412345678909'))?.text).toContain('04412345678909')
    expect(read(paper(640, 480), 5)).toBeUndefined()
    expect(read(label('qrcode', 'WO-0012-30'))?.text).toBe('WO-0012-30')
    expect(read(label('code128', 'B-1004'))?.text).toBe('B-1004')
  })

  it('reads UPC-E where the site uses it, and not where it does not', () => {
    const picture = label('upce', '0123456')
    expect(reader()(picture)?.text).toBe('0012345000065')
    expect(reader({ upce: false, codabar: false, itfLengths: [14] })(picture)).toBeUndefined()
  })

  it.each([0, 45, 60, 90, 180, 270])('reads a Code 128 turned by %d degrees', degrees => {
    const read = reader()(label('code128', 'LOT-77-A', degrees))
    expect(read?.text).toBe('LOT-77-A')
    const middle = [0, 1].map(axis => (read?.corners ?? []).reduce((sum, corner) => sum + (corner[axis] ?? 0) / 4, 0))
    expect(middle[0]).toBeCloseTo(0.5, 1)
    expect(middle[1]).toBeCloseTo(0.5, 1)
  })

  it('needs one frame for a clear Code 128 or EAN-13, and two where the checks are weak', () => {
    const [code, ean, weak] = [
      label('code128', 'LOT-77-ABCDE'),
      label('ean13', '400638133393'),
      label('code39', 'LOT-77-A')
    ]
    expect(reader()(code, 1)?.text).toBe('LOT-77-ABCDE')
    expect(reader()(ean, 1)?.text).toBe('4006381333931')
    expect(reader()(weak, 1)).toBeUndefined()
    expect(reader()(weak, 2)?.text).toBe('LOT-77-A')
  })

  it('reads light bars on dark ground', () => {
    expect(reader()(label('code128', 'LOT-77-A', 0, true))?.text).toBe('LOT-77-A')
    expect(reader()(label('qrcode', 'WO-0012-30', 0, true))?.text).toBe('WO-0012-30')
  })

  it('keeps the separators of a GS1 code and says that it is one', () => {
    const read = reader()(label('gs1-128', '(10)AB12(21)77'))
    expect(read?.identifier).toBe(']C1')
    expect(read?.text).toBe('10AB12\u001d2177')
  })

  it('reads what no other engine does: an EAN-13 out of focus', () => {
    const plane = paper(640, 480)
    lay(plane, 'ean13', '400638133393', 320, 240, { module: 3, degrees: 8 })
    const blurred = seen(plane, 2.5, 2, chance(9))
    const effort = { formats: ['EAN13'], harder: true, turns: true, inverted: true, smaller: true } as const
    expect(zxing(blurred, effort)).toEqual([])
    expect(reader()(blurred)?.text).toBe('4006381333931')
  })
})

describe('a page of twelve codes', () => {
  it.each([
    ['code128', 1.8],
    ['datamatrix', 5],
    ['qrcode', 5]
  ] as const)('of %s gives the one under the guide and offers the others', (kind, module) => {
    const plane = paper(1280, 720)
    for (let i = 0; i < 12; i += 1)
      lay(plane, kind, `B-10${10 + i}`, 180 + 300 * (i % 4), 130 + 230 * Math.floor(i / 4), { module })
    // The thirteenth stands where the guide is.
    lay(plane, kind, 'B-2000', 630, 360, { module })
    const look = pipeline(zxing, all)
    const ask = judge({ settings: all })
    const read = ask(look(seen(plane, 0.5, 3, chance(3))), 40)
    expect(read?.text).toBe('B-2000')
    expect(read?.others.length).toBeGreaterThanOrEqual(kind === 'code128' ? 6 : 11)
    expect(read?.others.every(other => /^B-10\d\d$/.test(other.text))).toBe(true)
  })
})
