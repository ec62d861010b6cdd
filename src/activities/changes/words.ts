/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'
import type { Flag } from './projection.ts'

type Outcome = Extract<Flag, { state: 'decided' }>['outcome']

export const outcomeWord: Record<Outcome, string> = {
  accept: 'Accept as done',
  rework: 'Rework',
  scrap: 'Scrap',
  hold: 'Hold'
}

export const changesReasons: Activity['reasons'] = {
  'release-unknown': about => `${about['workOrder']} isn’t known here. Create it first.`,
  'order-released': about => `${about['workOrder']} is released already.`,
  'release-after-end': about => `${about['workOrder']} is ${about['state']}. Create a new work order.`,
  'item-not-set': about => `${about['item']} isn’t known here. Add the item first.`,
  'no-routing': about => `${about['item']} rev ${about['revision']} has no routing. Add its operations first.`,
  'no-bom': about => `${about['item']} rev ${about['revision']} has no BOM. Add its parts first.`,
  'control-plan-missing': about =>
    `Operation ${about['op']} asks for control plan ${about['plan']}, which has no checks yet. Add it first.`,
  'document-not-released': about =>
    `${about['document']} is needed by ${about['where']} and has no released revision. Release it under Documents.`,
  'pages-not-ready': about =>
    `The pages of ${about['document']} rev ${about['revision']} aren’t ready; ${about['where']} needs them. Release it when they are.`,
  'page-missing': about =>
    `${about['where']} shows page ${about['page']} of ${about['document']}, which has ${about['pages']}. Correct the routing.`,
  'tool-not-set': about =>
    `Operation ${about['op']} needs ${about['tool']}, which isn’t known here. Add it under Tooling.`,
  'part-not-in-bom': about =>
    `Step ${about['step']} of operation ${about['op']} uses ${about['item']}, which isn’t in the BOM. Add it or change the step.`,
  'flag-unknown': () => 'This entry isn’t known here any more. Open the tray again.',
  'flag-decided': about => `${about['by']} decided this already: ${about['outcome']}.`,
  'own-work': () => 'This is your own work. Another supervisor decides on it.',
  'decision-unexplained': () => 'Write why; the decision is kept with your name.'
}
