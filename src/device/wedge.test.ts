import { describe, expect, it } from 'vitest'
import { listenWedge, type WedgeScan } from './wedge.ts'
import { hear, isOurs, SILENT } from './wedge-burst.ts'
import type { WedgeSettings } from './wedge-settings.ts'

/** Keys as typed: text, ms between them, and the key at the end. */
const typed = (text: string, gap: number, end = 'Enter'): readonly (string | undefined)[] => {
  let burst = SILENT
  return [...text, end].map((key, i) => {
    const heard = hear(burst, { key, at: 1000 + i * gap })
    burst = heard.burst
    return heard.scan?.text
  })
}

describe('the burst detector', () => {
  it('hears a scan by its speed and its end', () => {
    expect(typed('WO-0012-30', 10).at(-1)).toBe('WO-0012-30')
    expect(typed('4006381333931', 30, 'Tab').at(-1)).toBe('4006381333931')
  })
  it('does not take typing for a scan', () => {
    expect(typed('WO-0012-30', 90).every(scan => scan === undefined)).toBe(true)
  })
  it('needs four characters', () => {
    expect(typed('123', 5).at(-1)).toBeUndefined()
  })
  it('drops what a person typed before the scan', () => {
    let burst = SILENT
    for (const [i, key] of [...'xy'].entries()) burst = hear(burst, { key, at: i * 200 }).burst
    for (const [i, key] of [...'B-1004'].entries()) burst = hear(burst, { key, at: 2000 + i * 8 }).burst
    expect(hear(burst, { key: 'Enter', at: 2060 }).scan?.text).toBe('B-1004')
  })
  it('is not disturbed by the shift key of a capital letter', () => {
    let burst = SILENT
    for (const [i, key] of ['', 'B', '-', '', '1', '0', '0', '4'].entries())
      burst = hear(burst, { key, at: i * 8 }).burst
    expect(hear(burst, { key: 'Enter', at: 64 }).scan?.text).toBe('B-1004')
  })
  it('mends one of our codes that was cut by stalls, at its first letter or in its middle', () => {
    for (const stalled of [[1], [4], [2, 4]]) {
      let burst = SILENT
      let at = 0
      for (const [i, key] of [...'B-1001'].entries()) {
        at += stalled.includes(i) ? 300 : 8
        burst = hear(burst, { key, at }).burst
      }
      expect(hear(burst, { key: 'Enter', at: at + 8 }).scan).toEqual({ text: 'B-1001', typed: 6, sure: true })
    }
  })
  it('does not glue what a person typed to a code that stands for itself', () => {
    let burst = SILENT
    const keys = [...'xyLOT4711'].map((key, i) => ({ key, at: i < 3 ? i * 200 : 400 + i * 8 }))
    for (const key of keys) burst = hear(burst, key).burst
    expect(hear(burst, { key: 'Enter', at: 480 }).scan).toEqual({ text: 'LOT4711', typed: 7, sure: false })
  })
  it('never gives the second half of a foreign code that was cut by a stall', () => {
    for (const [cut, pause] of [
      [5, 60],
      [5, 300],
      [1, 120],
      [11, 450]
    ] as const) {
      let burst = SILENT
      let at = 0
      for (const [i, key] of [...'4006381333931'].entries()) {
        at += i === cut ? pause : 8
        burst = hear(burst, { key, at }).burst
      }
      expect(hear(burst, { key: 'Enter', at: at + 8 }).scan?.text).toBe('4006381333931')
    }
  })
  it('takes no pace between a scanner and a person, unless the code says what it is', () => {
    expect(typed('4006381333931', 45).at(-1)).toBeUndefined()
    expect(typed('B-1004', 45).at(-1)).toBe('B-1004')
    expect(typed(']C1010950110153000', 45).at(-1)).toBe(']C1010950110153000')
  })
  it('does not take a typed label for a scan because its last keys were quick', () => {
    let burst = SILENT
    for (const [i, key] of [...'WO-0012-30'].entries()) burst = hear(burst, { key, at: i * 90 }).burst
    expect(hear(burst, { key: 'Enter', at: 830 }).scan).toBeUndefined()
  })
  it('cuts off what this scanner puts around a code', () => {
    let burst = SILENT
    for (const [i, key] of [...'#4711-A$'].entries()) burst = hear(burst, { key, at: i * 8 }).burst
    expect(hear(burst, { key: 'Enter', at: 64 }, { prefix: '#', suffix: '$' }).scan).toEqual({
      text: '4711-A',
      typed: 8,
      sure: true
    })
  })
  it('keeps no endless burst', () => {
    let burst = SILENT
    for (let i = 0; i < 9_000; i += 1) burst = hear(burst, { key: 'x', at: i * 5 }).burst
    expect(burst.text.length).toBe(8_000)
  })
  it('knows our labels by their beginning', () => {
    expect(['WO-0012-30', 'b-1004', 'T-7', 'LOC-A'].every(isOurs)).toBe(true)
    expect(['4006381333931', 'Torque', 'BOM-1', 'T'].some(isOurs)).toBe(false)
  })
})

