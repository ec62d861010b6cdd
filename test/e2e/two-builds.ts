/** One address behind which the app can be deployed anew: files from one folder or another, everything else from the office. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm'
}

/** Builds the app under that name. */
export const build = (name: string): string => {
  const outDir = mkdtempSync(join(tmpdir(), `jobcard-${name}-`))
  execFileSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error', '--outDir', outDir],
    {
      cwd: ROOT,
      env: { ...process.env, BUILD_ID: name },
      stdio: 'pipe'
    }
  )
  return outDir
}

export type Deployed = { readonly url: string; deploy(folder: string): void; stop(): Promise<void> }

export const deployBefore = async (office: string, first: string): Promise<Deployed> => {
  let folder = first
  const server = createServer(async (asked, reply) => {
    const path = new URL(asked.url ?? '/', office).pathname
    const name = path === '/' || !extname(path) ? '/index.html' : path
    const file =
      path.startsWith('/v1/') || path === '/healthz'
        ? undefined
        : await readFile(join(folder, name)).catch(() => undefined)
    if (file)
      return reply
        .writeHead(200, {
          'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
          'cache-control': 'no-cache'
        })
        .end(file)
    // The same host as the browser asked: the office answers no other site's page.
    const on = request(
      new URL(asked.url ?? '/', office),
      { method: asked.method ?? 'GET', headers: asked.headers },
      answer => {
        reply.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(reply)
      }
    )
    on.on('error', () => reply.destroy())
    reply.on('close', () => on.destroy())
    asked.pipe(on)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    deploy: next => {
      folder = next
    },
    stop: () =>
      new Promise<void>(done => {
        server.closeAllConnections()
        server.close(() => done())
      })
  }
}

export const removed = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
