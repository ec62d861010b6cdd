/** The least that a page from a service worker can be: what a cold start is compared with. */
import { createServer } from 'node:http'

const PAGE = `<!doctype html><meta charset="utf-8"><title>Blank</title><main>ready</main>
<script>navigator.serviceWorker.register('/worker.js')</script>`

const WORKER = `
self.addEventListener('install', event => event.waitUntil(caches.open('blank').then(cache => cache.add('/'))))
self.addEventListener('activate', event => event.waitUntil(clients.claim()))
self.addEventListener('fetch', event => event.respondWith(caches.match(event.request).then(found => found ?? fetch(event.request))))`

export const serveBlank = async (): Promise<{ url: string; stop(): Promise<void> }> => {
  const server = createServer((request, response) => {
    const script = request.url === '/worker.js'
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html')
    response.end(script ? WORKER : PAGE)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const stop = (): Promise<void> =>
    new Promise(done => {
      server.closeAllConnections()
      server.close(() => done())
    })
  return { url: `http://127.0.0.1:${port}/`, stop }
}
