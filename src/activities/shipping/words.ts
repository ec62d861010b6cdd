/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'

export const shippingReasons: Activity['reasons'] = {
  'pack-order-unknown': about => `${about['workOrder']} isn’t known here. Scan its job card.`,
  'pack-order-not-released': about => `${about['workOrder']} isn’t released, so there is nothing to pack.`,
  'pack-on-hold': about =>
    `${about['workOrder']} is on hold. Its pieces stay where they are until the hold is released.`,
  'inspection-not-closed': about =>
    `The inspection of operation ${about['op']} of ${about['workOrder']} isn’t closed yet.`,
  'more-than-ordered': about =>
    `${about['workOrder']} is for ${about['quantity']}, and ${about['packed']} are packed. Count again.`,
  'box-unknown': about => `Box ${about['handlingUnit']} isn’t known here. Open a box first.`,
  'box-not-open': about => `Box ${about['handlingUnit']} is closed. Open another one.`,
  'box-still-open': about => `Box ${about['handlingUnit']} is still open. Close it first.`,
  'box-open-already': about => `Box ${about['handlingUnit']} is open already.`,
  'reopening-unexplained': () => 'Write why it is opened again.',
  'box-shipped': about => `Box ${about['handlingUnit']} left with ${about['shipment']}.`,
  'box-of-another-order': about => `This box is for ${about['workOrder']}. Take a box of its own.`,
  'box-full': about => `${about['packed']} of ${about['capacity']} are in the box. Close it and open another one.`,
  'box-empty': () => 'Nothing is in the box yet. Pack the first piece.',
  'serial-packed': about => `${about['serial']} is in this box already. Scan the next piece.`,
  'serial-not-packed': about => `${about['serial']} isn’t in this box. Look in the others.`,
  'not-so-many-packed': about =>
    about['serials']
      ? `${about['bare']} are in the box without a serial. Take the others out by their serial.`
      : `Only ${about['bare']} are in the box.`,
  'shipment-taken': about => `${about['shipment']} is taken. Open the page again for the next number.`,
  'shipment-empty': () => 'Choose the boxes that leave.'
}
