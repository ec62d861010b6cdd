/**
 * Whether a problem is a bare shop, in which only the makespan counts, and the way there and back: for those there is a search
 * that is far faster than the general one.
 */
import { weightsOf } from './answer.ts'
import type { Laid } from './makespan/search.ts'
import { type Choice, type Shop, shopOf } from './makespan/shop.ts'
import type { Model } from './model.ts'
import { at, atTime, type Ints } from './numbers.ts'
import { findPlace, putDown, readyAt, type Timeline } from './timeline.ts'

/** A shop, and which operation of the model each of its operations is. */
export type Bare = { readonly shop: Shop; readonly operation: Ints }

export const bareOf = (model: Model): Bare | undefined => {
  if (!(onlyMakespan(model) && nothingButStations(model) && wholeMinutes(model))) return
  const chains = chainsOf(model)
  if (!chains) return
  const jobs = chains.map(chain => chain.map(i => choicesOf(model, i)))
  return { shop: shopOf(jobs), operation: Int32Array.from(chains.flat()) }
}

const onlyMakespan = (model: Model): boolean => {
  const weights = weightsOf(model)
  const nobodyWaits = model.due.every(due => due === Number.POSITIVE_INFINITY)
  const noPlan = model.plannedStation.every(station => station === -1)
  return weights.makespan > 0 && (weights.tardiness === 0 || nobodyWaits) && (weights.moved === 0 || noPlan)
}

const nothingButStations = (model: Model): boolean => {
  const earliest = Math.max(model.problem.now, model.problem.fence ?? model.problem.now)
  return (
    model.count > 0 &&
    model.opening.every(opening => opening === undefined) &&
    model.tool.length === 0 &&
    model.locked.every(flag => flag === 0) &&
    model.batch.every(batch => batch === 0) &&
    model.release.every(release => release === earliest) &&
    model.setups.every(table => table.every(minutes => minutes === 0))
  )
}

const wholeMinutes = (model: Model): boolean => {
  let sum = 0
  let choices = false
  for (let i = 0; i < model.count; i++) {
    let most = 0
    for (let c = at(model.choiceFrom, i); c < at(model.choiceFrom, i + 1); c++) {
      if (!Number.isInteger(atTime(model.choiceMinutes, c))) return false
      most = Math.max(most, atTime(model.choiceMinutes, c))
    }
    if (at(model.choiceFrom, i + 1) - at(model.choiceFrom, i) > 1) choices = true
    sum += most
  }
  // Where a machine may be chosen, an operation of no length could go before itself.
  return sum < 2 ** 29 && !(choices && model.choiceMinutes.some(minutes => minutes === 0))
}

/** Every operation has at most one before it and one after it. */
const chainsOf = (model: Model): number[][] | undefined => {
  const chains: number[][] = []
  const chainOf = new Int32Array(model.count)
  for (const i of model.topological) {
    const first = at(model.beforeFrom, i)
    const befores = at(model.beforeFrom, i + 1) - first
    if (befores > 1 || at(model.afterFrom, i + 1) - at(model.afterFrom, i) > 1) return
    chainOf[i] = befores === 0 ? chains.length : at(chainOf, at(model.before, first))
    if (befores === 0) chains.push([i])
    else chains[at(chainOf, i)]?.push(i)
  }
  return chains
}

const choicesOf = (model: Model, operation: number): Choice[] => {
  const least = new Map<number, number>()
  for (let c = at(model.choiceFrom, operation); c < at(model.choiceFrom, operation + 1); c++) {
    const station = at(model.choiceStation, c)
    least.set(station, Math.min(least.get(station) ?? Number.POSITIVE_INFINITY, atTime(model.choiceMinutes, c)))
  }
  return [...least].map(([machine, minutes]) => ({ machine, minutes }))
}

/** The plan in a timeline as one of the shop. */
export const laidOf = (bare: Bare, timeline: Timeline, order: Ints): Laid => {
  const { shop, operation } = bare
  const { model } = timeline
  const number = new Int32Array(model.count)
  operation.forEach((i, k) => {
    number[i] = k
  })
  const laid = {
    order: new Int32Array(shop.count + 1),
    machine: new Int32Array(shop.count + 1),
    minutes: new Int32Array(shop.count + 1)
  }
  laid.order.fill(shop.count)
  order.forEach((i, k) => {
    laid.order[k] = at(number, i)
  })
  for (let k = 0; k < shop.count; k++) {
    const choice = at(timeline.choice, at(operation, k))
    laid.machine[k] = at(model.choiceStation, choice)
    laid.minutes[k] = atTime(model.choiceMinutes, choice)
  }
  return laid
}

/** Puts a plan of the shop down in a timeline that is clear. */
export const layInto = (timeline: Timeline, bare: Bare, laid: Laid): void => {
  const { model } = timeline
  for (let k = 0; k < bare.shop.count; k++) {
    const number = at(laid.order, k)
    const operation = at(bare.operation, number)
    let choice = at(model.choiceFrom, operation)
    while (
      at(model.choiceStation, choice) !== at(laid.machine, number) ||
      atTime(model.choiceMinutes, choice) !== at(laid.minutes, number)
    )
      choice++
    findPlace(timeline, operation, choice, readyAt(timeline, operation))
    putDown(timeline, operation, choice)
  }
}

/** The minutes that no plan can do without, as a cost. */
export const costOfBound = (model: Model, bound: number): number => {
  const { now, fence = now } = model.problem
  return weightsOf(model).makespan * (Math.max(now, fence) - now + bound)
}
