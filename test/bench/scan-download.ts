/** What a tablet fetches before its camera can read, packed, beside zxing-wasm alone. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'vite'

const load = createRequire(import.meta.url)
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const packed = (bytes: string | Uint8Array): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).byteLength / 1024

/** KiB, brotli at its best: the worker and the wasm, and what the page loads to hand it frames. */
export const downloadKb = async (): Promise<{ ours: number; alone: number }> => {
  const wasm = packed(await readFile(load.resolve('zxing-wasm/reader/zxing_reader.wasm')))
  const worker = await script(here('../../src/device/scan/decode-worker.ts'))
  const page = await script(here('../../src/device/scan/reader.ts'), ['./decode-script.ts'])
  const alone = await script(load.resolve('zxing-wasm/reader').replace('/cjs/', '/es/'))
  return { ours: wasm + worker + page, alone: wasm + alone }
}

/** One script with all that it imports but the wasm, the workers and what is named. */
const script = async (entry: string, without: readonly string[] = []): Promise<number> => {
  const outside = (id: string): boolean => /\?(worker&)?url$/.test(id) || without.includes(id)
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: here('../..'),
    build: {
      write: false,
      lib: { entry, formats: ['es'], fileName: basename(entry) },
      minify: true,
      rolldownOptions: { external: outside }
    }
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap(one => ('output' in one ? one.output : []))
  return outputs.reduce((sum, one) => sum + (one.type === 'chunk' ? packed(one.code) : 0), 0)
}
