/** What a number pad makes of its keys. Pure. The text always has a point, whatever was pressed. */

export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'point' | 'sign' | 'back' | 'clear'

/** Digits a value may have, point and sign not counted: more is a slip or a scan. */
export const MOST_DIGITS = 12

/** The text after a key. What makes no sense leaves it as it was. */
export const press = (text: string, key: Key): string => {
  switch (key) {
    case 'clear':
      return ''
    case 'back':
      return text === '-' || text.length === 1 ? '' : text.slice(0, -1)
    case 'sign':
      return text.startsWith('-') ? text.slice(1) : `-${text}`
    case 'point':
      return text.includes('.') ? text : text === '' || text === '-' ? `${text}0.` : `${text}.`
    default:
      if (text.replace(/[^0-9]/g, '').length >= MOST_DIGITS) return text
      return text === '0' ? key : text === '-0' ? `-${key}` : text + key
  }
}

/** The pad's key for a key of a keyboard; a comma is as good as a point. */
export const keyOf = (key: string): Key | 'done' | undefined => {
  if (/^[0-9]$/.test(key)) return key as Key // one digit, as the line above says
  switch (key) {
    case '.':
    case ',':
    case 'Decimal':
      return 'point'
    case '-':
    case '−':
      return 'sign'
    case 'Backspace':
      return 'back'
    case 'Delete':
      return 'clear'
    case 'Enter':
      return 'done'
    default:
      return undefined
  }
}

/** The number a person typed, with comma or point; undefined for anything that is not one. */
export const readNumber = (text: string): number | undefined => {
  const plain = text.trim().replace('−', '-').replace(',', '.')
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}

/** 1,000 is a thousand to one person and one to another, where no digit on a pad says which; nobody guesses. */
export const ambiguous = (text: string): boolean => /^[-−]?[1-9]\d{0,2},\d{3}$/.test(text.trim())
