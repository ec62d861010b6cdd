/** What a file that calls itself a picture really is, by its first bytes: a name costs nothing, and a page shows pictures. */

export const PICTURES: ReadonlySet<string> = new Set(['image/webp', 'image/png', 'image/jpeg'])
export const UNKNOWN_TYPE = 'application/octet-stream'

/** Pixels that a tablet can still unpack: 4 bytes each. Photos are 2 megapixels, pages of a document up to 20. */
const MOST_PIXELS = 50_000_000

/** The type to keep. What is no picture, or too large to unpack, is kept as a file to download. */
export const safeType = (said: string, bytes: Uint8Array): string => {
  if (!PICTURES.has(said)) return said
  const found = pictureIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  return found && found.type === said && found.width * found.height <= MOST_PIXELS ? said : UNKNOWN_TYPE
}

type Picture = { readonly type: string; readonly width: number; readonly height: number }

const pictureIn = (bytes: Buffer): Picture | undefined => {
  try {
    return pngIn(bytes) ?? webpIn(bytes) ?? jpegIn(bytes)
  } catch {
    // It ends before its size is told.
    return undefined
  }
}

/** PNG (ISO/IEC 15948): signature, then IHDR. */
const pngIn = (bytes: Buffer): Picture | undefined =>
  bytes.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n' && bytes.toString('latin1', 12, 16) === 'IHDR'
    ? { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : undefined

/** WebP (RFC 9649): RIFF, then one of three kinds of first chunk. */
const webpIn = (bytes: Buffer): Picture | undefined => {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return undefined
  const of = (width: number, height: number): Picture => ({ type: 'image/webp', width, height })
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return of(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1)
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return of((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
    }
    case 'VP8 ':
      return of(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff)
    default:
      return undefined
  }
}

/** JPEG (ITU-T T.81): segments up to the frame header, SOF0 to SOF15 without DHT, JPG and DAC. */
const jpegIn = (bytes: Buffer): Picture | undefined => {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; ; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at)
    if (marker < 0xff01) return undefined
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker))
      return { type: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
}
