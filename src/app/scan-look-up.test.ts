import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lotView, methodView, workOrderView } from '#activities/orders/projection.ts'
import { toolView } from '#activities/tooling/projection.ts'
import { knownFrom } from '#kernel/fold.ts'
import { personView } from '#plant/views.ts'
import type { Scan } from '#ui/floor.tsx'
import { shownCode } from './scan-hostile.ts'
import { readScan, resolves, whatIs } from './scan-look-up.ts'

const known = knownFrom(
  new Map<string, ReadonlyMap<string, unknown>>([
    [lotView.name, new Map([['AB-123', [{ item: 'RES-10K', lot: 'AB-123', counted: true, used: 0 }]]])],
    [
      methodView.name,
      new Map([
        [
          'hash',
          {
            method: 'hash',
            item: 'PCA-1042',
            itemName: 'Main board',
            bom: [
              { component: 'RES-10K', name: 'Resistor 10 kΩ' },
              { component: 'GLUE-1', name: 'Glue', gtin: '04006381333931' },
              { component: 'TAPE-1', name: 'Tape', gtin: '05901234123457' },
              { component: 'TAPE-2', name: 'Tape', gtin: '05901234123457' }
            ]
          }
        ]
      ])
    ],
    [workOrderView.name, new Map([['WO-0012', { workOrder: 'WO-0012', operations: [{ op: 30 }] }]])],
    [personView.name, new Map([['P-001', { person: 'P-001', name: 'Ana', badge: 'B-1004' }]])],
    [toolView.name, new Map([['T-JIG-12', { tool: 'T-JIG-12', name: 'Heatsink jig' }]])]
  ])
)

const scan = (raw: string, symbology?: string): Scan => ({
  raw,
  source: 'camera',
  at: Date.UTC(2026, 10, 22),
  ...(symbology && { symbology })
})
const read = (raw: string, symbology?: string) => readScan(known, scan(raw, symbology), 2026)

describe('what a code says', () => {
  it('is the lot, the serial or the item that is known here', () => {
    const label = '010950110153000310AB-123\u001d21777'
    expect(read(label, ']C1')).toEqual({ scan: { ...scan(label, ']C1'), raw: 'AB-123', printed: label } })
    expect(read('(01)09501101530003(241)RES-10K')).toMatchObject({ scan: { raw: 'RES-10K' } })
    expect(read('https://id.gs1.org/01/09501101530003/10/AB-123')).toMatchObject({ scan: { raw: 'AB-123' } })
  })
  it('is the serial, else the lot, where nothing is known', () => {
    expect(read('(01)09501101530003(10)X1(21)S9')).toMatchObject({ scan: { raw: 'S9' } })
    expect(read('(01)09501101530003(10)X1')).toMatchObject({ scan: { raw: 'X1' } })
    expect(read('(01)09501101530003')).toMatchObject({ scan: { raw: '09501101530003' } })
  })
  it('is the item whose package carries that GTIN, in whichever code, where no lot or serial is named', () => {
    expect(read('(01)04006381333931')).toMatchObject({ scan: { raw: 'GLUE-1', printed: '(01)04006381333931' } })
    expect(read('4006381333931', 'EAN13')).toMatchObject({ scan: { raw: 'GLUE-1' } })
    expect(read('https://id.gs1.org/01/04006381333931')).toMatchObject({ scan: { raw: 'GLUE-1' } })
    expect(read('(01)04006381333931(10)X1')).toMatchObject({ scan: { raw: 'X1' } })
    expect(read('(01)05901234123457')).toMatchObject({ scan: { raw: '05901234123457' } })
    expect(resolves(known, '(01)04006381333931', 2026)).toBe(true)
    expect(resolves(known, '(01)09501101530003', 2026)).toBe(false)
    expect(whatIs(known, { use: 'station', station: 'ST-01' }, scan('GLUE-1'))).toMatchObject({
      stop: 'This is the number of an item: GLUE-1 Glue.'
    })
  })
  it("on an electronics supplier's label is the lot or the part as well", () => {
    const label = '[)>\u001e06\u001dPRES-10K\u001d1PERJ-2RKF\u001dQ5000\u001d1TAB-123\u001e\u0004'
    expect(read(label)).toMatchObject({ scan: { raw: 'AB-123', printed: label } })
    expect(read(label.replace('AB-123', 'ZZ-9'))).toMatchObject({ scan: { raw: 'RES-10K' } })
    expect(read('[)>\u001e06\u001d1TZZ-9\u001dSQ7\u001e\u0004')).toMatchObject({ scan: { raw: 'Q7' } })
  })
  it('is looked at without the line feed at its end', () => {
    expect(read('AB-123\r\n')).toEqual({ scan: scan('AB-123') })
  })
  it('of a box is its SSCC', () => {
    expect(read('(00)106141412345678908(403)R1')).toMatchObject({ scan: { raw: '00106141412345678908' } })
  })
  it('stays as it is for our own labels and for what is no GS1', () => {
    for (const raw of ['WO-0012-30', 'B-1004', 'LOT 47/11', '4711']) expect(read(raw)).toEqual({ scan: scan(raw) })
  })
})

