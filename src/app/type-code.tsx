/** A code by hand, where neither camera nor scanner helps: what is known here is offered while it is typed. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { useFloor } from '#ui/floor.tsx'
import { takeFocus } from '#ui/take-focus.ts'
import css from './camera-reader.module.css'
import { shownCode } from './scan-hostile.ts'
import { remembered, slipped, suggestions } from './type-search.ts'

/** What was read or typed here lately, while the app is open. */
let recent: readonly string[] = []
export const remember = (text: string): void => {
  recent = remembered(recent, text)
}

export const TypeCode = ({ onDone }: { readonly onDone: (text: string) => void }) => {
  const floor = useFloor()
  const [text, setText] = useState('')
  const typed = text.trim()
  const done = () => typed && onDone(typed)
  return (
    <form
      class={css.typing}
      onSubmit={event => {
        event.preventDefault()
        done()
      }}
    >
      <label>
        Number on the label
        <input
          value={text}
          ref={takeFocus}
          autoCapitalize="characters"
          autoComplete="off"
          spellcheck={false}
          data-scan=""
          onInput={event => setText(event.currentTarget.value)}
        />
      </label>
      {slipped(typed) && <p role="status">If this stands under bars, one of its digits is wrong.</p>}
      <Button tone="primary" why={typed ? undefined : 'Type the number first.'} onPress={done}>
        Take this number
      </Button>
      {suggestions(floor, text, recent).map(({ raw, what }) => (
        <Button key={raw} tone="quiet" data-suggestion={raw} onPress={() => onDone(raw)}>
          {shownCode(raw)} <small>{what}</small>
        </Button>
      ))}
    </form>
  )
}
