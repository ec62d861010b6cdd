/** BOM lines: what one order of the parent takes of the component, as a ratio in smallest units or a rule. */
import { ONE, type Ratio, decimal, product, ratio } from './exact.ts'
import { fault, likely } from './faults.ts'
import { type Loading, type ToolLine, conversion, flipped } from './loading.ts'
import type { PlanBomLine, PlanItem } from './problem.ts'
import { type LineColumns, type LineRule, PLAIN } from './snapshot.ts'

type Line = { readonly parent: number; readonly component: number; readonly num: number; readonly rule: number }

export const loadLines = (loading: Loading) => {
  const { problem, items, numberOf, scale } = loading
  const known = new Map<string, number>()
  const rules: LineRule[] = [PLAIN]
  const tools: ToolLine[] = []
  /** By parent: most of the sorting is done by putting each into its place. */
  const lines = items.map((): Line[] => [])
  const push = (parent: number, component: number, rule: LineRule): void => {
    if (isPlain(rule)) return void lines[parent]?.push({ parent, component, num: rule.per.num, rule: 0 })
    const name = JSON.stringify(rule)
    const at = known.get(name) ?? rules.push(rule) - 1
    known.set(name, at)
    lines[parent]?.push({ parent, component, num: 0, rule: at })
  }
  for (const line of problem.bom) {
    const parent = numberOf.get(line.parent)
    const component = numberOf.get(line.component)
    if (parent === undefined || component === undefined) nameUnknown(loading, line, parent === undefined)
    else if (line.use === 'tool')
      tools.push({ parent, tool: component, quantity: decimal(line.quantity), fixed: line.fixed ?? true })
    else {
      const rule = ruleOf(loading, line, items[component], scale[parent] ?? 1, scale[component] ?? 1)
      if (rule) push(parent, component, rule)
    }
  }
  for (const [at, { transferFrom, source }] of items.entries()) {
    const from = source === 'transfer' && transferFrom !== undefined ? numberOf.get(transferFrom) : undefined
    if (from === undefined) continue
    const per = ratio(scale[from] ?? 1, scale[at] ?? 1)
    push(at, from, { ...PLAIN, per, withLoss: per })
  }
  // Rules are compared by what they say: which number one got depends on the order of the input.
  const nameOf = rules.map(rule => JSON.stringify(rule))
  const order = (a: Line, b: Line): number =>
    a.component - b.component || a.num - b.num || ((nameOf[a.rule] ?? '') < (nameOf[b.rule] ?? '') ? -1 : 1)
  return { lines: columnsOf(lines.flatMap(list => list.sort(order))), rules, tools }
}

const columnsOf = (lines: readonly Line[]): LineColumns => {
  const columns = {
    parent: new Int32Array(lines.length),
    component: new Int32Array(lines.length),
    num: new Float64Array(lines.length),
    rule: new Int32Array(lines.length)
  }
  for (const [at, line] of lines.entries()) {
    columns.parent[at] = line.parent
    columns.component[at] = line.component
    columns.num[at] = line.num
    columns.rule[at] = line.rule
  }
  return columns
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
