/** The button that does what a message asks for, where something can be done from here. */
import { Button } from '#ui/button.tsx'
import type { PlanMessage } from '../planning/problem.ts'
import { messageSentence } from '../planning/words.ts'
import type { Desk } from './desk-state.ts'
import { FirmForm } from './planned-forms.tsx'
import { plannedOf, RemedyForm } from './remedy-form.tsx'
import { remedyOf, useApply } from './use-remedy.ts'

export const RemedyButton = ({ desk, message }: { readonly desk: Desk; readonly message: PlanMessage }) => {
  const { apply, busy, whyNot } = useApply(desk)
  const remedy = remedyOf(desk, message)
  if (!remedy) return null
  if (remedy.kind === 'go') return <Button onPress={() => desk.floor.go(remedy.path)}>{remedy.label}</Button>
  if (remedy.kind === 'apply')
    return (
      <Button busy={busy === message.key} why={whyNot(remedy)} onPress={() => void apply(message, remedy)}>
        {remedy.label}
      </Button>
    )
  const { kind, label, open } = remedy
  return (
    <>
      {open !== undefined && <Button onPress={() => desk.floor.go(`/orders/${open}`)}>Open it</Button>}
      <Button
        onPress={() =>
          desk.ask(<RemedyForm desk={desk} message={message} kind={kind} onClose={() => desk.ask(undefined)} />)
        }
      >
        {label}
      </Button>
    </>
  )
}

/** A planned order that shall stay as it is, whatever the next run would make of it. */
export const FirmButton = ({ desk, message }: { readonly desk: Desk; readonly message: PlanMessage }) => {
  if (message.about?.kind !== 'planned') return null
  const planned = plannedOf(message, desk.day, messageSentence(message, desk.nameOf, desk.day))
  return (
    <Button onPress={() => desk.ask(<FirmForm desk={desk} planned={planned} onClose={() => desk.ask(undefined)} />)}>
      Make firm
    </Button>
  )
}
