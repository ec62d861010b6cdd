/** Setting up for a job: each tool it needs, scanned and looked at; a jig that is not aligned keeps the job from starting. */
import { useState } from 'preact/hooks'
import type { Refusal } from '#kernel/decision.ts'
import { readLabel } from '#kernel/label.ts'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Card, Empty } from '#ui/card.tsx'
import { dayOf } from '#ui/desk-parts.tsx'
import { FloorScreen } from '#ui/floor-screen.tsx'
import { type Floor, useFloor, useScan } from '#ui/floor.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { StopCard } from '#ui/stop-card.tsx'
import { dueOn, jobKey, type JobTools, jobToolsView, type SetUp, type Tool, toolView } from '../projection.ts'
import { setUpLacks, setUpTool } from '../rules.ts'
import { LookDialog } from './look-dialog.tsx'
import css from './set-up-screen.module.css'

type Props = { readonly workOrder?: string; readonly op?: string }

export const SetUpScreen = ({ workOrder = '', op = '0' }: Props) => {
  const floor = useFloor()
  const job = floor.get(jobToolsView, jobKey(workOrder, Number(op)))
  return job ? <SetUpOf floor={floor} job={job} /> : <NoTools floor={floor} workOrder={workOrder} op={op} />
}

const NoTools = ({ floor, workOrder, op }: Required<Props> & { readonly floor: Floor }) => (
  <FloorScreen
    title={`Set-up · ${workOrder} · Op ${op}`}
    primary={
      <Button tone="primary" onPress={() => floor.go('/')}>
        Back to the station
      </Button>
    }
  >
    <Empty
      title="No tools are asked for here"
      hint="This operation is done without tools or jigs, or it is not on this tablet yet."
    />
  </FloorScreen>
)

type Stopped = { readonly scanned: string; readonly refusal: Refusal }

const SetUpOf = ({ floor, job }: { readonly floor: Floor; readonly job: JobTools }) => {
  const { workOrder, op } = job
  const [looking, setLooking] = useState(() => scannedFor(floor, job))
  const [stopped, setStopped] = useState<Stopped>()
  const at = new Date(floor.now.value).toISOString()
  const lacking = setUpLacks(floor, workOrder, op, at)
  const look = (tool: string): void => {
    const refusal = floor.may(setUpTool, looked(floor, job, tool))
    if (refusal) setStopped({ scanned: tool, refusal })
    else setLooking(floor.get(toolView, tool))
  }
  useScan(({ raw }) => {
    const label = readLabel(raw)
    if (label.label !== 'tool') return false
    look(label.tool)
    return true
  })
  return (
    <FloorScreen
      title={`Set-up · ${workOrder} · Op ${op}`}
      sub={job.name}
      left={<Button onPress={() => floor.go(`/job/${workOrder}/${op}`)}>Back</Button>}
      primary={<Primary floor={floor} job={job} lacking={lacking} onLook={look} />}
    >
      <ul class={css.tools}>
        {job.tools.map(tool => (
          <li key={tool}>
            <ToolCard floor={floor} number={tool} setUp={job.setUps[tool]} onLook={() => look(tool)} />
          </li>
        ))}
      </ul>
      {looking && (
        <LookDialog tool={looking} input={looked(floor, job, looking.tool)} onClose={() => setLooking(undefined)} />
      )}
      {stopped && (
        <StopCard
          title={stopped.refusal.refused === 'tool-not-of-job' ? 'Not for this job' : 'Not to be used'}
          scanned={stopped.scanned}
          needed={stopped.refusal.refused === 'tool-not-of-job' ? job.tools.join(', ') : undefined}
          sentence={floor.say(stopped.refusal)}
        >
          <Button onPress={() => setStopped(undefined)}>Scan again</Button>
        </StopCard>
      )}
    </FloorScreen>
  )
}

/** The tool whose scan led here has been scanned; it is not asked for again. */
const scannedFor = (floor: Floor, job: JobTools): Tool | undefined => {
  const tool = new URLSearchParams(location.search).get('tool')
  return tool !== null && !floor.may(setUpTool, looked(floor, job, tool)) ? floor.get(toolView, tool) : undefined
}

const looked = (floor: Floor, { workOrder, op }: JobTools, tool: string) => ({
  tool,
  station: floor.place.station ?? '',
  workOrder,
  op,
  aligned: true
})

type PrimaryProps = {
  readonly floor: Floor
  readonly job: JobTools
  readonly lacking: Refusal | undefined
  readonly onLook: (tool: string) => void
}

const Primary = ({ floor, job, lacking, onLook }: PrimaryProps) => {
  const tool = lacking?.about?.['tool']
  if (typeof tool === 'string')
    return (
      <Button tone="primary" onPress={() => onLook(tool)}>
        Look at {tool}
      </Button>
    )
  return (
    <Button tone="primary" onPress={() => floor.go(`/job/${job.workOrder}/${job.op}`)}>
      All set: go to the job
    </Button>
  )
}

type CardProps = {
  readonly floor: Floor
  readonly number: string
  readonly setUp: SetUp | undefined
  readonly onLook: () => void
}

const ToolCard = ({ floor, number, setUp, onLook }: CardProps) => {
  const tool = floor.get(toolView, number)
  const due = tool && dueOn(tool, dayOf(floor.now.value))
  return (
    <Card onPress={onLook} level={setUp && !setUp.aligned ? 'stop' : undefined} data-tool={number}>
      <span class={css.tool}>
        <span class={css.name}>
          <strong>{tool?.name ?? 'Not known on this tablet'}</strong>
          <span data-nocut="">{number}</span>
          {tool && <span>{tool.location}</span>}
        </span>
        <span class={css.marks}>
          <SetUpMark floor={floor} tool={tool} setUp={setUp} />
          {due && due.word !== 'No due day' && <StateMark level={due.level} word={`Calibration ${due.word}`} />}
        </span>
      </span>
    </Card>
  )
}

type MarkProps = { readonly floor: Floor; readonly tool: Tool | undefined; readonly setUp: SetUp | undefined }

const SetUpMark = ({ floor, tool, setUp }: MarkProps) => {
  if (!setUp) return <StateMark level={tool?.kind === 'jig' ? 'attention' : 'off'} word={noWord(tool)} />
  return (
    <>
      <StateMark level={setUp.aligned ? 'normal' : 'stop'} word={setUp.aligned ? 'Set up' : 'Out of line'} />
      <span class={css.who}>
        {floor.nameOf(setUp.person)}, <Age since={setUp.at} /> ago{setUp.note ? `: ${setUp.note}` : ''}
      </span>
    </>
  )
}

const noWord = (tool: Tool | undefined): string => (tool?.kind === 'jig' ? 'Look at it first' : 'Not scanned')
