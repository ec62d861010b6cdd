/** One station: where it stands, what is done there and by which calendar, and how much at once. */
import { useState } from 'preact/hooks'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { PLANT_CALENDAR } from '../events.ts'
import { calendarView, type Line, type Station } from '../projection.ts'
import { setStation } from '../rules.ts'

export const kinds = [
  { value: 'build', label: 'Build' },
  { value: 'test', label: 'Test' },
  { value: 'inspection', label: 'Inspection' },
  { value: 'packing', label: 'Packing' },
  { value: 'store', label: 'Store' }
] as const

type StationProps = {
  station: Station | undefined
  stations: readonly Station[]
  lines: readonly Line[]
  onClose: () => void
}

const nextStation = (stations: readonly Station[]): string => {
  const highest = Math.max(0, ...stations.map(one => Number(/^ST-(\d+)$/.exec(one.station)?.[1] ?? 0)))
  return `ST-${String(highest + 1).padStart(2, '0')}`
}

/** What is still missing, as a sentence for the button. */
const stationLacks = (typed: Typed, given: Station, taken: string | undefined): string | undefined => {
  if (!given.station) return 'Give the station a number.'
  if (taken) return `${given.station} is ${taken} already. Give another number.`
  if (!given.name) return 'Give its name.'
  if (!given.line) return 'Add a line first.'
  if (!Number.isInteger(given.order)) return 'Its place in the line is a whole number.'
  if (!isCount(typed.capacity)) return 'Operations at once are a whole number from 1 on, or nothing.'
  return isCount(typed.load) ? undefined : 'Pieces in one load are a whole number from 1 on, or nothing.'
}

const isCount = (typed: string): boolean =>
  typed.trim() === '' || (Number.isInteger(Number(typed)) && Number(typed) >= 1)

export const StationForm = ({ station: was, stations, lines, onClose }: StationProps) => {
  const { act, why, busy } = useAct()
  const [typed, setTyped] = useState<Typed>({
    station: was?.station ?? nextStation(stations),
    name: was?.name ?? '',
    line: was?.line ?? lines[0]?.line ?? '',
    kind: was?.kind ?? 'build',
    calendar: was?.calendar ?? '',
    order: String(was?.order ?? stations.length + 1),
    capacity: String(was?.capacity ?? ''),
    load: String(was?.batchCapacity ?? '')
  })
  const input = stationOf(typed)
  const taken = was ? undefined : stations.find(one => one.station === input.station)?.name
  const missing = stationLacks(typed, input, taken) ?? why(setStation, input)
  const save = async () => {
    if (await act(setStation, input, `${input.name} is saved.`)) onClose()
  }
  return (
    <FormDialog
      title={was ? `Change ${was.name}` : 'Add a station'}
      onClose={onClose}
      does="Save"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <StationFields
        typed={typed}
        isNew={was === undefined}
        lines={lines}
        onType={more => setTyped({ ...typed, ...more })}
      />
    </FormDialog>
  )
}

/** As it is typed. */
type Typed = {
  readonly station: string
  readonly name: string
  readonly line: string
  readonly kind: Station['kind']
  readonly calendar: string
  readonly order: string
  readonly capacity: string
  readonly load: string
}

const stationOf = ({ station, name, line, kind, calendar, order, capacity, load }: Typed): Station => ({
  station: station.trim().toUpperCase(),
  name: name.trim(),
  line,
  kind,
  order: Number(order),
  ...(calendar ? { calendar } : {}),
  ...(capacity.trim() ? { capacity: Number(capacity) } : {}),
  ...(load.trim() ? { batchCapacity: Number(load) } : {})
})

type FieldsProps = {
  readonly typed: Typed
  readonly isNew: boolean
  readonly lines: readonly Line[]
  readonly onType: (more: Partial<Typed>) => void
}

const StationFields = ({ typed, isNew, lines, onType }: FieldsProps) => {
  const calendars = [
    { value: '', label: 'The plant’s calendar' },
    ...useFloor()
      .list(calendarView)
      .filter(([key]) => key !== PLANT_CALENDAR)
      .map(([key, one]) => ({ value: key, label: one.name }))
  ]
  return (
    <>
      <Field label="Number">
        <TextInput value={typed.station} onChange={station => onType({ station })} readOnly={!isNew} />
      </Field>
      <Field label="Name">
        <TextInput value={typed.name} onChange={name => onType({ name })} autoFocus />
      </Field>
      <Field label="Line">
        <Select
          value={typed.line}
          onChange={line => onType({ line })}
          options={lines.map(one => ({ value: one.line, label: one.name }))}
        />
      </Field>
      <Field label="Work done there">
        <Select
          value={typed.kind}
          options={kinds}
          onChange={value => onType({ kind: kinds.find(one => one.value === value)?.value ?? 'build' })}
        />
      </Field>
      <Field label="Works by">
        <Select value={typed.calendar} options={calendars} onChange={calendar => onType({ calendar })} />
      </Field>
      <Field label="Place in the line">
        <TextInput value={typed.order} onChange={order => onType({ order })} inputMode="numeric" />
      </Field>
      <Field label="Operations at once" hint="1 where nothing is given.">
        <TextInput value={typed.capacity} onChange={capacity => onType({ capacity })} inputMode="numeric" />
      </Field>
      <Field
        label="Pieces in one load"
        hint="Of a furnace, an oven or a washer. Nothing where pieces are worked one by one."
      >
        <TextInput value={typed.load} onChange={load => onType({ load })} inputMode="numeric" />
      </Field>
    </>
  )
}