describe('a code that is wrong or hostile', () => {
  it('with a wrong check digit names the AI, its title and the place', () => {
    expect(read('010950110153000410AB-123', ']C1')).toMatchObject({
      stop: 'This GS1 code is wrong: AI 01 (GTIN) has a wrong check digit, at character 16.',
      cue: 'wrong'
    })
    expect(read('(01)09501101530003(17)269910')).toMatchObject({
      stop: 'This GS1 code is wrong: AI 17 (USE BY or EXPIRY) is a day that does not exist, at character 25.'
    })
  })
  it.each([
    ['4,000 characters', 'x'.repeat(4000), 'This code holds 4,000 characters.'],
    ['4,000 characters that begin as a label of ours', `WO-${'A'.repeat(3997)}`, 'This code holds 4,000 characters.'],
    ['control characters', 'LOT\u0000\u001b[2J\u0007', 'This code holds signs that no label has.'],
    ['text that runs from right to left', 'LOT\u202e4711', 'This code holds signs that no label has.'],
    ['HTML', '<img src=x onerror=alert(1)>', 'This code holds a piece of a web page.'],
    ['an address', 'https://example.com/steal?x=1', 'This is an address or a message, not a label.'],
    ['an address that acts', 'javascript:alert(1)', 'This is an address or a message, not a label.'],
    ['a network to join', 'WIFI:T:WPA;S:shop;P:secret;;', 'This is an address or a message, not a label.']
  ])('is refused: %s', (_, raw, stop) => {
    expect(read(raw)).toMatchObject({ stop, cue: 'unknown' })
  })
  it('is shown short, with signs in place of control characters', () => {
    expect(shownCode('LOT\u0000\u001b\u202e')).toBe('LOT␀␛\ufffd')
    expect(shownCode('x'.repeat(4000))).toBe(`${'x'.repeat(60)} …`)
  })
  it('never throws and never reaches a screen with a control character in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), raw => {
        const got = read(raw)
        if ('stop' in got) expect(got.stop.length).toBeLessThan(140)
        else
          expect(
            [...got.scan.raw].filter(one => (one < ' ' && !'\u0004\u001d\u001e'.includes(one)) || one === '\u007f')
          ).toEqual([])
      })
    )
  })
})

describe('what nobody asked for', () => {
  const at = (use: 'station' | 'desk', raw: string) => whatIs(known, { use, station: 'ST-01' }, scan(raw))
  it('is named by what is known of it', () => {
    expect(at('station', 'AB-123')).toMatchObject({ stop: 'This is AB-123 of Resistor 10 kΩ.', cue: 'wrong' })
    expect(at('desk', 'AB-123')).toEqual({ go: '/trace?lot=AB-123' })
    expect(at('station', 'T-JIG-12')).toMatchObject({ stop: 'This is Heatsink jig (T-JIG-12).' })
    expect(at('station', 'RES-10K')).toMatchObject({ stop: 'This is the number of an item: RES-10K Resistor 10 kΩ.' })
    expect(at('station', 'QQQ')).toBeUndefined()
    expect(at('station', 'WO-0012-30')).toBeUndefined()
  })
  it('of a GS1 label that is not known here says what the label says', () => {
    const got = readScan(known, scan('(01)09501101530003(10)X1(17)261200'), 2026)
    expect('scan' in got && whatIs(known, { use: 'station', station: 'ST-01' }, got.scan)).toMatchObject({
      stop: 'Nothing here is called X1.',
      needed:
        'The label says: gtin 09501101530003, batch/lot X1, use by or expiry 2026-12-31. Scan the job card, it starts with WO.'
    })
  })
})

describe('what the camera may believe at once', () => {
  it('is a label of ours or a name that is known here', () => {
    for (const text of ['WO-0012-30', 'B-1004', 'T-JIG-12', 'AB-123', '(01)09501101530003(10)AB-123'])
      expect([text, resolves(known, text, 2026)]).toEqual([text, true])
    for (const text of [
      'WO-0012-40',
      'WO-9912-30',
      'B-1005',
      'T-JIG-99',
      '409608',
      '4006381333931',
      '(01)09501101530003(10)X1',
      'https://example.com'
    ])
      expect([text, resolves(known, text, 2026)]).toEqual([text, false])
  })
})
