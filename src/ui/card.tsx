/** Cards: the whole card is the target. */
import type { ComponentChildren } from 'preact'
import css from './card.module.css'
import { usePress } from './press.ts'
import type { Level } from './state-mark.tsx'

type Props = {
  readonly onPress?: (() => void) | undefined
  readonly level?: Level | undefined
  readonly chosen?: boolean | undefined
  readonly children: ComponentChildren
  readonly [data: `data-${string}`]: string | boolean | undefined
}

export const Card = ({ onPress, level, chosen, children, ...data }: Props) =>
  onPress ? (
    <PressableCard onPress={onPress} level={level} chosen={chosen} {...data}>
      {children}
    </PressableCard>
  ) : (
    <div class={css.card} data-level={level} {...data}>
      {children}
    </div>
  )

const PressableCard = ({ onPress, level, chosen, children, ...data }: Props & { readonly onPress: () => void }) => {
  const pressing = usePress(onPress)
  return (
    <button type="button" class={css.card} data-level={level} aria-pressed={chosen} {...data} {...pressing}>
      {children}
    </button>
  )
}

type EmptyProps = { readonly title: string; readonly hint?: string | undefined; readonly children?: ComponentChildren }

/** What stands where nothing is yet: says what would be here and how it gets here. */
export const Empty = ({ title, hint, children }: EmptyProps) => (
  <div class={css.empty}>
    <p class={css.emptyTitle}>{title}</p>
    {hint && <p class={css.hint}>{hint}</p>}
    {children}
  </div>
)
