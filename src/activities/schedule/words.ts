/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'

export const scheduleReasons: Activity['reasons'] = {
  'plan-item-unknown': about => `${about['item']} isn’t known here. Add the item first.`,
  'plan-item-bought': about => `${about['item']} is bought, not made. Plan an item that is made here.`,
  'build-ordered': about => `This build is ${about['workOrder']} already. Change the work order.`,
  'build-unknown': () => 'This build is no longer in the plan. Type its quantity again.',
  'order-number-taken': about => `${about['workOrder']} is taken. Give another number.`
}
