/** The sentences of the scanner's set-up page. */
import type { Finding } from '#device/wedge-check.ts'
import type { KeyPress } from '#device/wedge-keys.ts'
import type { WedgeSettings } from '#device/wedge-settings.ts'

export const findingWords = (one: Finding): { readonly title: string; readonly todo: string } => {
  switch (one.finding) {
    case 'fine':
      return { title: 'Right', todo: 'It came as it is printed. Go on with the next code.' }
    case 'no-end':
      return {
        title: 'No Enter at the end',
        todo: 'Set the suffix of the scanner to Enter (carriage return). Its manual has a code for that.'
      }
    case 'too-slow':
      return {
        title: 'Too slow',
        todo: 'Set the delay between characters to none. At this pace it is taken for a person who types.'
      }
    case 'caps-lock':
      return {
        title: 'Caps lock',
        todo: 'Small letters came as large ones. Turn caps lock off at the tablet, or set the scanner to allow for it.'
      }
    case 'separator-lost':
      return {
        title: 'The separator is lost',
        todo: 'Lot and serial run together. Set the scanner to send GS (group separator, FNC1), as Ctrl+] or as a sign.'
      }
    case 'separator-other':
      return {
        title: `The separator comes as ${one.sent}`,
        todo: 'This tablet can allow for it, as long as no label holds that sign itself.'
      }
    case 'layout':
      return {
        title: one.layout ? `The keyboard is ${one.layout}` : 'Another keyboard layout',
        todo: 'Set the scanner to the keyboard language of this tablet, or the tablet to US English.'
      }
    case 'prefix':
      return { title: `${one.sent} before the code`, todo: 'Turn the prefix off, or let this tablet cut it off.' }
    case 'suffix':
      return { title: `${one.sent} after the code`, todo: 'Turn the suffix off, or let this tablet cut it off.' }
    case 'not-a-test-code':
      return { title: 'Not a test code', todo: 'Its keys are below. Scan one of the codes of the sheet.' }
  }
}

export const settingWords = ({ prefix, suffix, separator, byPlace, endless }: WedgeSettings): readonly string[] => [
  ...(prefix ? [`${prefix} before each code`] : []),
  ...(suffix ? [`${suffix} after each code`] : []),
  ...(separator ? [`${separator} in place of the separator`] : []),
  ...(byPlace ? ['A scanner with a US keyboard'] : []),
  ...(endless ? ['No Enter at the end of a code'] : [])
]

/** A key as it is written on the set-up page. */
export const keyName = ({ key, ctrlKey, altKey }: KeyPress): string => {
  const code = key.codePointAt(0) ?? 0
  const name =
    key === ' ' ? 'Space' : key.length === 1 && code < 32 ? (code === 29 ? 'GS' : `U+00${code.toString(16)}`) : key
  return `${ctrlKey && key !== 'Control' ? 'Ctrl+' : ''}${altKey && key !== 'Alt' ? 'Alt+' : ''}${name}`
}
