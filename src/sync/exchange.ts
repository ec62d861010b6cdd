/**
 * One question to the office and what came of it. An answer counts only when it is ours: JSON, with our header. A captive
 * portal's 200, a redirect, a cut body and silence are all the same: nothing of ours answered.
 */
import { errorBody, PROTOCOL, PROTOCOL_HEADER } from './protocol.ts'

export type Timers = { readonly set: (ms: number, then: () => void) => () => void }
export type Fetch = (address: string, init: RequestInit) => Promise<Response>

export type Answer =
  | { readonly answer: 'ok'; readonly body: unknown; readonly response: Response; readonly bytes?: ArrayBuffer }
  | {
      readonly answer: 'no'
      readonly status: number
      readonly code: string
      readonly message: string
      readonly hint: string | undefined
      readonly after: number | undefined
    }
  /** `large`: something on the way there takes no request of this size. Whether the office heard it nobody says. */
  | { readonly answer: 'unreachable'; readonly large?: boolean }

export type Question = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT'
  readonly path: string
  /** JSON text, or the bytes of a file. */
  readonly body?: string | ArrayBuffer
  readonly headers?: Readonly<Record<string, string>>
  /** `raw`: the reply is a file, not JSON. */
  readonly want?: 'json' | 'raw'
  /** For a question with a sink: how long no byte may come. */
  readonly deadline?: number
  /** Takes a `raw` reply as it comes, so that what came before a cut is not lost. */
  readonly sink?: Sink
  /** Told whenever nothing has come for `deadline`; then the same is asked again beside it, until somebody answers. */
  readonly silent?: () => void
}
export type Sink = { readonly begin: (response: Response) => void; readonly take: (bytes: Uint8Array) => void }

/** Headers that say which device asks; none before it is enrolled. */
export type Signer = (question: Question, nonce: string) => Promise<Readonly<Record<string, string>>>

export type ExchangePorts = {
  readonly fetch: Fetch
  readonly timers: Timers
  readonly base: string
  readonly sign: Signer
  /** Goes with every question: how much waits here, who is signed in. */
  readonly headers?: () => Readonly<Record<string, string>>
  /** Told whenever the office answered, in its own protocol. */
  readonly onAnswer?: () => void
}

export type Exchange = {
  ask(question: Question): Promise<Answer>
  /** The reply as it begins, for a stream; the caller reads it and ends it. */
  open(question: Question, signal: AbortSignal): Promise<Response | undefined>
}

export const DEADLINE = 15_000
/** So long an office that says nothing is heard out, milliseconds. */
const LONGEST = 30_000
const NONCE = 'x-jobcard-nonce'
/** The nonce is a few bytes: who waits for another's asks for its own after so long, milliseconds. */
const NONCE_MS = 3_000
/** Bytes in a millisecond that the slowest radio brings. */
const SLOWEST = 32

type Attempt = { readonly most: number; readonly limit: AbortController; readonly begins: () => void }

export const exchange = (ports: ExchangePorts): Exchange => {
  let nonce = ''
  let fresh: Promise<void> | undefined
  const send = async (question: Question, signal: AbortSignal): Promise<Response> => {
    if (nonce === '' && fresh) await fresh.catch(() => undefined)
    if (signal.aborted) throw new Error('given up while another asked for the nonce')
    if (nonce === '') {
      fresh = freshNonce(signal)
      await fresh
    }
    const response = await fetchIt(ports, question, await ports.sign(question, nonce), signal)
    nonce = response.headers.get(NONCE) ?? nonce
    return response
  }
  /** The first questions of a page are asked in one instant, and one nonce does for all of them. */
  const freshNonce = async (signal: AbortSignal): Promise<void> => {
    const limit = new AbortController()
    const cancel = ports.timers.set(NONCE_MS, () => limit.abort())
    signal.addEventListener('abort', () => limit.abort())
    try {
      const response = await fetchIt(ports, { method: 'GET', path: '/v1/nonce' }, {}, limit.signal)
      nonce = response.headers.get(NONCE) ?? ''
    } finally {
      cancel()
      fresh = undefined
    }
  }
  const once = async (question: Question, { most, limit, begins }: Attempt): Promise<Answer> => {
    let cancel = ports.timers.set(most, () => limit.abort())
    try {
      const response = await send(question, limit.signal)
      cancel()
      begins()
      // It answers; what is left is to bring the bytes, and how many they are it usually says.
      cancel = ports.timers.set(patienceFor(response, question), () => limit.abort())
      return await read(response, question, () => {
        cancel()
        cancel = ports.timers.set(question.deadline ?? DEADLINE, () => limit.abort())
      })
    } catch {
      return { answer: 'unreachable' }
    } finally {
      cancel()
    }
  }
  const answered = (question: Question): Promise<Answer> =>
    question.silent
      ? persistent(question, question.silent, ports.timers, once)
      : once(question, { most: question.deadline ?? DEADLINE, limit: new AbortController(), begins: () => undefined })
  return {
    ask: async question => {
      const first = await answered(question)
      const stale = first.answer === 'no' && first.code === 'stale-nonce'
      const answer = stale ? await answered(question) : first
      if (answer.answer !== 'unreachable') ports.onAnswer?.()
      return answer
    },
    open: async (question, signal) => {
      try {
        const response = await send(question, signal)
        return response.ok && isOurs(response) ? response : undefined
      } catch {
        return undefined
      }
    }
  }
}

