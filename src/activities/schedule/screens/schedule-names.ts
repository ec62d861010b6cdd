/** What stations, tools and orders of a schedule are called. */
import { showDay } from '#ui/desk-parts.tsx'
import type { Known } from '#kernel/decision.ts'
import type { PlanSchedule } from '../outlook.ts'
import { stationView, toolView } from '../projection.ts'

/** What is no work order yet has no number that anybody knows: it is called by what is built, and when. */
export const namesOfSchedule = (known: Known, plan: PlanSchedule) => ({
  station: (station: string): string => {
    const name = known.get(stationView, station)?.name
    return name === undefined ? station : `${name} (${station})`
  },
  tool: (tool: string): string => known.get(toolView, tool)?.name ?? (tool || 'its tool'),
  order: (order: string): string => {
    const run = plan.runs[order]
    return run && !run.firm ? `the build of ${run.name} by ${showDay(run.due)}` : order
  },
  material: (order: string): string | undefined => plan.runs[order]?.material
})
