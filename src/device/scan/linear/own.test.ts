import { describe, expect, it } from 'vitest'
import { chance, lay, paper, seen } from '#test/bench/scan-labels.ts'
import { code128Widths } from './code128.ts'
import { type Family, ownReader } from './own.ts'
import type { Plane } from './plane.ts'
import { regionFinder } from './regions.ts'

const own = ownReader({ upce: true, codabar: true, itfLengths: 'any' })
const find = regionFinder(2)
const families: readonly Family[] = ['ean', '128', '39', 'itf']

const readAny = (picture: Plane): string | undefined => {
  for (const region of find(picture))
    for (const family of families) {
      const read = own.read(picture, region, family)
      if (read) return read.text
    }
  return undefined
}

const digits = (count: number, random: () => number): string =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('')

const checked = (text: string): string => {
  const sum = [...text].reverse().reduce((all, digit, i) => all + Number(digit) * (i % 2 ? 1 : 3), 0)
  return text + String((10 - (sum % 10)) % 10)
}

const kinds = [
  { kind: 'ean13', make: (random: () => number) => digits(12, random), says: checked },
  { kind: 'ean8', make: (random: () => number) => digits(7, random), says: checked },
  { kind: 'code128', make: (random: () => number) => `LOT-${digits(5, random)}`, says: (text: string) => text },
  { kind: 'code39', make: (random: () => number) => `T-${digits(5, random)}`, says: (text: string) => text },
  { kind: 'itf14', make: (random: () => number) => digits(13, random), says: checked }
]

const picture = (kind: string, text: string, random: () => number, blur: number, noise: number): Plane => {
  const module = 2 + random() * 0.6
  const plane = paper(480, 320)
  lay(plane, kind, text, 240, 160, { module, degrees: random() * 180 - 90, contrast: 0.5 + random() / 2 })
  return seen(plane, blur * module, noise, random)
}

describe('our own reader of linear codes', () => {
  it.each(kinds)('reads $kind through a blur of six tenths of a module at any angle', ({ kind, make, says }) => {
    const random = chance(21)
    let right = 0
    for (let i = 0; i < 4; i += 1) {
      const text = make(random)
      const read = readAny(picture(kind, text, random, 0.6, 3))
      if (read === says(text)) right += 1
      else expect(read).toBeUndefined()
    }
    expect(right).toBeGreaterThanOrEqual(3)
  })

  it('says nothing rather than something wrong where the blur and the noise are too much', () => {
    const random = chance(4)
    for (let i = 0; i < 10; i += 1) {
      const { kind, make, says } = kinds[i % kinds.length] as (typeof kinds)[number]
      const text = make(random)
      const read = readAny(picture(kind, text, random, 0.8 + random() * 0.6, 6 + random() * 12))
      if (read !== undefined) expect(read).toBe(says(text))
    }
  })

  it('finds no code in noise, stripes and a fence of equal bars', () => {
    const random = chance(8)
    expect(readAny(seen(paper(480, 320, 130), 0, 22, random))).toBeUndefined()
    for (const period of [5, 9, 14]) {
      const plane = paper(480, 320)
      for (let y = 40; y < 280; y += 1)
        for (let x = 60; x < 420; x += 1) plane.data[y * 480 + x] = x % period < period / 2 ? 30 : 235
      expect(readAny(seen(plane, 1, 4, random))).toBeUndefined()
    }
  })

  it('knows every character of Code 128: eleven modules, and no two alike', () => {
    const all = Array.from({ length: 103 }, (_, value) => code128Widths(value))
    expect(new Set(all.map(widths => widths.join(''))).size).toBe(103)
    expect(all.every(widths => widths.reduce((a, b) => a + b, 0) === 11)).toBe(true)
  })
})
