/** The gate: what a request must be before anyone looks at what it wants. Nothing here knows a route or a person. */
import type { Context } from 'hono'
import { LIMITS } from '#sync/protocol.ts'
import { issuesIn } from './decide.ts'
import { Problem } from './problem.ts'
import { depthOf, isStorable, isStorableText } from './read-event.ts'
import type { Route } from './route.ts'

const CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'"
].join('; ')

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
  // Browsers heed it only over TLS.
  'strict-transport-security': 'max-age=31536000'
}

/** On every answer, unless the answer is stricter by itself (an uploaded file is). */
export const secure = (response: Response): void => {
  for (const [name, value] of Object.entries(HEADERS))
    if (!response.headers.has(name)) response.headers.set(name, value)
}

/** A page of another origin may not speak for this tablet, and no form can. */
export const checkSource = (c: Context, one: Route): void => {
  const origin = c.req.header('origin')
  if (origin !== undefined && c.req.method !== 'GET' && (hostOf(origin) ?? 'none') !== c.req.header('host'))
    throw new Problem(403, 'foreign-origin', 'This request comes from another site.')
  const encoding = c.req.header('content-encoding')
  if (encoding !== undefined && encoding !== 'identity')
    throw new Problem(
      415,
      'wrong-shape',
      'Bodies are taken as they are, not compressed.',
      'Leave out content-encoding.'
    )
  if (one.takes && !/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new Problem(415, 'not-json', 'This call takes JSON.', 'Set content-type to application/json.')
}

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined)

export const readBody = async (c: Context, limit: number): Promise<Uint8Array> => {
  const length = c.req.header('content-length')
  if (Number(length ?? 0) > limit) throw tooLarge(limit)
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return new Uint8Array()
  // A length that is said is kept by the HTTP parser; read at once it costs a tenth of reading it as a stream.
  if (length !== undefined) return new Uint8Array(await c.req.raw.arrayBuffer().catch(brokenOff))
  if (!c.req.raw.body) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  const reader = c.req.raw.body.getReader()
  for (let part = await reader.read().catch(brokenOff); !part.done; part = await reader.read().catch(brokenOff)) {
    size += part.value.length
    if (size > limit) throw tooLarge(limit)
    parts.push(part.value)
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

/** Whoever was cut off in the middle hears nothing of it; it is no fault of the office's own. */
const brokenOff = (): never => {
  throw new Problem(400, 'wrong-shape', 'The request broke off before its end.')
}

const tooLarge = (limit: number): Problem =>
  new Problem(413, 'too-large', `A request may hold ${limit} bytes here.`, 'Send less at once.')

export const bodyOf = (one: Route, bytes: Uint8Array): unknown => {
  if (!one.takes) return undefined
  if (depthOf(bytes) > LIMITS.depth) throw new Problem(400, 'too-deep', `JSON may nest ${LIMITS.depth} deep here.`)
  const text = new TextDecoder('utf-8').decode(bytes)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Problem(400, 'not-json', 'The body is not JSON.')
  }
  // A push is judged event by event instead, so that one bad text holds up no other event.
  if (!one.ownText && text.includes('\\u') && !isStorable(parsed)) throw unstorable()
  if (one.fits?.(parsed)) return parsed
  const checked = one.takes.safeParse(parsed)
  if (!checked.success)
    throw new Problem(
      400,
      'wrong-shape',
      `The body does not have the form of this call: ${issuesIn(checked.error.issues)}.`
    )
  return checked.data
}

/** Parts of an address, in a form that the database can be asked about. */
export const textOf = (text: string | undefined): string | undefined => {
  if (text !== undefined && (text.length > 2000 || !isStorableText(text))) throw unstorable()
  return text
}

const unstorable = (): Problem =>
  new Problem(400, 'wrong-shape', 'A text in this holds a character that can’t be kept.')
