/** The one-time link of an empty plant: its name, its first administrator, and this browser as their desk. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import page from './page.module.css'

export type SetUp = {
  readonly code: string
  readonly site: string
  readonly timeZone: string
  readonly person: string
  readonly pin: string
}
type Props = {
  readonly code: string /** `undefined` when it went well, else the sentence. */
  readonly onSetUp: (given: SetUp) => Promise<string | undefined>
}

/** What is still missing, as a sentence for the button. */
export const missing = (given: {
  readonly site: string
  readonly person: string
  readonly pin: string
  readonly again: string
}): string | undefined => {
  if (given.site.trim() === '') return 'Give the plant a name first.'
  if (given.person.trim() === '') return 'Write your name first.'
  if (!/^\d{6}$/.test(given.pin)) return 'Choose a PIN of six digits.'
  return given.pin === given.again ? undefined : 'The two PINs differ.'
}

export const SetUpScreen = ({ code, onSetUp }: Props) => {
  const [site, setSite] = useState('')
  const [timeZone, setTimeZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [person, setPerson] = useState('')
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const go = () => {
    setBusy(true)
    void onSetUp({ code, site: site.trim(), timeZone, person: person.trim(), pin }).then(said => {
      setBusy(false)
      setProblem(said)
    })
  }
  return (
    <main class={page.page}>
      <p class={page.brand}>
        <img src="/icon.svg" alt="" />
        Jobcard
      </p>
      <h1>Set up your plant</h1>
      <p>This link works once. You become the administrator, this browser becomes your desk.</p>
      {problem && (
        <p class={page.problem} role="alert">
          {problem}
        </p>
      )}
      <div class={page.form}>
        <Field label="Name of the plant">
          <TextInput value={site} onChange={setSite} maxLength={200} autoFocus />
        </Field>
        <Field label="Time zone">
          <Select value={timeZone} options={zones()} onChange={setTimeZone} />
        </Field>
        <Field label="Your name">
          <TextInput value={person} onChange={setPerson} maxLength={200} autoComplete="name" />
        </Field>
        <Field label="Your PIN" hint="Six digits. Your badge is B-1001; it is printed under Plant.">
          <TextInput
            value={pin}
            onChange={setPin}
            type="password"
            inputMode="numeric"
            maxLength={6}
            autoComplete="new-password"
          />
        </Field>
        <Field label="The PIN again">
          <TextInput
            value={again}
            onChange={setAgain}
            type="password"
            inputMode="numeric"
            maxLength={6}
            autoComplete="new-password"
          />
        </Field>
        <div class={page.row}>
          <Button tone="primary" grow busy={busy} why={missing({ site, person, pin, again })} onPress={go}>
            Set up this plant
          </Button>
        </div>
      </div>
    </main>
  )
}

const zones = () => Intl.supportedValuesOf('timeZone').map(value => ({ value, label: value }))
