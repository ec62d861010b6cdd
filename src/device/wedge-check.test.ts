import { describe, expect, it } from 'vitest'
import { diagnose, TEST_CODES } from './wedge-check.ts'
import { type KeyPress, usCharacter } from './wedge-keys.ts'

const PLACES = [
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(letter => `Key${letter}`),
  ...[...'0123456789'].map(digit => `Digit${digit}`),
  ...[
    'Minus',
    'Equal',
    'BracketLeft',
    'BracketRight',
    'Backslash',
    'Semicolon',
    'Quote',
    'Comma',
    'Period',
    'Slash',
    'Space'
  ]
]

type Scanner = {
  readonly gap?: number
  readonly end?: string
  /** What the tablet makes of a place and Shift. */
  readonly layout?: (code: string, shift: boolean, us: string) => string
  readonly gs?: readonly Partial<KeyPress>[]
}

const pressAt = (timeStamp: number, more: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  repeat: false,
  timeStamp,
  ...more
})

/** A scanner that believes in a US keyboard types this. */
const scanOf = (
  text: string,
  { gap = 8, end = 'Enter', layout = (_c, _s, us) => us, gs }: Scanner = {}
): KeyPress[] => {
  let timeStamp = 100
  const press = (more: Partial<KeyPress>): KeyPress => {
    timeStamp += gap
    return pressAt(timeStamp, more)
  }
  const keys = [...text].flatMap(one => {
    if (one === '\u001d') return (gs ?? [{ key: ']', code: 'BracketRight', ctrlKey: true }]).map(press)
    for (const code of PLACES)
      for (const shiftKey of [false, true])
        if (usCharacter(code, shiftKey) === one) return [press({ key: layout(code, shiftKey, one), code, shiftKey })]
    return [press({ key: one })]
  })
  return end ? [...keys, press({ key: end, code: end })] : keys
}

const german = (code: string, shift: boolean, us: string): string => {
  const moved: Record<string, string> = {
    KeyY: 'zZ',
    KeyZ: 'yY',
    Minus: 'ß?',
    Slash: '-_',
    Semicolon: 'öÖ',
    Equal: '´`',
    BracketLeft: 'üÜ',
    BracketRight: '+*',
    Quote: 'äÄ',
    Comma: ',;',
    Period: '.:'
  }
  return moved[code]?.[shift ? 1 : 0] ?? us
}
const french = (code: string, shift: boolean, us: string): string => {
  const moved: Record<string, string> = {
    KeyQ: 'aA',
    KeyA: 'qQ',
    KeyW: 'zZ',
    KeyZ: 'wW',
    KeyM: ',?',
    Semicolon: 'mM',
    Minus: ')°'
  }
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit) return shift ? digit : (')àé"\'(-è_ç'[Number(digit)] ?? us)
  return moved[code]?.[shift ? 1 : 0] ?? us
}

const all = (scanner: Scanner = {}) => TEST_CODES.map(code => diagnose(scanOf(code.text, scanner)))

describe('what a scanner sends', () => {
  it('is right when each test code comes as it was printed', () => {
    for (const [i, found] of all().entries())
      expect(found).toEqual({ code: TEST_CODES[i], findings: [{ finding: 'fine' }], settings: {} })
  })
  it('may begin with a symbology identifier', () => {
    expect(diagnose(scanOf(`]d2${TEST_CODES[4]?.text}`)).findings).toEqual([{ finding: 'fine' }])
  })
  it('shows a German and a French keyboard, and what to remember', () => {
    expect(diagnose(scanOf('AzYqWm-aZyQwM', { layout: german }))).toMatchObject({
      findings: [{ finding: 'layout', layout: 'QWERTZ' }],
      settings: { byPlace: true }
    })
    expect(diagnose(scanOf('AzYqWm-aZyQwM', { layout: french }))).toMatchObject({
      findings: [{ finding: 'layout', layout: 'AZERTY' }],
      settings: { byPlace: true }
    })
    expect(diagnose(scanOf('Y-Z_/:;?=+#@()[]', { layout: german })).findings).toMatchObject([{ finding: 'layout' }])
  })
  it('shows caps lock by letters that changed their size', () => {
    const shouting = (_code: string, _shift: boolean, us: string) =>
      us === us.toLowerCase() ? us.toUpperCase() : us.toLowerCase()
    expect(diagnose(scanOf('AzYqWm-aZyQwM', { layout: shouting })).findings).toEqual([{ finding: 'caps-lock' }])
  })
  it('shows a separator that was lost or became something else', () => {
    const text = TEST_CODES[4]?.text ?? ''
    expect(diagnose(scanOf(text, { gs: [] })).findings).toEqual([{ finding: 'separator-lost' }])
    expect(diagnose(scanOf(text, { gs: [{ key: 'F8', code: 'F8' }] }))).toMatchObject({
      findings: [{ finding: 'separator-other', sent: 'F8' }],
      settings: { separator: 'F8' }
    })
    expect(diagnose(scanOf(text, { gs: [{ key: '~' }] })).settings).toEqual({ separator: '~' })
  })
  it('shows what is put before and after a code, a missing end and a slow pace', () => {
    expect(diagnose(scanOf('#WO-0000-10$'))).toMatchObject({
      findings: [
        { finding: 'prefix', sent: '#' },
        { finding: 'suffix', sent: '$' }
      ],
      settings: { prefix: '#', suffix: '$' }
    })
    expect(diagnose(scanOf('WO-0000-10', { end: '' }))).toMatchObject({
      findings: [{ finding: 'no-end' }],
      settings: { endless: true }
    })
    expect(diagnose(scanOf('WO-0000-10', { end: 'Tab' })).findings).toEqual([{ finding: 'fine' }])
    expect(diagnose(scanOf('WO-0000-10', { gap: 60 })).findings).toEqual([{ finding: 'too-slow' }])
  })
  it('says when it was another code', () => {
    expect(diagnose(scanOf('4006381333931'))).toEqual({
      code: undefined,
      findings: [{ finding: 'not-a-test-code' }],
      settings: {}
    })
  })
})
