/** What a scenario changes beside builds: demand, forecast, deliveries, working days, BOMs; each can be taken out again. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Panel, Quiet, RowActions, Stack } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { without } from '../scenario.ts'
import { ChangeBom } from './change-bom.tsx'
import tools from './plan-desk.module.css'
import { ScenarioBar } from './scenario-bar.tsx'
import { type Change, changesOf } from './scenario-words.ts'
import type { Scenarios } from './use-scenarios.ts'
import { ChangeCalendar, ChangeDemand, ChangeForecast, ChangeReceipt } from './what-if-forms.tsx'

type Open = 'demand' | 'forecast' | 'receipt' | 'calendar' | 'bom'
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
            <Button onPress={() => setOpen('forecast')}>Change the forecast</Button>
            <Button onPress={() => setOpen('receipt')}>Change a delivery</Button>
            <Button onPress={() => setOpen('calendar')}>Change working days</Button>
            <Button onPress={() => setOpen('bom')}>Change a BOM</Button>
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
              hint="Change a demand, the forecast, a delivery, working days or a BOM, or type into the planned line. The plan itself stays as it is until you publish."
            />
          }
        />
      </Panel>
      <Quiet>What it does shows beside the master schedule, in the load, in the schedule and under Compare.</Quiet>
      {open === 'demand' && <ChangeDemand scenarios={scenarios} onClose={close} />}
      {open === 'forecast' && <ChangeForecast scenarios={scenarios} onClose={close} />}
      {open === 'receipt' && <ChangeReceipt scenarios={scenarios} onClose={close} />}
      {open === 'bom' && <ChangeBom scenarios={scenarios} onClose={close} />}
      {open === 'calendar' && <ChangeCalendar scenarios={scenarios} onClose={close} />}
    </Stack>
  )
}
