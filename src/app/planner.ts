/**
 * The page's end of the planner: sends the worker what is known when it has changed, and questions one by one. A search that is
 * stopped ends the worker, which is the only way to stop a computation; the next question starts another. Other questions are
 * worked out to their end and not heard: what the worker remembers of them is worth more than the time.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Known } from '#kernel/decision.ts'
import { view } from '#kernel/view.ts'
import type { Asking, Planner } from '#ui/planner.ts'
import type { Views } from './planner-answers.ts'
import type { FromWorker, ToWorker } from './planner-messages.ts'

/** A worker, or what a test puts in its place. */
export type Line = {
  readonly post: (message: ToWorker) => void
  readonly end: () => void
}
export type OpenLine = (heard: (message: FromWorker) => void, broke: (reason: string) => void) => Line

type Waiting = {
  readonly message: Extract<ToWorker, { id: number }>
  readonly asking: Asking
  readonly done: (answer: unknown) => void
  readonly failed: (reason: Error) => void
  /** The worker works on it; it has said how far it is, so it may go on for long; nobody waits for it any more. */
  begun?: boolean
  searching?: boolean
  left?: boolean
}

/** `known` is read as a signal is: what is listed is watched. */
export const makePlanner = (known: Known, open: OpenLine): Planner => {
  const needs = signal<readonly string[]>([])
  const views = viewsOf(known, needs)
  const waiting: Waiting[] = []
  let next = 1
  const leave = (one: Waiting): void => {
    const at = waiting.indexOf(one)
    if (at >= 0) waiting.splice(at, 1)
  }
  const stopNow = (one: Waiting): void => {
    leave(one)
    line.hangUp()
    proceed()
  }
  const heard = (message: FromWorker): void => {
    if ('needs' in message) {
      // A second worker of the same build needs the same, and has been asked already.
      if (needs.peek().length > 0) return
      needs.value = message.needs
      return proceed()
    }
    const one = waiting.find(({ message: { id } }) => id === message.id)
    if (!one) return
    if ('part' in message) {
      one.searching = true
      return one.left ? stopNow(one) : one.asking.onProgress?.(message.part, message.soFar)
    }
    leave(one)
    if ('answer' in message) one.done(message.answer)
    else one.failed(new Error(message.problem))
    proceed()
  }
  const broke = (reason: string): void => {
    line.hangUp()
    for (const one of waiting.splice(0)) one.failed(new Error(reason))
  }
  const line = lineOf(() => open(heard, broke))
  /** One at a time, so that an overtaken question is never even begun. */
  const proceed = (): void => {
    const [first] = waiting
    if (!first) return
    line.open()
    if (needs.peek().length === 0) return
    first.begun = true
    line.post(views.peek().views, first.message)
  }
  const wait = (one: Waiting): void => {
    const { stop } = one.asking
    const stopped = (): void => {
      if (!waiting.includes(one)) return
      one.failed(new Error('Stopped.'))
      if (one.searching) stopNow(one)
      else if (one.begun) one.left = true
      else leave(one)
    }
    waiting.push(one)
    stop?.addEventListener('abort', stopped, { once: true })
    if (stop?.aborted) stopped()
    else if (waiting.length === 1) proceed()
  }
  return {
    version: computed(() => views.value.version),
    ask: <T>(question: string, input: unknown, asking: Asking = {}): Promise<T> =>
      new Promise<T>((done, failed) => {
        const message = { id: next++, question, input, supposing: asking.supposing ?? [] }
        // The asker knows what the question's room answers.
        wait({ message, asking, done: answer => done(answer as T), failed })
      })
  }
}

/** The worker, opened when it is first needed, and what it has been sent. */
const lineOf = (open: () => Line) => {
  let line: Line | undefined
  let sent: Views = {}
  return {
    open: (): void => {
      line ??= open()
    },
    hangUp: (): void => {
      line?.end()
      line = undefined
      sent = {}
    },
    post: (views: Views, message: ToWorker): void => {
      const other = changedIn(sent, views)
      if (other) line?.post({ views: other })
      sent = views
      line?.post(message)
    }
  }
}

/** A large plant's items and BOMs are not sent again because one job was begun. */
const changedIn = (sent: Views, fresh: Views): Views | undefined => {
  const other = Object.entries(fresh).filter(([kind, rows]) => sent[kind] !== rows)
  return other.length > 0 ? Object.fromEntries(other) : undefined
}

/** Everything of the kinds that questions are about, taken again when one of them changes. */
const viewsOf = (
  known: Known,
  needs: ReadonlySignal<readonly string[]>
): ReadonlySignal<{ readonly version: number; readonly views: Views }> => {
  let version = 0
  return computed(() => ({
    version: ++version,
    views: Object.fromEntries(needs.value.map(name => [name, known.list(view(name))]))
  }))
}

export const openWorker: OpenLine = (heard, broke) => {
  const worker = new Worker(new URL('./planner-worker.ts', import.meta.url), { type: 'module', name: 'planner' })
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => heard(data)
  worker.onerror = ({ message }) => broke(message || 'The planner stopped. Open the page again.')
  return { post: message => worker.postMessage(message), end: () => worker.terminate() }
}
