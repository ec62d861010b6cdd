/**
 * The page's end of the planner: sends the worker what is known when it has changed, and questions one by one. Stopping one
 * that is being worked on ends the worker, which is the only way to stop a computation; the next question starts another.
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
}

/** `known` is read as a signal is: what is listed is watched. */
export const makePlanner = (known: Known, open: OpenLine): Planner => {
  const needs = signal<readonly string[]>([])
  const views = viewsOf(known, needs)
  const waiting: Waiting[] = []
  let line: Line | undefined
  let sent: Views = {}
  let next = 1
  const hangUp = (): void => {
    line?.end()
    line = undefined
    sent = {}
  }
  const leave = (one: Waiting): void => {
    const at = waiting.indexOf(one)
    if (at >= 0) waiting.splice(at, 1)
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
    if ('part' in message) return one.asking.onProgress?.(message.part, message.soFar)
    leave(one)
    if ('answer' in message) one.done(message.answer)
    else one.failed(new Error(message.problem))
    proceed()
  }
  const broke = (reason: string): void => {
    hangUp()
    for (const one of waiting.splice(0)) one.failed(new Error(reason))
  }
  /** One at a time, so that an overtaken question is never even begun. */
  const proceed = (): void => {
    const [first] = waiting
    if (!first) return
    line ??= open(heard, broke)
    if (needs.peek().length === 0) return
    const fresh = views.peek().views
    const other = Object.entries(fresh).filter(([kind, rows]) => sent[kind] !== rows)
    // A large plant's items and BOMs are not sent again because one job was begun.
    if (other.length > 0) line.post({ views: Object.fromEntries(other) })
    sent = fresh
    line.post(first.message)
  }
  const wait = (one: Waiting): void => {
    const { stop } = one.asking
    const stopped = (): void => {
      if (!waiting.includes(one)) return
      const began = waiting[0] === one
      leave(one)
      one.failed(new Error('Stopped.'))
      if (!began) return
      hangUp()
      proceed()
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
