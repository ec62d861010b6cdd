/** The call for help on every operator screen. Its tiles and pads come a moment after the screen, or at the first press. */
import { lazy, ErrorBoundary } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { drawn } from './drawn.ts'

const CallForHelp = lazy(() => import('#plant/screens/call-for-help.tsx').then(part => part.CallForHelp))

export const HelpButton = () => {
  const [ready, setReady] = useState(false)
  /** A press that came before the tiles did is not lost. */
  const [pressed, setPressed] = useState(false)
  const press = () => {
    setPressed(true)
    setReady(true)
  }
  useEffect(
    () =>
      void drawn()
        .then(CallForHelp.preload)
        .then(
          () => setReady(true),
          () => undefined
        ),
    []
  )
  return ready ? (
    <ErrorBoundary>
      <CallForHelp opened={pressed} />
    </ErrorBoundary>
  ) : (
    <Button data-help="" onPress={press}>
      Call for help
    </Button>
  )
}
