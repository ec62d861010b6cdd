/** Which copy of the plan is on the screen; copying, naming, publishing and throwing away. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Form, Quiet } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import type { Consequence } from '../mps/consequences.ts'
import { publishScenario } from '../version-rules.ts'
import { changesWord, LIVE, type Scenarios } from './use-scenarios.ts'

type Props = { readonly scenarios: Scenarios; readonly consequences: readonly Consequence[] | undefined }
type Open = 'publish' | 'rename' | 'remove'

/** Which plan is on the screen. */
export const WhichPlan = ({ scenarios }: { readonly scenarios: Scenarios }) => {
  const options = [
    { value: LIVE, label: 'Plan as it is' },
    ...scenarios.list.map(one => ({ value: one.id, label: `${one.name}, ${changesWord(one.changes)}` }))
  ]
  return (
    <Select label="Which plan" value={scenarios.scenario?.id ?? LIVE} options={options} onChange={scenarios.choose} />
  )
}

export const ScenarioBar = ({ scenarios, consequences }: Props) => {
  const [open, setOpen] = useState<Open>()
  const { scenario, changes } = scenarios
  const close = () => setOpen(undefined)
  return (
    <>
      <WhichPlan scenarios={scenarios} />
      <Button onPress={scenarios.copy}>Copy</Button>
      {scenario && (
        <>
          <Button onPress={() => setOpen('rename')}>Rename</Button>
          <Button onPress={() => setOpen('remove')}>Throw away</Button>
          <Button tone="primary" onPress={() => setOpen('publish')}>
            Publish {changesWord(changes)}
          </Button>
        </>
      )}
      {open === 'publish' && scenario && (
        <Publish scenarios={scenarios} name={scenario.name} consequences={consequences ?? []} onClose={close} />
      )}
      {open === 'rename' && scenario && <Rename scenarios={scenarios} name={scenario.name} onClose={close} />}
      {open === 'remove' && scenario && (
        <Dialog title={`Throw away ${scenario.name}`} onClose={close}>
          <Form
            end={
              <>
                <Button onPress={close}>Keep it</Button>
                <Button
                  tone="stop"
                  onPress={() => {
                    scenarios.remove(scenario.id)
                    close()
                  }}
                >
                  Throw away {changesWord(changes)}
                </Button>
              </>
            }
          >
            <Quiet>The plan itself stays as it is.</Quiet>
          </Form>
        </Dialog>
      )}
    </>
  )
}

type PublishProps = {
  readonly scenarios: Scenarios
  readonly name: string
  readonly consequences: readonly Consequence[]
  readonly onClose: () => void
}

const Publish = ({ scenarios, name, consequences, onClose }: PublishProps) => {
  const { act, why, busy } = useAct()
  const [reason, setReason] = useState('')
  const { changes, scenario } = scenarios
  const input = {
    scenario: name,
    reason,
    demands: [...changes.demands],
    forecasts: [...changes.forecasts],
    builds: [...changes.builds],
    receipts: [...changes.receipts],
    calendars: [...changes.calendars]
  }
  const worse = consequences.filter(({ kind }) => /appears|grows|later/.test(kind)).length
  const publish = async () => {
    if (!(await act(publishScenario, input, `${name} is the plan now.`))) return
    if (scenario) scenarios.remove(scenario.id)
    onClose()
  }
  return (
    <FormDialog
      title={`Publish ${name}`}
      onClose={onClose}
      does={`Publish ${changesWord(changes)}`}
      onDo={() => void publish()}
      busy={busy}
      why={reason.trim() === '' ? 'Write why the plan changes.' : why(publishScenario, input)}
    >
      <ul>
        {changes.builds.map(one => (
          <li key={one.build}>
            {one.quantity === 0 ? `No build of ${one.item}` : `Build ${one.quantity} of ${one.item}`} by {one.due}
          </li>
        ))}
        {changes.demands.map(one => (
          <li key={one.demand}>
            {one.demand}: {one.quantity} of {one.item} by {one.due}
          </li>
        ))}
        {changes.receipts.map(one => (
          <li key={`${one.order}/${one.line}`}>
            {one.order}, line {one.line} {one.due === undefined ? '' : `on ${one.due}`}
          </li>
        ))}
        {changes.calendars.map(one => (
          <li key={one.calendar}>Working days of {one.name}</li>
        ))}
      </ul>
      <Quiet>
        {worse === 0
          ? 'Nothing gets shorter or later by it.'
          : `${worse === 1 ? '1 thing gets' : `${worse} things get`} worse by it; they are listed beside the grid.`}
      </Quiet>
      <Field label="Why the plan changes">
        <TextInput
          value={reason}
          onChange={setReason}
          label="Why the plan changes"
          lines={2}
          maxLength={500}
          autoFocus
        />
      </Field>
    </FormDialog>
  )
}

const Rename = ({
  scenarios,
  name,
  onClose
}: {
  readonly scenarios: Scenarios
  readonly name: string
  readonly onClose: () => void
}) => {
  const [typed, setTyped] = useState(name)
  const save = () => {
    scenarios.rename(typed.trim())
    onClose()
  }
  return (
    <Dialog title="Rename" onClose={onClose}>
      <Form
        end={
          <Button tone="primary" why={typed.trim() === '' ? 'Give it a name.' : undefined} onPress={save}>
            Rename
          </Button>
        }
      >
        <Field label="Name">
          <TextInput value={typed} onChange={setTyped} label="Name" maxLength={60} autoFocus />
        </Field>
      </Form>
    </Dialog>
  )
}
