/** Someone who speaks HTTP by hand: enrols, signs as a tablet does, and bends whatever a test wants bent. */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { Hono } from 'hono'

export type Bent = {
  readonly method?: string
  readonly body?: unknown
  readonly raw?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly nonce?: string
  readonly signature?: string
}

export type Said = {
  readonly status: number
  readonly code: string
  readonly headers: Headers
  readonly text: string
  readonly json: Record<string, unknown>
}

export class Stranger {
  readonly app: Hono
  device = ''
  session = ''
  nonce = ''
  readonly #key: KeyObject
  readonly publicKey: unknown

  constructor(app: Hono, { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })) {
    this.app = app
    this.#key = privateKey
    this.publicKey = publicKey.export({ format: 'jwk' })
  }

  /** The same tablet, asking another server. */
  via(app: Hono): Stranger {
    const twin = new Stranger(app, { privateKey: this.#key, publicKey: createPublicKey(this.#key) })
    return Object.assign(twin, { device: this.device, session: this.session, nonce: this.nonce })
  }

  /** Without any signature. */
  async plain(path: string, { method, body, raw, headers = {} }: Bent = {}): Promise<Said> {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const all = { ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers }
    const given = Object.fromEntries(Object.entries(all).filter((one): one is [string, string] => one[1] !== undefined))
    const init = {
      method: method ?? (content === undefined ? 'GET' : 'POST'),
      headers: given,
      ...(content === undefined ? {} : { body: content as BodyInit })
    }
    const response = await this.app.fetch(new Request(`http://office${path}`, init))
    this.nonce = response.headers.get('x-jobcard-nonce') ?? this.nonce
    const text = response.headers.get('content-type') === 'text/event-stream' ? '' : await response.text()
    if (text === '') await response.body?.cancel().catch(() => {})
    const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>
    const code = (json['error'] as { code?: string } | undefined)?.code ?? ''
    return { status: response.status, code, headers: response.headers, text, json }
  }

  /** As this tablet. */
  async ask(path: string, bent: Bent = {}): Promise<Said> {
    if (this.nonce === '') await this.plain('/v1/nonce')
    const content = bent.raw ?? (bent.body === undefined ? '' : JSON.stringify(bent.body))
    const method = bent.method ?? (bent.body === undefined && bent.raw === undefined ? 'GET' : 'POST')
    const nonce = bent.nonce ?? this.nonce
    return this.plain(path, {
      ...bent,
      headers: {
        'x-jobcard-device': this.device,
        'x-jobcard-nonce': nonce,
        'x-jobcard-signature': bent.signature ?? this.sign(method, path, nonce, content),
        ...(this.session ? { 'x-jobcard-session': this.session } : {}),
        ...bent.headers
      }
    })
  }

  sign(method: string, path: string, nonce: string, content: string | Uint8Array): string {
    const text = `${method}\n${path}\n${nonce}\n${createHash('sha256').update(content).digest('hex')}`
    return sign('sha256', Buffer.from(text), { key: this.#key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  }

  async enrol(code: string): Promise<Said> {
    const said = await this.plain('/v1/enroll', { body: { code, publicKey: this.publicKey, name: 'Stranger' } })
    if (said.status === 200) this.device = String(said.json['device'])
    return said
  }

  async signIn(person: string, pin: string): Promise<Said> {
    const said = await this.ask('/v1/sign-in', { body: { person, pin } })
    if (said.status === 200) this.session = String(said.json['session'])
    return said
  }

  act(action: string, input: unknown, id: string = randomUUID()): Promise<Said> {
    return this.ask('/v1/act', { body: { id, action, input } })
  }
}
