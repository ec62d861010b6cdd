/** A question's answer inside a component, worked out anew when what it depends on changes. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Supposed } from '#kernel/question.ts'
import { useFloor } from './floor.tsx'

export type Answer<T> = {
  /** The last answer; it stays while a newer one is worked out. */
  readonly answer: T | undefined
  /** 0 to 1 while it works; undefined when the answer is fresh. */
  readonly part: number | undefined
  readonly problem: string | undefined
}

/** A pause in typing after which another answer is worth asking for while one is still worked out, in milliseconds. */
const PAUSE = 40

/** `to` is what was asked: while that is not what is asked now, the answer is the last one. */
type Heard<T> = Answer<T> & { readonly to?: string }

/**
 * Asks again whenever what is known, the input or what is supposed changes; a question that is overtaken is stopped. The
 * first is asked at once, before the change is painted, so that the answer is worked out meanwhile.
 */
export const useAnswer = <T>(question: string, input: unknown, supposing: readonly Supposed[] = []): Answer<T> => {
  const { planner } = useFloor()
  const [state, setState] = useState<Heard<T>>({ answer: undefined, part: 0, problem: undefined })
  const asked = JSON.stringify([planner?.version.value, question, input, supposing])
  const given = useRef({ input, supposing })
  given.current = { input, supposing }
  const working = useRef(false)
  useLayoutEffect(() => {
    if (!planner) return
    const stop = new AbortController()
    const hear = (next: (was: Heard<T>) => Heard<T>): void => {
      if (!stop.signal.aborted) setState(was => ({ ...next(was), to: asked }))
    }
    const end = (last: (was: Heard<T>) => Heard<T>): void => {
      if (!stop.signal.aborted) working.current = false
      hear(last)
    }
    const ask = (): Promise<void> =>
      planner
        .ask<T>(question, given.current.input, {
          supposing: given.current.supposing,
          stop: stop.signal,
          onProgress: part => hear(was => ({ ...was, part }))
        })
        .then(
          answer => end(() => ({ answer, part: undefined, problem: undefined })),
          (reason: unknown) =>
            end(was => ({
              ...was,
              part: undefined,
              problem: reason instanceof Error ? reason.message : String(reason)
            }))
        )
    const timer = working.current ? setTimeout(ask, PAUSE) : void ask()
    working.current = true
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [planner, asked])
  return state.to === asked ? state : { ...state, part: 0 }
}
