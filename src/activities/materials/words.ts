/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'

export const materialsReasons: Activity['reasons'] = {
  'item-unknown': about => `${about['item']} isn’t known here. Add the item first.`,
  'component-unknown': about =>
    `${about['component']} in the BOM of ${about['item']} isn’t known here. Add the item first.`,
  'unit-differs': about =>
    `${about['component']} is kept in ${about['item']}, and the BOM line says ${about['line']}. Give the quantity in ${about['item']}.`,
  'bom-loop': about => `${about['item']} would contain itself: ${about['path']}. Take one of these lines out.`,
  'purchase-unknown': about => `${about['order']} isn’t known here. Load the page again.`,
  'purchase-number-taken': about => `${about['order']} is taken. Give another number.`,
  'purchase-line-unknown': about => `${about['order']} has no line ${about['line']}. Load the page again.`,
  'purchase-line-twice': about => `${about['order']} has two lines ${about['line']}. Give each line its own number.`,
  'purchase-line-closed': about => `Line ${about['line']} of ${about['order']} is closed. Nothing more of it comes.`,
  'purchase-line-received': about =>
    `Some of line ${about['line']} of ${about['order']} has come already. Keep the line, and close it.`,
  'purchase-line-moved': about =>
    `Line ${about['line']} of ${about['order']} has changed since: ${about['quantity']} due ${about['due']}. Look at the plan again.`,
  'purchase-below-received': about =>
    `${about['received']} of line ${about['line']} have come already. Close the line instead.`,
  'purchase-unchanged': about => `Line ${about['line']} of ${about['order']} is like that already.`,
  'plan-outdated': about =>
    `The plan counted ${about['was']} of ${about['item']} on order, and it is ${about['now']} now. Plan again first.`,
  'lot-needed': about => `${about['item']} is kept by lot or serial number. Scan or type it.`,
  'one-for-each-serial': about => `Each piece of ${about['item']} has its own serial number. Receive them one by one.`,
  'firm-number-taken': about => `${about['order']} is a planned order of ${about['item']}. Give another number.`,
  'firm-unknown': about => `${about['order']} is no longer in the plan.`,
  'firm-days-reversed': about =>
    `It would start on ${about['start']}, after it is due on ${about['due']}. Turn the days round.`
}
