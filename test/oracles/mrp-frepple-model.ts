/**
 * frePPLe's own test models as planning problems, as far as they are about material alone. What they are not is said in one
 * sentence each: capacity and alternatives are another engine's questions.
 */
import type {
  PlanBomLine,
  PlanDemand,
  PlanItem,
  PlanProblem,
  PlanReceipt
} from '#activities/materials/planning/problem.ts'

export type Node = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
  readonly text: string
}

/** These files hold elements, attributes, comments and one script; no entities, no CDATA. */
export const parse = (xml: string): Node => {
  const root: { name: string; attributes: Record<string, string>; children: Node[]; text: string } = blank('')
  const stack = [root]
  const body = xml.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
  for (const [, close, name, given, alone, text] of body.matchAll(/<(\/?)([\w:]+)([^>]*?)(\/?)>|([^<]+)/g)) {
    const here = stack.at(-1) ?? root
    if (text !== undefined) here.text += text.trim()
    else if (close) stack.pop()
    else {
      const node = blank(name ?? '')
      for (const [, key, value] of (given ?? '').matchAll(/([\w:]+)\s*=\s*"([^"]*)"/g))
        node.attributes[key ?? ''] = value ?? ''
      here.children.push(node)
      if (!alone) stack.push(node)
    }
  }
  return root
}

const blank = (name: string) => ({ name, attributes: {} as Record<string, string>, children: [] as Node[], text: '' })

const every = (node: Node, names: readonly string[]): readonly Node[] => [
  ...(names.includes(node.name) ? [node] : []),
  ...node.children.flatMap(child => every(child, names))
]

/** An attribute or the text of a child: the format allows both. */
const field = (node: Node, name: string): string | undefined =>
  node.attributes[name] ?? node.children.find(child => child.name === name)?.text

const nameIn = (node: Node, child: string): string | undefined =>
  node.children.find(one => one.name === child)?.attributes['name'] ??
  node.children.find(one => one.name === child)?.children.find(one => one.name === 'name')?.text

export const seconds = (duration: string | undefined): number => {
  const [, days, hours, minutes, secs] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration ?? 'P0D') ?? []
  return ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60 + Number(secs ?? 0)
}

/** Quarters of an hour are the days of these problems. */
export const QUARTER = 900
export const slotOfDate = (date: string): number => Date.parse(`${date}Z`) / 1000 / QUARTER

/** Which output was written after which run: 0 is the run without constraints. */
export const constraintsOf = (xml: string): ReadonlyMap<number, number> => {
  const found = new Map<number, number>()
  let now = 15
  for (const [, constraints, output] of xml.matchAll(
    /constraints\s*=\s*(\d+)|save(?:plan|XMLfile)\("output\.(\d+)\.xml"\)/g
  ))
    if (constraints !== undefined) now = Number(constraints)
    else found.set(Number(output), now)
  return found
}

/** Elements that ask for more than material, and why we don't answer them here. */
const BEYOND: Readonly<Record<string, string>> = {
  suboperations: 'routings and alternative operations are the scheduler’s',
  setupmatrix: 'times of changing over, which depend on the sequence, are the scheduler’s',
  available: 'calendars of hours are the scheduler’s',
  minimum_calendar: 'a safety stock that changes with the calendar is not kept yet',
  location_calendar: 'calendars of hours are the scheduler’s',
  alternate: 'alternatives by priority and cost are not ours: an alternate gives only what it has to spare',
  effective_start: 'effectivity by the hour is not ours',
  itemdistributions: 'choosing between places is not ours'
}

export type Model = {
  readonly problem: PlanProblem
  readonly operationOf: ReadonlyMap<string, string>
  readonly leftOut?: readonly string[]
}

/** The problem, or in words why there is none. */
export const modelOf = (xml: string): Model | string => {
  const plan = parse(xml)
  for (const [name, why] of Object.entries(BEYOND))
    if (every(plan, [name]).length > 0 || hasAttribute(plan, name)) return why
  const orders = every(plan, ['operationplan'])
  const filled = every(plan, ['buffer']).some(one => field(one, 'maximum') !== undefined)
  if (filled && orders.every(one => field(one, 'status') === 'confirmed')) return alone(plan)
  if (orders.length > 0) return 'orders that run already are written as operations'
  const flows = every(plan, ['flow'])
  if (flows.some(one => !/^flow_(start|end)$/.test(one.attributes['xsi:type'] ?? '')))
    return 'flows in transfer lots are not ours'
  if (flows.some(one => field(one, 'offset') !== undefined)) return 'offsets by the hour are not ours'
  const kinds = every(plan, ['itemsupplier']).length > 0
  if (!kinds && flows.length > 0 && flows.every(one => nameIn(one, 'operation') === undefined)) return alone(plan)
  return kinds ? bought(plan) : made(plan, flows)
}

