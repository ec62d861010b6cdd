/** Questions that no view answers, and decisions that only the office can take. They need the network and say so. */
import { type Refusal, refuse } from '#kernel/decision.ts'
import type { BlobRef } from '#kernel/event.ts'
import type { Answer, Exchange, Timers } from '#sync/exchange.ts'
import { actReply } from '#sync/protocol.ts'
import type { Blobs } from './blobs.ts'

export type Problem = (code: string, message: string, hint?: string) => Error

export type OfficeLine = {
  act(action: string, input: unknown): Promise<{ readonly done: true; readonly events: readonly string[] } | Refusal>
  /** What the caller expects is what the office's own schema made. Throws the problem that `app/` gave. */
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  file(path: string): Promise<Blob>
  upload(file: Blob, onProgress: (part: number) => void): Promise<BlobRef>
}

export type OfficeLinePorts = {
  readonly office: Exchange
  readonly blobs: Blobs
  readonly newId: () => string
  readonly problem: Problem
  /** Whether what is known here holds the office's log up to this number. */
  readonly reached: (seq: number) => boolean
  readonly hint: (seq: number) => void
  readonly timers: Timers
}

export const askOffice = (ports: OfficeLinePorts): OfficeLine => {
  const { office, blobs, newId, problem } = ports
  const ok = (answer: Answer): Extract<Answer, { answer: 'ok' }> => {
    if (answer.answer === 'ok') return answer
    if (answer.answer === 'unreachable')
      throw problem(
        'no-network',
        'The office can’t be reached.',
        'Nothing was changed. Try again when the network is back.'
      )
    throw problem(answer.code, answer.message, answer.hint)
  }
  // The office checked it against its own schema; the caller names it.
  const body = <T>(answer: Answer): T => ok(answer).body as T
  return {
    act: async (action, input) => {
      const question = {
        method: 'POST',
        path: '/v1/act',
        body: JSON.stringify({ id: newId(), action, input })
      } as const
      const first = await office.ask(question)
      // Its id makes it safe to ask again, and then the first answer is given once more.
      const answer = first.answer === 'unreachable' ? await office.ask(question) : first
      if (answer.answer === 'unreachable') return refuse('no-network')
      if (answer.answer === 'no') return refuse(answer.code, { sentence: answer.message })
      const read = actReply.safeParse(answer.body)
      if (!read.success) return refuse('no-network')
      if ('refused' in read.data)
        return refuse(read.data.refused, { ...plain(read.data.about), sentence: read.data.sentence })
      await seen(ports, read.data.seq)
      return { done: true, events: read.data.events }
    },
    get: async path => body(await office.ask({ method: 'GET', path })),
    post: async (path, value) =>
      body(await office.ask({ method: 'POST', path, body: JSON.stringify(value), deadline: 60_000 })),
    file: async path => {
      const { bytes, response } = ok(await office.ask({ method: 'GET', path, want: 'raw', deadline: 60_000 }))
      return new Blob(bytes ? [bytes] : [], { type: response.headers.get('content-type') ?? '' })
    },
    upload: async (file, onProgress) => {
      try {
        return await blobs.upload(await file.arrayBuffer(), file.type || 'application/octet-stream', onProgress)
      } catch {
        throw problem(
          'no-network',
          'The file could not be sent whole.',
          'What arrived is kept; try again to send the rest.'
        )
      }
    }
  }
}

/** Resolves when the views cover `seq`, or after 5 s: what was decided is then seen to be done. */
const seen = ({ reached, hint, timers }: OfficeLinePorts, seq: number): Promise<void> =>
  new Promise(done => {
    const look = (left: number) => {
      if (reached(seq) || left === 0) return done()
      hint(seq)
      timers.set(50, () => look(left - 1))
    }
    look(100)
  })

const plain = (about: Readonly<Record<string, unknown>> = {}): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(about).filter(
      (one): one is [string, string | number] => typeof one[1] === 'string' || typeof one[1] === 'number'
    )
  )
