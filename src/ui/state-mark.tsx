/** The five levels of urgency: always a fill, a shape and a word together. */
import css from './state-mark.module.css'

export type Level = 'normal' | 'off' | 'info' | 'attention' | 'stop'

type ShapeProps = { readonly level: Level }

/** Own shapes, so that no font decides how a state looks. Sized by the text around it. */
export const Shape = ({ level }: ShapeProps) => (
  <svg class={css.shape} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    {shapes[level]}
  </svg>
)

const shapes = {
  normal: <circle cx="12" cy="12" r="9" fill="currentColor" />,
  off: <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="3" />,
  info: <path d="M12 1.5 22.5 12 12 22.5 1.5 12z" fill="currentColor" />,
  attention: <path d="M12 2 23 21.5H1z" fill="currentColor" />,
  stop: <path d="M3 3h18v18H3z" fill="currentColor" />
} satisfies Record<Level, unknown>

export const StateMark = ({ level, word }: { readonly level: Level; readonly word: string }) => (
  <span class={css.mark} data-level={level}>
    <Shape level={level} />
    <span>{word}</span>
  </span>
)
