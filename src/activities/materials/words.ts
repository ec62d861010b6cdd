/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'

export const materialsReasons: Activity['reasons'] = {
  'item-unknown': about => `${about['item']} isn’t known here. Add the item first.`,
  'component-unknown': about =>
    `${about['component']} in the BOM of ${about['item']} isn’t known here. Add the item first.`,
  'unit-differs': about =>
    `${about['component']} is kept in ${about['item']}, and the BOM line says ${about['line']}. Give the quantity in ${about['item']}.`,
  'bom-loop': about => `${about['item']} would contain itself: ${about['path']}. Take one of these lines out.`
}
