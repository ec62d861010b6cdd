/** From a key event to the character that the scanner meant. */
import type { WedgeSettings } from './wedge-settings.ts'

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'isComposing' | 'repeat' | 'timeStamp'
>

/** `ours: false`: a shortcut, a key held down, a method of writing; a scanner does nothing of the kind. */
export type Read = { readonly key: string; readonly ours: boolean }

const GS = '\u001d'
const PLACES: Readonly<Record<string, string>> = {
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Backquote: '`~',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Space: '  '
}
const DIGITS = ')!@#$%^&*('

/** The character of a key's place on a US keyboard, which is what scanners are delivered for. */
export const usCharacter = (code: string, shift: boolean): string | undefined => {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shift ? letter : letter.toLowerCase()
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit) return shift ? DIGITS[Number(digit)] : digit
  return PLACES[code]?.[shift ? 1 : 0]
}

/**
 * Reads presses one after the other. GS comes as Ctrl+], as U+001D, as Alt+0029 on the number block, or as what the settings
 * say; Ctrl+M and Ctrl+J are how some scanners say Enter.
 */
export const keyReader = (settings: () => WedgeSettings): ((press: KeyPress) => Read) => {
  let held = ''
  return press => {
    const nothing: Read = { key: '', ours: true }
    if (press.isComposing || press.repeat || press.metaKey) return { key: '', ours: false }
    const digit = /^Numpad(\d)$/.exec(press.code)?.[1]
    if (press.altKey && !press.ctrlKey && digit !== undefined) {
      held += digit
      if (Number(held) !== 29 || !/^0*29$/.test(held)) return nothing
      held = ''
      return { key: GS, ours: true }
    }
    if (press.key !== 'Alt') held = ''
    const { separator, byPlace } = settings()
    if (separator && press.key === separator) return { key: GS, ours: true }
    if (press.ctrlKey && !press.altKey) {
      if (press.key === ']' || press.code === 'BracketRight' || press.key === GS) return { key: GS, ours: true }
      if (/^[mj]$/i.test(press.key)) return { key: 'Enter', ours: true }
      return press.key === 'Control' || press.key === 'Shift' ? nothing : { key: '', ours: false }
    }
    // AltGr is Ctrl and Alt together on some systems and gives a character like any other.
    if (press.altKey && !press.ctrlKey && press.key !== 'Alt') return { key: '', ours: false }
    if (/^(Shift|Control|Alt|AltGraph|CapsLock)$/.test(press.key)) return nothing
    const placed =
      byPlace && press.key !== 'Enter' && press.key !== 'Tab' ? usCharacter(press.code, press.shiftKey) : undefined
    return { key: placed ?? press.key, ours: true }
  }
}
