/**
 * zxing-cpp as WebAssembly, fed with grey pictures that lie in its own memory already. The package's own call copies every frame
 * three times and never frees its list of answers.
 */
import {
  binarizers,
  characterSets,
  eanAddOnSymbols,
  encodeFormats,
  prepareZXingModule,
  type ReadInputBarcodeFormat,
  textModes,
  type ZXingReaderModule
} from 'zxing-wasm/reader'
import type { ReadSettings } from './decoder.ts'
import type { Plane } from './linear/plane.ts'

type Options = Parameters<ZXingReaderModule['readBarcodesFromPixmap']>[3]
/** The package's type leaves out what Emscripten gives every module. */
type Module = ZXingReaderModule & {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(address: number): void
}
type Spot = { readonly x: number; readonly y: number }

/** Corners are pixels of the picture that was read. */
export type Found = {
  readonly text: string
  readonly format: string
  readonly identifier: string
  readonly corners: readonly [Spot, Spot, Spot, Spot]
}

export type Effort = {
  readonly formats: readonly ReadInputBarcodeFormat[]
  readonly harder?: boolean
  readonly turns?: boolean
  readonly inverted?: boolean
  readonly smaller?: boolean
  readonly denoise?: boolean
  readonly most?: number
}

export type Zxing = (picture: Plane, effort: Effort) => Found[]

export const matrixFormats: readonly ReadInputBarcodeFormat[] = ['QRCode', 'DataMatrix', 'Aztec', 'PDF417', 'MaxiCode']

/** The linear codes that a site reads. */
export const linearFormats = (settings: ReadSettings): readonly ReadInputBarcodeFormat[] => [
  'Code128',
  'Code39',
  'Code93',
  'EAN13',
  'EAN8',
  'UPCA',
  'DataBar',
  'DataBarLtd',
  'DataBarExp',
  ...(settings.upce ? (['UPCE'] as const) : []),
  ...(settings.codabar ? (['Codabar'] as const) : []),
  ...(settings.itfLengths === 'any' || settings.itfLengths.length > 0 ? (['ITF'] as const) : [])
]

/** `overrides` say where the wasm is: nothing is ever fetched from another address. */
export const openZxing = async (
  overrides: { readonly locateFile: (path: string, prefix: string) => string } | { readonly wasmBinary: ArrayBuffer }
): Promise<Zxing> => {
  const module = (await prepareZXingModule({ overrides, fireImmediately: true })) as Module
  const prepared = new WeakMap<Effort, Options>()
  let address = 0
  let room = 0
  return (picture, effort) => {
    const options = prepared.get(effort) ?? optionsOf(effort)
    prepared.set(effort, options)
    const size = picture.width * picture.height
    if (size > room) {
      if (address) module._free(address)
      address = module._malloc(size)
      room = size
    }
    module.HEAPU8.set(picture.data.length === size ? picture.data : picture.data.subarray(0, size), address)
    const list = module.readBarcodesFromPixmap(address, picture.width, picture.height, options)
    const found: Found[] = []
    for (let i = 0; i < list.size(); i += 1) {
      const one = list.get(i)
      if (!one?.isValid || one.text === '') continue
      const { topLeft, topRight, bottomRight, bottomLeft } = one.position
      const corners = [topLeft, topRight, bottomRight, bottomLeft] as const
      found.push({ text: one.text, format: one.format, identifier: one.symbologyIdentifier, corners })
    }
    // The list lives in the module's memory; its type does not say that it can be given back.
    ;(list as { delete?(): void }).delete?.()
    return found
  }
}

const optionsOf = (effort: Effort): Options => ({
  formats: encodeFormats([...effort.formats]),
  tryHarder: effort.harder ?? false,
  tryRotate: effort.turns ?? false,
  tryInvert: effort.inverted ?? false,
  tryDownscale: effort.smaller ?? false,
  tryDenoise: effort.denoise ?? false,
  binarizer: binarizers.indexOf('LocalAverage'),
  isPure: false,
  downscaleFactor: 3,
  downscaleThreshold: 500,
  minLineCount: 2,
  maxNumberOfSymbols: effort.most ?? 12,
  validateOptionalChecksum: false,
  returnErrors: false,
  eanAddOnSymbol: eanAddOnSymbols.indexOf('Ignore'),
  // Content as it is, with GS between the parts of a GS1 code.
  textMode: textModes.indexOf('Plain'),
  characterSet: characterSets.indexOf('Unknown'),
  tryCode39ExtendedMode: true
})
