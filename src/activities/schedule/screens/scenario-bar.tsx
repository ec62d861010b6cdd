/** Which copy of the plan is on the screen; copying, naming, publishing and throwing away. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Quiet } from '#ui/desk-parts.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import type { Consequence } from '../mps/consequences.ts'
import { type Changes, countOf, NO_CHANGES, publishable } from '../scenario.ts'
import { publishScenario } from '../version-rules.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { changesOf } from './scenario-words.ts'
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
          <Button
            tone="primary"
            why={
              changes.boms.length > 0 && countOf(publishable(changes)) === 0
                ? 'A BOM is for its engineer to change.'
                : undefined
            }
            onPress={() => setOpen('publish')}
          >
            Publish {changesWord(publishable(changes))}
          </Button>
        </>
      )}
      {open === 'publish' && scenario && (
        <Publish scenarios={scenarios} name={scenario.name} consequences={consequences ?? []} onClose={close} />
      )}
      {open === 'rename' && scenario && <Rename scenarios={scenarios} name={scenario.name} onClose={close} />}
      {open === 'remove' && scenario && (
        <FormDialog
          title={`Throw away ${scenario.name}`}
          onClose={close}
          does={`Throw away ${changesWord(changes)}`}
          tone="stop"
          onDo={() => {
            scenarios.remove(scenario.id)
            close()
          }}
        >
          <Quiet>The plan itself stays as it is.</Quiet>
        </FormDialog>
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
  const floor = useFloor()
  const { scenario } = scenarios
  const changes = publishable(scenarios.changes)
  const { boms } = scenarios.changes
  const input = (reason: string) => ({
    scenario: name,
    reason,
    demands: [...changes.demands],
    forecasts: [...changes.forecasts],
    builds: [...changes.builds],
    receipts: [...changes.receipts],
    calendars: [...changes.calendars]
  })
  const worse = consequences.filter(({ kind }) => /appears|grows|later/.test(kind)).length
  return (
    <ReasonDialog
      title={`Publish ${name}`}
      onClose={onClose}
      does={`Publish ${changesWord(changes)}`}
      asks="Why the plan changes"
      unsaid="Write why the plan changes."
      action={publishScenario}
      input={input}
      done={`${name} is the plan now.`}
      onDone={() => scenario && (boms.length > 0 ? scenarios.change(left) : scenarios.remove(scenario.id))}
    >
      <ul data-wide="">
        {changesOf(floor, changes).map(({ of, key, what, was, now }) => (
          <li key={`${of}/${key}`}>
            {what}: {was === '' ? now : `${was} → ${now}`}
          </li>
        ))}
      </ul>
      <div data-wide="">
        <Quiet>
          {boms.length > 0
            ? `${boms.length === 1 ? 'The BOM stays' : 'The BOMs stay'} as in the plan, and ${name} keeps what it tries: a BOM is for its engineer to change, with a change order.`
            : worse === 0
              ? 'Nothing gets shorter or later by it.'
              : `${worse === 1 ? '1 thing gets' : `${worse} things get`} worse by it; they are listed beside the grid.`}
        </Quiet>
      </div>
    </ReasonDialog>
  )
}

/** What a scenario goes on with when the rest of it is the plan. */
const left = ({ boms }: Changes): Changes => ({ ...NO_CHANGES, boms })

type RenameProps = { readonly scenarios: Scenarios; readonly name: string; readonly onClose: () => void }

const Rename = ({ scenarios, name, onClose }: RenameProps) => {
  const [typed, setTyped] = useState(name)
  const save = () => {
    scenarios.rename(typed.trim())
    onClose()
  }
  return (
    <FormDialog
      title="Rename"
      onClose={onClose}
      does="Rename"
      onDo={save}
      why={typed.trim() === '' ? 'Give it a name.' : undefined}
    >
      <Field label="Name">
        <TextInput value={typed} onChange={setTyped} label="Name" maxLength={60} autoFocus />
      </Field>
    </FormDialog>
  )
}
