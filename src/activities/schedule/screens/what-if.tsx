/** What a scenario changes beside builds: demand, deliveries, working days; each can be taken out again. */
import { useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Panel, Quiet, RowActions, showDay, Stack } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { calendarsOf } from '../calendar-change.ts'
import { buildView, demandView, forecastKey, plannedItemView } from '../projection.ts'
import { receiptView } from '../receipt-view.ts'
import { type Changes, without } from '../scenario.ts'
import tools from './plan-desk.module.css'
import { ScenarioBar } from './scenario-bar.tsx'
import type { Scenarios } from './use-scenarios.ts'
import { ChangeCalendar, ChangeDemand, ChangeReceipt } from './what-if-forms.tsx'

type Open = 'demand' | 'receipt' | 'calendar'
type Change = {
  readonly of: keyof Changes
  readonly key: string
  readonly what: string
  readonly was: string
  readonly now: string
}

export const WhatIf = ({ scenarios }: { readonly scenarios: Scenarios }) => {
  const floor = useFloor()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const rows = changesOf(floor, scenarios.changes)
  const columns: readonly Column<Change>[] = [
    { name: 'What', value: one => <strong>{one.what}</strong>, sort: one => one.what },
    { name: 'In the plan', value: one => one.was },
    { name: 'Here', value: one => one.now },
    {
      name: '',
      value: one => (
        <RowActions>
          <Button onPress={() => scenarios.change(was => without(was, one.of, one.key))}>Take out</Button>
        </RowActions>
      )
    }
  ]
  return (
    <Stack>
      <div class={tools.tools}>
        <ScenarioBar scenarios={scenarios} consequences={undefined} />
      </div>
      <Panel
        title={scenarios.scenario ? `${scenarios.scenario.name} changes` : 'Try something'}
        actions={
          <>
            <Button onPress={() => setOpen('demand')}>Change a demand</Button>
            <Button onPress={() => setOpen('receipt')}>Change a delivery</Button>
            <Button onPress={() => setOpen('calendar')}>Change working days</Button>
          </>
        }
      >
        <Table
          columns={columns}
          rows={rows}
          keyOf={one => `${one.of}/${one.key}`}
          empty={
            <Empty
              title="Nothing is changed here yet"
              hint="Change a demand, a delivery or working days, or type into the planned line. The plan itself stays as it is until you publish."
            />
          }
        />
      </Panel>
      <Quiet>What it does shows beside the master schedule, in the load, in the schedule and under Compare.</Quiet>
      {open === 'demand' && <ChangeDemand scenarios={scenarios} onClose={close} />}
      {open === 'receipt' && <ChangeReceipt scenarios={scenarios} onClose={close} />}
      {open === 'calendar' && <ChangeCalendar scenarios={scenarios} onClose={close} />}
    </Stack>
  )
}

type Known = ReturnType<typeof useFloor>

const many = (one: { readonly quantity: number; readonly due: string } | undefined): string =>
  one ? `${show(one.quantity)} by ${showDay(one.due)}` : 'nothing'

/** Every change of the scenario beside what the plan says. */
const changesOf = (floor: Known, changes: Changes): readonly Change[] => {
  const name = (item: string): string => floor.get(plannedItemView, item)?.name ?? item
  const demands = changes.demands.map(
    (one): Change => ({
      of: 'demands',
      key: one.demand,
      what: `${one.demand}, ${name(one.item)}${one.customer === undefined ? '' : ` for ${one.customer}`}`,
      was: many(floor.get(demandView, one.demand)),
      now: one.state === 'closed' ? 'no longer wanted' : many(one)
    })
  )
  const forecasts = changes.forecasts.map(
    (one): Change => ({
      of: 'forecasts',
      key: forecastKey(one),
      what: `Forecast of ${name(one.item)}`,
      was: '',
      now: `${show(one.quantity)} a ${one.bucket} from ${showDay(one.from)}`
    })
  )
  const builds = changes.builds.map(
    (one): Change => ({
      of: 'builds',
      key: one.build,
      what: `Build of ${name(one.item)}`,
      was: many(floor.get(buildView, one.build)),
      now: one.quantity === 0 ? 'none' : many(one)
    })
  )
  const receipts = changes.receipts.map((one): Change => {
    const was = floor.get(receiptView, one.order)?.lines.find(({ line }) => line === one.line)
    return {
      of: 'receipts',
      key: `${one.order}/${one.line}`,
      what: `${one.order}, line ${one.line}${was ? `: ${name(was.item)}` : ''}`,
      was: many(was),
      now: was ? many({ quantity: one.quantity ?? was.quantity, due: one.due ?? was.due }) : ''
    }
  })
  const calendars = changes.calendars.map((one): Change => {
    const before = calendarsOf(floor).find(({ calendar }) => calendar === one.calendar)?.exceptions ?? []
    const told = before.map(other => JSON.stringify(other))
    const days = one.exceptions.filter(day => !told.includes(JSON.stringify(day)))
    return {
      of: 'calendars',
      key: one.calendar,
      what: `Working days, ${one.name}`,
      was: '',
      now: days.map(daysWord).join('; ')
    }
  })
  return [...builds, ...demands, ...forecasts, ...receipts, ...calendars]
}

const daysWord = ({ from, to, shifts, name }: Changes['calendars'][number]['exceptions'][number]): string => {
  const days = from === to ? showDay(from) : `${showDay(from)} to ${showDay(to)}`
  const hours = shifts.length === 0 ? 'closed' : shifts.map(one => `${one.from} to ${one.to}`).join(', ')
  return `${days} ${hours}${name === undefined ? '' : `, ${name}`}`
}
