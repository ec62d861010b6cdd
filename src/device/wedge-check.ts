/**
 * What a scanner sends for a code that we printed ourselves, and which of its settings is wrong. Pure; the set-up page listens and
 * shows. Each test code brings out another fault: letters that move with the layout, signs, small letters, a separator.
 */
import { keyReader, type KeyPress, usCharacter } from './wedge-keys.ts'
import type { WedgeSettings } from './wedge-settings.ts'

const GS = '\u001d'

export type TestCode = {
  readonly name: string
  readonly kind: 'code128' | 'code39' | 'qrcode' | 'gs1datamatrix' | 'gs1-128'
  /** What is drawn; GS1 in brackets. */
  readonly print: string
  /** What has to arrive. */
  readonly text: string
}

export const TEST_CODES: readonly TestCode[] = [
  { name: 'A label of ours', kind: 'code128', print: 'WO-0000-10', text: 'WO-0000-10' },
  { name: 'Small and large letters', kind: 'code128', print: 'AzYqWm-aZyQwM', text: 'AzYqWm-aZyQwM' },
  { name: 'Digits and signs', kind: 'code39', print: 'A1-2.3$4/5+6%7', text: 'A1-2.3$4/5+6%7' },
  { name: 'Signs that move', kind: 'qrcode', print: 'Y-Z_/:;?=+#@()[]', text: 'Y-Z_/:;?=+#@()[]' },
  {
    name: 'Data Matrix with a separator',
    kind: 'gs1datamatrix',
    print: '(01)09501101530003(10)AB-123(21)777',
    text: `010950110153000310AB-123${GS}21777`
  },
  {
    name: 'Bar code with a separator',
    kind: 'gs1-128',
    print: '(10)LOT-7(21)42',
    text: `10LOT-7${GS}2142`
  }
]

export type Finding =
  | { readonly finding: 'fine' }
  | { readonly finding: 'no-end' | 'too-slow' | 'caps-lock' | 'separator-lost' | 'not-a-test-code' }
  | { readonly finding: 'layout'; readonly layout: 'AZERTY' | 'QWERTZ' | undefined }
  | { readonly finding: 'prefix' | 'suffix' | 'separator-other'; readonly sent: string }

export type Diagnosis = {
  readonly code: TestCode | undefined
  readonly findings: readonly Finding[]
  /** What this tablet may remember so that it works as it is. */
  readonly settings: WedgeSettings
}

/** Milliseconds between keys, in the mean, above which a scanner is taken for a person. */
const SLOW = 35

const isEnd = ({ key }: KeyPress): boolean => key === 'Enter' || key === 'Tab'

/** All presses of one scan, its end included. */
export const diagnose = (presses: readonly KeyPress[]): Diagnosis => {
  const last = presses.at(-1)
  const ends = last !== undefined && isEnd(last)
  const keys = ends ? presses.slice(0, -1) : presses
  const sent = textOf(keys)
  const match = TEST_CODES.map(code => matching(code, keys, sent)).find(one => one !== undefined)
  const pace = sent.length < 2 || !last ? 0 : (last.timeStamp - (presses[0]?.timeStamp ?? 0)) / (presses.length - 1)
  const findings: Finding[] = []
  if (!match) findings.push({ finding: 'not-a-test-code' })
  else findings.push(...match.findings)
  if (!ends) findings.push({ finding: 'no-end' })
  if (pace > SLOW) findings.push({ finding: 'too-slow' })
  return {
    code: match?.code,
    findings: findings.length === 0 ? [{ finding: 'fine' }] : findings,
    settings: { ...match?.settings, ...(match && !ends ? { endless: true } : {}) }
  }
}

/** Named keys, such as an F8 that stands for GS, are one sign of their own in the text. */
const textOf = (keys: readonly KeyPress[]): string => {
  const read = keyReader(() => ({}))
  return keys
    .map(press => {
      const { key } = read(press)
      return [...key].length > 1 ? `\u{e000}${key}\u{e001}` : key
    })
    .join('')
}

const placed = (keys: readonly KeyPress[]): string => {
  const read = keyReader(() => ({}))
  return keys.map(press => (read(press).key === GS ? GS : (usCharacter(press.code, press.shiftKey) ?? ''))).join('')
}

const swapped = (text: string): string =>
  [...text].map(one => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())).join('')

type Match = { readonly code: TestCode; readonly findings: readonly Finding[]; readonly settings: WedgeSettings }

const matching = (code: TestCode, keys: readonly KeyPress[], sent: string): Match | undefined => {
  const byPlace = placed(keys)
  const ways: readonly (readonly [string, readonly Finding[], WedgeSettings])[] = [
    [sent, [], {}],
    [swapped(sent), [{ finding: 'caps-lock' }], {}],
    [byPlace, [{ finding: 'layout', layout: layoutOf(sent, byPlace) }], { byPlace: true }]
  ]
  for (const [text, findings, settings] of ways) {
    const found = patternOf(code.text).exec(text)
    if (!found) continue
    const around = aroundOf(found, code.text.includes(GS))
    return { code, findings: [...findings, ...around.findings], settings: { ...settings, ...around.settings } }
  }
  return undefined
}

/** Something before, the code with something in place of each GS, something after. */
const patternOf = (text: string): RegExp => {
  const parts = text.split(GS).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^(.{0,12}?)${parts.join('(.{0,12}?)')}(.{0,12}?)$`, 'su')
}

const aroundOf = (found: RegExpExecArray, separated: boolean): Omit<Match, 'code'> => {
  const [before = '', middle = ''] = found.slice(1)
  const after = found.at(-1) ?? ''
  // An identifier or the leading FNC1 of a GS1 code is as it should be.
  const bare = before.replace(/^\][A-Za-z][0-9a-z]$/, '')
  const prefix = bare === GS ? '' : bare
  const other = separated && middle !== GS && middle !== ''
  const key = middle.replace(/^\u{e000}(.*)\u{e001}$/su, '$1')
  const findings: Finding[] = []
  if (prefix) findings.push({ finding: 'prefix', sent: prefix })
  if (after) findings.push({ finding: 'suffix', sent: after })
  if (separated && middle === '') findings.push({ finding: 'separator-lost' })
  if (other) findings.push({ finding: 'separator-other', sent: key })
  return {
    findings,
    settings: { ...(prefix && { prefix }), ...(after && { suffix: after }), ...(other && { separator: key }) }
  }
}

/** Which keyboard the tablet believes to have: a French one has A where a US one has Q, a German one Z where it has Y. */
const layoutOf = (sent: string, byPlace: string): 'AZERTY' | 'QWERTZ' | undefined => {
  const became = (place: string): string | undefined =>
    [...sent][[...byPlace.toLowerCase()].indexOf(place)]?.toLowerCase()
  if (became('q') === 'a' || became('a') === 'q' || became('w') === 'z') return 'AZERTY'
  return became('y') === 'z' || became('z') === 'y' ? 'QWERTZ' : undefined
}
