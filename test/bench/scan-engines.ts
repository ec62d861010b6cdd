/** The product's own pipeline as it runs in the worker, and the two it is measured against. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { judge } from '#device/scan/consensus.ts'
import type { ReadSettings } from '#device/scan/decoder.ts'
import { emptyPlane, planeOfRgba } from '#device/scan/linear/plane.ts'
import { pipeline } from '#device/scan/pipeline.ts'
import { openZxing, type Zxing } from '#device/scan/zxing.ts'
import type { Pixels } from './scan-data.ts'

/** Every symbology of the folder switched on, for all engines alike. */
export const allReads: ReadSettings = { upce: true, codabar: true, itfLengths: 'any' }

const load = createRequire(import.meta.url)

export const openEngine = async (): Promise<Zxing> => {
  const bytes = await readFile(load.resolve('zxing-wasm/reader/zxing_reader.wasm'))
  const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  prepareZXingModule({ overrides: { wasmBinary } })
  return openZxing({ wasmBinary })
}

/** Frames for which a still picture is shown. */
const FRAMES = 15

export type Answer = { readonly texts: readonly string[]; readonly frame?: number; readonly way?: string }

/** What the camera's reader would give for a picture that is held before it. Nothing else is known to the tablet. */
export const readOurs = (zxing: Zxing, { width, height, data }: Pixels): Answer => {
  const look = pipeline(zxing, allReads)
  const ask = judge({ settings: allReads })
  const plane = planeOfRgba(data, width, height, emptyPlane())
  for (let frame = 1; frame <= FRAMES; frame += 1) {
    const seen = look(plane)
    const counted = ask(seen, frame * 40)
    if (!counted) continue
    const way = seen.found.find(sight => sight.text === counted.text)?.way ?? ''
    return { texts: [counted.text], frame, way }
  }
  return { texts: [] }
}

/** zxing-wasm as it comes, or with all that it can try switched on. */
export const readZxing = async (pixels: Pixels, harder = false): Promise<Answer> => {
  const found = await readBarcodes({ ...pixels, colorSpace: 'srgb' } as ImageData, harder ? { tryDenoise: true } : {})
  return { texts: found.filter(one => one.isValid).map(one => one.text) }
}

/** The little of @zxing/library that is used here; its own types need a DOM that Node has not. */
type Library = {
  RGBLuminanceSource: new (grey: Uint8ClampedArray, width: number, height: number) => object
  HybridBinarizer: new (source: object) => object
  BinaryBitmap: new (binarizer: object) => object
  DecodeHintType: { readonly TRY_HARDER: number }
  MultiFormatReader: new () => {
    setHints(hints: ReadonlyMap<number, unknown> | undefined): void
    decodeWithState(bitmap: object): { getText(): string }
  }
}

/**
 * What `new BrowserMultiFormatReader()` of @zxing/browser runs on each frame: no hints, or TRY_HARDER; made anew each time, as it
 * keeps what it half read.
 */
export const readScript = ({ width, height, data }: Pixels, harder = false): Answer => {
  const zxing = load('@zxing/library') as Library
  const grey = new Uint8ClampedArray(planeOfRgba(data, width, height, emptyPlane()).data)
  // It warns of every decoder that finds nothing.
  const { warn } = console
  console.warn = () => undefined
  try {
    const source = new zxing.RGBLuminanceSource(grey, width, height)
    const bitmap = new zxing.BinaryBitmap(new zxing.HybridBinarizer(source))
    const reader = new zxing.MultiFormatReader()
    reader.setHints(harder ? new Map([[zxing.DecodeHintType.TRY_HARDER, true]]) : undefined)
    return { texts: [reader.decodeWithState(bitmap).getText()] }
  } catch {
    // It throws for every picture without a code.
    return { texts: [] }
  } finally {
    console.warn = warn
  }
}
