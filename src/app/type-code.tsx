/** A code by hand, where neither camera nor scanner helps. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { takeFocus } from '#ui/take-focus.ts'
import css from './camera-reader.module.css'

export const TypeCode = ({ onDone }: { readonly onDone: (text: string) => void }) => {
  const [text, setText] = useState('')
  const done = () => text.trim() && onDone(text.trim())
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
      <Button tone="primary" why={text.trim() ? undefined : 'Type the number first.'} onPress={done}>
        Take this number
      </Button>
    </form>
  )
}
