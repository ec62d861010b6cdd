/** The form of a push by hand: `pushRequest` says the same, and takes ten times as long for two hundred events. */
import type { PushedEvent, PushRequest } from '#sync/protocol.ts'

const isText = (value: unknown): boolean => typeof value === 'string'
// Any object may be asked for members that it does not have.
const recordOf = <T>(value: unknown): Partial<T> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Partial<T>) : undefined

export const isPush = (value: unknown): value is PushRequest => {
  const push = recordOf<PushRequest>(value)
  return (
    push !== undefined &&
    Number.isFinite(push.protocol) &&
    isText(push.batch) &&
    isText(push.device) &&
    isText(push.chain) &&
    isText(push.epoch) &&
    Number.isSafeInteger(push.nMax) &&
    isWitness(push.witnessed) &&
    Array.isArray(push.events) &&
    push.events.every(isPushed)
  )
}

const isWitness = (value: unknown): boolean => {
  if (value === undefined) return true
  const seen = recordOf<NonNullable<PushRequest['witnessed']>>(value)
  return seen !== undefined && Number.isSafeInteger(seen.seq) && isText(seen.root)
}

const isPushed = (value: unknown): boolean => {
  const event = recordOf<PushedEvent>(value)
  if (!event || !isText(event.id) || !isText(event.h) || !isText(event.body)) return false
  return event.n === undefined || Number.isFinite(event.n)
}
