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

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 'Thu 27 Nov', from a day of the plant. By hand: a browser's first use of its own calendar costs the first screen 15 ms. */
export const dayWord = (day: string): string => {
  const date = new Date(`${day}T00:00:00Z`)
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
}

const two = (n: number): string => String(n).padStart(2, '0')

/** '10:31' on this tablet's clock. */
export const timeWord = (at: string): string => {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** 'Thu 27 Nov', on this tablet's clock. */
const dayHere = (at: string): string => {
  const date = new Date(at)
  return `${DAYS[date.getDay()]} ${date.getDate()} ${MONTHS[date.getMonth()]}`
}

/** 'Thu 27 Nov 10:42': when a job is planned to begin. */
export const beginWord = (at: string): string => `${dayHere(at)} ${timeWord(at)}`

/** Which schedule this is: by the day and the time at which it was published. */
export const planWord = (at: string): string => `plan of ${beginWord(at)}`

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
