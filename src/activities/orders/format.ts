/** Days, times, counts and targets as people say them; apart from the reasons, which the first screen does without. */
import { show, tidy } from '#kernel/quantity.ts'
import type { OperationState } from './running.ts'

export const stateWord: Record<OperationState, string> = {
  waiting: 'Not started',
  running: 'Running',
  paused: 'Paused',
  done: 'Done'
}

/** '1 piece', '3 pieces'. */
export const pieces = (count: number | string | undefined): string =>
  `${count} ${Number(count) === 1 ? 'piece' : 'pieces'}`

/** 'Thu 27 Nov', from a day of the plant. */
export const dayWord = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC'
  })

/** '10:31' on this tablet's clock. */
export const timeWord = (at: string): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })

/** '0.6 N·m ± 0.05', '11.8 to 12.2 mm', 'at most 5 V': what a reading is to be, big enough to read from a step away. */
export const targetWord = (step: {
  readonly unit?: string | undefined
  readonly nominal?: number | undefined
  readonly low?: number | undefined
  readonly high?: number | undefined
}): string => {
  const { nominal, low, high } = step
  const unit = step.unit ? ` ${step.unit}` : ''
  if (nominal !== undefined && low !== undefined && high !== undefined) {
    const [down, up] = [tidy(nominal - low), tidy(high - nominal)]
    return down === up ? `${show(nominal)}${unit} ± ${show(up)}` : `${show(nominal)}${unit} −${show(down)} +${show(up)}`
  }
  if (low !== undefined && high !== undefined) return `${show(low)} to ${show(high)}${unit}`
  if (low !== undefined) return `at least ${show(low)}${unit}`
  if (high !== undefined) return `at most ${show(high)}${unit}`
  return nominal === undefined ? '' : `${show(nominal)}${unit}`
}
