import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The colours of one block of tokens.css, by name without the dashes. */
const block = (selector: string): Readonly<Record<string, string>> => {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
  const at = css.indexOf(`${selector} {`)
  if (at < 0) throw new Error(`no block ${selector}`)
  const body = css.slice(at, css.indexOf('}', at))
  return Object.fromEntries([...body.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map(match => [match[1], match[2]]))
}

const tablet = block(':root')
const wall = { ...tablet, ...block('[data-wall]') }
const levels = ['normal', 'off', 'info', 'attention', 'stop'] as const

type Rgb = readonly [number, number, number]

/** Linear light, 0 to 1 (IEC 61966-2-1). */
const linear = (hex: string | undefined): Rgb => {
  if (!hex) throw new Error('that colour is not in tokens.css')
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b
const contrast = (a: string | undefined, b: string | undefined): number => {
  const [low, high] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light. */
const visions: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039]
  ]
}

const seen = (rgb: Rgb, vision: readonly Rgb[]): Rgb =>
  vision.map(row => Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]))) as never

/** CIELAB under D65. */
const lab = ([r, g, b]: Rgb): Rgb => {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const rad = (degrees: number): number => (degrees * Math.PI) / 180
const hue = (b: number, a: number): number =>
  a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360

/** CIEDE2000 (CIE 142-2001), weights 1. Checked below against Sharma, Wu and Dalal 2005. */
const distance = ([l1, a1, b1]: Rgb, [l2, a2, b2]: Rgb): number => {
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)))
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)]
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)]
  const [h1, h2] = [hue(b1, p1), hue(b2, p2)]
  const turn = c1 * c2 === 0 ? 0 : ((h2 - h1 + 540) % 360) - 180
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(rad(turn / 2))
  const l = (l1 + l2) / 2
  const c = (c1 + c2) / 2
  const h = c1 * c2 === 0 ? h1 + h2 : Math.abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + 360) / 2
  const t =
    1 -
    0.17 * Math.cos(rad(h - 30)) +
    0.24 * Math.cos(rad(2 * h)) +
    0.32 * Math.cos(rad(3 * h + 6)) -
    0.2 * Math.cos(rad(4 * h - 63))
  const sL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2)
  const [sC, sH] = [1 + 0.045 * c, 1 + 0.015 * c * t]
  const rT = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(rad(60 * Math.exp(-(((h - 275) / 25) ** 2))))
  const [x, y, z] = [(l2 - l1) / sL, (c2 - c1) / sC, dH / sH]
  return Math.sqrt(x * x + y * y + z * z + rT * y * z)
}

describe('the measure of colour distance', () => {
  it('agrees with the published pairs', () => {
    expect(distance([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4)
    expect(distance([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4)
    expect(distance([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286])).toBeCloseTo(0.6377, 4)
    expect(distance([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619])).toBeCloseTo(2.0373, 4)
  })
})

describe.each([
  ['a tablet', tablet],
  ['a wall', wall]
])('the five levels on %s', (_place, tokens) => {
  it.each(levels)('%s has letters that stand out from its fill', level => {
    expect(contrast(tokens[`${level}-fill`], tokens[`${level}-ink`])).toBeGreaterThanOrEqual(4.5)
  })

  it.each(Object.keys(visions))('are far enough apart for %s vision', vision => {
    const fills = levels.map(level => lab(seen(linear(tokens[`${level}-fill`]), visions[vision] ?? [])))
    const pairs = fills.flatMap((a, i) => fills.slice(i + 1).map(b => distance(a, b)))
    expect(pairs).toHaveLength(10)
    expect(Math.min(...pairs)).toBeGreaterThanOrEqual(10)
  })
})

describe('text', () => {
  it.each([
    ['ink', 'page'],
    ['ink', 'surface'],
    ['ink', 'sunken'],
    ['ink-quiet', 'page'],
    ['ink-quiet', 'surface'],
    ['ink', 'action-wash'],
    ['ink', 'stop-wash']
  ])('%s on %s is operator text: 7 to 1', (text, ground) => {
    expect(contrast(tablet[text], tablet[ground])).toBeGreaterThanOrEqual(7)
  })

  it.each([
    ['bar-ink', 'bar'],
    ['bar-ink-quiet', 'bar'],
    ['info-ink', 'action'],
    ['info-ink', 'action-pressed'],
    ['ink-quiet', 'sunken'],
    ['action', 'page'],
    ['action', 'action-wash'],
    ['stop-fill', 'surface'],
    ['stop-fill', 'page']
  ])('%s on %s is at least 4.5 to 1', (text, ground) => {
    expect(contrast(tablet[text], tablet[ground])).toBeGreaterThanOrEqual(4.5)
  })

  it.each([
    ['ink', 'page'],
    ['ink-quiet', 'page'],
    ['ink-quiet', 'surface'],
    ['info-ink', 'action']
  ])('%s on %s is at least 4.5 to 1 on a wall', (text, ground) => {
    expect(contrast(wall[text], wall[ground])).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['page', 'surface', 'sunken'])('the outline of a control shows on %s', ground => {
    expect(contrast(tablet['outline'], tablet[ground])).toBeGreaterThanOrEqual(3)
  })
})
