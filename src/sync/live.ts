/**
 * Live hints: a stream that says "there is news". Only a hint, so that a lost, late or doubled line does no harm. A stream
 * that is silent for 40 s is dead whatever the browser says, and is opened again.
 */
import type { Exchange, Timers } from './exchange.ts'
import { headHint, type Presence, presenceHint } from './protocol.ts'

const SILENCE = 40_000
/** A wall is dark until its stream is back, so no pause is longer than a person waits before looking again. */
const AGAIN = { least: 1_000, most: 6_000 }

export type LivePorts = {
  readonly office: Exchange
  readonly timers: Timers
  readonly random: () => number
  /** A wall also wants to know when each station was last heard. */
  readonly presence: boolean
  readonly onHead: (seq: number) => void
  readonly onPresence: (presence: Presence) => void
}

/** Listens until stopped. */
export const listen = (ports: LivePorts): (() => void) => {
  let stopped = false
  let current = new AbortController()
  let wake: () => void = () => undefined
  const pause = (ms: number) =>
    new Promise<void>(done => {
      const cancel = ports.timers.set(ms, done)
      wake = () => {
        cancel()
        done()
      }
    })
  const run = async () => {
    for (let tries = 0; !stopped; tries += 1) {
      current = new AbortController()
      if (await oneStream(ports, current)) tries = 0
      if (!stopped) await pause(AGAIN.least + Math.min(AGAIN.most, AGAIN.least * 2 ** tries) * ports.random())
    }
  }
  void run()
  return () => {
    stopped = true
    current.abort()
    wake()
  }
}

/** Reads one stream to its end. Answers whether anything came through it. */
const oneStream = async (ports: LivePorts, limit: AbortController): Promise<boolean> => {
  let cancel = ports.timers.set(SILENCE, () => limit.abort())
  let heard = false
  try {
    const response = await ports.office.open(
      {
        method: 'GET',
        path: ports.presence ? '/v1/live?presence=1' : '/v1/live',
        headers: { accept: 'text/event-stream' }
      },
      limit.signal
    )
    const reader = response?.body?.pipeThrough(new TextDecoderStream()).getReader()
    const parse = sseParser((event, data) => tell(ports, event, data))
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      heard = true
      cancel()
      cancel = ports.timers.set(SILENCE, () => limit.abort())
      parse(part.value)
    }
  } catch {
    // Cut off or stopped: the caller opens another.
  } finally {
    cancel()
    limit.abort()
  }
  return heard
}

const tell = (ports: LivePorts, event: string, data: string): void => {
  const head = event === 'head' ? headHint.safeParse(parsed(data)) : undefined
  if (head?.success) ports.onHead(head.data.seq)
  const presence = event === 'presence' ? presenceHint.safeParse(parsed(data)) : undefined
  if (presence?.success) ports.onPresence(presence.data)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Server-sent events (WHATWG HTML 9.2.6), as far as we use them: `event:` and `data:` lines, ended by an empty one. */
export const sseParser = (onEvent: (event: string, data: string) => void): ((part: string) => void) => {
  let rest = ''
  let event = 'message'
  let data: string[] = []
  return part => {
    const lines = (rest + part).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) onEvent(event, data.join('\n'))
        event = 'message'
        data = []
      } else if (line.startsWith('event:')) event = line.slice(6).trim()
      else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
    }
  }
}
