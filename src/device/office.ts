/** Questions that no view answers, and decisions that only the office can take. They need the network and say so. */
import { type Refusal, refuse } from '#kernel/decision.ts'
import type { BlobRef } from '#kernel/event.ts'
import type { Answer, Exchange, Timers } from '#sync/exchange.ts'
import { type ActReply, actReply } from '#sync/protocol.ts'
import type { Blobs } from './blobs.ts'

export type Problem = (code: string, message: string, hint?: string) => Error

export type OfficeLine = {
  /** `session`: of whoever presses. Another may hold the tablet by the time that it is asked again. */
  act(
    action: string,
    input: unknown,
    session: string | undefined
  ): Promise<{ readonly done: true; readonly events: readonly string[] } | Refusal>
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
    act: async (action, input, session) => {
      const id = newId()
      const question = {
        method: 'POST',
        path: '/v1/act',
        body: JSON.stringify({ id, action, input }),
        headers: { 'x-jobcard-session': session ?? '' }
      } as const
      const first = heard(await office.ask(question), id)
      // Its id makes it safe to ask again, and then the first answer is given once more.
      const answer = first ?? heard(await office.ask(question), id)
      // A no of somebody on the way says nothing about what the office made of the first question.
      if (!answer || (!first && 'no' in answer)) return refuse('no-network')
      if ('no' in answer) return refuse(answer.no, { sentence: answer.message })
      if ('refused' in answer) return refuse(answer.refused, { ...plain(answer.about), sentence: answer.sentence })
      await seen(ports, answer.seq)
      return { done: true, events: answer.events }
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

/**
 * What the office made of a decision, or why it was never asked; undefined when nobody knows. The database may be lost in the
 * very moment in which it commits, so that an office in trouble does not know it either.
 */
const heard = (
  answer: Answer,
  id: string
): ActReply | { readonly no: string; readonly message: string } | undefined => {
  if (answer.answer === 'no') return answer.status >= 500 ? undefined : { no: answer.code, message: answer.message }
  const read = actReply.safeParse(answer.answer === 'ok' ? answer.body : undefined)
  return read.success && read.data.id === id ? read.data : undefined
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
