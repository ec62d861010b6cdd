import { createCanvas, ImageData } from '@napi-rs/canvas'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chance, lay, paper, seen } from '#test/bench/scan-labels.ts'
import { scriptDecoder } from './decode-script.ts'
import type { Frame } from './decoder.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A picture as the camera gives it; `drawImage` of the canvas takes it as it is. */
const frameOf = (kind?: string, text = '', module = 3): Frame => {
  const plane = paper(640, 400)
  if (kind) lay(plane, kind, text, 320, 200, { module })
  const { data } = seen(plane, 0.4, 2, chance(2))
  const canvas = createCanvas(640, 400)
  const rgba = Uint8ClampedArray.from({ length: 640 * 400 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (data[i >> 2] ?? 0)))
  canvas.getContext('2d').putImageData(new ImageData(rgba, 640, 400), 0, 0)
  return Object.assign(canvas, { close: () => undefined }) as unknown as Frame
}

describe('the reader for browsers without WebAssembly', () => {
  it('keeps nothing from picture to picture', async () => {
    // It warns of every kind of code that is not there.
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    vi.stubGlobal('document', { createElement: () => createCanvas(1, 1) })
    const { read, native } = scriptDecoder()
    expect(native).toBe(false)
    const texts = async (frame: Frame) => (await read(frame)).found.map(({ format, text }) => `${format} ${text}`)
    // This is what @zxing/browser answers for ever once it has read it.
    expect(await texts(frameOf('databaromni', '(01)04412345678909'))).toEqual([])
    expect(await texts(frameOf())).toEqual([])
    expect(await texts(frameOf('qrcode', 'WO-0012-30', 6))).toEqual(['QRCode WO-0012-30'])
    expect(await texts(frameOf())).toEqual([])
    expect(await texts(frameOf('code128', 'B-1004'))).toEqual(['Code128 B-1004'])
    expect(await texts(frameOf('ean13', '400638133393'))).toEqual(['EAN13 4006381333931'])
    expect(await texts(frameOf('datamatrix', 'LOT-7', 7))).toEqual(['DataMatrix LOT-7'])
    expect(await texts(frameOf('code39', 'T-0042', 2))).toEqual(['Code39 T-0042'])
  })
})
