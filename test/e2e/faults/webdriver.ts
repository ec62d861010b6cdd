/** Just enough of the WebDriver protocol to use WebKitGTK: the same IndexedDB and service worker code as Safari's. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { freePort } from '../../bench/office.ts'

const DRIVER = '/usr/bin/WebKitWebDriver'
const BROWSERS = ['4.1', '4.0'].flatMap(version =>
  ['x86_64', 'aarch64'].map(cpu => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-${version}/MiniBrowser`)
)
const XVFB = '/usr/bin/Xvfb'
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
const PATIENCE_MS = 30_000

const browserHere = (): string | undefined => BROWSERS.find(existsSync)
export const webkitIsHere = (): boolean => existsSync(DRIVER) && existsSync(XVFB) && browserHere() !== undefined

export type WebKit = {
  goTo(url: string): Promise<void>
  reload(): Promise<void>
  /** Waits until the first such element is shown, and clicks it as a finger would. */
  click(selector: string): Promise<void>
  shows(selector: string): Promise<void>
  /** Runs a function's body in the page; what it resolves to is answered. */
  run<T>(body: string): Promise<T>
  /** Keys as fast as they go, as a wedge scanner types. */
  keys(text: string): Promise<void>
  close(): Promise<void>
}

export const openWebKit = async (): Promise<WebKit> => {
  const started: ChildProcess[] = []
  const [port, display] = [await freePort(), `:${60 + (process.pid % 900)}`]
  const start = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    started.push(spawn(name, args, { stdio: 'ignore', env: { ...process.env, ...env } }))
  start(XVFB, [display, '-screen', '0', '1400x900x24', '-nolisten', 'tcp'])
  start(DRIVER, [`--port=${port}`, '--host=127.0.0.1'], {
    DISPLAY: display,
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    LIBGL_ALWAYS_SOFTWARE: '1'
  })
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    // The protocol's own shape of every answer.
    const { value } = (await reply.json()) as { value: T & { error?: string; message?: string } }
    if (!reply.ok) throw new Error(`${value.error}: ${value.message}`)
    return value
  }
  const end = (): void => {
    for (const child of started) child.kill()
  }
  const options = { 'webkitgtk:browserOptions': { binary: browserHere(), args: ['--automation'] } }
  const session = await soon(() =>
    ask<{ sessionId: string }>('POST', '/session', { capabilities: { alwaysMatch: options } })
  ).catch((reason: unknown) => {
    end()
    throw reason
  })
  const at = `/session/${session.sessionId}`
  const find = async (selector: string): Promise<string> => {
    const found = await ask<Record<string, string>>('POST', `${at}/element`, { using: 'css selector', value: selector })
    const id = found[ELEMENT]
    if (!id || !(await ask<boolean>('GET', `${at}/element/${id}/displayed`)))
      throw new Error(`${selector} is not shown`)
    return id
  }
  return {
    goTo: url => ask('POST', `${at}/url`, { url }),
    reload: () => ask('POST', `${at}/refresh`, {}),
    click: selector => soon(async () => ask('POST', `${at}/element/${await find(selector)}/click`, {})),
    shows: async selector => void (await soon(() => find(selector))),
    run: body =>
      ask('POST', `${at}/execute/async`, {
        script: `const done = arguments[0]; (async () => { ${body} })().then(done, problem => done(String(problem)))`,
        args: []
      }),
    keys: text =>
      ask('POST', `${at}/actions`, {
        actions: [
          {
            type: 'key',
            id: 'scanner',
            actions: [...text].flatMap(value => [
              { type: 'keyDown', value },
              { type: 'keyUp', value }
            ])
          }
        ]
      }),
    close: async () => {
      await ask('DELETE', at).catch(() => undefined)
      end()
    }
  }
}

const soon = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await attempt()
    } catch (problem) {
      if (Date.now() > until) throw problem
      await new Promise(done => setTimeout(done, 150))
    }
  }
}
