/** A question's answer inside a component, worked out anew when what it depends on changes. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Supposed } from '#kernel/question.ts'
import { useFloor } from './floor.tsx'

export type Answer<T> = {
  /** The last answer; it stays while a newer one is worked out. */
  readonly answer: T | undefined
  /** 0 to 1 while it works; undefined when the answer is fresh. */
  readonly part: number | undefined
  readonly problem: string | undefined
}

/** A pause in typing after which an answer is worth asking for, in milliseconds. */
const PAUSE = 40

/** Asks again whenever what is known, the input or what is supposed changes; a question that is overtaken is stopped. */
export const useAnswer = <T>(question: string, input: unknown, supposing: readonly Supposed[] = []): Answer<T> => {
  const { planner } = useFloor()
  const version = planner?.version.value
  const [state, setState] = useState<Answer<T>>({ answer: undefined, part: 0, problem: undefined })
  const asked = JSON.stringify([question, input, supposing])
  const given = useRef({ input, supposing })
  given.current = { input, supposing }
  useEffect(() => {
    if (!planner) return
    const stop = new AbortController()
    setState(was => ({ ...was, part: 0 }))
    const timer = setTimeout(() => {
      planner
        .ask<T>(question, given.current.input, {
          supposing: given.current.supposing,
          stop: stop.signal,
          onProgress: part => setState(was => ({ ...was, part }))
        })
        .then(
          answer => stop.signal.aborted || setState({ answer, part: undefined, problem: undefined }),
          (reason: unknown) =>
            stop.signal.aborted ||
            setState(was => ({
              ...was,
              part: undefined,
              problem: reason instanceof Error ? reason.message : String(reason)
            }))
        )
    }, PAUSE)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [planner, version, asked])
  return state
}
