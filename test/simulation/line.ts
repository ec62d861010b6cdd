/** What lies between a tablet and the office: a radio, a proxy, a captive portal, and everything they do to a request. */
import type { Fetch } from '#sync/exchange.ts'
import { PROTOCOL_HEADER } from '#sync/protocol.ts'
import type { Life } from './life.ts'
import { liveStream } from './hints.ts'
import type { Office, Server } from './office-servers.ts'
import { problem, type Said } from './said.ts'
import type { Line, LineFault } from './weather.ts'
import type { World } from './world.ts'

export const lineFetch = (office: Office, line: Line, life: Life, name: string): Fetch => {
  const { world } = office
  return (address, init) =>
    new Promise((answer, failed) => {
      life.step()
      if (life.dead()) return
      const { signal } = init
      if (signal?.aborted) return failed(new DOMException('aborted', 'AbortError'))
      const request = requestOf(address, init)
      // A server that dies long after tells everybody who ever asked it.
      let over = false
      const reply = (response: Response) => {
        over = true
        answer(response)
      }
      const fail = () => {
        if (over || life.dead()) return
        over = true
        failed(new TypeError('the connection was lost'))
      }
      signal?.addEventListener('abort', fail)
      if (request.path === '/v1/live') return openLive(office, line, life, fail, reply, signal)
      const met = (kind: LineFault): boolean => {
        const part = line.weather[kind]
        if (part === undefined || !world.chance(part)) return false
        world.fault(kind)
        return true
      }
      const arrive = (listen: boolean) => {
        if (line.partition === 'out' || line.partition === 'both') {
          world.fault(`partition ${line.partition}`)
          return
        }
        const servers = office.living()
        if (servers.length === 0) return listen ? later(world, 5, fail) : undefined
        const server = world.pick(servers)
        world.note(`${name} ${request.method} ${address.slice(HOST.length)} at ${server.name}`)
        if (listen) server.onDeath(fail)
        const said = ask(server, request, line.scopes, met)
        if (!listen) return void said.catch(() => undefined)
        // A server that breaks while it answers says 500, as http.ts does.
        said
          .catch((reason: unknown): Said => {
            world.note(`${server.name} broke: ${String(reason)}`)
            office.broken.push(String(reason))
            return problem(500, 'server-error')
          })
          .then(one => {
            if (!server.dead()) deliver(one)
          })
      }
      const deliver = (said: Said) => {
        const question = `${request.method} ${address}`
        const kept = line.kept.get(question)
        if (said.status === 200) line.kept.set(question, said)
        const wait = met('reply late') ? world.between(1000, 20_000) : world.between(1, 40)
        later(world, wait, () => {
          if (life.dead()) return
          if (line.partition === 'in' || line.partition === 'both') return world.fault(`partition ${line.partition}`)
          if (met('reply lost')) return
          const then = met('reply stale') && kept ? kept : said
          life.step()
          if (!life.dead()) reply(responseOf(world, met, then, request.path, signal))
        })
      }
      const strange = met('request refused') ? 'refused' : strangeAnswer(world, met)
      later(world, met('request late') ? world.between(1000, 20_000) : world.between(1, 40), () => {
        if (strange === 'refused' || strange === 'redirect') return fail()
        if (strange) return life.dead() ? undefined : reply(strange)
        if (met('request lost')) return
        if (met('request sent twice')) later(world, world.between(0, 20_000), () => arrive(false))
        arrive(true)
      })
    })
}

const later = (world: World, ms: number, then: () => void): void => void world.timers.set(ms, then)

const HOST = 'http://office'
type Request = { readonly path: string; readonly query: string; readonly method: string; readonly init: RequestInit }
const requestOf = (address: string, init: RequestInit): Request => {
  const [path = '', query = ''] = address.slice(HOST.length).split('?')
  return { path, query, method: init.method ?? 'GET', init }
}
const ask = (
  server: Server,
  { path, query, method, init }: Request,
  scopes: readonly string[],
  met: (kind: LineFault) => boolean
): Promise<Said> => {
  const headers = (init.headers ?? {}) as Readonly<Record<string, string>>
  const bytes = init.body instanceof ArrayBuffer ? damaged(new Uint8Array(init.body), met) : undefined
  return server.ask(method, path, query, typeof init.body === 'string' ? init.body : undefined, {
    device: headers['x-jobcard-device'] ?? '',
    scopes,
    bytes,
    range: headers['range'],
    session: headers['x-jobcard-session']
  })
}

/** One byte that is another on the other side. */
const damaged = (bytes: Uint8Array, met: (kind: LineFault) => boolean): Uint8Array => {
  if (!met('file damaged')) return bytes
  const copy = bytes.slice()
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1
  return copy
}

