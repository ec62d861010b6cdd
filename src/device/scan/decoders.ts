/**
 * Three ways to read a picture, tried in this order: the browser's own detector when it proves itself, zxing-cpp in a worker,
 * and @zxing/browser where there is no WebAssembly.
 */
import type { Reading } from './consensus.ts'
import type { Decoder, Frame } from './decoder.ts'
import type { WorkerAnswer } from './decode-worker.ts'
import workerUrl from './decode-worker.ts?worker&url'

export const openDecoder = async (): Promise<Decoder> =>
  (await nativeDecoder()) ??
  (typeof WebAssembly === 'object' ? await wasmDecoder().catch(scriptDecoder) : await scriptDecoder())

/** Chrome on Android offers it even where the part behind it is missing, so it first has to read a picture we know. */
type Detector = { detect(source: CanvasImageSource): Promise<readonly { rawValue: string; format: string }[]> }
type DetectorClass = {
  new (options: { formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

const NATIVE = [
  'qr_code',
  'data_matrix',
  'code_128',
  'code_39',
  'code_93',
  'ean_13',
  'ean_8',
  'upc_a',
  'aztec',
  'pdf417'
]
const formatNames: Readonly<Record<string, string>> = {
  qr_code: 'QRCode',
  data_matrix: 'DataMatrix',
  code_128: 'Code128',
  aztec: 'Aztec',
  pdf417: 'PDF417'
}

const nativeDecoder = async (): Promise<Decoder | undefined> => {
  // Not in the DOM types: a draft that only some browsers have.
  const Detection = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!Detection) return undefined
  try {
    const supported = await Detection.getSupportedFormats()
    const formats = NATIVE.filter(format => supported.includes(format))
    if (!['qr_code', 'data_matrix', 'code_128'].every(format => formats.includes(format))) return undefined
    const detector = new Detection({ formats })
    if ((await detector.detect(await selfTestPicture()))[0]?.rawValue !== SELF_TEST.text) return undefined
    const read = async (frame: Frame): Promise<Reading | undefined> => {
      const [found] = await detector.detect(frame).finally(() => frame.close())
      return found && { text: found.rawValue, format: formatNames[found.format] ?? found.format }
    }
    return { name: 'native', read, close: () => undefined }
  } catch {
    return undefined
  }
}

/** Code 128 of the text: widths of bars and spaces in modules, a bar first. */
const SELF_TEST = {
  text: 'SELFTEST',
  widths: '2112142131131321131321311323112133111321132131132133111232212331112'
} as const

const selfTestPicture = async (): Promise<ImageBitmap> => {
  const unit = 3
  const canvas = new OffscreenCanvas(480, 160)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000'
  let x = 40
  for (const [i, width] of [...SELF_TEST.widths].entries()) {
    if (i % 2 === 0) context.fillRect(x, 20, Number(width) * unit, 120)
    x += Number(width) * unit
  }
  return createImageBitmap(canvas)
}

const wasmDecoder = async (): Promise<Decoder> => {
  const worker = new Worker(workerUrl, { type: 'module' })
  const answer = (): Promise<WorkerAnswer> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => resolve(data)
      worker.onerror = () => reject(new Error('the reader did not start'))
    })
  const first = await answer()
  if ('broken' in first) {
    worker.terminate()
    throw new Error(first.broken)
  }
  const read = async (frame: Frame): Promise<Reading | undefined> => {
    const next = answer()
    worker.postMessage(frame, [frame])
    const result = await next
    return 'read' in result ? result.read : undefined
  }
  return { name: 'wasm', read, close: () => worker.terminate() }
}

const scriptDecoder = async (): Promise<Decoder> => (await import('./decode-script.ts')).scriptDecoder()
