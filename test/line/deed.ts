/** One press of a simulated person, and the dice behind it. */
import type { Step } from '#activities/orders/projection.ts'
import type { Done } from '#device/face.ts'
import type { Action, Refusal } from '#kernel/decision.ts'
import type { BlobRef } from '#kernel/event.ts'

/** The tablet in a person's hand. */
export type Hand = {
  act<I>(action: Action<I>, input: I): Promise<Done | Refusal>
  photo(): Promise<BlobRef>
}

/** `job` is `WO-0013-20`; `says` is worth a line of its own, most presses are not. */
export type Deed = {
  readonly job: string
  readonly says?: string
  readonly run: (hand: Hand) => Promise<Done | Refusal>
}
export type Dice = () => number

export const deed = <I>(job: string, action: Action<I>, input: I, says?: string): Deed => ({
  job,
  run: hand => hand.act(action, input),
  ...(says === undefined ? {} : { says })
})

/** One reading in so many lies outside its limits. */
const OUTSIDE = 60

/** Around the middle of the limits; now and then above them, where `mayMiss`. */
export const reading = (
  { low, high, nominal }: Pick<Step, 'low' | 'high' | 'nominal'>,
  dice: Dice,
  mayMiss: boolean
): number => {
  const middle = nominal ?? (low !== undefined && high !== undefined ? (low + high) / 2 : (high ?? low ?? 1))
  const reach = low !== undefined && high !== undefined ? (high - low) / 2 : Math.abs(middle) * 0.05
  const odd = mayMiss && high !== undefined && dice() < 1 / OUTSIDE
  return Number((odd ? high + reach * 0.2 : middle + (dice() * 2 - 1) * reach * 0.6).toFixed(4))
}
