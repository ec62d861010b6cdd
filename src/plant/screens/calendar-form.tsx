/** One calendar: the hours of each weekday with their breaks, the days that differ, and what the next two weeks come to. */
import { useState } from 'preact/hooks'
import { dayAt, dayNumber, dayText, usualWeek } from '#kernel/calendar.ts'
import { Button } from '#ui/button.tsx'
import { Quiet, RowActions, showDay } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import {
  asMonday,
  type DayLine,
  dayName,
  exceptionOf,
  hoursIn,
  linesOf,
  type Otherwise,
  otherwiseOf,
  weekOf
} from '../calendar-lines.ts'
import { nextClockChange, previewOf, previewWords } from '../calendar-preview.ts'
import { PLANT_CALENDAR } from '../events.ts'
import { siteView } from '../projection.ts'
import { setCalendar } from '../rules.ts'
import type { Calendar } from '../views.ts'
import css from './admin-calendars.module.css'

type Props = {
  /** Undefined for a new one. */
  readonly was: Calendar | undefined
  /** Codes that others have. */
  readonly taken: readonly string[]
  readonly onClose: () => void
}

/** What is typed, as it would be recorded; or what can't be, as a sentence. */
const readWeek = (lines: readonly DayLine[], others: readonly Otherwise[]) => {
  const week = weekOf(lines)
  if (typeof week === 'string') return week
  const exceptions: Calendar['exceptions'][number][] = []
  for (const one of others) {
    const made = exceptionOf(one)
    if (typeof made === 'string') return made
    exceptions.push(made)
  }
  return { week: [...week], exceptions }
}

export const CalendarForm = ({ was, taken, onClose }: Props) => {
  const floor = useFloor()
  const zone = floor.list(siteView)[0]?.[1].timeZone ?? 'UTC'
  const today = dayAt(floor.now.peek(), zone)
  const { act, why, busy } = useAct()
  const [calendar, setCode] = useState(was?.calendar ?? (taken.includes(PLANT_CALENDAR) ? '' : PLANT_CALENDAR))
  const [name, setName] = useState(was?.name ?? '')
  const [lines, setLines] = useState<readonly DayLine[]>(() => linesOf(was?.week ?? usualWeek(zone).week))
  const [others, setOthers] = useState<readonly Otherwise[]>(() => (was?.exceptions ?? []).map(otherwiseOf))
  const read = readWeek(lines, others)
  const code = calendar.trim().toUpperCase()
  const input = {
    calendar: code,
    name: name.trim(),
    ...(typeof read === 'string' ? { week: [], exceptions: [] } : read)
  }
  const missing = !code
    ? 'Give it a code, such as NIGHT.'
    : !was && taken.includes(code)
      ? `There is a calendar ${code} already. Give another code.`
      : !input.name
        ? 'Give its name.'
        : typeof read === 'string'
          ? read
          : why(setCalendar, input)
  const save = async () => {
    if (await act(setCalendar, input, `${input.name} is saved. The plan counts by it from now on.`)) onClose()
  }
  return (
    <FormDialog
      title={was ? `Change ${was.name}` : 'Add a calendar'}
      onClose={onClose}
      wide
      does="Save the calendar"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <div class={css.layout} data-wide="">
        <div class={css.part}>
          <div class={css.names}>
            <Field label="Code" hint={was ? undefined : `${PLANT_CALENDAR} is the plant’s own.`}>
              <TextInput value={calendar} onChange={setCode} readOnly={was !== undefined} maxLength={40} />
            </Field>
            <Field label="Name">
              <TextInput value={name} onChange={setName} autoFocus maxLength={60} />
            </Field>
          </div>
          <WeekTable lines={lines} onChange={setLines} />
        </div>
        <div class={css.part}>
          {typeof read === 'string' ? (
            <Quiet>The preview is here again when this is mended: {read}</Quiet>
          ) : (
            <Preview rule={read} zone={zone} today={today} />
          )}
        </div>
      </div>
      <div class={css.part} data-wide="">
        <OtherDays others={others} today={dayText(today)} onChange={setOthers} />
      </div>
    </FormDialog>
  )
}

type WeekProps = { readonly lines: readonly DayLine[]; readonly onChange: (lines: readonly DayLine[]) => void }

