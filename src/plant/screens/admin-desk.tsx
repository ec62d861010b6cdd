/** The plant: people and their badges, lines and stations, calendars, tablets, keys for scripts. */
import { useState } from 'preact/hooks'
import { Stack, Tabs } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { calendarView, personView, siteView, stationView, tabletView } from '../projection.ts'
import { CalendarsTab } from './admin-calendars.tsx'
import { KeysTab } from './admin-keys.tsx'
import { PeopleTab } from './admin-people.tsx'
import { StationsTab } from './admin-stations.tsx'
import { TabletsTab } from './admin-tablets.tsx'

type Tab = 'people' | 'stations' | 'calendars' | 'tablets' | 'keys'

export const AdminDesk = () => {
  const floor = useFloor()
  const [tab, setTab] = useState<Tab>('people')
  const site = floor.list(siteView)[0]?.[1]
  return (
    <DeskScreen title={site ? `Plant ${site.name}` : 'Plant'}>
      <Stack>
        <Tabs
          label="What to see"
          chosen={tab}
          onChange={setTab}
          tabs={[
            { tab: 'people', name: 'People', count: floor.list(personView).filter(([, { active }]) => active).length },
            { tab: 'stations', name: 'Lines and stations', count: floor.list(stationView).length },
            { tab: 'calendars', name: 'Calendars', count: floor.list(calendarView).length },
            {
              tab: 'tablets',
              name: 'Tablets',
              count: floor.list(tabletView).filter(([, { state }]) => state === 'enrolled').length
            },
            { tab: 'keys', name: 'Keys for scripts' }
          ]}
        />
        {tab === 'people' && <PeopleTab />}
        {tab === 'stations' && <StationsTab />}
        {tab === 'calendars' && <CalendarsTab />}
        {tab === 'tablets' && <TabletsTab />}
        {tab === 'keys' && <KeysTab />}
      </Stack>
    </DeskScreen>
  )
}
