/** Small forms that change a scenario: a demand, the forecast, a delivery, working days. Nothing is recorded. */
import { useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { dayOf, showDay } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { calendarsOf, daysLack, withDays } from '../calendar-change.ts'
import { type Demand, demandView, type Forecast, forecastKey, forecastView, plannedItemView } from '../projection.ts'
import { openReceipts, receiptView } from '../receipt-view.ts'
import { freePeriod, periodStart } from '../period.ts'
import { withChange, without } from '../scenario.ts'
import { ItemChoice, PiecesDue, piecesDueLack } from './plan-forms.tsx'
import type { Scenarios } from './use-scenarios.ts'

type Props = { readonly scenarios: Scenarios; readonly onClose: () => void }

/** `PART` items have names that only the item list knows. */
const useItemName = () => {
  const floor = useFloor()
  return (item: string): string => floor.get(plannedItemView, item)?.name ?? item
}

type FrameProps = Omit<Parameters<typeof FormDialog>[0], 'does' | 'onDo'> & { readonly onTry: () => void }

const Frame = ({ onTry, ...form }: FrameProps) => (
  <FormDialog
    {...form}
    does="Try it"
    onDo={() => {
      onTry()
      form.onClose()
    }}
  />
)

export const ChangeDemand = ({ scenarios, onClose }: Props) => {
  const floor = useFloor()
  const nameOf = useItemName()
  const demands = scenarios.known
    .list(demandView)
    .map(([, one]) => one)
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const [key, setKey] = useState(demands[0]?.demand ?? '')
  const chosen = demands.find(one => one.demand === key)
  const [quantity, setQuantity] = useState(String(chosen?.quantity ?? ''))
  const [due, setDue] = useState(chosen?.due ?? '')
  const choose = (next: string) => {
    const one = demands.find(({ demand }) => demand === next)
    setKey(next)
    setQuantity(String(one?.quantity ?? ''))
    setDue(one?.due ?? '')
  }
  const set = (one: Demand) => {
    const live = floor.get(demandView, one.demand)
    const same = live && one.state !== 'closed' && live.quantity === one.quantity && live.due === one.due
    scenarios.change(was => (same ? without(was, 'demands', one.demand) : withChange(was, 'demands', one)))
  }
  if (!chosen)
    return <Nothing title="Change a demand" onClose={onClose} hint="Nobody wants anything yet. Add demand first." />
  const pieces = Number(quantity)
  return (
    <Frame
      title="Change a demand"
      why={piecesDueLack(pieces, due)}
      onTry={() => set({ ...chosen, quantity: pieces, due })}
      onClose={onClose}
      more={
        <Button
          onPress={() => {
            set({ ...chosen, state: 'closed' })
            onClose()
          }}
        >
          No longer wanted
        </Button>
      }
    >
      <div data-wide="">
        <Field label="Demand">
          <Select
            value={key}
            onChange={choose}
            options={demands.map(one => ({
              value: one.demand,
              label: `${one.demand}, ${one.quantity} ${nameOf(one.item)} by ${showDay(one.due)}${one.customer === undefined ? '' : `, ${one.customer}`}`
            }))}
          />
        </Field>
      </div>
      <PiecesDue quantity={quantity} onQuantity={setQuantity} due={due} onDue={setDue} />
    </Frame>
  )
}

const BUCKETS = [
  { value: 'day', label: 'day' },
  { value: 'week', label: 'week' },
  { value: 'month', label: 'month' }
] as const

/** What is expected from a day on; one that is there is changed, or none is chosen and a new one is made. */
export const ChangeForecast = ({ scenarios, onClose }: Props) => {
  const floor = useFloor()
  const nameOf = useItemName()
  const today = dayOf(floor.now.peek())
  const made = floor.list(plannedItemView).flatMap(([, one]) => (one.source === 'make' ? [one] : []))
  const known = scenarios.known
    .list(forecastView)
    .flatMap(([, one]) => (one.quantity > 0 && one.from >= periodStart(one.bucket, today) ? [one] : []))
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const [typed, setTyped] = useState<Forecast>(
    () => known[0] ?? { item: made[0]?.item ?? '', bucket: 'week', from: periodStart('week', today), quantity: 0 }
  )
  const [quantity, setQuantity] = useState(known[0] ? show(known[0].quantity) : '')
  const chosen = known.find(one => forecastKey(one) === forecastKey(typed))
  const put = (one: Forecast) => {
    const same = (floor.get(forecastView, forecastKey(one))?.quantity ?? 0) === one.quantity
    scenarios.change(was => (same ? without(was, 'forecasts', forecastKey(one)) : withChange(was, 'forecasts', one)))
  }
  const choose = (key: string) => {
    const one = known.find(other => forecastKey(other) === key)
    if (one) setTyped(one)
    else setTyped(was => ({ ...was, from: freePeriod(known, was, today) }))
    setQuantity(one ? show(one.quantity) : '')
  }
  if (made.length === 0)
    return <Nothing title="Change the forecast" onClose={onClose} hint="Add an item that is made here first." />
  const amount = Number(quantity.replace(',', '.'))
  const why = !(amount > 0) ? 'Give how many are expected.' : typed.from === '' ? 'Give the day it begins.' : undefined
  return (
    <Frame
      title="Change the forecast"
      why={why}
      onTry={() => put({ ...(chosen ?? { ...typed, from: periodStart(typed.bucket, typed.from) }), quantity: amount })}
      onClose={onClose}
      more={
        chosen && (
          <Button
            onPress={() => {
              put({ ...chosen, quantity: 0 })
              onClose()
            }}
          >
            No longer expected
          </Button>
        )
      }
    >
      <div data-wide="">
        <Field label="Forecast">
          <Select
            value={chosen ? forecastKey(chosen) : ''}
            onChange={choose}
            options={[
              ...known.map(one => ({
                value: forecastKey(one),
                label: `${show(one.quantity)} ${nameOf(one.item)}, ${one.bucket} of ${showDay(one.from)}`
              })),
              { value: '', label: 'Another one' }
            ]}
          />
        </Field>
      </div>
      {!chosen && (
        <>
          <ItemChoice items={made} value={typed.item} onChange={item => setTyped(was => ({ ...was, item }))} />
          <Field label="For a">
            <Select
              value={typed.bucket}
              options={BUCKETS}
              onChange={value =>
                setTyped(was => ({ ...was, bucket: BUCKETS.find(one => one.value === value)?.value ?? 'week' }))
              }
            />
          </Field>
          <Field label="That begins" hint="A week begins on its Monday, a month on its first.">
            <TextInput type="date" value={typed.from} onChange={from => setTyped(was => ({ ...was, from }))} />
          </Field>
        </>
      )}
      <Field label="How many are expected">
        <TextInput value={quantity} onChange={setQuantity} inputMode="decimal" autoFocus />
      </Field>
    </Frame>
  )
}

export const ChangeReceipt = ({ scenarios, onClose }: Props) => {
  const nameOf = useItemName()
  const lines = openReceipts(scenarios.known.list(receiptView).map(([, one]) => one))
  const keyOf = (one: { readonly order: string; readonly line: number }) => `${one.order}/${one.line}`
  const [key, setKey] = useState(lines[0] ? keyOf(lines[0]) : '')
  const chosen = lines.find(one => keyOf(one) === key)
  const [quantity, setQuantity] = useState(String(chosen?.quantity ?? ''))
  const [due, setDue] = useState(chosen?.due ?? '')
  const choose = (next: string) => {
    const one = lines.find(line => keyOf(line) === next)
    setKey(next)
    setQuantity(String(one?.quantity ?? ''))
    setDue(one?.due ?? '')
  }
  if (!chosen) return <Nothing title="Change a delivery" onClose={onClose} hint="Nothing is on order of a supplier." />
  const amount = Number(quantity)
  const why = !(amount > 0) ? 'Give how much comes.' : due === '' ? 'Give the day on which it comes.' : undefined
  const set = () => {
    const { order, line } = chosen
    scenarios.change(was => withChange(was, 'receipts', { order, line, quantity: amount, due }))
  }
  return (
    <Frame title="Change a delivery" why={why} onTry={set} onClose={onClose}>
      <div data-wide="">
        <Field label="Delivery">
          <Select
            value={key}
            onChange={choose}
            options={lines.map(one => ({
              value: keyOf(one),
              label: `${one.order}, ${show(one.quantity)} ${nameOf(one.item)} on ${showDay(one.due)}${one.supplier === undefined ? '' : `, ${one.supplier}`}`
            }))}
          />
        </Field>
      </div>
      <Field label="How much comes">
        <TextInput value={quantity} onChange={setQuantity} inputMode="decimal" />
      </Field>
      <Field label="On">
        <TextInput type="date" value={due} onChange={setDue} autoFocus />
      </Field>
    </Frame>
  )
}

export const ChangeCalendar = ({ scenarios, onClose }: Props) => {
  const floor = useFloor()
  const calendars = calendarsOf(scenarios.known)
  const [key, setKey] = useState(calendars[0]?.calendar ?? '')
  const [kind, setKind] = useState<'closed' | 'open'>('open')
  const [from, setFrom] = useState(dayOf(floor.now.peek()))
  const [to, setTo] = useState(from)
  const [begins, setBegins] = useState('06:00')
  const [ends, setEnds] = useState('14:00')
  const [name, setName] = useState('')
  const chosen = calendars.find(one => one.calendar === key)
  const days = {
    from,
    to,
    ...(kind === 'open' ? { shift: { from: begins, to: ends } } : {}),
    ...(name.trim() ? { name: name.trim() } : {})
  }
  return (
    <Frame
      title="Change working days"
      why={chosen ? daysLack(days) : 'Choose a calendar.'}
      onTry={() => chosen && scenarios.change(was => withChange(was, 'calendars', withDays(chosen, days)))}
      onClose={onClose}
    >
      <Field label="Calendar">
        <Select
          value={key}
          onChange={setKey}
          options={calendars.map(one => ({ value: one.calendar, label: one.name }))}
        />
      </Field>
      <Field label="These days are">
        <Select
          value={kind}
          onChange={value => setKind(value === 'closed' ? 'closed' : 'open')}
          options={[
            { value: 'open', label: 'worked, with these hours' },
            { value: 'closed', label: 'closed' }
          ]}
        />
      </Field>
      <Field label="From">
        <TextInput
          type="date"
          value={from}
          onChange={next => {
            setFrom(next)
            if (to < next) setTo(next)
          }}
        />
      </Field>
      <Field label="To">
        <TextInput type="date" value={to} onChange={setTo} />
      </Field>
      {kind === 'open' && (
        <>
          <Field label="Begins">
            <TextInput value={begins} onChange={setBegins} maxLength={5} />
          </Field>
          <Field label="Ends">
            <TextInput value={ends} onChange={setEnds} maxLength={5} />
          </Field>
        </>
      )}
      <div data-wide="">
        <Field label="Called" hint="For example: Saturday shift, stocktaking.">
          <TextInput value={name} onChange={setName} maxLength={60} />
        </Field>
      </div>
    </Frame>
  )
}

type NothingProps = { readonly title: string; readonly hint: string; readonly onClose: () => void }

const Nothing = ({ title, hint, onClose }: NothingProps) => (
  <Dialog title={title} onClose={onClose}>
    <Empty title="There is nothing to change" hint={hint} />
  </Dialog>
)
