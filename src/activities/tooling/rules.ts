/** What may be done with a tool, and the gate that keeps one that is past its calibration out of the work. */
import { floorAction, guard, type Known, officeAction, type Refusal, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { valueMeasured } from '#activities/orders/events.ts'
import { toolCalibrated, toolSet, toolSetUp } from './events.ts'
import { toolView } from './projection.ts'

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
  if (!known.get(toolView, input.tool)) return refuse('tool-unknown', { tool: input.tool })
  return [draft(toolSetUp, input)]
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

/** Checks of an inspection name their gauge too; quality keeps that gate itself. */
export const toolingGuards = [
  guard(toolSetUp, (known, { tool }, { at }) => pastUse(known, tool, at)),
  guard(valueMeasured, (known, { gauge }, { at }) => (gauge === undefined ? undefined : pastUse(known, gauge, at)))
]
