/**
 * A dialog over the screen. Keeps the focus inside, closes with Escape or Close, gives the focus back. A touch beside it
 * closes nothing: gloves slip.
 */
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import css from './dialog.module.css'
import { usePress } from './press.ts'

const REACHABLE = 'button,[href],input:not([type=hidden]),select,textarea,[tabindex]:not([tabindex="-1"])'

/** Keeps Tab inside the element while it is shown. `back` names who has the focus afterwards, where the opener will be gone. */
export const useFocusTrap = (onEscape?: () => void, back?: () => HTMLElement | null) => {
  const box = useRef<HTMLDivElement>(null)
  // Taken while it is first drawn: a field that takes the focus does so before any effect.
  const opener = useRef(document.activeElement)
  const leave = useRef(onEscape)
  leave.current = onEscape
  const heir = useRef(back)
  heir.current = back
  // Before it is seen: an Escape as quick as that is heard too.
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    // It lies over the whole screen: to look whether it is in sight would lay out the page once more.
    if (!element.contains(document.activeElement)) element.focus({ preventScroll: true })
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && leave.current) {
        event.stopPropagation()
        leave.current()
      } else if (event.key === 'Tab') keepInside(element, event)
    }
    element.addEventListener('keydown', key)
    return () => {
      element.removeEventListener('keydown', key)
      const before = heir.current?.() ?? opener.current
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
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
  /** Who has the focus afterwards, where whoever opened it will be gone. */
  readonly back?: (() => HTMLElement | null) | undefined
  readonly children: ComponentChildren
}

export const Dialog = ({ title, onClose, wide, back, children }: Props) => {
  const box = useFocusTrap(onClose, back)
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
