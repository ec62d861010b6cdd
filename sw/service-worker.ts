/**
 * The tablet's copy of the app. Four rules, nothing else:
 * 1. The operator app is kept whole from the first visit, so it opens without the network.
 * 2. What is asked of the office (`/v1/…`) is never kept and never touched here.
 * 3. A new build waits until the page says that the moment is safe.
 * 4. The build before stays, so a page that is still open never asks for a file that is gone.
 */
import { PrecacheController } from 'workbox-precaching'

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[]
}

/** Files fetched when a station or a desk first needs them: desk pages, the camera's reader. Their names hold a hash. */
const KEPT = 'jobcard-kept'
const BEFORE = 'jobcard-build-before'
const KEPT_DAYS = 90

const shell = new PrecacheController()
shell.addToCacheList([...self.__WB_MANIFEST])

self.addEventListener('install', event => {
  void shell.install(event)
})

self.addEventListener('activate', event => {
  event.waitUntil(
    (async () => {
      await keepBuildBefore()
      await shell.activate(event)
      await dropOld()
      await self.clients.claim()
    })()
  )
})

self.addEventListener('message', event => {
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting()
})

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || isOfOffice(url.pathname)) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (shell.getCacheKeyForURL(request.url)) event.respondWith(fromShell(request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request))
})

const isOfOffice = (path: string): boolean => /^\/(v1\/|healthz|metrics|openapi\.json)/.test(path)

/** Every address of ours is the same page; it finds its screen itself. */
const page = async (request: Request): Promise<Response> => (await shell.matchPrecache('/index.html')) ?? fetch(request)

const fromShell = async (request: Request): Promise<Response> =>
  (await shell.matchPrecache(request)) ?? (await caches.match(request)) ?? fetch(request)

const kept = async (request: Request): Promise<Response> => {
  const known = await caches.match(request)
  if (known) return known
  const reply = await fetch(request)
  // A portal or a fallback page answers 200 with HTML; kept under a script's name it would break the app for good.
  if (reply.ok && !reply.headers.get('content-type')?.startsWith('text/html')) {
    const copy = reply.clone()
    const cache = await caches.open(KEPT)
    await cache.put(request, copy).catch(() => undefined)
  }
  return reply
}

/** Copies what the last build kept and this one does not, before it is cleaned away. */
const keepBuildBefore = async (): Promise<void> => {
  const old = await caches.open(shell.strategy.cacheName)
  const mine = new Set(shell.getCachedURLs().map(url => shell.getCacheKeyForURL(url)))
  const gone = (await old.keys()).filter(request => !mine.has(request.url) && request.url.includes('/assets/'))
  if (gone.length === 0) return
  await caches.delete(BEFORE)
  const before = await caches.open(BEFORE)
  for (const request of gone) {
    const reply = await old.match(request)
    if (reply) await before.put(request, reply)
  }
}

const dropOld = async (): Promise<void> => {
  const cache = await caches.open(KEPT)
  const limit = Date.now() - KEPT_DAYS * 86_400_000
  for (const request of await cache.keys()) {
    const date = Date.parse((await cache.match(request))?.headers.get('date') ?? '')
    if (date < limit) await cache.delete(request)
  }
}
