import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import preact from '@preact/preset-vite'
import { defineConfig, type Plugin, type Rolldown } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { type Chunk, isAlwaysKept, ofTheShell, reached, weight } from './sw/shell.ts'

const version = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return 'unpacked'
  }
}

// Two builds of the same commit may differ (a checkout with changes), so the time is part of the name.
const buildId = process.env['BUILD_ID'] ?? `${version()}-${Math.floor(Date.now() / 1000).toString(36)}`
const office = process.env['OFFICE'] ?? 'http://127.0.0.1:8080'

const chunksOf = (bundle: Rolldown.OutputBundle): Chunk[] =>
  Object.values(bundle)
    .filter(part => part.type === 'chunk')
    .map(part => ({ ...part, css: [...(part.viteMetadata?.importedCss ?? [])] }))

const gzipped = (file: string | Uint8Array): number => gzipSync(file, { level: 9 }).byteLength

type Listed = { readonly url: string }
type OperatorShell = Plugin & { readonly of: <E extends Listed>(entries: readonly E[]) => E[] }

/** Finds the operator shell for the service worker's list. The build stops when it weighs more kilobytes of gzip than `limit`. */
const operatorShell = (limit: number): OperatorShell => {
  let files: ReadonlySet<string> = new Set()
  let folder = ''
  const weighed = ({ url }: Listed) => ({ url, bytes: gzipped(readFileSync(join(folder, url))) })
  return {
    name: 'operator-shell',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    writeBundle(_options, bundle) {
      files = reached(chunksOf(bundle), chunk => chunk.isEntry, ofTheShell)
    },
    of: entries => {
      const shell = entries.filter(({ url }) => isAlwaysKept(url) || files.has(url))
      const { kilobytes, heaviest } = weight(shell.map(weighed), 8)
      if (kilobytes > limit)
        throw new Error(`precache ${kilobytes.toFixed(1)} KB gzip (limit ${limit}). The heaviest: ${heaviest}`)
      return shell
    }
  }
}

/** Kilobytes of gzip for what `/` needs at a station. The build stops above `limit` and says so above `target`. */
const firstRouteBudget = (kilobytes: { readonly target: number; readonly limit: number }): Plugin => ({
  name: 'first-route-budget',
  apply: 'build',
  enforce: 'post',
  writeBundle(_options, bundle) {
    const first = (chunk: Chunk) => chunk.isEntry || /\/station-home\.tsx$/.test(chunk.facadeModuleId ?? '')
    let bytes = 0
    for (const file of [...reached(chunksOf(bundle), first, () => false), 'index.html']) {
      const part = bundle[file]
      if (part) bytes += gzipped(part.type === 'chunk' ? part.code : part.source)
    }
    const size = bytes / 1024
    const line = `first route ${size.toFixed(1)} KB gzip (target ${kilobytes.target}, limit ${kilobytes.limit})`
    if (size > kilobytes.limit) this.error(line)
    if (size > kilobytes.target) this.warn(line)
    else this.info(line)
  }
})

/**
 * What the first screen needs, a station's home included: one file of it is smaller than twelve, and each file costs a cold
 * start its way through the service worker. A desk fetches a few kilobytes that it needs a page later.
 */
const first = new RegExp(
  [
    '/node_modules/(preact|@preact|preact-iso)/',
    '/src/kernel/(decision|fold|label|quantity|time|view)\\.ts$',
    '/src/(device|sync)/(browser|projections|shown|status|tabs|tally|wedge|wedge-[a-z]+)\\.ts$',
    '/src/(plant|activities/orders)/views\\.ts$',
    '/src/activities/orders/(fold|format|queue|readiness)\\.ts$',
    '/src/activities/orders/screens/(act|pictures|primary-key|queue|station-home|use-draft|why-dialog)\\.',
    '/src/(app/print|ui/tokens|ui/base)\\.css$',
    `/src/app/(${[
      'app|crash|cues|drawn|floor|help-button|idle|image-urls|installed|keep|overlays|page|pin-pad|refused|rooms|routes',
      'scan-bus|scan-dispatch|scan-hostile|sentences|sign-in|signing|start|sync-port|unknown-page|update|workplace'
    ].join('|')})\\.`,
    '/src/ui/(button|press|floor|dialog|floor-screen|top-bar|state-mark|stop-card|sync-chip|messages|field|number-entry|number-pad|card)\\.'
  ].join('|')
)

