/** The room's words for people. A reason says what happened and what to do. */
import type { Activity } from '#kernel/activity.ts'
import { show } from '#kernel/quantity.ts'
import { pieces } from './format.ts'

type About = Parameters<Activity['reasons'][string]>[0]

const number = (value: string | number | undefined): string => (typeof value === 'number' ? show(value) : (value ?? ''))

const parts = (about: About): string =>
  about['tracking'] === 'serial' ? `${pieces(about['count'])} of ${about['item']}` : `the lot of ${about['item']}`

export const ordersReasons: Activity['reasons'] = {
  'order-unknown': about =>
    `${about['workOrder']} isn’t known on this tablet. Check the number, or ask the planner to release it.`,
  'order-known': about => `${about['workOrder']} exists already. Give the new order another number.`,
  'order-not-released': about => `${about['workOrder']} isn’t released yet. Ask the planner to release it.`,
  'operation-begun': about =>
    `Operation ${about['op']}, ${about['name']}, of ${about['workOrder']} has begun. Let it finish on its method, or complete that operation first.`,
  'already-released': about => `${about['workOrder']} is released already.`,
  'order-closed': about =>
    `${about['workOrder']} is ${about['state']}. Ask the supervisor which order this work belongs to.`,
  'order-on-hold': about =>
    `${about['workOrder']} is on hold. Put the pieces aside; quality or the supervisor releases it.`,
  'operation-unknown': about => `${about['workOrder']} has no operation ${about['op']}. Scan the card again.`,
  'operation-done': about =>
    `Operation ${about['op']} of ${about['workOrder']} is complete. Take a report back to open it again.`,
  'operation-running': about =>
    `Operation ${about['op']} is running at ${about['station'] || 'another station'}. Open it there or pause it first.`,
  'operation-waiting': about => `Operation ${about['op']} hasn’t been started. Start it first.`,
  'operation-paused': about => `Operation ${about['op']} is paused. Resume it first.`,
  'operation-not-running': about => `Operation ${about['op']} isn’t running, so there is nothing to pause.`,
  'wrong-station': about =>
    `Operation ${about['op']} is worked at ${about['stations']}; this is ${about['station']}. Take the card there.`,
  'no-station': () => 'This screen stands at no station. Start the operation from a station’s tablet.',
  'pieces-not-here': about =>
    about['count'] === 0
      ? `Waits for operation ${about['before']}, ${about['name']}: no pieces counted there yet.`
      : `Waits for operation ${about['before']}, ${about['name']}: all ${pieces(about['count'])} it counted are done here.`,
  'method-superseded': about =>
    `This work was done to another method than rev ${about['revision']} of ${about['workOrder']}. Keep the pieces apart and ask the supervisor.`,
  'method-not-here': about =>
    `The steps of ${about['workOrder']} aren’t on this tablet yet. Bring it to the network once.`,
  'step-unknown': about => `Operation ${about['op']} has no step ${about['step']}. Open the job again.`,
  'unit-beyond': about => `Unit ${about['cycle']} is beyond the ${pieces(about['quantity'])} ordered.`,
  'step-done': about => `“${about['title']}” is done for unit ${about['cycle']}. Undo it first to change it.`,
  'step-not-done': about => `“${about['title']}” isn’t done, so there is nothing to undo.`,
  'step-before-open': about => `Step ${about['step']} comes first. Do it, then this one.`,
  'photo-missing': about => `Take the photo first: ${about['title']}.`,
  'value-missing': about => `Enter the reading first: ${about['title']}.`,
  'value-outside': about =>
    `${number(about['value'])} ${about['unit']} is ${number(about['by'])} ${about['side']} the limit (${number(about['limit'])}). Measure again or record a defect.`,
  'part-missing': about => `Scan ${parts(about)} first.`,
  'not-a-measure': about => `“${about['title']}” has no reading. Open the job again.`,
  'not-a-part': about => `“${about['title']}” takes no part. Open the job again.`,
  'part-not-taken': about => `${about['lot'] || 'This part'} isn’t taken here, so there is nothing to put back.`,
  'enough-taken': about =>
    `All ${number(about['quantity'])} of ${about['item']} are taken. Put one back first to use another.`,
  'wrong-part': about => `This is ${about['scanned']}, a lot of ${about['is']}. This step needs ${about['needed']}.`,
  'lot-unknown': about =>
    `${about['scanned']} is no lot of ${about['needed']} known here. Scan the label on its box or reel.`,
  'not-a-part-label': about =>
    `This is ${about['what']} (${about['scanned']}). Scan the label on the part or its box; ${about['needed']} is needed.`,
  'lot-expired': about =>
    `${about['lot']} of ${about['item']} could be used until ${about['expires']}. Fetch a newer lot.`,
  'serial-here': about => `${about['lot']} is on this unit already. Scan the next part.`,
  'serial-used': about =>
    `${about['lot']} is built into unit ${about['cycle']} of ${about['workOrder']}, operation ${about['op']}. Scan another part.`,
  'nothing-counted': () => 'Nothing is counted. Enter good, scrap or rework.',
  'scrap-needs-reason': () => 'Scrap needs a reason. Pick one.',
  'rework-needs-reason': () => 'Rework needs a reason. Pick one.',
  'over-quantity': about =>
    about['left'] === 0
      ? `All ${pieces(about['quantity'])} of operation ${about['op']} are counted. Take a report back to correct it.`
      : `Only ${pieces(about['left'])} of ${about['quantity']} are left to count at operation ${about['op']}. Count again.`,
  'steps-open': about =>
    `${pieces(about['good'])} good would be counted, and the steps of ${about['finished']} are done. Finish the steps first.`,
  'report-known': () => 'This report is counted already.',
  'report-unknown': () => 'This report isn’t on this tablet. Open the job again.',
  'report-withdrawn': () => 'This report was taken back already.',
  'pieces-missing': about =>
    `${pieces(about['missing'])} of ${about['expected']} aren’t counted yet. Count them, or say why they are missing.`,
  'checks-open': about => `The inspection of operation ${about['op']} isn’t closed. Finish its checks first.`,
  'number-not-scannable': about =>
    `${about['workOrder']} can’t be read back from a job card. Use WO- and digits or capitals, such as WO-0012.`,
  'operations-open': about =>
    `${about['workOrder']} still has open operations${about['ops'] ? `: ${about['ops']}` : ''}. Complete them, or cancel the order.`,
  'order-over': about => `${about['workOrder']} is ${about['state']}. Make a new work order instead.`,
  'order-moved': about =>
    `${about['workOrder']} has changed since: ${about['quantity']} due ${about['due']}. Look at it again. Nothing was changed.`,
  'order-unchanged': about => `${about['workOrder']} is like that already.`,
  'quantity-begun': about =>
    `Operation ${about['op']} of ${about['workOrder']} has begun. Split off what is not begun, or make another order for more.`,
  'split-begun': about =>
    `${pieces(about['begun'])} of ${about['workOrder']} ${about['begun'] === 1 ? 'is' : 'are'} begun. Keep at least so many in it.`,
  'split-nothing': about =>
    `${about['workOrder']} is ${pieces(about['quantity'])}. Keep fewer, so that the other order gets some.`,
  'split-inspected': about =>
    `Operation ${about['op']} of ${about['workOrder']} inspects the whole batch and has begun. It can’t be split any more.`,
  'cancel-needs-note': () => 'Write why the order is cancelled.',
  'operation-twice': about => `The routing of ${about['item']} has operation ${about['op']} twice. Number it anew.`,
  'routing-item-unknown': about => `${about['item']} is no item known here. Add it under Materials first.`,
  'routing-empty': about =>
    `A routing of ${about['item']} needs an operation. Without one no order of it could be released.`,
  'routing-moved': about =>
    `The routing of ${about['item']} rev ${about['revision']} was changed meanwhile. Look at it first. Nothing was changed.`,
  'routing-same': about => `The routing of ${about['item']} rev ${about['revision']} is like that already.`,
  'routing-station-unknown': about =>
    `Operation ${about['op']} names ${about['station']}, and there is no such station. Choose one that is there.`,
  'routing-station-twice': about => `Operation ${about['op']} names ${about['station']} twice. Name it once.`,
  'routing-minutes': about =>
    `Operation ${about['op']} would take ${number(about['minutes'])} min. At most ${number(about['most'])} can be given.`,
  'step-twice': about => `Operation ${about['op']} has step ${about['step']} twice. Number it anew.`,
  'step-incomplete': about => `Step ${about['step']} of operation ${about['op']} lacks ${about['lacks']}. Add it.`
}
