/** Wrong part, wrong station, expired gauge: the whole screen, what was scanned, what is needed. Never closes by itself. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Codes } from './codes.tsx'
import { useFocusTrap } from './dialog.tsx'
import { Shape } from './state-mark.tsx'
import css from './stop-card.module.css'

type Props = {
  readonly title: string
  readonly scanned?: string | undefined
  readonly needed?: string | undefined
  /** What happened and what to do, below the facts. */
  readonly sentence?: ComponentChildren
  /** The ways out: 'Scan again' first. */
  readonly children: ComponentChildren
}

export const StopCard = ({ title, scanned, needed, sentence, children }: Props) => {
  const box = useFocusTrap()
  const heading = useId()
  return (
    <div
      ref={box}
      class={css.stop}
      data-level="stop"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby={heading}
      tabIndex={-1}
    >
      <div class={css.body}>
        <h1 id={heading} class={css.title}>
          <Shape level="stop" />
          <span>
            <Codes text={title} />
          </span>
        </h1>
        <dl class={css.facts}>
          {scanned !== undefined && (
            <div>
              <dt>Scanned</dt>
              <dd data-nocut="">
                <Codes text={scanned} />
              </dd>
            </div>
          )}
          {needed !== undefined && (
            <div>
              <dt>Needed</dt>
              <dd data-nocut="">
                <Codes text={needed} />
              </dd>
            </div>
          )}
        </dl>
        {sentence !== undefined && <div class={css.sentence}>{sentence}</div>}
      </div>
      <div class={css.actions}>{children}</div>
    </div>
  )
}
