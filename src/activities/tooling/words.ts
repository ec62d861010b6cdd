/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'

export const toolingReasons: Activity['reasons'] = {
  'tool-unknown': about => `${about['tool']} isn’t known here. Scan the tool’s own label or add it under Tooling.`,
  'calibration-ends-before-today': about =>
    `A calibration that ends on ${about['to']} is over already. Check the date.`,
  'tool-past-calibration': about =>
    `${about['name']} (${about['tool']}) was calibrated until ${about['to']}. Take another one.`,
  'jig-not-set-up': about =>
    `${about['name']} (${about['tool']}) is not set up for this job yet. Scan it and look at it.`,
  'jig-out-of-line': about =>
    `${about['name']} (${about['tool']}) was found out of line${about['note'] ? ` (${about['note']})` : ''}. Set it right and look at it again, or call for help.`,
  'tool-not-of-job': about => `This job does not use ${about['tool']}. It needs ${about['needed']}.`,
  'tool-did-not-pass': about => `${about['name']} (${about['tool']}) did not pass its calibration. Take another one.`
}
