/** frePPLe's stocks as items of ours, with their lots, and what is taken for them as lines of a BOM. */
import type { PlanBomLine, PlanItem } from '#activities/materials/planning/problem.ts'
import type { Plant } from './frepple-plant.ts'
import type { Body, Source } from './frepple-sources.ts'
import { every, field, type Node, nameIn, numberIn, quarters, says, slotOfDate } from './frepple-xml.ts'

const lotOf = (node: Parameters<typeof field>[0], times: number): Partial<PlanItem> => {
  const size = (name: string): number | undefined => {
    const found = numberIn(node, name)
    return found === undefined ? undefined : found * times
  }
  const multiple = size('size_multiple')
  const maximum = size('size_maximum')
  return {
    // Without a multiple, any part of a unit may be ordered.
    rounding: 0.000001,
    decimals: 6,
    lot: {
      rule: 'lot-for-lot',
      // frePPLe orders at least one unit unless it is told otherwise.
      minimum: size('size_minimum') ?? times,
      ...(multiple === undefined ? {} : { multiple }),
      ...(maximum === undefined ? {} : { maximum })
    }
  }
}

/** Undefined where it changes with the calendar. */
export const safetyOf = ({ calendars, today }: Plant, node: Node): number | undefined => {
  const calendar = calendars.get(nameIn(node, 'minimum_calendar') ?? '')
  if (!calendar) return says(node, 'minimum_calendar') ? undefined : (numberIn(node, 'minimum') ?? 0)
  const [bucket, ...others] = every(calendar, 'bucket')
  const always = bucket && others.length === 0 && !says(bucket, 'end')
  return always && slotOfDate(field(bucket, 'start') ?? '') <= today ? numberIn(bucket, 'value') : undefined
}

export const stockItem = (plant: Plant, id: string, source: Source): PlanItem => {
  const node = plant.stocks.get(id)?.node
  const maximum = node && numberIn(node, 'maximum')
  const base = {
    id,
    onHand: (node && numberIn(node, 'onhand')) ?? 0,
    safetyStock: (node && safetyOf(plant, node)) ?? 0,
    ...(maximum === undefined ? {} : { stockMaximum: maximum })
  }
  if (source.kind === 'none') return { ...base, source: 'none', decimals: 6 }
  if (source.kind === 'buy')
    return { ...base, source: 'buy', leadTime: quarters(field(source.node, 'leadtime')), ...lotOf(source.node, 1) }
  const { body, output, operation } = source
  return {
    ...base,
    source: 'make',
    leadTime: body.duration,
    leadTimePer: body.per / output.quantity,
    ...lotOf(operation.node, output.quantity)
  }
}

/** A line of ours is valid by the day on which its order is due, theirs by the moment at which it is taken: so long before. */
export const linesOf = (parent: string, { takes, duration }: Body, times: number): readonly PlanBomLine[] =>
  takes.flatMap(({ buffer, quantity, fixed, offset, from, to }) => {
    const base = {
      parent,
      component: buffer,
      offset,
      ...(from === -Infinity ? {} : { from: from + duration - offset }),
      ...(to === Infinity ? {} : { to: to + duration - offset })
    }
    return [
      { ...base, quantity: -quantity / times },
      ...(fixed === 0 ? [] : [{ ...base, quantity: -fixed, fixed: true }])
    ]
  })
