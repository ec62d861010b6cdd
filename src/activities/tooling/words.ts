/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'

export const toolingReasons: Activity['reasons'] = {
  'tool-unknown': about => `${about['tool']} isn’t known here. Scan the tool’s own label or add it under Tooling.`,
  'calibration-ends-before-today': about =>
    `A calibration that ends on ${about['to']} is over already. Check the date.`,
  'tool-past-calibration': about =>
    `${about['name']} (${about['tool']}) was calibrated until ${about['to']}. Take another one.`,
  'tool-did-not-pass': about => `${about['name']} (${about['tool']}) did not pass its calibration. Take another one.`
}
