/** A question to the office that no view answers, asked again and again while it is looked at. */
import { useEffect, useState } from 'preact/hooks'
import { useFloor } from './floor.tsx'

/**
 * `everyMs`: milliseconds between two questions; whenever `again` changes it is asked at once. Undefined before the first answer; the
 * last one stays while the network is away.
 */
export const useOffice = <T>(path: string, everyMs: number, again: unknown = undefined): T | undefined => {
  const { office } = useFloor()
  const [answer, setAnswer] = useState<T>()
  useEffect(() => {
    let shown = true
    const ask = () =>
      office.get<T>(path).then(
        next => shown && setAnswer(next),
        () => undefined
      )
    void ask()
    const timer = setInterval(ask, everyMs)
    return () => {
      shown = false
      clearInterval(timer)
    }
  }, [office, path, everyMs, again])
  return answer
}
