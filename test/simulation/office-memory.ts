/**
 * An office in memory: the wire's other end for tests of the tablet. It keeps the promises that the real one keeps (one
 * verdict per id, the chain without holes, one order, views by seq), and can be told to be restored, broken or strict.
 */
import { type EventKind, type Envelope, stampOf } from '#kernel/event.ts'
import { foldEvent, listenersOf } from '#kernel/fold.ts'
import type { ViewKind } from '#kernel/view.ts'
import { hashOf, nextRoot } from '#sync/chain.ts'
import {
  CHUNK_BYTES,
  PROTOCOL_HEADER,
  type PushedEvent,
  pushRequest,
  type PushRequest,
  type Row,
  type Verdict
} from '#sync/protocol.ts'

export type Logged = {
  readonly seq: number
  readonly id: string
  readonly h: string
  readonly chain: string
  readonly n: number
  readonly envelope: Envelope
}

export type MemoryOffice = {
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>
  readonly log: Logged[]
  readonly aside: Map<string, string>
  readonly views: ReadonlyMap<string, { readonly seq: number; readonly view: unknown }>
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Goes back to what it was at `seq`, as from a backup: a new epoch. */
  restore(seq: number): void
  scopes: string[]
  /** Answers 500 to every push that holds one of these ids. */
  readonly poison: Set<string>
  /** Refuses, flags or sets aside what this names; undefined applies. */
  judge: (envelope: Envelope) => 'flagged' | 'refused' | 'quarantined' | undefined
  /** As what the next tablet is enrolled. */
  device: string
  /** Verifiers for offline sign-in. */
  roster: { person: string; salt: string; iterations: number; key: string }[]
  readonly asked: string[]
}

export const memoryOffice = (views: readonly ViewKind[], kinds: readonly EventKind[]): MemoryOffice =>
  new Office(views, kinds)

class Office implements MemoryOffice {
  readonly log: Logged[] = []
  readonly aside = new Map<string, string>()
  readonly views = new Map<string, { seq: number; view: unknown }>()
  readonly files = new Map<string, Uint8Array>()
  readonly poison = new Set<string>()
  readonly asked: string[] = []
  scopes = ['site', 'floor']
  device = 'tablet-1'
  roster: MemoryOffice['roster'] = []
  judge: MemoryOffice['judge'] = () => undefined
  readonly #listeners
  readonly #types: ReadonlySet<string>
  readonly #chains = new Map<string, { n: number; h: string; hashes: Map<number, string> }>()
  readonly #chunks = new Map<string, Map<number, Uint8Array>>()
  readonly #pieces = new Map<string, Uint8Array>()
  #epoch = 'epoch-1'
  #seq = 0
  #root = ''

  constructor(views: readonly ViewKind[], kinds: readonly EventKind[]) {
    this.#listeners = listenersOf(views)
    this.#types = new Set(kinds.map(kind => kind.type))
  }

  fetch = async (address: string, init: RequestInit): Promise<Response> => {
    const url = new URL(address, 'http://office')
    const path = url.pathname
    this.asked.push(`${init.method} ${path}`)
    const body = init.body instanceof ArrayBuffer ? new Uint8Array(init.body) : undefined
    const json: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    if (path === '/v1/nonce') return reply({ nonce: 'n' })
    if (path === '/v1/push') return this.#push(pushRequest.parse(json))
    if (path === '/v1/pull')
      return this.#pull(Number(url.searchParams.get('after')), Number(url.searchParams.get('limit')))
    if (path === '/v1/roster') return reply({ people: this.roster })
    if (path === '/v1/enroll')
      return reply({
        device: this.device,
        site: 'FL',
        siteName: 'Fennel',
        epoch: this.#epoch,
        use: 'station',
        station: 'ST-01',
        sample: true
      })
    if (path.startsWith('/v1/blobs/'))
      return this.#blob(init.method ?? 'GET', path.split('/').slice(3), url.searchParams, body)
    return problem(404, 'unknown-address')
  }

  restore(seq: number): void {
    const kept = this.log.filter(one => one.seq <= seq)
    this.#epoch = `epoch-${Number(this.#epoch.slice(6)) + 1}`
    this.log.length = 0
    this.views.clear()
    this.aside.clear()
    this.#chains.clear()
    this.#seq = 0
    this.#root = ''
    for (const { id, h, envelope } of kept) this.#append(id, h, envelope)
  }