const WeekTable = ({ lines, onChange }: WeekProps) => {
  const set = (day: number, next: Partial<DayLine>) =>
    onChange(lines.map(line => (line.day === day ? { ...line, ...next } : line)))
  const hours = lines.map(hoursIn)
  return (
    <>
      <table class={css.week}>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Worked, for example 06:00-14:00, 14:00-22:00</th>
            <th scope="col">Breaks in it</th>
            <th scope="col">Hours</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ day, worked, breaks }, at) => (
            <tr key={day}>
              <th scope="row">{dayName(day)}</th>
              <td>
                <TextInput
                  label={`${dayName(day)}: hours worked`}
                  value={worked}
                  placeholder="no work"
                  onChange={next => set(day, { worked: next })}
                />
              </td>
              <td>
                <TextInput
                  label={`${dayName(day)}: breaks`}
                  value={breaks}
                  onChange={next => set(day, { breaks: next })}
                />
              </td>
              <td>{hours[at] === undefined ? '?' : Math.round((hours[at] ?? 0) * 100) / 100}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class={css.start}>
        <Button onPress={() => onChange(asMonday(lines))}>Tue to Fri like Mon</Button>
      </div>
    </>
  )
}

type OthersProps = {
  readonly others: readonly Otherwise[]
  readonly today: string
  readonly onChange: (others: readonly Otherwise[]) => void
}

/** Those that are over stay recorded and are not shown. */
const OtherDays = ({ others, today, onChange }: OthersProps) => {
  const set = (at: number, next: Partial<Otherwise>) =>
    onChange(others.map((one, place) => (place === at ? { ...one, ...next } : one)))
  const shown = others.map((one, at) => ({ one, at })).filter(({ one }) => one.to === '' || one.to >= today)
  return (
    <>
      {shown.length === 0 ? (
        <Quiet>No holiday and no extra shift ahead.</Quiet>
      ) : (
        <table class={css.others}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Worked; nothing: closed</th>
              <th scope="col">Called</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {shown.map(({ one, at }) => (
              <OtherDay
                key={at}
                one={one}
                onChange={next => set(at, next)}
                onRemove={() => onChange(others.toSpliced(at, 1))}
              />
            ))}
          </tbody>
        </table>
      )}
      <div class={css.start}>
        <Button onPress={() => onChange([...others, { from: today, to: today, hours: '', name: '' }])}>
          Add a holiday or an extra shift
        </Button>
      </div>
    </>
  )
}

type OtherProps = {
  readonly one: Otherwise
  readonly onChange: (next: Partial<Otherwise>) => void
  readonly onRemove: () => void
}

const OtherDay = ({ one: { from, to, hours, name }, onChange, onRemove }: OtherProps) => (
  <tr>
    <td>
      <TextInput
        type="date"
        label="First of these days"
        value={from}
        onChange={next => onChange({ from: next, ...(to < next ? { to: next } : {}) })}
      />
    </td>
    <td>
      <TextInput type="date" label="Last of these days" value={to} onChange={next => onChange({ to: next })} />
    </td>
    <td>
      <TextInput
        label="Hours of these days"
        value={hours}
        placeholder="closed"
        onChange={next => onChange({ hours: next })}
      />
    </td>
    <td>
      <TextInput label="What these days are called" value={name} onChange={next => onChange({ name: next })} />
    </td>
    <td>
      <RowActions>
        <Button label={`Take out ${name || from}`} onPress={onRemove}>
          Take out
        </Button>
      </RowActions>
    </td>
  </tr>
)

const TWO_WEEKS = 14

type PreviewProps = {
  readonly rule: Pick<Calendar, 'week' | 'exceptions'>
  readonly zone: string
  readonly today: number
}

const Preview = ({ rule, zone, today }: PreviewProps) => {
  const [first, setFirst] = useState(dayText(today))
  const begin = dayNumber(first)
  const from = Number.isNaN(begin) ? today : begin
  const days = previewOf(rule, zone, from, TWO_WEEKS)
  const change = nextClockChange(today, zone)
  const total = days.reduce((sum, { hours }) => sum + hours, 0)
  return (
    <>
      <Field label="Two weeks from" hint={`${Math.round(total * 100) / 100} h of work, in ${zone}.`}>
        <TextInput type="date" value={first} onChange={setFirst} />
      </Field>
      <ul class={css.preview} data-preview="">
        {days.map(one => (
          <li key={one.day} data-closed={one.hours === 0 ? '' : undefined}>
            <span>{showDay(dayText(one.day))}</span>
            <span>{previewWords(one)}</span>
          </li>
        ))}
      </ul>
      {change !== undefined && (
        <div class={css.start}>
          <Button onPress={() => setFirst(dayText(change - 7))}>
            Look at the next change of the clock, {showDay(dayText(change))}
          </Button>
        </div>
      )}
    </>
  )
}
