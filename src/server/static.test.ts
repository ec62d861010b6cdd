import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveApp } from './static.ts'

const SCRIPT = 'export const answer = 42\n'.repeat(200)

describe('the app as it is served', () => {
  let folder: string
  const app = new Hono()
  const ask = (path: string, accept?: string) =>
    app.request(path, accept ? { headers: { 'accept-encoding': accept } } : {})
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobcard-static-'))
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Jobcard</title>')
    await writeFile(join(folder, 'part.js'), SCRIPT)
    await writeFile(join(folder, 'icon.png'), Buffer.from([1, 2, 3]))
    serveApp(app, [folder])
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('is packed for whoever can unpack it, to the same bytes', async () => {
    const br = await ask('/part.js', 'gzip, br')
    expect(br.headers.get('content-encoding')).toBe('br')
    const bytes = Buffer.from(await br.arrayBuffer())
    expect(bytes.length).toBeLessThan(SCRIPT.length / 5)
    expect(brotliDecompressSync(bytes).toString()).toBe(SCRIPT)
    const gz = await ask('/part.js', 'gzip')
    expect(gunzipSync(Buffer.from(await gz.arrayBuffer())).toString()).toBe(SCRIPT)
    const plain = await ask('/part.js')
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe(SCRIPT)
  })

  it('follows a file that was built anew', async () => {
    await ask('/part.js', 'br')
    await new Promise(done => setTimeout(done, 20))
    await writeFile(join(folder, 'part.js'), 'new')
    expect(brotliDecompressSync(Buffer.from(await (await ask('/part.js', 'br')).arrayBuffer())).toString()).toBe('new')
  })

  it('leaves pictures as they are, gives the page for every route, and nothing outside its folder', async () => {
    expect((await ask('/icon.png', 'br')).headers.get('content-encoding')).toBeNull()
    expect(await (await ask('/job/WO-0012/30')).text()).toContain('<title>Jobcard</title>')
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/.git/config', '/nothing.js', '/%00', '/%'])
      expect([path, (await ask(path)).status]).toEqual([path, 404])
  })
})
