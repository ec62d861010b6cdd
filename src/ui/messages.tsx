/** What `floor.tell` shows: one short line that goes away by itself, with its Undo. */
import { type ReadonlySignal, signal } from '@preact/signals'
import { useContext, useEffect } from 'preact/hooks'
import { Button } from './button.tsx'
import { FloorContext, type Message } from './floor.tsx'
import css from './messages.module.css'
import { Shape } from './state-mark.tsx'

/** Milliseconds that Undo is offered; that a plain line and one that stopped something stay. */
export const STAYS = { undo: 10_000, ok: 4_000, stop: 8_000 } as const
const MOST = 3

type Shown = Message & { readonly key: number }
export type MessageBoard = {
  readonly shown: ReadonlySignal<readonly Shown[]>
  readonly tell: (message: Message) => void
  readonly drop: (key: number) => void
}

/** One per app: `floor.tell` is its `tell`, and `<Messages board>` stands once beside the routes. */
export const messageBoard = (): MessageBoard => {
  const shown = signal<readonly Shown[]>([])
  let last = 0
  return {
    shown,
    tell: message => {
      last += 1
      // The same words twice are one line that starts its time again.
      const others = shown.value.filter(one => one.text !== message.text || one.undo)
      shown.value = [...others, { ...message, key: last }].slice(-MOST)
    },
    drop: key => {
      shown.value = shown.value.filter(one => one.key !== key)
    }
  }
}

export const Messages = ({ board }: { readonly board: MessageBoard }) => {
  // It lies beside the desk's frame, so it has to ask for the desk's sizes itself.
  const desk = useContext(FloorContext)?.place.use === 'desk'
  return (
    <div class={css.area} data-desk={desk ? '' : undefined} role="status" aria-live="polite">
      {board.shown.value.map(message => (
        <Line key={message.key} message={message} board={board} />
      ))}
    </div>
  )
}

const Line = ({ message, board }: { message: Shown; board: MessageBoard }) => {
  const drop = () => board.drop(message.key)
  const stays = message.undo ? STAYS.undo : STAYS[message.tone]
  useEffect(() => {
    const timer = setTimeout(drop, stays)
    if (message.tone === 'stop') navigator.vibrate?.([80, 60, 80])
    return () => clearTimeout(timer)
  }, [])
  const over = message.over?.value
  useEffect(() => {
    if (over) drop()
  }, [over])
  const undo = message.undo
  return (
    <div class={css.line} data-tone={message.tone}>
      <Shape level={message.tone === 'stop' ? 'stop' : 'normal'} />
      <p>{message.text}</p>
      {undo && (
        <Button
          onPress={() => {
            drop()
            undo()
          }}
        >
          Undo
        </Button>
      )}
      {undo && <span class={css.left} style={{ animationDuration: `${stays}ms` }} aria-hidden="true" />}
    </div>
  )
}
