import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GS, gs1Brackets, gs1Entries, gs1String, readGs1 } from './gs1.ts'
import { gs1CheckDigit, gs1CheckPair, gs1Date, gs1Year } from './gs1-check.ts'

const read = (text: string, symbology?: string) => readGs1(text, { year: 2026, symbology })
const values = (text: string, symbology?: string) => {
  const got = read(text, symbology)
  return got && 'elements' in got ? Object.fromEntries(got.elements.map(one => [one.ai, one.value])) : got
}
const problem = (text: string, symbology?: string) => {
  const got = read(text, symbology)
  return got && 'problem' in got ? got.problem : undefined
}

describe('an element string', () => {
  it('is read by its symbology identifier, with fixed lengths and separators', () => {
    expect(values(`]C101095011010209171719050810ABCD1234${GS}2110`)).toEqual({
      '01': '09501101020917',
      '17': '190508',
      '10': 'ABCD1234',
      '21': '10'
    })
    for (const identifier of [']d2', ']Q3', ']e0', ']J1'])
      expect(values(`${identifier}0109501101530003`)).toEqual({ '01': '09501101530003' })
    expect(values('0109501101530003', ']C1')).toEqual({ '01': '09501101530003' })
  })
  it('may begin with the separator itself, and may have one behind a fixed length', () => {
    expect(values(`${GS}0109501101530003${GS}10A`)).toEqual({ '01': '09501101530003', '10': 'A' })
  })
  it('is told without an identifier only when it is whole and begins with a key', () => {
    expect(values('010950110153000310AB-123')).toEqual({ '01': '09501101530003', '10': 'AB-123' })
    expect(values('00395011010134178025')).toBeUndefined()
    expect(values('00106141412345678908')).toEqual({ '00': '106141412345678908' })
    expect(values('0109501101530004')).toBeUndefined()
    for (const ours of ['WO-0012-30', 'B-1004', 'LOT-4711', '4711', '']) expect(read(ours)).toBeUndefined()
  })
  it('of a retail code is a GTIN of 14 digits', () => {
    expect(values(']E09501101530003')).toEqual({ '01': '09501101530003' })
    expect(values('96385074', 'EAN8')).toEqual({ '01': '00000096385074' })
    expect(values('614141999996', 'UPCA')).toEqual({ '01': '00614141999996' })
    expect(values('09501101530003', 'ITF')).toEqual({ '01': '09501101530003' })
    expect(read('9501101530004', 'EAN13')).toBeUndefined()
  })
})

describe('text with brackets', () => {
  it('is read as people type it', () => {
    expect(values('(01)09501101530003(3103)000195(3922)0299(17)261200')).toEqual({
      '01': '09501101530003',
      '3103': '000195',
      '3922': '0299',
      '17': '261200'
    })
  })
  it('leaves a bracket that is no AI in the value', () => {
    expect(values('(01)09501101530003(10)A(5)B')).toEqual({ '01': '09501101530003', '10': 'A(5)B' })
  })
  it('names an AI that does not exist', () => {
    expect(problem('(05)123')).toEqual({ ai: '05', fault: 'unknown-ai', at: 0 })
  })
})

describe('values', () => {
  const element = (text: string, ai: string) => {
    const got = read(text)
    return got && 'elements' in got ? got.elements.find(one => one.ai === ai) : undefined
  }
  it('have the decimals of the last digit of the AI', () => {
    expect(element('(01)09501101530003(3103)000195', '3103')?.decimal).toBe('0.195')
    expect(element('(01)09501101530003(3100)000195', '3100')?.decimal).toBe('195')
    expect(element('(01)09501101530003(3922)1250(30)2', '3922')?.decimal).toBe('12.50')
    expect(element('(01)09501101530003(3932)9781250(30)2', '3932')).toMatchObject({ decimal: '12.50', currency: '978' })
    expect(element('(01)09501101530003(8001)0001000100110', '8001')?.decimal).toBeUndefined()
  })
  it('have dates, where day 00 is the last of the month', () => {
    expect(element('(01)09501101530003(17)280200', '17')?.date).toBe('2028-02-29')
    expect(element('(01)09501101530003(17)270200', '17')?.date).toBe('2027-02-28')
    expect(element('(01)09501101530003(15)261130', '15')?.date).toBe('2026-11-30')
    expect(element('(01)09501101530003(7003)2611302359', '7003')?.date).toBe('2026-11-30')
  })
  it('are in the century that the rule gives', () => {
    expect([gs1Year(26, 2026), gs1Year(76, 2026), gs1Year(77, 2026), gs1Year(99, 2026)]).toEqual([
      2026, 2076, 1977, 1999
    ])
    expect([gs1Year(10, 2060), gs1Year(9, 2060), gs1Year(50, 2099), gs1Year(49, 2099)]).toEqual([
      2110, 2109, 2050, 2149
    ])
    expect(gs1Date('000229', 2026)).toBe('2000-02-29')
    expect(gs1Date('010229', 2026)).toBeUndefined()
  })
  it('carry check digits and check characters', () => {
    expect(gs1CheckDigit('950110153000')).toBe(3)
    expect(gs1CheckPair('1987654Ad4X4bL5ttr2310c')).toBe('2K')
    expect(values('(8013)1987654Ad4X4bL5ttr2310c2K')).toEqual({ '8013': '1987654Ad4X4bL5ttr2310c2K' })
    expect(values('(415)9501101530003(8020)1(8007)GB82WEST12345698765432')).toMatchObject({
      '8007': 'GB82WEST12345698765432'
    })
  })
})

