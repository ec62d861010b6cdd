/**
 * The last way: @zxing/browser, for browsers without WebAssembly. It runs on the main thread and keeps what it half read from
 * frame to frame, so after every read it is made anew, and DataBar, the format that sticks, is left out.
 */
import { BarcodeFormat, BrowserMultiFormatReader } from '@zxing/browser'
import { DecodeHintType } from '@zxing/library'
import type { Decoder, Frame } from './decoder.ts'

const formats: ReadonlyMap<BarcodeFormat, string> = new Map([
  [BarcodeFormat.QR_CODE, 'QRCode'],
  [BarcodeFormat.DATA_MATRIX, 'DataMatrix'],
  [BarcodeFormat.CODE_128, 'Code128'],
  [BarcodeFormat.CODE_39, 'Code39'],
  [BarcodeFormat.EAN_13, 'EAN13'],
  [BarcodeFormat.EAN_8, 'EAN8']
])

const fresh = () => new BrowserMultiFormatReader(new Map([[DecodeHintType.POSSIBLE_FORMATS, [...formats.keys()]]]))

export const scriptDecoder = (): Decoder => {
  const canvas = document.createElement('canvas')
  let reader = fresh()
  const read: Decoder['read'] = async frame => {
    draw(canvas, frame)
    try {
      const found = reader.decodeFromCanvas(canvas)
      reader = fresh()
      const format = formats.get(found.getBarcodeFormat()) ?? 'other'
      return { found: [{ text: found.getText(), format, way: 'script', altered: false }] }
    } catch {
      // It throws for every picture without a code.
      return { found: [] }
    }
  }
  return { name: 'script', native: false, read, close: () => undefined }
}

const draw = (canvas: HTMLCanvasElement, frame: Frame): void => {
  canvas.width = 'displayWidth' in frame ? frame.displayWidth : frame.width
  canvas.height = 'displayHeight' in frame ? frame.displayHeight : frame.height
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(frame, 0, 0)
  frame.close()
}
