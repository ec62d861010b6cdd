import { describe, expect, it } from 'vitest'
import { hear, isOurs, listenWedge, SILENT } from './wedge.ts'

/** Keys as typed: text, ms between them, and the key at the end. */
const typed = (text: string, gap: number, end = 'Enter'): readonly (string | undefined)[] => {
  let burst = SILENT
  return [...text, end].map((key, i) => {
    const heard = hear(burst, { key, at: 1000 + i * gap })
    burst = heard.burst
    return heard.scan
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
    expect(hear(burst, { key: 'Enter', at: 2060 }).scan).toBe('B-1004')
  })
  it('is not disturbed by the shift key of a capital letter', () => {
    let burst = SILENT
    for (const [i, key] of ['Shift', 'B', '-', 'Shift', '1', '0', '0', '4'].entries())
      burst = hear(burst, { key, at: i * 8 }).burst
    expect(hear(burst, { key: 'Enter', at: 64 }).scan).toBe('B-1004')
  })
  it('mends one of our codes that was cut by stalls, at its first letter or in its middle', () => {
    for (const stalled of [[1], [4], [2, 4]]) {
      let burst = SILENT
      let at = 0
      for (const [i, key] of [...'B-1001'].entries()) {
        at += stalled.includes(i) ? 300 : 8
        burst = hear(burst, { key, at }).burst
      }
      expect(hear(burst, { key: 'Enter', at: at + 8 })).toMatchObject({ scan: 'B-1001', healed: true })
    }
  })
  it('does not glue what a person typed to a code that stands for itself', () => {
    let burst = SILENT
    const keys = [...'xyLOT4711'].map((key, i) => ({ key, at: i < 3 ? i * 200 : 400 + i * 8 }))
    for (const key of keys) burst = hear(burst, key).burst
    expect(hear(burst, { key: 'Enter', at: 480 }).scan).toBe('LOT4711')
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
  const page = (field?: Field) => {
    const target = Object.assign(new EventTarget(), { activeElement: field ?? null })
    const scans: string[] = []
    let clock = 0
    // A stand-in with the three members that the listener uses.
    const stop = listenWedge(target as unknown as Document, raw => void scans.push(raw))
    const type = (text: string, gap: number, stall = { at: -1, ms: 0 }) => {
      let prevented = false
      for (const [i, key] of [...text, 'Enter'].entries()) {
        clock += i === stall.at ? stall.ms : gap
        const event = Object.defineProperties(new Event('keydown', { cancelable: true }), {
          timeStamp: { value: clock }
        })
        Object.assign(event, {
          key,
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
    return { scans, type, stop }
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
