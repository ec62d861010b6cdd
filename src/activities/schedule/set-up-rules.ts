/** What a planner or an engineer may write into the set-up matrix. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { code } from '#kernel/shape.ts'
import { setupSet } from './events.ts'
import { type Setup, setupKey, setupView, stationView } from './projection.ts'

/** Ten weeks around the clock; the files have the same limit. */
export const MOST_SETUP_MINUTES = 100_000
/** A block of fifty families by fifty. */
export const MOST_SETUPS = 2500

const row = z.object({
  from: code,
  to: code,
  /** Of every station when absent. */
  station: z.optional(code),
  /** Takes the row out when absent: then the row of every station counts, or nothing does. */
  minutes: z.optional(z.number().check(z.gte(0), z.lte(MOST_SETUP_MINUTES)))
})
export type SetupRow = z.infer<typeof row>

/** All or none: a pasted block is one decision. What stands there already is not recorded again. */
export const setSetups = officeAction(
  'schedule/set-setups',
  ['planner', 'engineer'],
  z.object({ rows: z.array(row).check(z.minLength(1), z.maxLength(MOST_SETUPS)) }),
  (known, { rows }) => {
    const seen = new Set<string>()
    for (const one of rows) {
      const { from, to, station } = one
      if (station !== undefined && !known.get(stationView, station))
        return refuse('schedule-station-unknown', { station })
      if (seen.has(setupKey(one))) return refuse('setup-twice', { from, to })
      seen.add(setupKey(one))
    }
    const drafts = rows
      .filter(one => known.get(setupView, setupKey(one))?.minutes !== one.minutes)
      .map(({ minutes, ...one }) => {
        const place: Omit<Setup, 'minutes'> = one
        return draft(setupSet, minutes === undefined ? { ...place, minutes: 0, out: true } : { ...place, minutes })
      })
    return drafts.length > 0 ? drafts : refuse('setups-same')
  }
)