describe('what is at fault', () => {
  it.each([
    ['a wrong check digit', '(01)09501101530004', { ai: '01', fault: 'check-digit', at: 17 }],
    ['a month that is none', '(01)09501101530003(17)269910', { ai: '17', fault: 'no-such-date', at: 24 }],
    ['a day that its month does not have', '(01)09501101530003(17)260231', { ai: '17', fault: 'no-such-date', at: 26 }],
    [
      'a day 00 where one is needed',
      '(00)106141412345678908(4326)261100',
      { ai: '4326', fault: 'no-such-date', at: 32 }
    ],
    ['an hour that is none', '(01)09501101530003(7003)2611302460', { ai: '7003', fault: 'no-such-time', at: 30 }],
    ['too few digits', '(01)950110153000', { ai: '01', fault: 'too-short', at: 16 }],
    ['too many', '(01)095011015300033', { ai: '01', fault: 'too-long', at: 18 }],
    ['a letter among digits', '(01)0950110153000A', { ai: '01', fault: 'wrong-character', at: 17 }],
    ['a character outside the set', '(01)09501101530003(10)A B', { ai: '10', fault: 'wrong-character', at: 23 }],
    ['nothing after the AI', '(01)09501101530003(10)', { ai: '10', fault: 'too-short', at: 22 }],
    ['a country that is none', '(01)09501101530003(422)999', { ai: '422', fault: 'not-on-its-list', at: 23 }],
    [
      'a currency that is none',
      '(01)09501101530003(30)1(3932)0011250',
      { ai: '3932', fault: 'not-on-its-list', at: 29 }
    ],
    ['a key without a company prefix', '(8004)12A456', { ai: '8004', fault: 'wrong-character', at: 8 }],
    ['a piece beyond the total', '(8006)095011015300030302', { ai: '8006', fault: 'out-of-range', at: 22 }],
    ['wrong check characters', '(8013)1987654Ad4X4bL5ttr2310c2L', { ai: '8013', fault: 'check-characters', at: 29 }],
    ['an IBAN whose digits are wrong', '(8007)GB83WEST12345698765432', { ai: '8007', fault: 'check-digit', at: 8 }],
    ['two values of one AI', '(10)A(10)B', { ai: '10', fault: 'repeated', at: 5 }],
    ['a percent sign that says nothing', '(4300)A%2', { ai: '4300', fault: 'percent', at: 7 }]
  ])('%s', (_, text, expected) => {
    expect(problem(text)).toEqual(expected)
  })
  it('is counted in the text as it came, identifier and separators included', () => {
    expect(problem(`]C110AB${GS}0109501101530004`)).toEqual({ ai: '01', fault: 'check-digit', at: 23 })
    expect(problem(']C10595')).toEqual({ ai: '0595', fault: 'unknown-ai', at: 3 })
    expect(problem(`]C1010950110${GS}10A`)).toEqual({ ai: '01', fault: 'too-short', at: 12 })
    expect(problem(']C1')).toMatchObject({ fault: 'too-short' })
  })
  it('is an AI that is missing or in the way', () => {
    const pairs = (text: string) => {
      const got = read(text)
      return got && 'pairs' in got ? got.pairs.map(({ ai, fault, others }) => [ai, fault, others]) : got
    }
    expect(pairs('(01)09501101530003(10)A')).toEqual([])
    expect(pairs('(10)A')).toEqual([['10', 'needs', ['01', '02', '03', '8006', '8026']]])
    expect(pairs('(02)09501101530003')).toEqual([['02', 'needs', ['37']]])
    expect(pairs('(01)09501101530003(21)A(235)B')).toEqual([['21', 'excludes', ['235']]])
    expect(pairs('(01)09501101530003(3103)000195(3102)000195')).toEqual([
      ['3103', 'excludes', ['3102']],
      ['3102', 'excludes', ['3103']]
    ])
    expect(pairs('(01)09501101530003(3922)0299')).toEqual([['3922', 'needs', ['30', '31nn', '32nn', '35nn', '36nn']]])
    expect(pairs('(01)09501101530003(8030)abc')).toEqual([
      ['8030', 'needs', ['00', '01+21', '253', '255', '8003', '8004', '8006+21', '8010+8011', '8017', '8018']]
    ])
  })
})

