/** HTTP: finds the route, knows the caller, checks the body, answers JSON; every problem is one shape of error. */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { bodyOf, checkSource, readBody, secure, textOf } from './gate.ts'
import { type Caller, identify, newNonce, NONCE_MS, type SignedRequest } from './identity.ts'
import { BUDGETS, type Budget } from './limiter.ts'
import { Problem } from './problem.ts'
import type { Asked, Route, Server } from './route.ts'
import type { Told } from './presence.ts'
import { CHAIN_HEADER, LIMITS, PROTOCOL, PROTOCOL_HEADER } from '#sync/protocol.ts'

export const NONCE_HEADER = 'x-jobcard-nonce'
const MAX_TIME_MS = 30_000

export type Log = { info(fields: object, line: string): void; error(fields: object, line: string): void }

export const openApi = (server: Server, routes: readonly Route[], log: Log): Hono => {
  const app = new Hono()
  app.use('*', async (c, next) => {
    await next()
    secure(c.res)
  })
  for (const one of routes) app.on(one.method, one.path, c => handle(server, one, c, log))
  const nowhere = (): Response =>
    problem(server, new Problem(404, 'unknown-address', 'There is nothing at this address.', 'See /openapi.json.'))
  app.all('/v1/*', nowhere)
  app.notFound(nowhere)
  app.onError((reason, c) => failed(server, c, log, reason))
  return app
}

const handle = async (server: Server, one: Route, c: Context, log: Log): Promise<Response> => {
  const started = performance.now()
  try {
    checkSource(c, one)
    checkBudget(server, one, c)
    const bytes = await readBody(c, one.limit ?? LIMITS.bodyBytes)
    const caller = await callerOf(server, one, c, bytes)
    const response = await answer(one, await askedOf(server, one, c, caller, bytes))
    stamp(server, response)
    return response
  } catch (reason) {
    return failed(server, c, log, reason)
  } finally {
    const ms = performance.now() - started
    if (ms > MAX_TIME_MS) log.info({ path: c.req.path, ms }, 'a slow request')
  }
}

const askedOf = async (server: Server, one: Route, c: Context, caller: Caller, bytes: Uint8Array): Promise<Asked> => {
  const params = c.req.param()
  for (const text of Object.values(params)) textOf(text)
  return {
    method: c.req.method,
    server,
    office: server.office,
    caller,
    bytes,
    body: bodyOf(one, bytes),
    params,
    query: name => textOf(c.req.query(name)),
    header: name => c.req.header(name),
    signal: c.req.raw.signal
  }
}

const answer = async (one: Route, asked: Asked): Promise<Response> => {
  const given = await one.answer(asked)
  return given instanceof Response ? given : Response.json(given)
}

const stamp = (server: Server, response: Response): void => {
  response.headers.set(PROTOCOL_HEADER, String(PROTOCOL))
  response.headers.set(NONCE_HEADER, newNonce(server.office))
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
}

const failed = (server: Server, c: Context, log: Log, reason: unknown): Response => {
  const known = reason instanceof Problem ? reason : asProblem(reason)
  if (isFull(reason)) server.room.isFull = true
  // What was refused on purpose was told of where it was found, once and not at every request.
  if (known.status >= 500 && known !== reason)
    log.error({ path: c.req.path, problem: bare(reason) }, 'a request could not be answered')
  return problem(server, known)
}

const problem = (server: Server, { status, code, message, hint, after }: Problem): Response => {
  const response = Response.json({ error: { code, message, ...(hint ? { hint } : {}) } }, { status })
  if (status === 503 || after !== undefined) response.headers.set('retry-after', String(after ?? 2))
  stamp(server, response)
  return response
}

/** What may be logged of a problem. PostgreSQL's details hold the very values that were refused. */
export const bare = (reason: unknown): object => {
  if (!(reason instanceof Error)) return { name: typeof reason }
  const { code } = reason as { code?: unknown }
  const where = reason.stack
    ?.split('\n')
    .filter(line => line.startsWith('    at '))
    .slice(0, 8)
  return {
    name: reason.name,
    ...(code === undefined ? {} : { code }),
    ...(reason.name === 'PostgresError' ? {} : { message: reason.message }),
    where
  }
}

/** PostgreSQL is away, starting, stopping, full, or was told to give up waiting: nothing was changed, and it passes. */
const PASSING = /^(CONNECT|ECONN|EPIPE|ETIMEDOUT|57|53|08|40|55P03|25P03)/

export const FULL = 'The office’s disk is full: nothing can be stored until somebody makes room.'
const isFull = (reason: unknown): boolean => (reason as { code?: unknown } | undefined)?.code === '53100'

