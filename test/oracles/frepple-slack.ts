/** Which orders may be late, and by how much, before a demand is: frePPLe calls it criticality, and prints it in days. */
import { planOf } from '#activities/materials/planning/plan.ts'
import { plannedOrders } from '#activities/materials/planning/read.ts'
import { delayedBy } from '#activities/materials/planning/trace-up.ts'
import { QUARTER, slotOfDate } from './frepple-xml.ts'
import type { Case } from './mrp-frepple-model.ts'

const DAY = 86_400 / QUARTER
const LINE = /^\s+(.*) : ([\d.]+) (\S+ \S+) (\S+ \S+) => (\d+)$/

const lineOf = (operation: string, start: number, end: number, quantity: number, days: number): string =>
  `${operation} ${start} ${end} ${quantity}: ${days} days`

/** Whole days that each of our orders can be late and delay no demand. */
export const slackOf = ({ problem, madeBy }: Case): readonly string[] => {
  const plan = planOf(problem)
  return plannedOrders(plan).map(({ id, item, start, due, quantity }) => {
    const { operation, times, tail } = madeBy.get(item) ?? { operation: item, times: 1, tail: 0 }
    const delays = (days: number): boolean =>
      delayedBy(plan, { kind: 'planned', item, order: id }, days * DAY).some(({ what }) => what.kind === 'demand')
    let days = 0
    while (days < MOST && !delays(days + 1)) days++
    return lineOf(operation, start, due - tail, quantity / times, days)
  })
}

/** More than this is as good as for ever. */
const MOST = 999

/** What stands before the script changes anything; undefined for what prints no criticality. */
export const printedSlack = (text: string): readonly string[] | undefined => {
  const [first = ''] = text.split(/\n\s*\n/)
  const lines = first.split('\n').flatMap(line => {
    const [, operation = '', quantity, start, end, days] = LINE.exec(line) ?? []
    if (start === undefined || end === undefined) return []
    return [lineOf(operation, slotOfDate(start), slotOfDate(end), Number(quantity), Number(days))]
  })
  return lines.length === 0 ? undefined : lines
}
