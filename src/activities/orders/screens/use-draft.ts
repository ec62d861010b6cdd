import { useState } from 'preact/hooks'
import { useFloor } from '#ui/floor.tsx'

/** What is typed and not yet recorded, kept on the tablet with every key. `''` and nothing are the same. */
export const useDraft = (key: string): readonly [string, (value: string) => void] => {
  const floor = useFloor()
  const [held, hold] = useState({ key, value: floor.draft(key) ?? '' })
  const value = held.key === key ? held.value : (floor.draft(key) ?? '')
  return [
    value,
    next => {
      hold({ key, value: next })
      floor.setDraft(key, next || undefined)
    }
  ]
}
