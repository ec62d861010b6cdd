/**
 * Films for Chromium's fake camera: JPEGs one after another, which it plays at 30 a second in a loop. Seeded, so every run sees
 * the same. Labels move, turn, blur and lose contrast as in the research; three blocks of 32 px say in each frame which of the
 * film's stretches it belongs to, so that the page itself can tell when a code came into sight.
 */
import { writeFile } from 'node:fs/promises'
import { createCanvas, type Image, loadImage } from '@napi-rs/canvas'
import bwipjs from 'bwip-js/node'

export type Kind = 'code128' | 'qr' | 'datamatrix' | 'ean13'
export type Level = 'easy' | 'hard'
export type Stretch = { readonly kind: Kind; readonly text: string; readonly phase: number }

const WIDTH = 1280
const HEIGHT = 720
export const FPS = 30
/** Blocks in the corner: their size in pixels, and how many; the page reads them. */
const BLOCK = 32
const BLOCKS = 3

/** Frames that a label is seen, and that nothing is seen after it. */
const SEEN = 72
const NOTHING = 18
export const LOOP_SECONDS = (4 * (SEEN + NOTHING)) / FPS
export const SEEN_MS = (SEEN / FPS) * 1000

/** Bars and modules in pixels, blur as a standard deviation, noise from end to end in steps of 256, turns in degrees. */
const levels = {
  easy: { bar: 3, module: 6, blur: 0.9, noise: 10, contrast: 1, turn: 6 },
  hard: { bar: 2, module: 4, blur: 1.5, noise: 22, contrast: 0.55, turn: 21 }
} as const

/** Never phase 0: that is the empty bench between two labels. */
export const stretches: readonly Stretch[] = [
  { kind: 'code128', text: 'JOB-2024-0815-07', phase: 1 },
  { kind: 'qr', text: 'QR-BATCH-0042-STATION-7', phase: 2 },
  { kind: 'datamatrix', text: 'DM-LOT-2026-11-0007', phase: 3 },
  { kind: 'ean13', text: '4006381333931', phase: 4 }
]

const drawn: Readonly<Record<Kind, { readonly bcid: string; readonly flat: boolean }>> = {
  code128: { bcid: 'code128', flat: true },
  qr: { bcid: 'qrcode', flat: false },
  datamatrix: { bcid: 'datamatrix', flat: false },
  ean13: { bcid: 'ean13', flat: true }
}

export const writeFilm = async (file: string, level: Level, seed: number): Promise<void> => {
  const random = dice(seed)
  const noise = noiseFields(levels[level].noise, random)
  const frames: Buffer[] = []
  for (const stretch of stretches) {
    const label = await labelOf(stretch, level)
    const start = random() * Math.PI * 2
    for (let i = 0; i < SEEN; i += 1)
      frames.push(await frame({ label, phase: stretch.phase, angle: start + i / 12, level, noise, random }))
    for (let i = 0; i < NOTHING; i += 1) frames.push(await frame({ phase: 0, angle: 0, level, noise, random }))
  }
  await writeFile(file, Buffer.concat(frames))
}

const labelOf = async ({ kind, text }: Stretch, level: Level): Promise<Image> => {
  const { bcid, flat } = drawn[kind]
  // bwip-js draws a module of a square code two pixels wide at scale 1, a bar one.
  const scale = flat ? levels[level].bar : levels[level].module / 2
  return loadImage(await bwipjs.toBuffer({ bcid, text, scale, ...(flat ? { height: 22 } : {}) }))
}

type Shot = {
  readonly label?: Image
  readonly phase: number
  readonly angle: number
  readonly level: Level
  readonly noise: readonly Int8Array[]
  readonly random: () => number
}

const frame = async ({ label, phase, angle, level, noise, random }: Shot): Promise<Buffer> => {
  const { blur, contrast, turn } = levels[level]
  const canvas = createCanvas(WIDTH, HEIGHT)
  const context = canvas.getContext('2d')
  context.fillStyle = '#b4b4b4'
  context.fillRect(0, 0, WIDTH, HEIGHT)
  if (label) {
    const light = 128 + 100 * contrast
    context.filter = `blur(${blur}px)`
    context.translate(WIDTH / 2 + 70 * Math.sin(angle), HEIGHT / 2 + 30 * Math.cos(angle * 1.3))
    context.rotate(((turn * Math.PI) / 180) * Math.sin(angle * 0.7))
    context.fillStyle = `rgb(${light} ${light} ${light})`
    context.fillRect(-label.width / 2 - 50, -label.height / 2 - 50, label.width + 100, label.height + 100)
    // White paper of the label is the paper below; its black is as dark as the contrast lets it be.
    context.globalCompositeOperation = 'multiply'
    context.globalAlpha = contrast
    context.drawImage(label, -label.width / 2, -label.height / 2)
    context.globalAlpha = 1
    context.globalCompositeOperation = 'source-over'
    context.resetTransform()
    context.filter = 'none'
  }
  const image = context.getImageData(0, 0, WIDTH, HEIGHT)
  addNoise(image.data, noise[Math.floor(random() * noise.length)] ?? new Int8Array(1), Math.floor(random() * 4096))
  context.putImageData(image, 0, 0)
  for (let bit = 0; bit < BLOCKS; bit += 1) {
    context.fillStyle = (phase >> bit) & 1 ? '#fff' : '#000'
    context.fillRect(bit * BLOCK, 0, BLOCK, BLOCK)
  }
  return canvas.encode('jpeg', 82)
}

const addNoise = (data: Uint8ClampedArray, noise: Int8Array, from: number): void => {
  for (let i = 0, n = from; i < data.length; i += 4, n += 1) {
    const shift = noise[n % noise.length] ?? 0
    data[i] = (data[i] ?? 0) + shift
    data[i + 1] = (data[i + 1] ?? 0) + shift
    data[i + 2] = (data[i + 2] ?? 0) + shift
  }
}

/** A few fields of even noise that the frames take turns with. */
const noiseFields = (width: number, random: () => number): readonly Int8Array[] =>
  Array.from({ length: 3 }, () =>
    Int8Array.from({ length: WIDTH * HEIGHT }, () => Math.round((random() - 0.5) * width))
  )

/** mulberry32. */
const dice = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