const hasAttribute = (node: Node, name: string): boolean =>
  node.attributes[name] !== undefined || node.children.some(child => hasAttribute(child, name))

const whole = (plan: Node, items: PlanItem[], bom: PlanBomLine[], demands: PlanDemand[]): PlanProblem => ({
  today: slotOfDate(field(plan.children[0] ?? plan, 'current') ?? ''),
  bucketing: 'day',
  policy: { expediteWithin: 0, horizon: 100_000 },
  items,
  bom,
  demands,
  receipts: []
})

const lotOf = (node: Node | undefined): Partial<PlanItem> => {
  const size = (name: string): number | undefined => {
    const found = node && field(node, name)
    return found === undefined ? undefined : Number(found)
  }
  const minimum = size('size_minimum')
  const multiple = size('size_multiple')
  const maximum = size('size_maximum')
  return {
    // Without a multiple, any part of a unit may be ordered.
    rounding: 0.000001,
    decimals: 6,
    lot: {
      rule: 'lot-for-lot',
      // frePPLe orders at least one unit unless it is told otherwise.
      minimum: minimum ?? 1,
      ...(multiple === undefined ? {} : { multiple }),
      ...(maximum === undefined ? {} : { maximum })
    }
  }
}

/** Each place of stock is an item; the operation that fills it is where its lead time and lot come from. */
const made = (plan: Node, flows: readonly Node[]): Model | string => {
  const operations = Map.groupBy(every(plan, ['operation', 'producing']), one => one.attributes['name'] ?? '')
  const merged = (name: string): Node => ({
    name,
    attributes: Object.assign({}, ...(operations.get(name) ?? []).map(one => one.attributes)) as Record<string, string>, // merged texts
    children: (operations.get(name) ?? []).flatMap(one => one.children),
    text: ''
  })
  const linked = flows.map(flow => ({
    operation: nameIn(flow, 'operation') ?? '',
    buffer: nameIn(flow, 'buffer') ?? '',
    quantity: Number(field(flow, 'quantity') ?? 1),
    atEnd: flow.attributes['xsi:type'] === 'flow_end'
  }))
  if (linked.some(one => one.operation === '' || one.buffer === '')) return 'operations that name no place of stock'
  const into = linked.filter(one => one.quantity > 0)
  if (into.some(one => one.quantity !== 1)) return 'operations that make several at a time'
  if (new Set(into.map(one => one.operation)).size < into.length) return 'co-products are not planned'
  const operationOf = new Map(into.map(one => [one.buffer, one.operation] as const))
  const names = [...new Set(linked.map(one => one.buffer))]
  const durationOf = (name: string): number => seconds(field(merged(name), 'duration')) / QUARTER
  const perUnit = (name: string): number => seconds(field(merged(name), 'duration_per')) / QUARTER
  const items = names.map((id): PlanItem => {
    const buffer = every(plan, ['buffer']).find(one => one.attributes['name'] === id && one.children.length > 0)
    const by = operationOf.get(id)
    return {
      id,
      source: by === undefined ? 'none' : 'make',
      leadTime: by === undefined ? 0 : durationOf(by),
      leadTimePer: by === undefined ? 0 : perUnit(by),
      leadIn: 'calendar',
      onHand: Number((buffer && field(buffer, 'onhand')) ?? 0),
      safetyStock: Number((buffer && field(buffer, 'minimum')) ?? 0),
      ...lotOf(by === undefined ? undefined : merged(by))
    }
  })
  const takes = linked.filter(one => one.quantity < 0)
  const bom = [...operationOf].flatMap(([parent, operation]) =>
    takes
      .filter(one => one.operation === operation)
      .map(one => ({
        parent,
        component: one.buffer,
        quantity: -one.quantity,
        offset: one.atEnd ? durationOf(operation) : 0
      }))
  )
  const demands = every(plan, ['demand']).flatMap((demand, at) => {
    const delivery = nameIn(demand, 'operation') ?? ''
    return takes
      .filter(one => one.operation === delivery)
      .map((one, part) => ({
        id: `${at}.${part}`,
        item: one.buffer,
        quantity: -one.quantity * Number(field(demand, 'quantity') ?? 0),
        day:
          slotOfDate(field(demand, 'due') ?? '') -
          (one.atEnd ? 0 : durationOf(delivery) + perUnit(delivery) * Number(field(demand, 'quantity') ?? 0))
      }))
  })
  if (demands.length === 0) return 'no demand that takes from a stock by an operation of its own'
  return { problem: whole(plan, items, bom, demands), operationOf }
}

/**
 * Items that are made of nothing or bought, each for its place; demands, stocks and confirmed orders name the item and the
 * place. What brings a fixed quantity on top of its size is left out, and said.
 */
