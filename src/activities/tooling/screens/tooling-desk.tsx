/** Tools, jigs and gauges with what is due, and what is kept out of the work. */
import { useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Card, Empty } from '#ui/card.tsx'
import {
  dayOf,
  Facts,
  Inline,
  Label,
  Mark,
  Named,
  matches,
  Panel,
  Quiet,
  Search,
  showDay,
  Split,
  Stack,
  Tabs
} from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { dueOn, type Tool, toolView } from '../projection.ts'
import { CalibrationForm, ToolForm } from './tool-forms.tsx'

type Tab = 'all' | 'due' | 'stop'
const kinds: Record<Tool['kind'], string> = { tool: 'Tool', jig: 'Jig', gauge: 'Gauge' }
const whole: readonly Column<Tool>[] = [
  { name: 'Number', value: one => <Label>{one.tool}</Label>, sort: one => one.tool },
  { name: 'Name', value: one => one.name, sort: one => one.name },
  { name: 'Kind', value: one => kinds[one.kind], sort: one => one.kind },
  { name: 'Where', value: one => <Inline>{one.location}</Inline>, sort: one => one.location },
  { name: 'Set up last', value: one => (one.setUp ? <Age since={one.setUp.at} /> : '') }
]
/** Beside a chosen tool there is room for two. */
const columnsOn = (today: string, narrow: boolean): readonly Column<Tool>[] => {
  const named: Column<Tool> = {
    name: 'Tool',
    value: one => <Named number={one.tool} name={one.name} />,
    sort: one => one.tool
  }
  const calibration: Column<Tool> = {
    name: 'Calibration',
    value: one => <Mark {...dueOn(one, today)} />,
    sort: one => one.calibratedTo ?? '9999'
  }
  return narrow ? [named, calibration] : [...whole, calibration]
}
const urgency = { stop: 0, attention: 1, normal: 2 } as const

export const ToolingDesk = () => {
  const floor = useFloor()
  const [tab, setTab] = useState<Tab>('all')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [editing, setEditing] = useState<Tool | 'new'>()
  const [calibrating, setCalibrating] = useState<Tool>()
  const today = dayOf(floor.now.peek())
  const tools = floor
    .list(toolView)
    .map(([, tool]) => tool)
    .sort((a, b) => urgency[dueOn(a, today).level] - urgency[dueOn(b, today).level])
  const level = (tool: Tool) => dueOn(tool, today).level
  const rows = tools
    .filter(tool => tab === 'all' || level(tool) === (tab === 'due' ? 'attention' : 'stop'))
    .filter(tool => matches(typed, tool.tool, tool.name, tool.location))
  const tool = tools.find(one => one.tool === chosen)
  const columns = columnsOn(today, tool !== undefined)
  return (
    <DeskScreen
      title="Tooling"
      actions={
        <>
          <Search value={typed} onChange={setTyped} label="Find a tool" />
          <Button tone="primary" onPress={() => setEditing('new')}>
            Add a tool
          </Button>
        </>
      }
    >
      <Stack>
        <Tabs
          label="Which tools"
          chosen={tab}
          onChange={setTab}
          tabs={[
            { tab: 'all', name: 'All', count: tools.length },
            {
              tab: 'due',
              name: 'Due within 7 days',
              count: tools.filter(one => level(one) === 'attention').length,
              level: 'attention'
            },
            {
              tab: 'stop',
              name: 'Kept out of the work',
              count: tools.filter(one => level(one) === 'stop').length,
              level: 'stop'
            }
          ]}
        />
        <Split
          left={
            <Table
              columns={columns}
              rows={rows}
              keyOf={one => one.tool}
              onOpen={one => setChosen(one.tool)}
              empty={<None typed={typed} tab={tab} />}
            />
          }
          right={
            tool ? (
              <ToolPanel
                tool={tool}
                today={today}
                onEdit={() => setEditing(tool)}
                onCalibrate={() => setCalibrating(tool)}
              />
            ) : undefined
          }
        />
      </Stack>
      {editing && <ToolForm tool={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
      {calibrating && <CalibrationForm tool={calibrating} onClose={() => setCalibrating(undefined)} />}
    </DeskScreen>
  )
}

const None = ({ typed, tab }: { typed: string; tab: Tab }) => {
  if (typed) return <Empty title={`No tool matches “${typed}”`} />
  if (tab === 'due') return <Empty title="Nothing is due within 7 days" />
  return tab === 'stop' ? (
    <Empty title="Nothing is kept out of the work" />
  ) : (
    <Empty title="No tools yet" hint="Add the tools, jigs and gauges that the routing asks for." />
  )
}

type PanelProps = { tool: Tool; today: string; onEdit: () => void; onCalibrate: () => void }

const ToolPanel = ({ tool, today, onEdit, onCalibrate }: PanelProps) => {
  const floor = useFloor()
  const due = dueOn(tool, today)
  const { setUp } = tool
  const columns: readonly Column<Tool['calibrations'][number]>[] = [
    { name: 'When', value: one => showDay(one.at.slice(0, 10)) },
    { name: 'By', value: one => floor.nameOf(one.person) },
    {
      name: 'Result',
      value: one => <Mark level={one.passed ? 'normal' : 'stop'} word={one.passed ? 'Passed' : 'Did not pass'} />
    },
    { name: 'Until', value: one => (one.passed ? one.calibratedTo : '') },
    { name: 'Note', value: one => one.note ?? '' }
  ]
  return (
    <>
      <Panel
        title={
          <>
            {tool.name} <small>{tool.tool}</small>
          </>
        }
        actions={
          <>
            <Button onPress={onEdit}>Change</Button>
            <Button onPress={onCalibrate}>Record a calibration</Button>
          </>
        }
      >
        {due.level === 'stop' && (
          <Card level="stop">
            <strong>{due.word}.</strong> No station may set it up or measure with it until a calibration passes.
          </Card>
        )}
        <Facts
          facts={[
            ['Kind', kinds[tool.kind]],
            ['Where', tool.location],
            ['May be used until', tool.calibratedTo ?? 'No calibration is asked for'],
            ['Life limit', tool.lifeLimit === undefined ? '' : `${tool.lifeLimit} pieces`],
            [
              'Set up last',
              setUp ? (
                <>
                  {setUp.workOrder} operation {setUp.op}, {setUp.aligned ? 'aligned' : 'not aligned'},{' '}
                  {floor.nameOf(setUp.person)}, <Age since={setUp.at} /> ago
                </>
              ) : (
                'Never'
              )
            ]
          ]}
        />
      </Panel>
      <Panel title="Calibrations">
        <Table
          columns={columns}
          rows={tool.calibrations}
          keyOf={one => one.at}
          empty={<Quiet>None recorded here yet.</Quiet>}
        />
      </Panel>
    </>
  )
}
