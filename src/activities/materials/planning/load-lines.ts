/** BOM lines: what one order of the parent takes of the component, as a ratio in smallest units or a rule. */
import { ONE, type Ratio, decimal, product, ratio } from './exact.ts'
import { fault, likely } from './faults.ts'
import { grouped } from './levels.ts'
import { type Loading, type ToolLine, conversion, flipped } from './loading.ts'
import type { PlanBomLine, PlanItem } from './problem.ts'
import { type LineColumns, type LineRule, PLAIN } from './snapshot.ts'

/** Lines as they come, by column: of a large plant they are too many to make an object of each. */
type Found = LineColumns & { count: number }

export const loadLines = (loading: Loading) => {
  const { problem, items, numberOf, scale } = loading
  const known = new Map<string, number>()
  const rules: LineRule[] = [PLAIN]
  const tools: ToolLine[] = []
  const found = room(problem.bom.length + items.length)
  /** By number: whether anybody gave a line of it, be it a bad one. */
  const hasLines = new Uint8Array(items.length)
  const push = (parent: number, component: number, rule: LineRule): void => {
    if (isPlain(rule)) return put(found, parent, component, rule.per.num, 0)
    const name = JSON.stringify(rule)
    const at = known.get(name) ?? rules.push(rule) - 1
    known.set(name, at)
    put(found, parent, component, 0, at)
  }
  for (const line of problem.bom) {
    const parent = numberOf.get(line.parent)
    const component = numberOf.get(line.component)
    if (parent !== undefined && line.use !== 'tool') hasLines[parent] = 1
    if (parent === undefined || component === undefined) nameUnknown(loading, line, parent === undefined)
    else if (line.use === 'tool')
      tools.push({ parent, tool: component, quantity: decimal(line.quantity), fixed: line.fixed ?? true })
    else if (isBare(line) && scale[parent] === scale[component]) put(found, parent, component, line.quantity, 0)
    else {
      const rule = ruleOf(loading, line, items[component], scale[parent] ?? 1, scale[component] ?? 1)
      if (rule) push(parent, component, rule)
    }
  }
  for (let at = 0; at < items.length; at++) {
    const { transferFrom, source } = items[at] ?? {}
    const from = source === 'transfer' && transferFrom !== undefined ? numberOf.get(transferFrom) : undefined
    if (from === undefined) continue
    const per = ratio(scale[from] ?? 1, scale[at] ?? 1)
    push(at, from, { ...PLAIN, per, withLoss: per })
  }
  return { lines: inOrder(found, items.length, rules), rules, tools, hasLines }
}

const room = (count: number): Found => ({
  count: 0,
  parent: new Int32Array(count),
  component: new Int32Array(count),
  num: new Float64Array(count),
  rule: new Int32Array(count)
})

const put = (found: Found, parent: number, component: number, num: number, rule: number): void => {
  const at = found.count++
  found.parent[at] = parent
  found.component[at] = component
  found.num[at] = num
  found.rule[at] = rule
}

/** So many pieces for each, and nothing else is said. */
const isBare = (line: PlanBomLine): boolean =>
  Number.isInteger(line.quantity) &&
  line.quantity >= 0 &&
  likely(line.quantity) &&
  line.unit === undefined &&
  line.cut === undefined &&
  line.scrap === undefined &&
  line.setup === undefined &&
  line.lossMinimum === undefined &&
  line.rounding === undefined &&
  line.fixed === undefined &&
  line.offset === undefined &&
  line.from === undefined &&
  line.to === undefined