  #push(push: PushRequest): Response {
    if (push.events.some(event => this.poison.has(event.id))) return problem(500, 'server-error')
    const verdicts: Verdict[] = []
    for (const event of push.events) {
      const stuck = verdicts.find(one => one.verdict === 'gap' || one.verdict === 'fork')
      verdicts.push(stuck ? { ...stuck, id: event.id } : this.#one(push.chain, event))
    }
    return reply({ batch: push.batch, epoch: this.#epoch, head: this.#seq, time: 0, root: this.#root, verdicts })
  }

  #one(chain: string, { id, h, body }: PushedEvent): Verdict {
    const known = this.log.find(one => one.id === id)
    if (known?.h === h) return { id, verdict: 'duplicate', seq: known.seq }
    if (this.aside.has(h)) return { id, verdict: 'quarantined', code: 'known-already' }
    if (hashOf(body) !== h) throw new Error(`a tablet sent bytes that are not those of their hash: ${id}`)
    const envelope = JSON.parse(body) as Envelope
    const head = this.#chains.get(chain) ?? { n: 0, h: '', hashes: new Map<number, string>() }
    if (envelope.n > head.n + 1) return { id, verdict: 'gap', expect: head.n + 1 }
    if (envelope.n <= head.n || envelope.prev !== head.h) return { id, verdict: 'fork', n: envelope.n }
    const verdict = known ? 'quarantined' : this.#types.has(envelope.type) ? this.judge(envelope) : 'quarantined'
    if (verdict === 'refused' || verdict === 'quarantined') {
      this.aside.set(h, id)
      this.#advance(envelope, h)
      return { id, verdict, code: known ? 'id-used-twice' : 'not-taken' }
    }
    const seq = this.#append(id, h, envelope)
    return verdict === 'flagged' ? { id, verdict, seq, codes: ['late'] } : { id, verdict: 'applied', seq }
  }

  #advance({ chain, n }: Envelope, h: string): void {
    const head = this.#chains.get(chain) ?? { n: 0, h: '', hashes: new Map<number, string>() }
    head.hashes.set(n, h)
    this.#chains.set(chain, { n, h, hashes: head.hashes })
  }

  #append(id: string, h: string, envelope: Envelope): number {
    this.#seq += 1
    this.#root = nextRoot(this.#root, h)
    this.log.push({ seq: this.#seq, id, h, chain: envelope.chain, n: envelope.n, envelope })
    this.#advance(envelope, h)
    foldEvent(
      this.#listeners,
      { type: envelope.type, payload: envelope.payload, stamp: stampOf(envelope) },
      (kind, key) => this.views.get(`${kind}\n${key}`)?.view,
      ({ kind, key, view }) => this.views.set(`${kind}\n${key}`, { seq: this.#seq, view })
    )
    return this.#seq
  }

  #pull(after: number, limit: number): Response {
    const changed: Row[] = [...this.views]
      .filter(([, row]) => row.seq > after)
      .sort(([, a], [, b]) => a.seq - b.seq)
      .map(([name, { seq, view }]) => ({
        kind: name.split('\n')[0] ?? '',
        key: name.split('\n')[1] ?? '',
        seq,
        view: view ?? null
      }))
    const page = changed.slice(0, limit)
    const last = page.at(-1)?.seq ?? this.#seq
    const rows = changed.filter(row => row.seq <= last)
    const more = rows.length < changed.length
    const to = more ? last : this.#seq
    return reply({ epoch: this.#epoch, scopes: this.scopes, from: after, to, head: this.#seq, time: 0, rows, more })
  }

  #blob(method: string, [sha = '', index]: string[], query: URLSearchParams, bytes: Uint8Array | undefined): Response {
    const chunks = this.#chunks.get(sha) ?? new Map<number, Uint8Array>()
    this.#chunks.set(sha, chunks)
    if (method === 'HEAD') {
      const have = this.files.has(sha) ? 'all' : [...chunks.keys()].join(',')
      const parts = [...this.#pieces].flatMap(([name, part]) =>
        name.startsWith(`${sha}/`) ? [`${name.slice(sha.length + 1)}:${part.length}`] : []
      )
      return have === '' && parts.length === 0
        ? problem(404, 'not-found')
        : reply({}, { 'x-jobcard-have': have, 'x-jobcard-part': parts.join(',') })
    }
    if (method === 'GET') {
      const file = this.files.get(sha)
      return file ? new Response(Buffer.from(file), { headers: { [PROTOCOL_HEADER]: '1' } }) : problem(404, 'not-found')
    }
    if (index === 'done') {
      const whole = Buffer.concat([...chunks].sort(([a], [b]) => a - b).map(([, chunk]) => chunk))
      if (hashOf(whole) !== sha) return problem(400, 'wrong-hash')
      this.files.set(sha, whole)
      return reply({ complete: true })
    }
    const size = Math.min(CHUNK_BYTES, Number(query.get('size')) - Number(index) * CHUNK_BYTES)
    const from = Number(query.get('from'))
    const begun = this.#pieces.get(`${sha}/${index}`) ?? new Uint8Array()
    if (!bytes || from > begun.length || from + bytes.length > size) return problem(409, 'wrong-shape')
    const now = Buffer.concat([begun.subarray(0, from), bytes])
    this.#pieces.set(`${sha}/${index}`, now)
    if (now.length === size) chunks.set(Number(index), now)
    return reply({ kept: Number(index) })
  }
}

const reply = (body: object, headers: Record<string, string> = {}): Response =>
  Response.json(body, { headers: { [PROTOCOL_HEADER]: '1', 'x-jobcard-nonce': 'n', ...headers } })

const problem = (status: number, code: string): Response =>
  Response.json(
    { error: { code, message: code } },
    { status, headers: { [PROTOCOL_HEADER]: '1', 'x-jobcard-nonce': 'n' } }
  )
