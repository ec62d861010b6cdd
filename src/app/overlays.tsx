/** What may lie over any screen: the edge flash, the card for a wrong scan, the warning before it locks. */
import type { ReadonlySignal } from '@preact/signals'
import { Button } from '#ui/button.tsx'
import { StopCard } from '#ui/stop-card.tsx'
import { flash, said } from './cues.ts'
import { HelpButton } from './help-button.tsx'
import type { Idle } from './idle.ts'
import css from './overlays.module.css'

export type WrongScan = { readonly scanned: string; readonly stop: string; readonly needed: string }

/** The key makes the animation start again for each cue. */
export const Flash = () => {
  const shown = flash.value
  return shown ? <div key={shown.n} class={css.flash} data-cue={shown.cue} aria-hidden="true" /> : null
}

/** For those who do not see the flash. */
export const Said = () => (
  <p class={css.said} role="status" aria-live="polite">
    {said.value}
  </p>
)

type WrongProps = { readonly wrong: WrongScan; readonly onAgain: () => void; readonly onCamera: () => void }

export const WrongScanCard = ({ wrong, onAgain, onCamera }: WrongProps) => (
  <StopCard title={wrong.stop} scanned={wrong.scanned} needed={wrong.needed}>
    <Button tone="primary" onPress={onAgain}>
      Scan again
    </Button>
    <Button onPress={onCamera}>Camera</Button>
    <HelpButton />
  </StopCard>
)

export const IdleWarning = ({ idle }: { readonly idle: ReadonlySignal<Idle> }) =>
  idle.value.state === 'warning' ? (
    <p class={css.idle} role="alert">
      This tablet locks in {idle.value.left} s. Touch it to stay. Your work stays open either way.
    </p>
  ) : null
