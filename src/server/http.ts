/** HTTP: finds the route, knows the caller, checks the body, answers JSON; every problem is one shape of error. */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { type Caller, identify, newNonce } from './identity.ts'
import { describe } from './office.ts'
import { Problem } from './problem.ts'
import { depthOf } from './read-event.ts'
import type { Asked, Route, Server } from './route.ts'
import { LIMITS, PROTOCOL, PROTOCOL_HEADER } from '#sync/protocol.ts'

export const NONCE_HEADER = 'x-jobcard-nonce'
const MAX_TIME_MS = 30_000

export type Log = { info(fields: object, line: string): void; error(fields: object, line: string): void }

export const openApi = (server: Server, routes: readonly Route[], log: Log): Hono => {
  const app = new Hono()
  app.use('*', secureHeaders(SECURITY))
  app.use('*', async (c, next) => {
    await next()
    if (!c.res.headers.has('permissions-policy')) c.res.headers.set('permissions-policy', 'camera=(self), microphone=(), geolocation=()')
  })
  for (const one of routes) app.on(one.method, one.path, c => handle(server, one, c, log))
  app.all('/v1/*', c => problem(c, server, new Problem(404, 'unknown-address', 'There is nothing at this address.', 'See /openapi.json.')))
  return app
}

const SECURITY = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"], scriptSrc: ["'self'", "'wasm-unsafe-eval'"], styleSrc: ["'self'"], styleSrcAttr: ["'unsafe-inline'"],
    imgSrc: ["'self'", 'blob:', 'data:'], mediaSrc: ["'self'", 'blob:'], fontSrc: ["'self'"], connectSrc: ["'self'"],
    workerSrc: ["'self'"], manifestSrc: ["'self'"], objectSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"]
  },
  referrerPolicy: 'no-referrer',
  crossOriginOpenerPolicy: 'same-origin',
  xFrameOptions: 'DENY'
}

const handle = async (server: Server, one: Route, c: Context, log: Log): Promise<Response> => {
  const { office } = server
  const started = performance.now()
  try {
    checkOrigin(c)
    const bytes = await readBody(c, one.limit ?? LIMITS.bodyBytes)
    const caller = await callerOf(server, one, c, bytes)
    const asked: Asked = {
      method: c.req.method, server, office, caller, bytes, body: bodyOf(one, bytes), params: c.req.param(), query: name => c.req.query(name),
      header: name => c.req.header(name), signal: c.req.raw.signal
    }
    const answer = await one.answer(asked)
    const response = answer instanceof Response ? answer : Response.json(answer)
    stamp(server, response)
    return response
  } catch (reason) {
    const known = reason instanceof Problem ? reason : asProblem(reason)
    if (known.status >= 500) log.error({ path: c.req.path, err: reason }, 'a request could not be answered')
    return problem(c, server, known)
  } finally {
    const ms = performance.now() - started
    if (ms > MAX_TIME_MS) log.info({ path: c.req.path, ms }, 'a slow request')
  }
}

const stamp = (server: Server, response: Response): void => {
  response.headers.set(PROTOCOL_HEADER, String(PROTOCOL))
  response.headers.set(NONCE_HEADER, newNonce(server.office))
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
}

const problem = (_c: Context, server: Server, { status, code, message, hint }: Problem): Response => {
  const response = Response.json({ error: { code, message, ...(hint ? { hint } : {}) } }, { status })
  if (status === 503) response.headers.set('retry-after', '2')
  stamp(server, response)
  return response
}

const asProblem = (reason: unknown): Problem => {
  const code = (reason as { code?: unknown } | null)?.code
  if (typeof code === 'string' && (/^(CONNECTION|ECONN|57P|53)/.test(code) || code === 'CONNECT_TIMEOUT'))
    return new Problem(503, 'busy', 'The database can’t be reached at the moment.', 'Nothing was changed. Try again.')
  return new Problem(500, 'server-error', 'The office could not answer this request. Nothing was changed.')
}

/** A page of another origin may not speak for this tablet. */
const checkOrigin = (c: Context): void => {
  const origin = c.req.header('origin')
  if (origin && c.req.method !== 'GET' && new URL(origin).host !== c.req.header('host'))
    throw new Problem(403, 'foreign-origin', 'This request comes from another site.')
}

const readBody = async (c: Context, limit: number): Promise<Uint8Array> => {
  if (Number(c.req.header('content-length') ?? 0) > limit) throw tooLarge(limit)
  if (!c.req.raw.body) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of c.req.raw.body) {
    size += part.length
    if (size > limit) throw tooLarge(limit)
    parts.push(part)
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

const tooLarge = (limit: number): Problem => new Problem(413, 'too-large', `A request may hold ${limit} bytes here.`, 'Send less at once.')

const bodyOf = (one: Route, bytes: Uint8Array): unknown => {
  if (!one.takes) return undefined
  const text = new TextDecoder('utf-8').decode(bytes)
  if (depthOf(text) > LIMITS.depth) throw new Problem(400, 'too-deep', `JSON may nest ${LIMITS.depth} deep here.`)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Problem(400, 'not-json', 'The body is not JSON.')
  }
  const checked = one.takes.safeParse(parsed)
  if (!checked.success) throw new Problem(400, 'wrong-shape', `The body does not have the form of this call: ${describe(checked.error.issues)}.`)
  return checked.data
}

const callerOf = async (server: Server, one: Route, c: Context, body: Uint8Array): Promise<Caller> => {
  if (one.who === 'anyone') return { is: 'nobody' }
  const url = new URL(c.req.url)
  const caller = await identify(server.office, { method: c.req.method, path: url.pathname + url.search, header: name => c.req.header(name), body })
  if (caller.is === 'nobody') throw new Problem(401, 'unknown-device', 'This call needs an enrolled tablet or a key.')
  if (caller.is === 'device') server.presence.heard(caller.device, caller.tablet.station, waitingOf(c.req.query('waiting') ?? c.req.header('x-jobcard-waiting')))
  if (one.who === 'device') return caller
  const roles = caller.is === 'key' ? caller.roles : caller.person?.roles
  if (!roles) throw new Problem(401, 'signed-out', 'Someone has to be signed in at the office for this.', 'Enter your PIN again.')
  if (one.who !== 'person' && !one.who.some(role => roles.includes(role)))
    throw new Problem(403, 'role-missing', `This needs one of these roles: ${one.who.join(', ')}.`)
  return caller
}

const waitingOf = (text: string | undefined): number | undefined => (text && /^\d{1,9}$/.test(text) ? Number(text) : undefined)

export const actorOf = (caller: Caller): { readonly person: string; readonly session: string; readonly method: 'online' | 'api' } =>
  caller.is === 'key'
    ? { person: `key:${caller.name}`, session: '', method: 'api' }
    : { person: caller.is === 'device' ? (caller.person?.person ?? '') : '', session: caller.is === 'device' ? caller.device : '', method: 'online' }
