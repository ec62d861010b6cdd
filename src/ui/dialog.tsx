/**
 * A dialog over the screen. Keeps the focus inside, closes with Escape or Close, gives the focus back. A touch beside it
 * closes nothing: gloves slip.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import css from './dialog.module.css'
import { usePress } from './press.ts'

const REACHABLE = 'button,[href],input:not([type=hidden]),select,textarea,[tabindex]:not([tabindex="-1"])'

/** Keeps Tab inside the element while it is shown. */
export const useFocusTrap = (onEscape?: () => void) => {
  const box = useRef<HTMLDivElement>(null)
  // Taken while it is first drawn: a field that takes the focus does so before any effect.
  const opener = useRef(document.activeElement)
  const leave = useRef(onEscape)
  leave.current = onEscape
  useEffect(() => {
    const element = box.current
    if (!element) return
    const before = opener.current
    if (!element.contains(document.activeElement)) element.focus()
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && leave.current) {
        event.stopPropagation()
        leave.current()
      } else if (event.key === 'Tab') keepInside(element, event)
    }
    element.addEventListener('keydown', key)
    return () => {
      element.removeEventListener('keydown', key)
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return box
}

const keepInside = (box: HTMLElement, event: KeyboardEvent): void => {
  const reachable = [...box.querySelectorAll<HTMLElement>(REACHABLE)].filter(one => one.offsetParent !== null)
  const first = reachable[0]
  const last = reachable.at(-1)
  if (!first || !last) return event.preventDefault()
  const at = document.activeElement
  if (event.shiftKey && (at === first || at === box)) {
    event.preventDefault()
    last.focus()
  } else if (!event.shiftKey && at === last) {
    event.preventDefault()
    first.focus()
  }
}

type Props = {
  readonly title: ComponentChildren
  readonly onClose: () => void
  readonly wide?: boolean | undefined
  readonly children: ComponentChildren
}

export const Dialog = ({ title, onClose, wide, children }: Props) => {
  const box = useFocusTrap(onClose)
  const heading = useId()
  const close = usePress(onClose)
  return (
    <div class={css.veil}>
      <div
        ref={box}
        class={css.dialog}
        data-wide={wide ? '' : undefined}
        role="dialog"
        aria-modal="true"
        aria-labelledby={heading}
        tabIndex={-1}
      >
        <header class={css.head}>
          <h2 id={heading}>{title}</h2>
          <button type="button" class={css.close} {...close}>
            Close
          </button>
        </header>
        <div class={css.body}>{children}</div>
      </div>
    </div>
  )
}
