import { type Activity, lines } from '#kernel/activity.ts'
import { toolingEvents } from './events.ts'
import { jobToolsView, toolView } from './projection.ts'
import { recordCalibration, setTool, setUpTool, toolingGuards } from './rules.ts'
import { toolingReasons } from './words.ts'

export const tooling: Activity = {
  name: 'tooling',
  events: lines(...toolingEvents),
  views: lines(toolView, jobToolsView),
  guards: toolingGuards,
  actions: lines(setTool, recordCalibration, setUpTool),
  reasons: toolingReasons
}
