/** One operation of the schedule: what, where, when, why late; pinned and let go. */
import { useState } from 'preact/hooks'
import { dayAt, dayNumber, dayText, instantOf } from '#kernel/calendar.ts'
import { Button } from '#ui/button.tsx'
import { Facts, Form, Label, showDay } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { useAct } from '#ui/use-act.ts'
import { pinOperation, unpinOperation } from '../dispatch-rules.ts'
import { openOrderView } from '../order-view.ts'
import type { PlanSchedule } from '../outlook.ts'
import { routingKey, routingView } from '../projection.ts'
import { stationOf } from '../solver/problem-from.ts'
import type { Bar } from './gantt-model.ts'
import { namesOfSchedule } from './schedule-names.ts'
import css from './schedule-view.module.css'
import type { Scheduling } from './use-schedule.ts'
import { clockWord, lengthWord, whenWord, whyLate } from './schedule-words.ts'

type LineProps = {
  readonly bar: Bar
  readonly zone: string
  readonly plan: PlanSchedule
  readonly onOpen: () => void
}

/** Below the chart, so that nothing covers it. */
export const OperationLine = ({ bar, zone, plan, onOpen }: LineProps) => {
  const names = namesOfSchedule(useFloor(), plan)
  const late = bar.result?.lateMinutes ?? 0
  return (
    <div class={css.line} aria-live="polite">
      <span>
        {bar.run?.firm ? <Label>{bar.workOrder}</Label> : 'Planned'} · {bar.op} {bar.run?.name}, {bar.run?.quantity}{' '}
        pieces
      </span>
      <span>
        {bar.place}, {whenWord(bar.from, zone)} to {whenWord(bar.to, zone)}
      </span>
      {bar.run && <span>due {showDay(bar.run.due)}</span>}
      {bar.pinned && <StateMark level="info" word="Pinned" />}
      {late > 0 && (
        <StateMark
          level="stop"
          word={`${lengthWord(late)} late. ${bar.result ? whyLate(bar.result, names).sentence : ''}`}
        />
      )}
      <Button onPress={onOpen}>Open</Button>
    </div>
  )
}

type Props = {
  readonly bar: Bar
  readonly plan: PlanSchedule
  readonly zone: string
  /** Why it can't be pinned at all. */
  readonly lacks: string | undefined
  readonly follow: Scheduling['follow']
  readonly onClose: () => void
}

export const OperationDialog = ({ bar, plan, zone, lacks, follow, onClose }: Props) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const { workOrder, op, run, result } = bar
  const [station, setStation] = useState(stationOf(bar.place))
  const [day, setDay] = useState(dayText(dayAt(bar.from, zone)))
  const [clock, setClock] = useState(clockWord(bar.from, zone))
  const names = namesOfSchedule(floor, plan)
  const start = startOf(day, clock, zone)
  const input = { workOrder, op, station, start: new Date(start ?? 0).toISOString() }
  const followed = async (acting: Promise<boolean>) => {
    follow(true)
    if (await acting) onClose()
    else follow(false)
  }
  const pin = () =>
    followed(act(pinOperation, input, `${workOrder} · ${op} is pinned at ${station}, ${whenWord(start ?? 0, zone)}.`))
  const unpin = () => followed(act(unpinOperation, { workOrder, op }, `${workOrder} · ${op} goes where it fits best.`))
  return (
    <Dialog
      title={run?.firm ? `${workOrder}, operation ${op}` : `Planned ${run?.name ?? workOrder}, operation ${op}`}
      onClose={onClose}
    >
      <Form
        end={
          <>
            {run?.firm && (
              <Button onPress={() => floor.go(`/orders/${encodeURIComponent(workOrder)}`)}>Open the work order</Button>
            )}
            {bar.pinned && (
              <Button busy={busy} why={lacks ?? why(unpinOperation, { workOrder, op })} onPress={() => void unpin()}>
                Let it go
              </Button>
            )}
            <Button
              tone="primary"
              busy={busy}
              why={lacks ?? (start === undefined ? 'Give a day and a time.' : why(pinOperation, input))}
              onPress={() => void pin()}
            >
              Pin it here
            </Button>
          </>
        }
      >
        <div data-wide="">
          <Facts
            facts={[
              ['Item', run && `${run.quantity} ${run.name}`],
              ['When', `${whenWord(bar.from, zone)} to ${whenWord(bar.to, zone)}`],
              ['Set-up', bar.setUpTo > bar.from ? lengthWord((bar.setUpTo - bar.from) / 60_000) : undefined],
              ['Due', run && showDay(run.due)],
              ['Parts are there', run?.material === undefined ? undefined : showDay(run.material)],
              [
                'Late',
                result && result.lateMinutes > 0
                  ? `${lengthWord(result.lateMinutes)}. ${whyLate(result, names).sentence}`
                  : undefined
              ]
            ]}
          />
        </div>
        <Field label="Station">
          <Select
            value={station}
            onChange={setStation}
            options={stationsOf(floor, bar).map(one => ({ value: one, label: names.station(one) }))}
          />
        </Field>
        <Field label="Day">
          <TextInput type="date" value={day} onChange={setDay} />
        </Field>
        <Field label="Time" hint="As 08:30, in the plant’s time.">
          <TextInput value={clock} onChange={setClock} maxLength={5} />
        </Field>
      </Form>
    </Dialog>
  )
}

const startOf = (day: string, clock: string, zone: string): number | undefined => {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? []
  const number = dayNumber(day)
  return hour === undefined || Number.isNaN(number)
    ? undefined
    : instantOf(number, Number(hour) * 60 + Number(minute), zone)
}

/** Where it may be done: as frozen at release, else as the routing says. */
const stationsOf = (floor: ReturnType<typeof useFloor>, { workOrder, op, place }: Bar): readonly string[] => {
  const order = floor.get(openOrderView, workOrder)
  const operations =
    order?.operations ?? (order && floor.get(routingView, routingKey(order.item, order.revision))?.operations)
  return operations?.find(one => one.op === op)?.stations ?? [stationOf(place)]
}
