/** Labelled pictures in a folder, the pixels every engine is given, and when a reading counts as the label's. */
import { readFile } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { z } from 'zod'

const listed = z.object({
  file: z.string(),
  symbology: z.string(),
  text: z.string().nullish(),
  gs1: z.string().nullish(),
  difficulty: z.string().optional(),
  alsoPresent: z.array(z.string()).optional(),
  alsoAccept: z.array(z.string()).optional()
})

export type Listed = z.infer<typeof listed>
export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }

export const folderOf = (options: readonly string[]): string => {
  const at = options.indexOf('--dir')
  const asked = (at >= 0 && options[at + 1]) || '../shared/data/scan'
  return isAbsolute(asked) ? asked : resolve(process.cwd(), asked)
}

export const readManifest = async (folder: string): Promise<Listed[]> =>
  z.array(listed).parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))

/** Turned as the camera says, and laid on white. */
export const pixelsOf = async (folder: string, { file }: Listed): Promise<Pixels> => {
  const image = await loadImage(await readFile(join(folder, file)))
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, image.width, image.height)
  context.drawImage(image, 0, 0)
  const { width, height, data } = context.getImageData(0, 0, image.width, image.height)
  return { width, height, data }
}

/** Every text that is right for the picture. */
export const rightOnes = ({ text, gs1, alsoPresent = [], alsoAccept = [] }: Listed): string[] =>
  [text, gs1, ...alsoPresent, ...alsoAccept].filter(one => one !== null && one !== undefined)

/** Whether a reading is one of the right texts, whatever way of writing the engine chose (rules in the data's README). */
export const isRight = (picture: Listed, got: string): boolean =>
  rightOnes(picture).some(expected => same(picture.symbology, expected, got))

const same = (symbology: string, expected: string, got: string): boolean => {
  const forms = [plain(symbology, got), ...(isRetail(symbology) ? withoutAddOn(symbology, got) : [])]
  const wanted = [plain(symbology, expected), ...(isRetail(symbology) ? withoutAddOn(symbology, expected) : [])]
  return wanted.some(one => one !== '' && forms.includes(one))
}

const isRetail = (symbology: string): boolean => /^(EAN|UPC)/.test(symbology)

const CONTROL_PICTURES = /[\u2400-\u241f]/g

/** A text without what engines write differently. */
const plain = (symbology: string, text: string): string => {
  const visible = text
    .replace(CONTROL_PICTURES, sign => String.fromCharCode(sign.charCodeAt(0) - 0x2400))
    .replace(/^\][A-Za-z]\d/, '')
    .replace(/<[A-Z0-9]{2,4}>/g, '')
    .replace(/\{GS\}/g, '')
    .replace(/\r\n?/g, '\n')
    .trim()
  if (isRetail(symbology)) return retail(symbology, visible)
  if (symbology === 'DataBar') return visible.replace(/\D/g, '').slice(-14).padStart(14, '0')
  const bare = withoutControls(visible).replace(/[()]/g, '')
  if (symbology === 'Codabar') return bare.toUpperCase().replace(/^[A-DTNE*]|[A-DTNE*]$/g, '')
  if (symbology === 'Code 39') return bare.replace(/^\*|\*$/g, '').trim()
  return bare
}

/** Control characters and line ends are written in many ways, so they are not compared. */
const withoutControls = (text: string): string => [...text].filter(sign => sign >= ' ' && sign !== '\u007f').join('')

/** Thirteen digits; UPC-E stands for the UPC-A that it shortens. */
const retail = (symbology: string, text: string): string => {
  const digits = text.replace(/\D/g, '')
  const long = symbology === 'UPC-E' && (digits.length === 7 || digits.length === 8) ? expanded(digits) : digits
  return long.padStart(13, '0')
}

/** Two or five digits more may stand beside the code. */
const withoutAddOn = (symbology: string, text: string): string[] => {
  const digits = text.replace(/\D/g, '')
  return [2, 5].filter(more => digits.length - more >= 8).map(more => retail(symbology, digits.slice(0, -more)))
}

/** UPC-A of UPC-E, GS1 General Specifications 5.2.2.4. */
const expanded = (digits: string): string => {
  const full = digits.padStart(8, '0')
  const [system, body, last, check] = [full.slice(0, 1), full.slice(1, 6), full.slice(6, 7), full.slice(7)]
  if (/[012]/.test(last)) return `${system}${body.slice(0, 2)}${last}0000${body.slice(2)}${check}`
  if (last === '3') return `${system}${body.slice(0, 3)}00000${body.slice(3)}${check}`
  if (last === '4') return `${system}${body.slice(0, 4)}00000${body.slice(4)}${check}`
  return `${system}${body}0000${last}${check}`
}
