/** Lines and the stations on them, in the order in which work runs. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Panel, Split } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import { type Line, lineView, type Station, stationView } from '../projection.ts'
import { setLine } from '../rules.ts'
import { kinds, StationForm } from './station-form.tsx'

export const StationsTab = () => {
  const floor = useFloor()
  const [line, openLine] = useState<Line | 'new'>()
  const [station, openStation] = useState<Station | 'new'>()
  const lines = floor.list(lineView).map(([, one]) => one)
  const stations = floor
    .list(stationView)
    .map(([, one]) => one)
    .sort((a, b) => (a.line === b.line ? a.order - b.order : a.line < b.line ? -1 : 1))
  const lineName = (code: string) => lines.find(one => one.line === code)?.name ?? code
  const lineColumns: readonly Column<Line>[] = [
    { name: 'Line', value: one => <strong>{one.line}</strong> },
    { name: 'Name', value: one => one.name },
    { name: 'Area', value: one => one.area ?? '' },
    { name: 'Stations', value: one => stations.filter(each => each.line === one.line).length, align: 'end' }
  ]
  const stationColumns: readonly Column<Station>[] = [
    { name: 'Station', value: one => <strong>{one.station}</strong>, sort: one => one.station },
    { name: 'Name', value: one => one.name, sort: one => one.name },
    { name: 'Line', value: one => lineName(one.line), sort: one => one.line },
    { name: 'Work', value: one => kinds.find(({ value }) => value === one.kind)?.label },
    { name: 'Place in line', value: one => one.order, align: 'end' }
  ]
  return (
    <>
      <Split
        left={
          <Panel title="Lines" actions={<Button onPress={() => openLine('new')}>Add a line</Button>}>
            <Table
              columns={lineColumns}
              rows={lines}
              keyOf={one => one.line}
              onOpen={openLine}
              empty={<Empty title="No lines yet" hint="Add a line, then its stations." />}
            />
          </Panel>
        }
        right={
          <Panel
            title="Stations"
            actions={
              <Button tone="primary" onPress={() => openStation('new')}>
                Add a station
              </Button>
            }
          >
            <Table
              columns={stationColumns}
              rows={stations}
              keyOf={one => one.station}
              onOpen={openStation}
              empty={<Empty title="No stations yet" hint="A station is where a tablet stands." />}
            />
          </Panel>
        }
      />
      {line && <LineForm line={line === 'new' ? undefined : line} lines={lines} onClose={() => openLine(undefined)} />}
      {station && (
        <StationForm
          station={station === 'new' ? undefined : station}
          lines={lines}
          stations={stations}
          onClose={() => openStation(undefined)}
        />
      )}
    </>
  )
}

type LineProps = { line: Line | undefined; lines: readonly Line[]; onClose: () => void }

const LineForm = ({ line: was, lines, onClose }: LineProps) => {
  const { act, why, busy } = useAct()
  const [line, setNumber] = useState(was?.line ?? '')
  const [name, setName] = useState(was?.name ?? '')
  const [area, setArea] = useState(was?.area ?? '')
  const input = { line: line.trim(), name: name.trim(), ...(area.trim() ? { area: area.trim() } : {}) }
  const taken = was ? undefined : lines.find(one => one.line === input.line)
  const missing = !input.line
    ? 'Give the line a number.'
    : taken
      ? `${input.line} is ${taken.name} already. Give another number.`
      : !input.name
        ? 'Give its name.'
        : why(setLine, input)
  const save = async () => {
    if (await act(setLine, input, `${input.name} is saved.`)) onClose()
  }
  return (
    <FormDialog
      title={was ? `Change ${was.name}` : 'Add a line'}
      onClose={onClose}
      does="Save"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <Field label="Number">
        <TextInput
          value={line}
          onChange={setNumber}
          readOnly={was !== undefined}
          autoFocus={was === undefined}
          placeholder="L1"
        />
      </Field>
      <Field label="Name">
        <TextInput value={name} onChange={setName} />
      </Field>
      <Field label="Area">
        <TextInput value={area} onChange={setArea} />
      </Field>
    </FormDialog>
  )
}
