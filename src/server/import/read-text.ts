/** Bytes of a CSV file to text, whatever program wrote it. */

export type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252'
export type ReadText = { readonly text: string; readonly encoding: Encoding }

/**
 * Decodes by byte order mark, then as UTF-8 when the bytes are well formed, else as Windows-1252, in which every byte is a
 * character. UTF-16 without a mark is told by its zero bytes. Answers undefined for what is no text at all.
 */
export const readText = (bytes: Uint8Array): ReadText | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode('utf-16le', bytes), encoding: 'UTF-16' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decode('utf-16be', bytes), encoding: 'UTF-16' }
  const zeros = zerosOf(bytes)
  if (zeros.odd > 8 && zeros.even === 0) return { text: decode('utf-16le', bytes), encoding: 'UTF-16' }
  if (zeros.even > 8 && zeros.odd === 0) return { text: decode('utf-16be', bytes), encoding: 'UTF-16' }
  if (zeros.even + zeros.odd > 0) return undefined
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch {
    return { text: decode('windows-1252', bytes), encoding: 'Windows-1252' }
  }
}

const decode = (label: string, bytes: Uint8Array): string => new TextDecoder(label).decode(bytes)

/** Zero bytes at even and odd places of the first 4 KiB. */
const zerosOf = (bytes: Uint8Array): { even: number; odd: number } => {
  let even = 0
  let odd = 0
  for (let at = 0; at < Math.min(bytes.length, 4096); at += 1)
    if (bytes[at] === 0) {
      if (at % 2 === 0) even += 1
      else odd += 1
    }
  return { even, odd }
}