describe('a Digital Link', () => {
  it('is read from path and query, whatever the host and what else is asked', () => {
    expect(values('https://id.gs1.org/01/09506000134352/10/ABC/21/123?17=260930&linkType=gs1:pip#x')).toEqual({
      '01': '09506000134352',
      '10': 'ABC',
      '21': '123',
      '17': '260930'
    })
    expect(values('HTTP://example.com/some/shop/01/9506000134352')).toEqual({ '01': '09506000134352' })
    expect(values('https://example.com/414/9501101530003/254/A%2FB')).toEqual({ '414': '9501101530003', '254': 'A/B' })
    expect(values('https://example.com/01/09506000134352/10/A%2F%3AB')).toEqual({
      '01': '09506000134352',
      '10': 'A/:B'
    })
  })
  it('is any other address when it names no key', () => {
    for (const url of ['https://example.com', 'https://example.com/', 'https://example.com/10/ABC', 'https://a.b/x/y'])
      expect(read(url)).toBeUndefined()
  })
  it('names the qualifier that is out of order or not of its key', () => {
    expect(problem('https://a.b/01/09506000134352/21/1/10/A')).toEqual({ ai: '10', fault: 'link-order', at: 35 })
    expect(problem('https://a.b/01/09506000134352/10/A/235/1')).toEqual({ ai: '235', fault: 'link-order', at: 35 })
    expect(values('https://a.b/01/09506000134352/235/1')).toEqual({ '01': '09506000134352', '235': '1' })
  })
  it('names a wrong check digit, a bad escape and an AI that may not be asked', () => {
    expect(problem('https://a.b/01/09506000134353')).toEqual({ ai: '01', fault: 'check-digit', at: 28 })
    expect(problem('https://a.b/01/09506000134352/10/%ZZ')).toEqual({ ai: '10', fault: 'percent', at: 33 })
    expect(problem('https://a.b/01/09506000134352?21=1')).toEqual({ ai: '21', fault: 'unknown-ai', at: 30 })
    expect(problem('https://a.b/01/09506000134352?5=1')).toEqual({ ai: '5', fault: 'unknown-ai', at: 30 })
  })
})

describe('every AI of the dictionary', () => {
  it('is there once, and none begins as another one does', () => {
    const all = gs1Entries().map(one => one.ai)
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBe(536)
    for (const ai of all) for (const other of all) if (ai !== other) expect(other.startsWith(ai)).toBe(false)
  })
  it('that other parsers refuse is known here', () => {
    expect(values('(01)09501101530003(235)ABC')).toMatchObject({ '235': 'ABC' })
    expect(values('(00)106141412345678908(4326)261130')).toMatchObject({ '4326': '261130' })
  })

  const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`))
  const letters: Record<string, string> = {
    N: '0-9',
    X: '!"%&\'*+,\\-./0-9:;<=>?A-Z_a-z',
    Y: '#\\-/0-9A-Z',
    Z: '\\-_0-9A-Za-z='
  }
  /** AIs whose components have no checks beyond their characters: any such value is right. */
  const plain = gs1Entries().filter(entry => entry.components.every(one => one.checks.length === 0))
  const anyElement = fc
    .constantFrom(...plain)
    .chain(entry =>
      fc
        .tuple(
          ...entry.components.map(({ set, min, max }) =>
            fc.stringMatching(new RegExp(`^[${letters[set]}]{${min},${max}}$`))
          )
        )
        .map(pieces => ({ ai: entry.ai, value: pieces.join('') }))
    )
  const gtin = digits(13, 13).map(body => ({ ai: '01', value: body + String(gs1CheckDigit(body)) }))
  const anyCode = fc
    .tuple(gtin, fc.uniqueArray(anyElement, { selector: one => one.ai, maxLength: 6 }))
    .map(([first, rest]) => [first, ...rest])

  it('comes back from an element string as it was written', () => {
    fc.assert(
      fc.property(anyCode, elements => {
        const got = read(`]C1${gs1String(elements)}`)
        expect(got && 'elements' in got && got.elements.map(({ ai, value }) => ({ ai, value }))).toEqual(elements)
      }),
      { numRuns: 150 }
    )
  })
  it('comes back from brackets as it was written', () => {
    fc.assert(
      fc.property(anyCode, elements => {
        const got = read(gs1Brackets(elements))
        expect(got && 'elements' in got && got.elements.map(({ ai, value }) => ({ ai, value }))).toEqual(elements)
      }),
      { numRuns: 150 }
    )
  })
  it('tells a GTIN with one digit changed, at every place', () => {
    fc.assert(
      fc.property(gtin, fc.nat({ max: 13 }), fc.integer({ min: 1, max: 9 }), ({ value }, at, shift) => {
        const changed = value.slice(0, at) + String((Number(value[at]) + shift) % 10) + value.slice(at + 1)
        expect(problem(`(01)${changed}`)?.fault).toBe('check-digit')
      })
    )
  })
  it('answers any text at all without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })), text => {
        for (const start of ['', ']C1', GS, '(01)', '01', 'https://a.b/01/'])
          expect(() => read(start + text)).not.toThrow()
      }),
      { numRuns: 150 }
    )
  })
})