/** By parent, component, quantity and what the rule says: which number a rule got depends on the order of the input. */
const inOrder = (found: Found, items: number, rules: readonly LineRule[]): LineColumns => {
  const nameOf = rules.map(rule => JSON.stringify(rule))
  const isAfter = (a: number, b: number): boolean => {
    const by = (found.component[a] ?? 0) - (found.component[b] ?? 0) || (found.num[a] ?? 0) - (found.num[b] ?? 0)
    return by > 0 || (by === 0 && (nameOf[found.rule[a] ?? 0] ?? '') > (nameOf[found.rule[b] ?? 0] ?? ''))
  }
  const { offset, edge } = grouped(items, found.parent.subarray(0, found.count))
  const lines = room(found.count)
  for (let parent = 0; parent < items; parent++) {
    const own = edge.subarray(offset[parent] ?? 0, offset[parent + 1] ?? 0)
    // A list of parts is short, and mostly in order.
    for (let at = 1; at < own.length; at++) {
      const one = own[at] ?? 0
      let to = at
      for (; to > 0 && isAfter(own[to - 1] ?? 0, one); to--) own[to] = own[to - 1] ?? 0
      own[to] = one
    }
    for (const one of own) put(lines, parent, found.component[one] ?? 0, found.num[one] ?? 0, found.rule[one] ?? 0)
  }
  return { parent: lines.parent, component: lines.component, num: lines.num, rule: lines.rule }
}

const isPlain = (rule: LineRule): boolean =>
  rule.withLoss.den === 1 &&
  rule.lossMinimum === 0 &&
  rule.add === 0 &&
  !rule.fixed &&
  rule.step <= 1 &&
  rule.offset === 0 &&
  rule.from === -Infinity &&
  rule.to === Infinity &&
  rule.withLoss.num === rule.per.num

const nameUnknown = ({ faults }: Loading, { parent, component }: PlanBomLine, isParent: boolean): void =>
  fault(
    faults,
    'item-unknown',
    { item: isParent ? parent : component, id: `${parent} ${component}` },
    { parent, component, treated: 'the line is left out' }
  )

const ruleOf = (
  loading: Loading,
  line: PlanBomLine,
  item: PlanItem | undefined,
  parentScale: number,
  scale: number
): LineRule | undefined => {
  const { faults } = loading
  const { parent, component, quantity, unit } = line
  const about = { item: component, id: parent }
  const per = item && perParent(line, item)
  if (!per) {
    fault(faults, 'unit-unknown', about, { parent, unit: unit ?? '', keptIn: item?.unit ?? 'pcs', treated: 'left out' })
    return undefined
  }
  const scrap = line.scrap ?? 0
  const odd = [quantity, line.setup ?? 0, line.lossMinimum ?? 0].find(value => !likely(value) || value < 0)
  if (odd !== undefined || scrap < 0 || scrap >= 1) {
    fault(faults, 'quantity-unlikely', about, { parent, quantity: odd ?? scrap, treated: 'the line is left out' })
    return undefined
  }
  const own = product(per, line.fixed ? ratio(scale, 1) : ratio(scale, parentScale))
  const step = line.rounding === undefined ? (line.cut ? scale : 1) : Math.max(1, Math.round(line.rounding * scale))
  return {
    per: own,
    withLoss: scrap > 0 ? product(own, flipped(decimal(1 - scrap))) : own,
    lossMinimum: Math.round((line.lossMinimum ?? 0) * scale),
    add: Math.round((line.setup ?? 0) * scale),
    fixed: line.fixed ?? false,
    step,
    offset: Math.round(line.offset ?? 0),
    from: line.from ?? -Infinity,
    to: line.to ?? Infinity
  }
}

/** Units of the component for one unit of the parent; undefined where the units don't convert or nothing can be cut. */
const perParent = ({ quantity, unit, cut }: PlanBomLine, item: PlanItem): Ratio | undefined => {
  if (!cut) {
    const times = conversion(item, unit)
    return times && likely(quantity) ? product(decimal(Math.max(0, quantity)), times) : times
  }
  const pieces = piecesFrom(cut)
  return pieces > 0 && likely(quantity) ? product(decimal(Math.max(0, quantity)), { ...ONE, den: pieces }) : undefined
}

/** The last piece needs no kerf behind it. A millionth is forgiven, so that ten times 0.1 fit into 1. */
const piecesFrom = ({ length, stockLength, kerf = 0 }: NonNullable<PlanBomLine['cut']>): number =>
  length > 0 && Number.isFinite(stockLength) ? Math.floor((stockLength + kerf) / (length + kerf) + 1e-6) : 0