const asProblem = (reason: unknown): Problem => {
  const { code, syscall } = (reason ?? {}) as { code?: unknown; syscall?: unknown }
  if (isFull(reason))
    return new Problem(503, 'busy', FULL, 'What is recorded stays on the tablets and is sent when there is room.', 10)
  // A socket that is not there: PostgreSQL takes it away when it stops.
  if (typeof code === 'string' && (PASSING.test(code) || syscall === 'connect'))
    return new Problem(503, 'busy', 'The database can’t be reached at the moment.', 'Try again.')
  return new Problem(500, 'server-error', 'The office could not answer this request. Nothing was changed.')
}

// ---- who asks, and how much ---------------------------------------------------------------------------------------

/** Where a request comes from; empty when it was made inside this process. */
const addressOf = (c: Context): string =>
  (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress ?? ''

const claimOf = (c: Context): string => `device ${addressOf(c)} ${c.req.header('x-jobcard-device') ?? ''}`

/** Before a signature is checked only those are stopped who were known a moment ago and asked too much. */
const checkBudget = ({ limiter }: Server, one: Route, c: Context): void => {
  if (one.who !== 'anyone') return allow(limiter.ask(claimOf(c), BUDGETS.device))
  allow(limiter.take(`open ${addressOf(c)}`, BUDGETS.open))
  if (one.opens) allow(limiter.take(`guess ${addressOf(c)}`, BUDGETS.guess))
}

const allow = (wait: number): void => {
  if (wait > 0) throw new Problem(429, 'too-many', 'Too much was asked at once.', `Try again in ${wait} s.`, wait)
}

const spend = ({ limiter }: Server, name: string, budget: Budget): void => allow(limiter.take(name, budget))

const callerOf = async (server: Server, one: Route, c: Context, body: Uint8Array): Promise<Caller> => {
  if (one.who === 'anyone') return { is: 'nobody' }
  const url = new URL(c.req.url)
  const request: SignedRequest = {
    method: c.req.method,
    path: url.pathname + url.search,
    header: name => c.req.header(name),
    body
  }
  const caller = await identify(server.office, request, one.revokedToo === true)
  if (caller.is === 'nobody') throw new Problem(401, 'unknown-device', 'This call needs an enrolled tablet or a key.')
  if (caller.is === 'key') spend(server, `key ${caller.name}`, BUDGETS.script)
  if (caller.is === 'device') {
    spend(server, claimOf(c), BUDGETS.device)
    server.presence.heard(
      caller.device,
      caller.tablet.station,
      waitingOf(c.req.query('waiting') ?? c.req.header('x-jobcard-waiting')),
      toldOf(c.req.header(CHAIN_HEADER))
    )
  }
  if (one.who === 'device') return caller
  const roles = caller.is === 'key' ? caller.roles : caller.person?.roles
  if (!roles)
    throw new Problem(401, 'signed-out', 'Someone has to be signed in at the office for this.', 'Enter your PIN again.')
  if (one.who !== 'person' && !one.who.some(role => roles.includes(role)))
    throw new Problem(403, 'role-missing', `This needs one of these roles: ${one.who.join(', ')}.`)
  if (one.who !== 'person') refuseReplay(server, caller, request)
  return caller
}

/** Calls that make keys and codes are heard once. All others change nothing when they are repeated. */
const refuseReplay = ({ limiter }: Server, caller: Caller, { method, path, header, body }: SignedRequest): void => {
  if (caller.is !== 'device' || method === 'GET' || method === 'HEAD') return
  const text = `${header(NONCE_HEADER)} ${path} ${Buffer.from(body).toString('base64')}`
  if (body.length < 100_000 && !limiter.once(text, NONCE_MS))
    throw new Problem(401, 'stale-nonce', 'This request was made before; a new nonce is in the reply.')
}

const waitingOf = (text: string | undefined): number | undefined =>
  text && /^\d{1,9}$/.test(text) ? Number(text) : undefined

const toldOf = (text: string | undefined): Told | undefined => {
  const [, chain, n] = /^([\w:.-]{1,100}) (\d{1,9})$/.exec(text ?? '') ?? []
  return chain && n ? { chain, nMax: Number(n) } : undefined
}

export const actorOf = (
  caller: Caller
): { readonly person: string; readonly session: string; readonly method: 'online' | 'api' } =>
  caller.is === 'key'
    ? { person: `key:${caller.name}`, session: '', method: 'api' }
    : {
        person: caller.is === 'device' ? (caller.person?.person ?? '') : '',
        session: caller.is === 'device' ? caller.device : '',
        method: 'online'
      }
