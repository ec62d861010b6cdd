/** Serial Shipping Container Codes (GS1 General Specifications 3.2 and 7.9). */

/**
 * The check digit over the digits before it: weights 3 and 1 in turn from the right (GS1 General Specifications 7.9.1).
 * @throws RangeError for anything but digits.
 */
export const checkDigit = (digits: string): number => {
  if (!/^\d+$/.test(digits)) throw new RangeError(`not digits: ${digits}`)
  const sum = [...digits].reverse().reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}

/** GS1 keeps 952 for demonstrations; a plant that ships for real gives its own company prefix. */
export const DEMONSTRATION_PREFIX = '9521234'

/**
 * Extension digit 0, company prefix (7 to 10 digits), serial, check digit: eighteen digits.
 * @throws RangeError when the serial doesn't fit behind the prefix.
 */
export const makeSscc = (prefix: string, serial: number): string => {
  const room = 16 - prefix.length
  const number = String(serial).padStart(room, '0')
  if (number.length > room) throw new RangeError(`serial ${serial} does not fit behind ${prefix}`)
  const digits = `0${prefix}${number}`
  return `${digits}${checkDigit(digits)}`
}

/** As a person reads it: 0 9521234 000000001 7. */
export const showSscc = (sscc: string): string =>
  `${sscc.slice(0, 4)} ${sscc.slice(4, 8)} ${sscc.slice(8, 12)} ${sscc.slice(12, 16)} ${sscc.slice(16)}`
