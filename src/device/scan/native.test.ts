import { Canvas } from '@napi-rs/canvas'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openEngine } from '#test/bench/scan-engines.ts'
import type { Frame } from './decoder.ts'
import { emptyPlane, planeOfRgba } from './linear/plane.ts'
import { nativeVoter } from './native.ts'
import type { Zxing } from './zxing.ts'

type Detected = { rawValue: string; format: string; cornerPoints?: { x: number; y: number }[] }

let zxing: Zxing
beforeAll(async () => {
  zxing = await openEngine()
})
afterEach(() => vi.unstubAllGlobals())

/** A browser's detector: `detect` is given the pixels of whatever picture the voter makes. */
const browserWith = (formats: readonly string[], detect: (picture: Canvas) => Detected[]): void => {
  class Detector {
    static getSupportedFormats = async () => formats
    detect = async (picture: Canvas) => detect(picture)
  }
  vi.stubGlobal('OffscreenCanvas', Canvas)
  vi.stubGlobal('createImageBitmap', async (canvas: Canvas) => Object.assign(canvas, { close: () => undefined }))
  vi.stubGlobal('BarcodeDetector', Detector)
}

/** A detector that really reads. */
const reads = (picture: Canvas): Detected[] => {
  const { width, height } = picture
  const { data } = picture.getContext('2d').getImageData(0, 0, width, height)
  return zxing(planeOfRgba(data, width, height, emptyPlane()), { formats: ['Code128'] }).map(({ text, corners }) => ({
    rawValue: text,
    format: 'code_128',
    cornerPoints: [...corners]
  }))
}

const frame = { displayWidth: 200, displayHeight: 100 } as unknown as Frame

describe("the vote of the browser's own detector", () => {
  it('is cast once it has read the picture that we know', async () => {
    const seen: Detected[][] = []
    const said: Detected[] = [
      {
        rawValue: 'B-1004',
        format: 'code_128',
        cornerPoints: [
          { x: 20, y: 10 },
          { x: 180, y: 10 },
          { x: 180, y: 90 },
          { x: 20, y: 90 }
        ]
      },
      { rawValue: '', format: 'qr_code' },
      { rawValue: '12345678', format: 'itf' }
    ]
    browserWith(['code_128', 'qr_code', 'itf'], picture => {
      if (!('getContext' in picture)) return said
      seen.push(reads(picture))
      return seen[0] ?? []
    })
    const vote = await nativeVoter()
    expect(seen[0]?.map(one => one.rawValue)).toEqual(['SELFTEST'])
    expect(await vote?.(frame)).toEqual([
      {
        text: 'B-1004',
        format: 'Code128',
        corners: [
          [0.1, 0.1],
          [0.9, 0.1],
          [0.9, 0.9],
          [0.1, 0.9]
        ],
        way: 'native',
        altered: false
      }
    ])
  })

  it('is not asked for where the part behind it is missing, or reads something else', async () => {
    expect(await nativeVoter()).toBeUndefined()
    browserWith([], reads)
    expect(await nativeVoter()).toBeUndefined()
    browserWith(['code_128'], () => [])
    expect(await nativeVoter()).toBeUndefined()
    browserWith(['code_128'], () => [{ rawValue: 'SELFTEST', format: 'code_39' }])
    expect(await nativeVoter()).toBeUndefined()
    browserWith(['code_128'], () => {
      throw new Error('service unavailable')
    })
    expect(await nativeVoter()).toBeUndefined()
  })
})