describe('the listener on a page', () => {
  class Field extends EventTarget {
    tagName = 'INPUT'
    type: string
    dataset: Record<string, string> = {}
    readOnly = false
    value = ''
    constructor(type = 'text') {
      super()
      this.type = type
    }
  }
  const page = (field?: Field, settings: WedgeSettings = {}, takes = false) => {
    const target = Object.assign(new EventTarget(), { activeElement: field ?? null })
    const scans: string[] = []
    let clock = 0
    // A stand-in with the three members that the listener uses.
    const heard: WedgeScan[] = []
    const stop = listenWedge(
      target as unknown as Document,
      scan => {
        if (scan.offered && !takes) return false
        heard.push(scan)
        scans.push(scan.raw)
        return true
      },
      () => settings
    )
    const press = (more: Record<string, unknown>, ms = 8) => {
      clock += ms
      const event = Object.defineProperties(new Event('keydown', { cancelable: true }), { timeStamp: { value: clock } })
      Object.assign(event, {
        ctrlKey: false,
        altKey: false,
        metaKey: false,
        shiftKey: false,
        isComposing: false,
        repeat: false,
        code: '',
        ...more
      })
      target.dispatchEvent(event)
      return event.defaultPrevented
    }
    const type = (text: string, gap: number, stall = { at: -1, ms: 0 }) => {
      let prevented = false
      for (const [i, key] of [...text, 'Enter'].entries()) {
        clock += i === stall.at ? stall.ms : gap
        const event = Object.defineProperties(new Event('keydown', { cancelable: true }), {
          timeStamp: { value: clock }
        })
        Object.assign(event, {
          key,
          code: '',
          repeat: false,
          shiftKey: false,
          ctrlKey: false,
          altKey: false,
          metaKey: false,
          isComposing: false
        })
        target.dispatchEvent(event)
        prevented = event.defaultPrevented
        if (field && key.length === 1) field.value += key
      }
      return prevented
    }
    return { scans, heard, type, press, stop }
  }

  it('hears a scan with nothing in focus', () => {
    const { scans, type } = page()
    type('4006381333931', 5)
    expect(scans).toEqual(['4006381333931'])
  })
  it('takes our own label out of a text field that it fell into, and leaves what was there', () => {
    const field = new Field()
    const { scans, type } = page(field)
    field.value = 'bent pin '
    let told = 0
    field.addEventListener('input', () => (told += 1))
    expect(type('WO-0012-30', 5)).toBe(true)
    expect([scans, field.value, told]).toEqual([['WO-0012-30'], 'bent pin ', 1])
  })
  it('takes a code that was cut by a stall out of the field as a whole', () => {
    const field = new Field()
    const { scans, type } = page(field)
    field.value = 'bent pin '
    type('B-1001', 8, { at: 1, ms: 200 })
    expect([scans, field.value]).toEqual([['B-1001'], 'bent pin '])
  })
  it('keeps the Enter of a code that is too short from pressing what has the focus', () => {
    const { scans, type } = page()
    expect(type('12', 8)).toBe(true)
    expect(scans).toEqual([])
    expect(type('12', 90)).toBe(false)
  })
  it('offers a foreign code in a text field to the screen, and takes it out when it was taken', () => {
    const field = new Field()
    const { heard, type } = page(field, {}, true)
    field.value = 'note '
    expect(type('4006381333931', 5)).toBe(true)
    expect([heard[0]?.raw, heard[0]?.offered, field.value]).toEqual(['4006381333931', true, 'note '])
  })
  it('hears GS in the three ways that scanners send it, and keeps the identifier apart', () => {
    for (const gs of [
      [{ key: ']', code: 'BracketRight', ctrlKey: true }],
      [{ key: '\u001d' }],
      [
        { key: 'Alt', altKey: true },
        ...[...'0029'].map(digit => ({ key: digit, code: `Numpad${digit}`, altKey: true }))
      ],
      [{ key: 'F8' }]
    ]) {
      const { heard, press } = page(undefined, { separator: 'F8' })
      for (const key of ']C110AB') press({ key })
      for (const more of gs) press(more)
      for (const key of '2112') press({ key })
      press({ key: 'Enter' })
      expect(heard).toEqual([{ raw: '10AB\u001d2112', symbology: ']C1', offered: false }])
    }
  })
  it('keeps the browser from what Ctrl+] would do, and leaves other shortcuts alone', () => {
    const { press, scans } = page()
    for (const key of 'AB12') press({ key })
    expect(press({ key: ']', code: 'BracketRight', ctrlKey: true })).toBe(true)
    expect(press({ key: 'c', code: 'KeyC', ctrlKey: true }, 500)).toBe(false)
    press({ key: 'Enter' })
    expect(scans).toEqual([])
  })
  it('does not listen to a key held down or to a method of writing', () => {
    const { press, scans } = page()
    for (const key of 'AAAA') press({ key, repeat: true })
    press({ key: 'Enter' })
    for (const key of 'AAAA') press({ key, isComposing: true })
    press({ key: 'Enter' })
    expect(scans).toEqual([])
  })
  it('keeps the blank of a code from pressing what has the focus', () => {
    const { press, scans } = page()
    for (const key of 'AB') press({ key })
    expect(press({ key: ' ' })).toBe(true)
    for (const key of 'CD') press({ key })
    press({ key: 'Enter' })
    expect(scans).toEqual(['AB CD'])
    expect(press({ key: ' ' }, 600)).toBe(false)
  })
  it('reads keys by their place when the layouts differ', () => {
    const { press, scans } = page(undefined, { byPlace: true })
    // What a German layout makes of WO-7Y/ from a scanner that thinks it is on a US keyboard.
    for (const [key, code, shiftKey] of [
      ['W', 'KeyW', true],
      ['O', 'KeyO', true],
      ['ß', 'Minus', false],
      ['7', 'Digit7', false],
      ['Z', 'KeyY', true],
      ['-', 'Slash', false]
    ] as const)
      press({ key, code, shiftKey })
    press({ key: 'Enter', code: 'Enter' })
    expect(scans).toEqual(['WO-7Y/'])
  })
  it('leaves a foreign code in the text field it was scanned into', () => {
    const field = new Field()
    const { scans, type } = page(field)
    expect(type('4006381333931', 5)).toBe(false)
    expect([scans, field.value]).toEqual([[], '4006381333931'])
  })
  it('routes a foreign code from a field that is made for scans', () => {
    const field = new Field()
    field.dataset['scan'] = ''
    const { scans, type } = page(field)
    type('LOT4711', 5)
    expect([scans, field.value]).toEqual([['LOT4711'], ''])
  })
  it('never swallows typing', () => {
    const field = new Field()
    const { scans, type } = page(field)
    expect(type('WO-0012-30', 80)).toBe(false)
    expect([scans, field.value]).toEqual([[], 'WO-0012-30'])
  })
  it('is silent after it was stopped', () => {
    const { scans, type, stop } = page()
    stop()
    type('WO-0012-30', 5)
    expect(scans).toEqual([])
  })
})
