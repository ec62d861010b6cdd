/** The built app. Hashed assets live for ever; the page and the service worker are asked for each time. */
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Hono } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8'
}

export const serveApp = (app: Hono, folders: readonly string[]): void => {
  app.get('*', async c => {
    const path = pathOf(c.req.url)
    if (path === undefined) return c.text('There is nothing at this address.', 404)
    const file = path === '/' ? undefined : await find(folders, path)
    const accepts = c.req.header('accept-encoding') ?? ''
    if (file)
      return answer(file, /^\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache', accepts)
    if (extname(path)) return c.text('There is nothing at this address.', 404)
    const page = await find(folders, '/index.html')
    return page ? answer(page, 'no-cache', accepts) : c.text('The app is not built yet: npm run build.', 503)
  })
}

/** Undefined for an address that is none, or that would leave the folder. */
const pathOf = (url: string): string | undefined => {
  try {
    const path = normalize(decodeURIComponent(new URL(url).pathname))
    return /(^|[\\/])\.|\0|\\/.test(path) ? undefined : path
  } catch {
    return undefined
  }
}

const find = async (folders: readonly string[], path: string): Promise<string | undefined> => {
  for (const folder of folders) {
    const file = join(folder, path)
    const found = await stat(file).catch(() => undefined)
    if (found?.isFile()) return file
  }
  return undefined
}

const answer = async (file: string, cache: string, accepts: string): Promise<Response> => {
  const type = TYPES[extname(file)] ?? 'application/octet-stream'
  const headers = { 'content-type': type, 'cache-control': cache, vary: 'accept-encoding' }
  const way = !SMALLER.test(type)
    ? undefined
    : accepts.includes('br')
      ? 'br'
      : accepts.includes('gzip')
        ? 'gzip'
        : undefined
  if (!way) return new Response(await readFile(file), { headers })
  return new Response(await packed(file, way), { headers: { ...headers, 'content-encoding': way } })
}

/** What gets smaller: text, and WebAssembly, which is not packed in itself. */
const SMALLER = /^(text\/|application\/(json|wasm|manifest)|image\/svg)/
const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

/** Each build's files are packed once, when first asked for: a plant on slow Wi-Fi fetches them as often as it has tablets. */
const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
const KEPT_MOST = 500

const packed = async (file: string, way: 'br' | 'gzip'): Promise<Uint8Array<ArrayBuffer>> => {
  const name = `${way} ${file} ${(await stat(file)).mtimeMs}`
  const found = kept.get(name)
  if (found) return found
  const made = readFile(file).then(bytes =>
    way === 'br' ? brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }) : gzipped(bytes)
  )
  if (kept.size >= KEPT_MOST) kept.clear()
  kept.set(name, made)
  made.catch(() => kept.delete(name))
  return made
}
