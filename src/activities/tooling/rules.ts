/** What may be done with a tool, and the gate that keeps one that is past its calibration out of the work. */
import { floorAction, guard, type Known, officeAction, type Refusal, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { operationStarted, valueMeasured } from '#activities/orders/events.ts'
import { toolCalibrated, toolSet, toolSetUp } from './events.ts'
import { jobKey, jobToolsView, type SetUp, toolView } from './projection.ts'

export const setTool = officeAction('tooling/set-tool', ['engineer'], toolSet.payload, (_known, input) => [
  draft(toolSet, input)
])

export const recordCalibration = officeAction(
  'tooling/record-calibration',
  ['engineer', 'inspector'],
  toolCalibrated.payload,
  (known, input, given) => {
    if (!known.get(toolView, input.tool)) return refuse('tool-unknown', { tool: input.tool })
    if (input.passed && input.calibratedTo < given.at.slice(0, 10))
      return refuse('calibration-ends-before-today', { to: input.calibratedTo })
    return [draft(toolCalibrated, input)]
  }
)

/** A jig that is not aligned is recorded as such: that it was found is the point. */
export const setUpTool = floorAction('tooling/set-up-tool', toolSetUp.payload, (known, input) => {
  const { workOrder, op, tool } = input
  return mayBeSetUp(known, workOrder, op, tool) ?? [draft(toolSetUp, input)]
})

/** `at` in UTC; the day is the UTC day, so a plant far from Greenwich is out by its offset on the last day. */
const pastUse = (known: Known, tool: string, at: string): Refusal | undefined => {
  const found = known.get(toolView, tool)
  if (!found) return undefined
  if (found.calibrations[0]?.passed === false) return refuse('tool-did-not-pass', { tool, name: found.name })
  if (found.calibratedTo !== undefined && found.calibratedTo < at.slice(0, 10))
    return refuse('tool-past-calibration', { tool, name: found.name, to: found.calibratedTo })
  return undefined
}

/**
 * What still stands between an operation and its start: a tool that may not be used, a jig that nobody looked at for this job or that
 * was found out of line. Undefined for an operation without tools.
 */
export const setUpLacks = (known: Known, workOrder: string, op: number, at: string): Refusal | undefined => {
  const job = known.get(jobToolsView, jobKey(workOrder, op))
  for (const tool of job?.tools ?? []) {
    const lacking = pastUse(known, tool, at) ?? jigLacks(known, tool, job?.setUps[tool])
    if (lacking) return lacking
  }
  return undefined
}

/** The first jig of a job that nobody has found aligned for it yet; undefined when all are. */
export const jigToSetUp = (known: Known, workOrder: string, op: number): string | undefined => {
  const job = known.get(jobToolsView, jobKey(workOrder, op))
  return job?.tools.find(tool => jigLacks(known, tool, job.setUps[tool]))
}

const jigLacks = (known: Known, tool: string, setUp: SetUp | undefined): Refusal | undefined => {
  const found = known.get(toolView, tool)
  if (found?.kind !== 'jig' || setUp?.aligned) return undefined
  return setUp
    ? refuse('jig-out-of-line', { tool, name: found.name, note: setUp.note ?? '' })
    : refuse('jig-not-set-up', { tool, name: found.name })
}

/** A jig is looked at for the job that asks for it: a wrong one scanned is told before anything is recorded. */
const mayBeSetUp = (known: Known, workOrder: string, op: number, tool: string): Refusal | undefined => {
  const job = known.get(jobToolsView, jobKey(workOrder, op))
  if (job && !job.tools.includes(tool)) return refuse('tool-not-of-job', { tool, needed: job.tools.join(', ') })
  return known.get(toolView, tool) ? undefined : refuse('tool-unknown', { tool })
}

/** Checks of an inspection name their gauge too; quality keeps that gate itself. */
export const toolingGuards = [
  guard(toolSetUp, (known, { tool }, { at }) => pastUse(known, tool, at)),
  guard(operationStarted, (known, { workOrder, op }, { at }) => setUpLacks(known, workOrder, op, at)),
  guard(valueMeasured, (known, { gauge }, { at }) => (gauge === undefined ? undefined : pastUse(known, gauge, at)))
]
