/** The notice in a window that may forget: what happened, what is safe, what to do. Fetched after the first screen stands. */
import { signal } from '@preact/signals'
import { Button } from '#ui/button.tsx'
import { useFloor } from '#ui/floor.tsx'
import css from './forgetful.module.css'

/** Until the page is opened anew. */
const understood = signal(false)

export const Forgetful = () => {
  const network = useFloor().network.value
  if (understood.value) return null
  return (
    <div class={css.notice} role="status" data-forgetful="">
      <p>
        <b>This window may forget everything when it is closed.</b> It is private, or its browser gives it little space.
        What is Sent is safe in the office{network.state === 'offline' && `; ${network.waiting} still wait here`}. Open
        Jobcard in an ordinary window, best from its own icon.
      </p>
      <Button
        onPress={() => {
          understood.value = true
        }}
      >
        I know
      </Button>
    </div>
  )
}
