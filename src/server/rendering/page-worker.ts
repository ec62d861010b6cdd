/**
 * The child that draws a PDF's pages: started by render-pdf.ts with little memory, few rights and nothing of the office's
 * environment, because the file may be made to do harm. Reads the file whose path is its first argument, writes one WebP a
 * page into the folder that is its second, and says each page on the IPC channel.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { FromWorker } from './worker-message.ts'

const [file = '', folder = '', longestEdge = '1600', mostPages = '500'] = process.argv.slice(2)
const assets = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/** The message is on its way before we go on: the parent's view of our progress is not ahead of the files. */
const say = (message: FromWorker): Promise<void> =>
  new Promise(done => (process.send ? process.send(message, () => done()) : done()))

const main = async (): Promise<void> => {
  const bytes = new Uint8Array(await readFile(file))
  const task = getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    standardFontDataUrl: `${join(assets, 'standard_fonts')}/`,
    cMapUrl: `${join(assets, 'cmaps')}/`,
    cMapPacked: true,
    wasmUrl: `${join(assets, 'wasm')}/`,
    iccUrl: `${join(assets, 'iccs')}/`,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    stopAtErrors: false,
    // Pictures above this many pixels are left out instead of being unpacked.
    maxImageSize: 64 * 1024 * 1024,
    isOffscreenCanvasSupported: false
  })
  const pdf = await task.promise
  if (pdf.numPages > Number(mostPages))
    return say({ stopped: 'too-many-pages', note: `${pdf.numPages} pages, and ${mostPages} are the most` })
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const natural = page.getViewport({ scale: 1 })
    const scale = Number(longestEdge) / Math.max(natural.width, natural.height, 1)
    const viewport = page.getViewport({ scale })
    const [width, height] = [Math.max(1, Math.floor(viewport.width)), Math.max(1, Math.floor(viewport.height))]
    const canvas = createCanvas(width, height)
    const context = canvas.getContext('2d')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, width, height)
    // pdf.js is typed for a browser's canvas; this one draws the same calls.
    const target = { canvas, canvasContext: context, viewport } as unknown as Parameters<typeof page.render>[0]
    await page.render(target).promise
    const path = join(folder, `${number}.webp`)
    await writeFile(path, await canvas.encode('webp', 88))
    page.cleanup()
    await say({ page: number, of: pdf.numPages, path, width, height })
  }
  await say({ done: pdf.numPages })
}

const reasonOf = (problem: unknown): FromWorker => {
  const name = problem instanceof Error ? problem.name : ''
  const note = problem instanceof Error ? problem.message : String(problem)
  return { stopped: name === 'PasswordException' ? 'password' : 'damaged', note }
}

await main().catch((problem: unknown) => say(reasonOf(problem)))
process.exit(0)
