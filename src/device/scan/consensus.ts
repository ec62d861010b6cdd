/**
 * When a reading of the camera counts. Codes with strong checks count at once; Code 128 counts at once when it reads as one
 * of our own labels, else after two equal frames; codes with weak checks need two equal frames of the last five
 * (research/scanning.md section 5). A code that stays in view is given once.
 */
import { readLabel } from '#kernel/label.ts'

export type Reading = { readonly text: string; readonly format: string }

const strong = /^(QRCode|MicroQRCode|RMQRCode|DataMatrix|DataBar|Aztec|PDF417)/

/** Frames that are looked back on, and milliseconds a code must be out of view before it counts again. */
const MEMORY = 5
const REPEAT = 1200

export type Judge = (reading: Reading | undefined, at: number) => Reading | undefined

export const judge = (): Judge => {
  let recent: (string | undefined)[] = []
  let given: { text: string; seen: number } | undefined
  return (reading, at) => {
    recent = [...recent, reading?.text].slice(-MEMORY)
    if (!reading) return undefined
    if (given?.text === reading.text && at - given.seen < REPEAT) {
      given.seen = at
      return undefined
    }
    if (!counts(reading, recent)) return undefined
    given = { text: reading.text, seen: at }
    return reading
  }
}

const counts = ({ text, format }: Reading, recent: readonly (string | undefined)[]): boolean =>
  strong.test(format) ||
  (format === 'Code128' && readLabel(text).label !== 'other') ||
  recent.filter(one => one === text).length >= 2
