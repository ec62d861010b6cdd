import { useEffect, useState } from 'preact/hooks'

/** The dialog that is open over an operation. */
export type Open = 'report' | 'pause' | undefined

/** What was just done and the way to take it back, offered where it was done. */
export type Undo = { readonly text: string; readonly back: () => void }

/** Milliseconds that Undo is offered. */
const OFFERED = 10_000

export const useUndo = (): readonly [Undo | undefined, (undo: Undo | undefined) => void] => {
  const [undo, offer] = useState<Undo>()
  useEffect(() => {
    if (!undo) return
    const timer = setTimeout(() => offer(undefined), OFFERED)
    return () => clearTimeout(timer)
  }, [undo])
  return [undo, offer]
}
