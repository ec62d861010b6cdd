/**
 * The browser's own detector, as one more vote. Chrome on Android offers it even where the part behind it is missing, so it
 * first has to read a picture we know. It reads no DataBar and tells no symbology identifier, so it never works alone.
 */
import type { Corners, Frame, Sight } from './decoder.ts'

type Detected = {
  readonly rawValue: string
  readonly format: string
  readonly cornerPoints?: readonly { readonly x: number; readonly y: number }[]
}
type Detector = { detect(source: CanvasImageSource): Promise<readonly Detected[]> }
type DetectorClass = {
  new (options: { formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** Looks at the frame and leaves it open. */
export type NativeVoter = (frame: Frame) => Promise<readonly Sight[]>

/** What it is asked for, with zxing-cpp's names. Not ITF: the draft leaves open which lengths that means. */
const formatNames: ReadonlyMap<string, string> = new Map([
  ['qr_code', 'QRCode'],
  ['data_matrix', 'DataMatrix'],
  ['code_128', 'Code128'],
  ['ean_13', 'EAN13'],
  ['ean_8', 'EAN8'],
  ['upc_a', 'UPCA']
])

/** Undefined where there is none, or where it does not read the picture. */
export const nativeVoter = async (): Promise<NativeVoter | undefined> => {
  // Not in the DOM types: a draft that only some browsers have.
  const Detection = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!Detection) return undefined
  try {
    const supported = await Detection.getSupportedFormats()
    const formats = [...formatNames.keys()].filter(format => supported.includes(format))
    if (!formats.includes('code_128')) return undefined
    const detector = new Detection({ formats })
    const picture = await selfTestPicture()
    const [read] = await detector.detect(picture).finally(() => picture.close())
    if (read?.rawValue !== SELF_TEST.text || read.format !== 'code_128') return undefined
    return async frame => (await detector.detect(frame)).flatMap(found => sightOf(found, frame))
  } catch {
    return undefined
  }
}

const sightOf = ({ rawValue, format, cornerPoints }: Detected, frame: Frame): Sight[] => {
  const name = formatNames.get(format)
  if (!name || rawValue === '') return []
  const [width, height] =
    'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height]
  const points = cornerPoints?.map(({ x, y }) => [x / width, y / height] as const)
  const where = points?.length === 4 ? { corners: points as unknown as Corners } : {}
  return [{ text: rawValue, format: name, ...where, way: 'native', altered: false }]
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
