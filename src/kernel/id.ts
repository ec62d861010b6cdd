/** Identifiers: UUID version 7 (RFC 9562 section 5.7), ordered by the millisecond they were made in. */

/** Sixteen random bytes; given from outside so that a simulation can repeat itself. */
export type Random = () => Uint8Array

/** Makes ids that never go backwards within one maker, whatever the clock does. */
export const idMaker = (now: () => number, random: Random): (() => string) => {
  let last = 0
  let counter = 0
  return () => {
    const bytes = random()
    const time = Math.max(0, Math.floor(now()))
    if (time > last || last - time > 10_000) {
      last = time
      counter = ((bytes[6] ?? 0) & 0x07) * 256 + (bytes[7] ?? 0)
    } else if (++counter > 0xfff) {
      last += 1
      counter = 0
    }
    return format(last, counter, bytes)
  }
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const pair = (byte = 0): string => PAIRS[byte] ?? '00'

const format = (time: number, counter: number, bytes: Uint8Array): string => {
  const hex = time.toString(16).padStart(12, '0')
  let end = pair(((bytes[8] ?? 0) & 0x3f) | 0x80)
  for (let i = 9; i < 16; i += 1) end += pair(bytes[i])
  const version = (0x7000 | counter).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8)}-${version}-${end.slice(0, 4)}-${end.slice(4)}`
}

/** True for any well-formed lower-case UUID. */
export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