/** Evaluated before all else: it opens what this tablet holds, and the browser does that while the rest is evaluated. */
const early = /rolldown\/runtime|\/src\/(device\/(early-read|first-read|kept-slots|drafts|names)|sync\/cursor)\.ts$/

/**
 * It is a script of its own in the page: it runs as soon as it is here, and does not wait with the others for the last of them. It
 * stands before the styles, for which scripts behind them wait.
 */
const earlyFirst = (): Plugin => ({
  name: 'early-first',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const preload = /\s*<link rel="modulepreload"( crossorigin)? href="(\/assets\/early-[^"]+)">/
      const [whole, , src] = preload.exec(html) ?? this.error('the page does not name the early script')
      return html
        .replace(whole, '')
        .replace('<script type="module"', `<script type="module" async crossorigin src="${src}"></script>\n    $&`)
    }
  }
})

/** What records and sends: loaded after the first screen, by whatever needs it. */
const works = new RegExp(
  [
    '/node_modules/(dexie|zod|@noble)/',
    // Not what only a foreign code or the planner reads.
    '/src/kernel/(?!gs1|calendar|forecast|suppose)',
    '/src/sync/',
    '/src/device/[a-z-]+\\.ts$',
    '/src/app/works\\.ts$',
    '/src/plant/(events|projection)\\.ts$',
    '/src/activities/(orders|quality|tooling|shipping)/(events|projection|item)\\.ts$'
  ].join('|')
)

/** Milliseconds that files of earlier builds stay, for pages that are still open. Their names hold a hash, so none is in the way. */
const STAY = 30 * 86_400_000

/** Leaves what earlier builds made where it is, until it is old. */
const keepEarlierBuilds = (): Plugin => {
  let folder = ''
  return {
    name: 'keep-earlier-builds',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir, 'assets')
    },
    writeBundle(_options, bundle) {
      for (const file of existsSync(folder) ? readdirSync(folder) : []) {
        const path = join(folder, file)
        if (!bundle[`assets/${file}`] && Date.now() - statSync(path).mtimeMs > STAY) rmSync(path)
      }
    }
  }
}

const shell = operatorShell(250)

export default defineConfig({
  plugins: [
    preact(),
    earlyFirst(),
    shell,
    keepEarlierBuilds(),
    firstRouteBudget({ target: 75, limit: 90 }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'service-worker.ts',
      injectRegister: false,
      includeManifestIcons: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*'],
        globIgnores: ['service-worker.js'],
        dontCacheBustURLsMatching: /^assets\//,
        maximumFileSizeToCacheInBytes: 2 ** 24,
        manifestTransforms: [entries => ({ manifest: shell.of(entries), warnings: [] })]
      },
      manifest: {
        id: '/',
        name: 'Jobcard',
        short_name: 'Jobcard',
        description: 'What to build, step by step, at this station. Works without the network.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        orientation: 'any',
        lang: 'en',
        background_color: '#f3f5f7',
        theme_color: '#16191c',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' }
        ]
      }
    })
  ],
  // Its module build, a little smaller than the wrapper that the package answers with.
  resolve: { alias: { dexie: fileURLToPath(new URL('node_modules/dexie/dist/modern/dexie.mjs', import.meta.url)) } },
  define: { __BUILD__: JSON.stringify(buildId) },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    emptyOutDir: false,
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'early', test: early, priority: 3 },
            { name: 'first', test: first, priority: 2 },
            { name: 'works', test: works, priority: 1 }
          ]
        }
      }
    }
  },
  server: { proxy: { '/v1': office, '/healthz': office, '/metrics': office, '/openapi.json': office } },
  preview: { proxy: { '/v1': office, '/healthz': office, '/metrics': office, '/openapi.json': office } }
})
