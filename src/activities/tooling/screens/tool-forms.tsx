/** Adding or changing a tool, and recording its calibration. */
import { useState } from 'preact/hooks'
import { dayOf } from '#ui/desk-parts.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import type { Tool } from '../projection.ts'
import { recordCalibration, setTool } from '../rules.ts'

const kinds = [
  { value: 'tool', label: 'Tool' },
  { value: 'jig', label: 'Jig' },
  { value: 'gauge', label: 'Gauge' }
] as const

export const ToolForm = ({ tool: was, onClose }: { readonly tool: Tool | undefined; readonly onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const [tool, setNumber] = useState(was?.tool ?? 'T-')
  const [name, setName] = useState(was?.name ?? '')
  const [kind, setKind] = useState<Tool['kind']>(was?.kind ?? 'tool')
  const [location, setLocation] = useState(was?.location ?? '')
  const [calibratedTo, setCalibratedTo] = useState(was?.calibratedTo ?? '')
  const [lifeLimit, setLifeLimit] = useState(was?.lifeLimit === undefined ? '' : String(was.lifeLimit))
  const input = {
    tool: tool.trim().toUpperCase(),
    name: name.trim(),
    kind,
    location: location.trim(),
    ...(calibratedTo ? { calibratedTo } : {}),
    ...(Number(lifeLimit) > 0 ? { lifeLimit: Number(lifeLimit) } : {})
  }
  const missing = !/^T-[A-Z0-9-]+$/.test(input.tool)
    ? 'The number begins with T-, so that a scanner knows it.'
    : !input.name
      ? 'Give its name.'
      : !input.location
        ? 'Give its place.'
        : why(setTool, input)
  const save = async () => {
    if (await act(setTool, input, `${input.tool} is saved.`)) onClose()
  }
  return (
    <FormDialog
      title={was ? `Change ${was.name}` : 'Add a tool'}
      onClose={onClose}
      does="Save the tool"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <Field label="Number">
        <TextInput value={tool} onChange={setNumber} readOnly={was !== undefined} />
      </Field>
      <Field label="Kind">
        <Select
          value={kind}
          options={kinds}
          onChange={value => setKind(kinds.find(one => one.value === value)?.value ?? 'tool')}
        />
      </Field>
      <Field label="Name">
        <TextInput value={name} onChange={setName} />
      </Field>
      <Field label="Place" hint="LOC-… or a cabinet">
        <TextInput value={location} onChange={setLocation} />
      </Field>
      <Field label="May be used until" hint="Empty when it is never calibrated.">
        <TextInput type="date" value={calibratedTo} onChange={setCalibratedTo} />
      </Field>
      <Field label="Life limit, pieces">
        <TextInput value={lifeLimit} onChange={setLifeLimit} inputMode="numeric" />
      </Field>
    </FormDialog>
  )
}

const YEAR = 365 * 86_400_000

export const CalibrationForm = ({ tool, onClose }: { readonly tool: Tool; readonly onClose: () => void }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [passed, setPassed] = useState(true)
  const [calibratedTo, setCalibratedTo] = useState(dayOf(floor.now.peek() + YEAR))
  const [note, setNote] = useState('')
  const input = { tool: tool.tool, passed, calibratedTo, ...(note.trim() ? { note: note.trim() } : {}) }
  const save = async () => {
    if (
      await act(
        recordCalibration,
        input,
        passed ? `${tool.name} may be used until ${calibratedTo}.` : `${tool.name} is kept out of the work.`
      )
    )
      onClose()
  }
  return (
    <FormDialog
      title={`Calibration of ${tool.name}`}
      onClose={onClose}
      does="Save the calibration"
      onDo={() => void save()}
      busy={busy}
      why={calibratedTo ? why(recordCalibration, input) : 'Give the last day it may be used.'}
    >
      <Field label="Result">
        <Select
          value={passed ? 'passed' : 'not'}
          onChange={value => setPassed(value === 'passed')}
          options={[
            { value: 'passed', label: 'Passed' },
            { value: 'not', label: 'Did not pass' }
          ]}
        />
      </Field>
      <Field label={passed ? 'May be used until' : 'Was valid until'}>
        <TextInput type="date" value={calibratedTo} onChange={setCalibratedTo} />
      </Field>
      <div data-wide="">
        <Field label="Note" hint="Certificate, readings, who did it.">
          <TextInput lines={3} value={note} onChange={setNote} />
        </Field>
      </div>
    </FormDialog>
  )
}