const NOES = [
  { kind: 'status 401', status: 401, code: 'wrong-signature' },
  { kind: 'status 409', status: 409, code: 'wrong-epoch' },
  { kind: 'status 413', status: 413, code: 'too-large' },
  { kind: 'status 429', status: 429, code: 'too-many' },
  { kind: 'status 500', status: 500, code: 'server-error' },
  { kind: 'status 503', status: 503, code: 'busy' }
] as const

/** Somebody else answers, or our own office says no before it has looked. */
const strangeAnswer = (world: World, met: (kind: LineFault) => boolean): Response | 'redirect' | undefined => {
  if (met('portal 200')) return strangeResponse(200, {}, '<html>Welcome to the guest network</html>')
  // The browser follows no redirect here: fetch itself refuses.
  if (met('redirect 302')) return 'redirect'
  for (const { kind, status, code } of NOES)
    if (met(kind)) {
      const ours = world.chance(0.7)
      return strangeResponse(
        status,
        ours
          ? {
              [PROTOCOL_HEADER]: '1',
              'content-type': 'application/json',
              ...(status === 503 ? { 'retry-after': '2' } : {})
            }
          : {},
        ours ? { error: { code, message: code } } : '<html>no</html>'
      )
    }
  return undefined
}

const responseOf = (
  world: World,
  met: (kind: LineFault) => boolean,
  said: Said,
  path: string,
  signal: AbortSignal | null | undefined
): Response => {
  const headers = {
    [PROTOCOL_HEADER]: '1',
    'content-type': 'application/json',
    'content-length': '300',
    'x-jobcard-nonce': 'n',
    ...(said.after === undefined ? {} : { 'retry-after': String(said.after) }),
    ...said.headers
  }
  if (said.bytes) return fileResponse(said.status, headers, damaged(said.bytes, met), met('file cut'))
  const broken = met('reply cut')
    ? new TypeError('the connection was lost')
    : met('reply truncated')
      ? new SyntaxError('the JSON ends early')
      : undefined
  if (broken) return response(said.status, headers, () => Promise.reject(broken))
  if (met('reply half open'))
    return response(
      said.status,
      headers,
      () => new Promise((_, failed) => signal?.addEventListener('abort', () => failed(new TypeError('aborted'))))
    )
  // What arrives is text that is read anew: no two ends ever share an object.
  const body = JSON.parse(said.text) as unknown
  return response(said.status, headers, async () => (path === '/v1/push' ? pushBody(world, met, body) : body))
}

/** A file comes in parts; a line that breaks lets the first of them through. */
const fileResponse = (
  status: number,
  headers: Readonly<Record<string, string>>,
  bytes: Uint8Array,
  cut: boolean
): Response => {
  const parts = [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)]
  const read = async () => {
    if (cut && parts.length === 1) throw new TypeError('the connection was lost')
    const value = parts.shift()
    return { done: value === undefined, value }
  }
  const whole = response(status, headers, async () => undefined)
  return { ...whole, body: { getReader: () => ({ read }) } } as unknown as Response
}

const pushBody = (world: World, met: (kind: LineFault) => boolean, body: unknown): unknown => {
  const reply = body as { readonly batch?: string; readonly verdicts?: readonly unknown[] }
  if (!reply.verdicts) return body
  if (met('another batch echoed')) return { ...reply, batch: 'another' }
  if (met('verdicts in another order')) return { ...reply, verdicts: shuffled(world, reply.verdicts) }
  return body
}

const shuffled = <T>(world: World, list: readonly T[]): readonly T[] => {
  const left = [...list]
  const out: T[] = []
  while (left.length > 0) out.push(...left.splice(world.between(0, left.length - 1), 1))
  return out
}

const strangeResponse = (status: number, headers: Record<string, string>, body: unknown): Response =>
  response(status, headers, async () => {
    if (typeof body === 'string') throw new SyntaxError('not JSON')
    return body
  })

/** The part of a Response that the exchange looks at; a real one would wait for the machine. */
const response = (status: number, headers: Readonly<Record<string, string>>, json: () => Promise<unknown>): Response =>
  ({
    status,
    ok: status >= 200 && status < 300,
    headers: { get: (name: string) => headers[name] ?? null, has: (name: string) => name in headers },
    json
  }) as unknown as Response

const openLive = (
  office: Office,
  line: Line,
  life: Life,
  fail: () => void,
  answer: (response: Response) => void,
  signal: AbortSignal | null | undefined
): void => {
  const { world } = office
  later(world, world.between(1, 40), () => {
    const servers = office.living()
    if (life.dead()) return
    if (servers.length === 0) return fail()
    if (line.partition !== 'none') return
    const stream = liveStream(office, line, life, world.pick(servers), signal)
    const headers = { [PROTOCOL_HEADER]: '1', 'x-jobcard-nonce': 'n' } as Record<string, string>
    answer({
      status: 200,
      ok: true,
      headers: { get: (name: string) => headers[name] ?? null, has: (name: string) => name in headers },
      body: { pipeThrough: () => ({ getReader: () => stream }) }
    } as unknown as Response)
  })
}
