/** Buttons. One that may not be pressed stays where it is and says why. */
import type { ComponentChildren } from 'preact'
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks'
import css from './button.module.css'
import { Dialog } from './dialog.tsx'
import { FloorContext } from './floor.tsx'
import { BOUNCE, KEY_BOUNCE, usePress } from './press.ts'

export type ButtonProps = {
  /** `primary` is the one thing to do here; `stop` is for fail and hold; `quiet` has no outline. */
  readonly tone?: 'primary' | 'plain' | 'stop' | 'quiet' | undefined
  /** Why it may not be pressed now, as a sentence. */
  readonly why?: string | undefined
  readonly onPress: () => void
  readonly icon?: ComponentChildren
  /** Takes the room that is left in its row. */
  readonly grow?: boolean | undefined
  /** Chosen, of several: shown as pressed in. */
  readonly chosen?: boolean | undefined
  /** A key that is rightly pressed several times in a row. */
  readonly repeat?: boolean | undefined
  readonly busy?: boolean | undefined
  readonly label?: string | undefined
  readonly children?: ComponentChildren
  readonly [data: `data-${string}`]: string | boolean | undefined
}

export const Button = (props: ButtonProps) => {
  const { tone = 'plain', why, onPress, icon, grow, chosen, repeat, busy, label, children, ...data } = props
  const floor = useContext(FloorContext)
  const sentence = useId()
  const act = () => (busy ? undefined : why ? floor?.tell({ text: why, tone: 'stop' }) : onPress())
  const pressing = usePress(act, repeat ? KEY_BOUNCE : BOUNCE)
  return (
    <button
      type="button"
      class={css.button}
      data-tone={tone}
      data-grow={grow ? '' : undefined}
      data-primary={tone === 'primary' ? '' : undefined}
      aria-disabled={why ? true : undefined}
      aria-describedby={why ? sentence : undefined}
      aria-pressed={chosen}
      aria-busy={busy}
      aria-label={label}
      {...data}
      {...pressing}
    >
      <Face icon={icon} why={why} shown={tone === 'primary'} sentence={sentence}>
        {children}
      </Face>
    </button>
  )
}

type FaceProps = {
  icon: ComponentChildren
  why: string | undefined
  shown: boolean
  sentence: string
  children: ComponentChildren
}

const Face = ({ icon, why, shown, sentence, children }: FaceProps) => (
  <>
    {icon !== undefined && (
      <span class={css.icon} aria-hidden="true">
        {icon}
      </span>
    )}
    <span class={css.words}>
      <span>{children}</span>
      {why && (
        <span id={sentence} class={css.why} data-shown={shown ? '' : undefined}>
          {why}
        </span>
      )}
    </span>
  </>
)

/** Milliseconds to hold, and how far the finger may drift in pixels. */
export const HOLD = { time: 800, drift: 24 } as const

/** For what stops others or can't be called back. Keys and switches, which can't hold, are asked twice instead. */
export const HoldButton = (props: ButtonProps & { readonly what?: string | undefined }) => {
  const {
    tone = 'stop',
    why,
    onPress,
    icon,
    grow,
    what,
    busy,
    label,
    children,
    chosen: _c,
    repeat: _r,
    ...data
  } = props
  const floor = useContext(FloorContext)
  const sentence = useId()
  const [asking, setAsking] = useState(false)
  const hold = useHold(onPress)
  const refused = why ? () => floor?.tell({ text: why, tone: 'stop' }) : undefined
  const clicked = (event: MouseEvent) => {
    if (busy) return
    if (refused) return refused()
    // A click without a pointer comes from a key, a switch or a reader.
    if (event.detail === 0) setAsking(true)
    else if (!hold.fired()) floor?.tell({ text: 'Hold the button until the bar is full.', tone: 'ok' })
  }
  return (
    <>
      <button
        type="button"
        class={css.button}
        data-tone={tone}
        data-grow={grow ? '' : undefined}
        data-primary={tone === 'primary' ? '' : undefined}
        data-hold=""
        data-holding={hold.holding ? '' : undefined}
        aria-disabled={why ? true : undefined}
        aria-describedby={why ? sentence : undefined}
        aria-busy={busy}
        aria-label={label}
        {...data}
        {...(why || busy ? {} : hold.handlers)}
        onClick={clicked}
      >
        <span class={css.bar} style={{ animationDuration: `${HOLD.time}ms` }} aria-hidden="true" />
        <Face icon={icon} why={why} shown={tone === 'primary'} sentence={sentence}>
          {children}
        </Face>
      </button>
      {asking && (
        <Dialog title={what ?? 'Press once more to do it'} onClose={() => setAsking(false)}>
          <div class={css.twice}>
            <Button onPress={() => setAsking(false)}>Leave it</Button>
            <Button
              tone="stop"
              grow
              onPress={() => {
                setAsking(false)
                onPress()
              }}
            >
              {children}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

const useHold = (done: () => void) => {
  const [holding, setHolding] = useState(false)
  const state = useRef({ timer: 0, x: 0, y: 0, fired: false })
  const latest = useRef(done)
  latest.current = done
  const cancel = () => {
    clearTimeout(state.current.timer)
    setHolding(false)
  }
  useEffect(() => () => clearTimeout(state.current.timer), [])
  const fire = () => {
    state.current.fired = true
    setHolding(false)
    navigator.vibrate?.(120)
    latest.current()
  }
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId)
      state.current = { timer: window.setTimeout(fire, HOLD.time), x: event.clientX, y: event.clientY, fired: false }
      setHolding(true)
    },
    onPointerMove: (event: PointerEvent) => {
      const { x, y } = state.current
      if (Math.hypot(event.clientX - x, event.clientY - y) > HOLD.drift) cancel()
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onContextMenu: (event: Event) => event.preventDefault()
  }
  return { holding, handlers, fired: () => state.current.fired }
}
