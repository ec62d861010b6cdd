/** Reads codes away from the main thread, with zxing-cpp as WebAssembly from our own address, never from elsewhere. */
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

import type { Look, ReadSettings } from './decoder.ts'

// A worker's own scope, without pulling the worker types over the window's types of this folder.
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<WorkerAsk>) => void) | null
  postMessage(answer: WorkerAnswer): void
}

export type WorkerAsk = { readonly frame: VideoFrame | ImageBitmap } | { readonly settings: ReadSettings }

export type WorkerAnswer = { readonly ready: true } | { readonly look: Look } | { readonly broken: string }

/** Every frame: upright codes, quickly. */
const quick: ReaderOptions = {
  formats: [
    'QRCode',
    'DataMatrix',
    'Code128',
    'Code39',
    'Code93',
    'EAN13',
    'EAN8',
    'UPCA',
    'ITF',
    'DataBar',
    'Aztec',
    'PDF417'
  ],
  maxNumberOfSymbols: 1,
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false
}
/** Every second frame: turned, small and inverted ones as well. */
const thorough: ReaderOptions = { ...quick, tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true }

let canvas: OffscreenCanvas | undefined
let turn = 0

const pixels = (frame: VideoFrame | ImageBitmap): ImageData | undefined => {
  const width = 'displayWidth' in frame ? frame.displayWidth : frame.width
  const height = 'displayHeight' in frame ? frame.displayHeight : frame.height
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context?.drawImage(frame, 0, 0)
  frame.close()
  return context?.getImageData(0, 0, width, height)
}

scope.onmessage = ({ data }) => {
  if (!('frame' in data)) return
  void (async () => {
    try {
      const image = pixels(data.frame)
      turn += 1
      const [found] = image ? await readBarcodes(image, turn % 2 ? quick : thorough) : []
      const look =
        found?.isValid && found.text
          ? [
              {
                text: found.text,
                format: found.format,
                identifier: found.symbologyIdentifier,
                way: 'fast',
                altered: false
              }
            ]
          : []
      scope.postMessage({ look: { found: look } })
    } catch (problem) {
      scope.postMessage({ broken: String(problem) })
    }
  })()
}

prepareZXingModule({
  overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasm : prefix + path) },
  fireImmediately: true
}).then(
  () => scope.postMessage({ ready: true }),
  (problem: unknown) => scope.postMessage({ broken: String(problem) })
)
