/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'

export const scheduleReasons: Activity['reasons'] = {
  'plan-item-unknown': about => `${about['item']} isn’t known here. Add the item first.`,
  'plan-item-bought': about => `${about['item']} is bought, not made. Plan an item that is made here.`,
  'build-ordered': about => `This build is ${about['workOrder']} already. Change the work order.`,
  'build-unknown': () => 'This build is no longer in the plan. Type its quantity again.',
  'order-number-taken': about => `${about['workOrder']} is taken. Give another number.`,
  'build-frozen': about =>
    `Builds of ${about['item']} before ${about['fence']} are frozen. Ask for the change; a supervisor signs it.`,
  'edit-not-frozen': () => 'This build is not in the frozen zone. Change it directly.',
  'edit-unexplained': () => 'Write why. Whoever signs it reads that.',
  'edit-asked-already': () => 'A change of this build is asked for already. Decide that one first.',
  'edit-unknown': () => 'This change is not known here. Load the page again.',
  'edit-decided': () => 'This change is decided already.',
  'edit-own': () => 'You asked for this change. Somebody else signs it.',
  'edit-stale': () => 'The build has changed since this was asked. Decline it and ask again.',
  'version-empty': () => 'There is nothing planned to lock. Plan a build first.',
  'version-unknown': about => `${about['version']} is not known here. Load the page again.`,
  'version-signed': about => `${about['version']} is signed already.`,
  'version-own': () => 'You locked this version. Somebody else signs it.',
  'version-differs': about => `${about['version']} is not what this screen shows. Load the page again.`,
  'scenario-unexplained': () => 'Write why the plan changes. It stands beside the change for ever.',
  'schedule-newer': about => `Schedule ${about['version']} was published meanwhile. Begin from that one.`,
  'order-not-open': about => `${about['workOrder']} is closed or not known here. Schedule again without it.`,
  'schedule-station-unknown': about => `Station ${about['station']} is not known here. Load the page again.`,
  'operation-begun': about => `Operation ${about['op']} has begun. It stays where it is.`,
  'operation-over': about => `Operation ${about['op']} is done.`,
  'operation-elsewhere': about =>
    `Operation ${about['op']} can’t be done at ${about['station']}. It goes to ${about['stations']}.`,
  'operation-not-pinned': about => `Operation ${about['op']} is not pinned.`,
  'setup-twice': about => `From ${about['from']} to ${about['to']} is given twice. Give it once.`,
  'setups-same': () => 'The set-up matrix says this already.',
  'scenario-empty': () => 'This scenario is the same as the plan. Change something first.'
}
