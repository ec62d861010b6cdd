/** Codes that no screen has to see: too long, full of control characters, a web address. Nothing in them is ever carried out. */
import type { ScanStop } from './scan-dispatch.ts'

/** Longer than any label of a shop. A Data Matrix can hold more than 2,000 characters, a QR code 4,000. */
const LONGEST = 200
const SHOWN = 60

// GS, RS and EOT are how GS1 and ISO 15434 labels are written.
const isControl = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0
  return (
    (code < 32 && code !== 29 && code !== 30 && code !== 4) ||
    (code >= 127 && code < 160) ||
    /\p{Cf}|\p{Cs}/u.test(character)
  )
}

const NEEDED = 'Nothing was done with it. Scan the label that the job asks for.'

/** Each answers `undefined` for a code that may be looked at further. */
export const tooLong = (raw: string): ScanStop | undefined =>
  raw.length <= LONGEST
    ? undefined
    : {
        stop: `This code holds ${raw.length.toLocaleString('en')} characters.`,
        needed: `${NEEDED} A label of ours has fewer than 30.`,
        cue: 'unknown'
      }

export const controls = (raw: string): ScanStop | undefined =>
  [...raw].some(isControl)
    ? { stop: 'This code holds signs that no label has.', needed: NEEDED, cue: 'unknown' }
    : undefined

/** An address that is no GS1 Digital Link, or a text that a browser would carry out. */
export const address = (raw: string): ScanStop | undefined => {
  if (/^\s*(https?|ftp|file|data|javascript|mailto|tel|sms|wifi|intent|geo|smsto|matmsg|mecard|begin):/i.test(raw))
    return {
      stop: 'This is an address or a message, not a label.',
      needed: `It was not opened. ${NEEDED}`,
      cue: 'unknown'
    }
  if (/<[a-z!/][^>]*>/i.test(raw))
    return { stop: 'This code holds a piece of a web page.', needed: NEEDED, cue: 'unknown' }
  return undefined
}

/** A code as a person may see it: control characters as pictures, and not more of it than fits. */
export const shownCode = (raw: string): string => {
  const shown = [...raw.slice(0, SHOWN)]
    .map(one => {
      const code = one.codePointAt(0) ?? 0
      return code < 32 ? String.fromCodePoint(0x2400 + code) : isControl(one) ? '\ufffd' : one
    })
    .join('')
  return raw.length > SHOWN ? `${shown} …` : shown
}
