/**
 * A video for Chromium's fake camera: frames as JPEG one after another, which is all that its .mjpeg needs. Labels are drawn
 * by the product's own encoder, then turned a little, blurred and given noise, so that they look like a camera's.
 */
import { writeFile } from 'node:fs/promises'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import bwipjs from 'bwip-js/node'

export type Label = { readonly text: string; readonly format: 'code128' | 'qrcode' | 'datamatrix' }

const WIDTH = 1280
const HEIGHT = 720
const FRAMES = 10

/** A few seconds of one label after the other, each followed by nothing; it is played in a loop. */
export const writeVideo = async (file: string, labels: readonly Label[]): Promise<void> => {
  const frames: Buffer[] = []
  let seed = 7
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    return seed / 2 ** 32
  }
  for (const label of labels) {
    const picture = await pictureOf(label)
    for (let i = 0; i < FRAMES; i += 1) frames.push(await frame(picture, i / FRAMES, random))
    for (let i = 0; i < 3; i += 1) frames.push(await frame(undefined, 0, random))
  }
  await writeFile(file, Buffer.concat(frames))
}

const pictureOf = async ({ text, format }: Label) => {
  const drawn = await bwipjs.toBuffer({
    bcid: format,
    text,
    scale: format === 'code128' ? 3 : 7,
    ...(format === 'code128' ? { height: 20 } : {})
  })
  return loadImage(drawn)
}

type Picture = Awaited<ReturnType<typeof loadImage>>

const frame = async (picture: Picture | undefined, part: number, random: () => number): Promise<Buffer> => {
  const canvas = createCanvas(WIDTH, HEIGHT)
  const context = canvas.getContext('2d')
  context.fillStyle = '#b9b4a8'
  context.fillRect(0, 0, WIDTH, HEIGHT)
  if (picture) {
    const tall = Math.max(picture.height, 200)
    context.filter = 'blur(0.9px)'
    context.translate(WIDTH / 2 + 60 * Math.sin(part * 6.28), HEIGHT / 2 + 20 * Math.cos(part * 6.28))
    context.rotate(0.07 * Math.sin(part * 6.28))
    context.fillStyle = '#f4f2ec'
    context.fillRect(-picture.width / 2 - 40, -tall / 2 - 40, picture.width + 80, tall + 80)
    context.drawImage(picture, -picture.width / 2, -tall / 2, picture.width, tall)
    context.resetTransform()
    context.filter = 'none'
  }
  noise(context, random)
  return canvas.encode('jpeg', 80)
}

const noise = (context: ReturnType<ReturnType<typeof createCanvas>['getContext']>, random: () => number): void => {
  const image = context.getImageData(0, 0, WIDTH, HEIGHT)
  for (let i = 0; i < image.data.length; i += 4) {
    const shift = (random() - 0.5) * 24
    for (let channel = 0; channel < 3; channel += 1) image.data[i + channel] = (image.data[i + channel] ?? 0) + shift
  }
  context.putImageData(image, 0, 0)
}
