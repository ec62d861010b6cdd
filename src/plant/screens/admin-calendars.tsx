/** Calendars: when the plant and its stations work, and what the next two weeks come to. */
import { useState } from 'preact/hooks'
import { dayText } from '#kernel/calendar.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Panel, Quiet } from '#ui/desk-parts.tsx'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { hoursIn, linesOf } from '../calendar-lines.ts'
import { PLANT_CALENDAR } from '../events.ts'
import { calendarView, stationView } from '../projection.ts'
import type { Calendar } from '../views.ts'
import { CalendarForm } from './calendar-form.tsx'

const hoursAWeek = ({ week }: Calendar): number => linesOf(week).reduce((sum, line) => sum + (hoursIn(line) ?? 0), 0)

/** The stations that work by it: those that name it, and those that name none when it is the plant's own. */
const usedBy = (floor: Floor, calendar: string): string => {
  const stations = floor
    .list(stationView)
    .filter(([, one]) => (one.calendar ?? PLANT_CALENDAR) === calendar)
    .map(([key]) => key)
  const few = stations.slice(0, 4).join(', ')
  return stations.length > 4 ? `${few} and ${stations.length - 4} more` : few
}

export const CalendarsTab = () => {
  const floor = useFloor()
  const [open, setOpen] = useState<Calendar | 'new'>()
  const calendars = floor.list(calendarView).map(([, one]) => one)
  const today = dayText(Math.floor(floor.now.peek() / 86_400_000))
  const columns: readonly Column<Calendar>[] = [
    { name: 'Calendar', value: one => <strong>{one.calendar}</strong>, sort: one => one.calendar },
    { name: 'Name', value: one => one.name, sort: one => one.name },
    { name: 'Hours a week', value: one => Math.round(hoursAWeek(one) * 100) / 100, align: 'end' },
    {
      name: 'Days to come that differ',
      value: one => one.exceptions.filter(({ to }) => to >= today).length,
      align: 'end'
    },
    { name: 'Stations', value: one => usedBy(floor, one.calendar) }
  ]
  const hasPlant = calendars.some(({ calendar }) => calendar === PLANT_CALENDAR)
  return (
    <>
      <Panel
        title="Calendars"
        actions={
          <Button tone="primary" onPress={() => setOpen('new')}>
            Add a calendar
          </Button>
        }
      >
        <Table
          columns={columns}
          rows={calendars}
          keyOf={one => one.calendar}
          onOpen={setOpen}
          empty={
            <Empty
              title="No calendar yet"
              hint="The plan takes Monday to Friday, 08:00 to 16:00, until the plant has one of its own."
            />
          }
        />
        <Quiet>
          {hasPlant
            ? 'The plant’s own counts for lead times and for every station that names no other.'
            : `${PLANT_CALENDAR} is the plant’s own: it counts for lead times and for every station that names no other.`}
        </Quiet>
      </Panel>
      {open && (
        <CalendarForm
          was={open === 'new' ? undefined : open}
          taken={calendars.map(({ calendar }) => calendar)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}
