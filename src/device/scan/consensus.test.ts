import { describe, expect, it } from 'vitest'
import { judge } from './consensus.ts'
import type { Look, Sight } from './decoder.ts'

const sight = (text: string, format: string, more: Partial<Sight> = {}): Sight => ({
  text,
  format,
  way: 'fast',
  altered: false,
  ...more
})
const look = (...found: Sight[]): Look => ({ found })
const at = (x: number, y: number): NonNullable<Sight['corners']> => [
  [x - 0.1, y - 0.05],
  [x + 0.1, y - 0.05],
  [x + 0.1, y + 0.05],
  [x - 0.1, y + 0.05]
]

describe('a reading of the camera', () => {
  it('counts at once for a QR code, and once while it stays in view', () => {
    const ask = judge()
    const code = look(sight('WO-0012-30', 'QRCode'))
    expect(ask(code, 0)).toEqual({ text: 'WO-0012-30', format: 'QRCode', others: [] })
    expect(ask(code, 40)).toBeUndefined()
    expect(ask(code, 1000)).toBeUndefined()
    expect(ask(code, 2100)).toBeUndefined()
    expect(ask(look(), 2140)).toBeUndefined()
    expect(ask(code, 3400)?.text).toBe('WO-0012-30')
  })

  it('counts at once for a Code 128 that is one of our labels', () => {
    expect(judge()(look(sight('B-1004', 'Code128')), 0)?.text).toBe('B-1004')
  })

  it('counts at once when the tablet knows it', () => {
    const ask = judge({ known: text => text === 'LOT-7' })
    expect(ask(look(sight('LOT-8', 'Code39')), 0)).toBeUndefined()
    expect(ask(look(sight('LOT-7', 'Code39')), 40)?.text).toBe('LOT-7')
  })

  it('counts at once when the frame proved it, and nothing else was read there', () => {
    const proved = sight('4006381333931', 'EAN13', { sure: true })
    expect(judge()(look(proved), 0)?.text).toBe('4006381333931')
    const ask = judge()
    expect(ask(look(sight('12345670', 'EAN13')), 0)).toBeUndefined()
    expect(ask(look(proved), 40)).toBeUndefined()
    expect(ask(look(sight('4006381333931', 'EAN13')), 80)).toBeUndefined()
    expect(ask(look(proved), 120)?.text).toBe('4006381333931')
  })

  it("needs two equal frames for somebody else's Code 128", () => {
    const ask = judge()
    expect(ask(look(sight('409608', 'Code128')), 0)).toBeUndefined()
    expect(ask(look(), 40)).toBeUndefined()
    expect(ask(look(sight('409608', 'Code128')), 80)?.text).toBe('409608')
  })

  it('does not decide between two readings of one place', () => {
    const ask = judge()
    for (let frame = 0; frame < 6; frame += 1)
      expect(ask(look(sight(frame % 2 ? '409608' : '174808', 'Code128')), frame * 40)).toBeUndefined()
  })

  it('forgets a weak reading after five frames', () => {
    const ask = judge()
    expect(ask(look(sight('12345670', 'EAN8')), 0)).toBeUndefined()
    for (let frame = 1; frame <= 4; frame += 1) ask(look(), frame * 40)
    expect(ask(look(sight('12345670', 'EAN8')), 200)).toBeUndefined()
    expect(ask(look(sight('12345670', 'EAN8')), 240)?.text).toBe('12345670')
  })

  it('never counts on one altered picture alone, however often', () => {
    const ask = judge()
    const sharpened = sight('12345670', 'EAN8', { way: 'sharp', altered: true })
    for (let frame = 0; frame < 5; frame += 1) expect(ask(look(sharpened), frame * 40)).toBeUndefined()
    expect(ask(look(sight('12345670', 'EAN8', { way: 'own' })), 240)?.text).toBe('12345670')
  })

  it('reads UPC-E, Codabar and ITF as the site says', () => {
    const twice = (ask: ReturnType<typeof judge>, one: Sight) => {
      ask(look(one), 0)
      return ask(look(one), 40)?.text
    }
    const all = { upce: true, codabar: true, itfLengths: [8] }
    for (const [text, format] of [
      ['01234565', 'UPCE'],
      ['A123A', 'Codabar'],
      ['12345678', 'ITF']
    ] as const) {
      expect(twice(judge(), sight(text, format))).toBeUndefined()
      expect(twice(judge({ settings: all }), sight(text, format))).toBe(text)
    }
    expect(twice(judge(), sight('12345678901231', 'ITF'))).toBe('12345678901231')
  })

  it('gives the one under the guide and offers the others', () => {
    const codes = look(
      sight('B-1', 'Code128', { corners: at(0.2, 0.2) }),
      sight('B-2', 'Code128', { corners: at(0.5, 0.55) }),
      sight('B-3', 'Code128', { corners: at(0.9, 0.5) })
    )
    const read = judge()(codes, 0)
    expect(read?.text).toBe('B-2')
    expect(read?.others.map(other => other.text)).toEqual(['B-3', 'B-1'])
  })
})