/**
 * The same once more whenever nothing came in time: what a radio swallowed is asked again soon, and an office that is only
 * slow is heard all the same. The first attempt and the last stay open; whichever is answered counts.
 */
const persistent = (
  question: Question,
  silent: () => void,
  timers: Timers,
  once: (question: Question, attempt: Attempt) => Promise<Answer>
): Promise<Answer> =>
  new Promise(told => {
    const { deadline = DEADLINE } = question
    const open = new Set<AbortController>()
    let left = Math.max(deadline, LONGEST)
    let cancel = (): void => undefined
    let over = false
    /** The attempt whose answer is coming in, and whether it is late with it. */
    let coming: AbortController | undefined
    let isLate = false
    const again = (): void => {
      isLate = false
      silent()
      for (const older of [...open].slice(1)) older.abort()
      attempt(deadline)
    }
    const wait = (): void => {
      left -= deadline
      if (left <= 0) return
      cancel = timers.set(deadline, () => {
        if (coming) isLate = true
        else again()
        wait()
      })
    }
    const attempt = (most: number): void => {
      const limit = new AbortController()
      const begins = () => {
        coming = limit
      }
      open.add(limit)
      void once(question, { most, limit, begins }).then(answer => {
        open.delete(limit)
        if (coming === limit) coming = undefined
        if (over) return
        // What is still open may be answered, or may have been swallowed.
        if (answer.answer === 'unreachable' && open.size > 0) return isLate && !coming ? again() : undefined
        over = true
        cancel()
        for (const other of open) other.abort()
        told(answer)
      })
    }
    attempt(left)
    wait()
  })

const fetchIt = (
  { fetch, base, headers }: ExchangePorts,
  question: Question,
  signed: Readonly<Record<string, string>>,
  signal: AbortSignal
) =>
  fetch(`${base}${question.path}`, {
    method: question.method,
    headers: {
      [PROTOCOL_HEADER]: String(PROTOCOL),
      ...(question.body === undefined
        ? {}
        : { 'content-type': typeof question.body === 'string' ? 'application/json' : 'application/octet-stream' }),
      ...headers?.(),
      ...question.headers,
      ...signed
    },
    ...(question.body === undefined ? {} : { body: question.body }),
    redirect: 'error',
    cache: 'no-store',
    credentials: 'same-origin',
    signal
  })

const patienceFor = ({ headers }: Response, { deadline = DEADLINE }: Question): number => {
  const bytes = Number(headers.get('content-length') ?? Number.NaN)
  return Number.isNaN(bytes) ? Math.max(deadline, DEADLINE) : 2_000 + bytes / SLOWEST
}

const isOurs = (response: Response): boolean => response.headers.has(PROTOCOL_HEADER)
const isJson = (response: Response): boolean =>
  (response.headers.get('content-type') ?? '').startsWith('application/json')

const read = async (response: Response, { method, want, sink }: Question, alive: () => void): Promise<Answer> => {
  if (!isOurs(response)) return { answer: 'unreachable', ...(response.status === 413 ? { large: true } : {}) }
  if (response.ok && want === 'raw' && sink) return poured(response, sink, alive)
  if (response.ok && want === 'raw')
    return { answer: 'ok', body: undefined, response, bytes: await response.arrayBuffer() }
  if (method === 'HEAD') return response.ok ? { answer: 'ok', body: undefined, response } : refusal(response, undefined)
  if (!isJson(response)) return { answer: 'unreachable' }
  const body: unknown = await response.json()
  return response.ok ? { answer: 'ok', body, response } : refusal(response, body)
}

const poured = async (response: Response, sink: Sink, alive: () => void): Promise<Answer> => {
  sink.begin(response)
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    alive()
    sink.take(part.value)
  }
  return { answer: 'ok', body: undefined, response }
}

const refusal = (response: Response, body: unknown): Answer => {
  const read = errorBody.safeParse(body)
  const after = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000
  return {
    answer: 'no',
    status: response.status,
    code: read.success ? read.data.error.code : response.status === 404 ? 'not-found' : 'server-error',
    message: read.success ? read.data.error.message : '',
    hint: read.success ? read.data.error.hint : undefined,
    after: Number.isFinite(after) ? after : undefined
  }
}
