/** The call for help on every operator screen. Its tiles and pads come a moment after the screen, or at the first press. */
import { lazy, ErrorBoundary } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { drawn } from './drawn.ts'

const CallForHelp = lazy(() => import('#plant/screens/call-for-help.tsx').then(part => part.CallForHelp))

export const HelpButton = () => {
  const [ready, setReady] = useState(false)
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
      <CallForHelp />
    </ErrorBoundary>
  ) : (
    <Button data-help="" onPress={() => setReady(true)}>
      Call for help
    </Button>
  )
}
