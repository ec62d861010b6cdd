/** Plants with due dates, set-ups and alternates, made up from a seed: what the general search is measured on. */
import type { OperationInput, ScheduleProblem } from '#activities/schedule/solver/problem.ts'

/** Numbers at least 0, below `count`, the same for the same seed. */
const dice = (seed: number) => {
  let state = seed >>> 0
  return (count: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * count)
  }
}

export type PlantSize = {
  readonly orders: number
  readonly stations: number
  readonly steps: number
  readonly families: number
}

/** Shifts of eight hours in the day, orders that come nearly as fast as they can be made, due dates of which not all can be kept. */
export const plantOf = ({ orders, stations, steps, families }: PlantSize, seed: number): ScheduleProblem => {
  const roll = dice(seed)
  for (let k = 0; k < 10; k++) roll(2)
  const load = (orders * steps * 45) / stations
  const open = Array.from({ length: 400 }, (_, day) => [day * 1440 + 480, day * 1440 + 960] as const)
  const operations = Array.from({ length: orders }, (_, order): OperationInput[] => {
    const count = 1 + roll(steps * 2 - 1)
    const release = roll(Math.ceil(load * 0.7))
    const due = inShifts(release + count * 60 * (1 + roll(4)))
    const weight = 1 + roll(5)
    return Array.from({ length: count }, (_, step): OperationInput => {
      const first = roll(stations)
      const minutes = 10 + roll(60)
      const second = {
        station: `ST-${(first + 1 + roll(Math.max(1, stations - 1))) % stations}`,
        minutes: minutes + roll(20)
      }
      return {
        id: `WO-${order}-${step}`,
        workOrder: `WO-${order}`,
        op: step,
        due,
        weight,
        family: `F${roll(families)}`,
        stations: [{ station: `ST-${first}`, minutes }, ...(roll(3) === 0 && stations > 1 ? [second] : [])],
        ...(step > 0 ? { predecessors: [`WO-${order}-${step - 1}`] } : { release: inShifts(release) })
      }
    })
  }).flat()
  const setups = Array.from({ length: families * families }, (_, k) => ({
    from: `F${Math.floor(k / families)}`,
    to: `F${k % families}`,
    minutes: Math.floor(k / families) === k % families ? 0 : 5 + roll(40)
  }))
  const named = Array.from({ length: stations }, (_, k) => ({ station: `ST-${k}`, family: 'F0', open }))
  return { now: 0, stations: named, operations, setups }
}

/** So many minutes of shifts as a time of the calendar above. */
const inShifts = (minutes: number): number => Math.floor(minutes / 480) * 1440 + 480 + Math.floor(minutes % 480)