const alone = (plan: Node): Model | string => {
  const placeOf = (node: Node): string => `${nameIn(node, 'item')} @ ${nameIn(node, 'location')}`
  const operations = every(plan, ['operation']).filter(one => nameIn(one, 'item') !== undefined)
  if (operations.flatMap(one => every(one, ['flow'])).some(one => field(one, 'quantity') !== '1'))
    return 'operations that take from a stock without a name'
  const fixed = operations.filter(one => every(one, ['quantity_fixed']).length > 0)
  const made = operations.filter(one => !fixed.includes(one))
  const operationOf = new Map(made.map(one => [placeOf(one), one.attributes['name'] ?? '']))
  if (operationOf.size < made.length) return 'several operations that make the same'
  const ruleOf = new Map(made.map(one => [placeOf(one), one]))
  const stockOf = new Map(every(plan, ['buffer']).map(one => [one.attributes['name'] ?? '', one]))
  for (const supplier of every(plan, ['supplier']))
    for (const rule of every(supplier, ['itemsupplier']))
      for (const [id, buffer] of stockOf)
        if (nameIn(buffer, 'item') === nameIn(rule, 'item')) {
          operationOf.set(id, `Purchase ${id} from ${supplier.attributes['name']}`)
          ruleOf.set(id, rule)
        }
  const items = [...ruleOf].map(([id, rule]): PlanItem => {
    const buffer = stockOf.get(id) ?? rule
    return {
      id,
      source: rule.name === 'operation' ? 'make' : 'buy',
      leadTime: seconds(field(rule, 'duration') ?? field(rule, 'leadtime')) / QUARTER,
      leadTimePer: seconds(field(rule, 'duration_per')) / QUARTER,
      leadIn: 'calendar',
      onHand: Number(field(buffer, 'onhand') ?? 0),
      safetyStock: Number(field(buffer, 'minimum') ?? 0),
      ...(field(buffer, 'maximum') === undefined ? {} : { stockMaximum: Number(field(buffer, 'maximum')) }),
      ...lotOf(rule)
    }
  })
  const demands = every(plan, ['demand']).map((one, at) => ({
    id: String(at),
    item: placeOf(one),
    quantity: Number(field(one, 'quantity') ?? 0),
    day: slotOfDate(field(one, 'due') ?? '')
  }))
  if (demands.some(one => !operationOf.has(one.item))) return 'a demand for what no operation makes'
  const itemOf = new Map([...operationOf].map(([item, operation]) => [operation, item]))
  const receipts = every(plan, ['operationplan']).flatMap((one, at): readonly PlanReceipt[] => {
    const item = itemOf.get(nameIn(one, 'operation') ?? '') ?? placeOf(one)
    const quantity = Number(field(one, 'quantity') ?? 0)
    const day = slotOfDate(field(one, 'end') ?? '')
    return operationOf.has(item) ? [{ id: `r${at}`, item, quantity, day, kind: 'purchase', firm: true }] : []
  })
  const leftOut = fixed.map(one => one.attributes['name'] ?? '')
  return { problem: { ...whole(plan, items, [], demands), receipts }, operationOf, leftOut }
}

/** Only demands and suppliers: each item is bought for its place. An inquiry in a group that is one itself is planned, as there. */
const bought = (plan: Node): Model | string => {
  const suppliers = every(plan, ['supplier'])
  const [supplier] = suppliers
  const [how] = every(plan, ['itemsupplier'])
  if (suppliers.length !== 1 || !supplier || !how || every(plan, ['flow', 'buffer', 'operation']).length > 0)
    return 'buying and making in one model, with names that are made up on the way'
  const operationOf = new Map<string, string>()
  const demands: PlanDemand[] = []
  const visit = (node: Node, group: string): void => {
    for (const one of node.children) {
      const status = field(one, 'status') ?? 'open'
      if (one.name !== 'demand' || one.attributes['xsi:type'] === 'demand_group')
        visit(one, one.name === 'demand' ? status : group)
      else if (['open', 'quote'].includes(status) || status === group) {
        const item = `${nameIn(one, 'item')} @ ${nameIn(one, 'location')}`
        operationOf.set(item, `Purchase ${item} from ${supplier.attributes['name']}`)
        const quantity = Number(field(one, 'quantity') ?? 0)
        demands.push({ id: String(demands.length), item, quantity, day: slotOfDate(field(one, 'due') ?? '') })
      }
    }
  }
  visit(plan, '')
  const leadTime = seconds(field(how, 'leadtime')) / QUARTER
  const items = [...operationOf.keys()].map(
    (id): PlanItem => ({ id, source: 'buy', leadTime, leadIn: 'calendar', ...lotOf(how) })
  )
  return { problem: whole(plan, items, [], demands), operationOf }
}
