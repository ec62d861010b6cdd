/** What stands in one of frePPLe's models, gathered from wherever it is said: operations, flows, stocks, demands, calendars. */
import { every, field, merged, type Node, nameIn, numberIn, quarters, says, slotOfDate } from './frepple-xml.ts'

export type Flow = {
  readonly buffer: string
  /** Of one run: above 0 what comes, below 0 what goes. */
  readonly quantity: number
  readonly fixed: number
  readonly atEnd: boolean
  /** Quarters of an hour after its moment. */
  readonly offset: number
  /** Valid for what is taken or brought from one moment to before another. */
  readonly from: number
  readonly to: number
  /** What of it we have no words for. */
  readonly strange?: string
}

/** What an operation has of a resource, or of the members of its group, while it runs. */
export type Load = {
  readonly resource: string
  readonly quantity: number
  readonly skill: string | undefined
  /** What it has to be set up for, where it has to. */
  readonly setup: string | undefined
}

export type Operation = {
  readonly name: string
  readonly kind: string
  readonly node: Node
  readonly location: string | undefined
  readonly duration: number
  readonly per: number
  readonly flows: readonly Flow[]
  readonly loads: readonly Load[]
  /** Of a routing in order, of a choice the first one first. */
  readonly steps: readonly string[]
  readonly calendars: readonly string[]
}

export type Stock = { readonly name: string; readonly item: string | undefined; readonly node: Node | undefined }

export type Wanted = {
  readonly name: string
  readonly node: Node
  readonly quantity: number
  readonly day: number
  readonly operation: string | undefined
  readonly buffer: string | undefined
}

export type Plant = {
  readonly root: Node
  readonly today: number
  readonly operations: ReadonlyMap<string, Operation>
  readonly stocks: ReadonlyMap<string, Stock>
  readonly wanted: readonly Wanted[]
  /** Orders that exist already. */
  readonly running: readonly Node[]
  /** Who brings an item, and where to. */
  readonly suppliers: readonly { readonly supplier: string; readonly item: string; readonly node: Node }[]
  readonly calendars: ReadonlyMap<string, Node>
  readonly resources: ReadonlyMap<string, Node>
  /** An item and the groups it is in, the nearest first. */
  readonly kinOf: (item: string) => readonly string[]
  readonly placeOf: (node: Node, location?: string) => string | undefined
}

export const plantOf = (root: Node): Plant => {
  const [plan = root] = root.children
  const stockNodes = merged(every(root, 'buffer'))
  const alias = new Map<string, string>(
    [...stockNodes].flatMap(([name, node]) => {
      const [item, location] = [nameIn(node, 'item'), nameIn(node, 'location')]
      return item !== undefined && location !== undefined ? [[`${item} @ ${location}`, name] as const] : []
    })
  )
  const placeOf = (node: Node, location = nameIn(node, 'location')): string | undefined => {
    const item = nameIn(node, 'item')
    const buffer = nameIn(node, 'buffer')
    if (buffer !== undefined) return buffer
    const place = `${item} @ ${location}`
    return item === undefined || location === undefined ? undefined : (alias.get(place) ?? place)
  }
  const operations = operationsOf(root, placeOf)
  const itemOf = (name: string): string | undefined => {
    const node = stockNodes.get(name)
    return (node && nameIn(node, 'item')) ?? name.split(' @ ')[0]
  }
  const itemNodes = merged(every(root, 'item'))
  const kinOf = (item: string): readonly string[] => {
    const node = itemNodes.get(item)
    const owner = node && nameIn(node, 'owner')
    return [item, ...(owner === undefined ? [] : kinOf(owner))]
  }
  const named = [...operations.values()].flatMap(({ flows }) => flows.map(({ buffer }) => buffer))
  const wanted = wantedOf(root, placeOf)
  const names = new Set([...stockNodes.keys(), ...named, ...wanted.flatMap(({ buffer }) => buffer ?? [])])
  return {
    root,
    today: slotOfDate(field(plan, 'current') ?? ''),
    operations,
    stocks: new Map([...names].map(name => [name, { name, item: itemOf(name), node: stockNodes.get(name) }])),
    wanted,
    running: every(root, 'operationplan'),
    suppliers: suppliersOf(root),
    resources: merged(every(root, 'resource')),
    calendars: merged(every(root, 'calendar', 'available', 'maximum_calendar', 'minimum_calendar')),
    kinOf,
    placeOf
  }
}

type PlaceOf = Plant['placeOf']

const operationsOf = (root: Node, placeOf: PlaceOf): ReadonlyMap<string, Operation> => {
  const nodes = merged(every(root, 'operation', 'producing'))
  const locations = merged(every(root, 'location'))
  const resources = merged(every(root, 'resource'))
  const flowsAway = Map.groupBy(
    root.children.flatMap(plan => every(plan, 'flow')).filter(one => nameIn(one, 'operation') !== undefined),
    one => nameIn(one, 'operation') ?? ''
  )
  const loadedBy = new Map<string, Load[]>()
  for (const [name, resource] of resources)
    for (const load of every(resource, 'load')) {
      const operation = nameIn(load, 'operation')
      if (operation !== undefined) loadedBy.set(operation, [...(loadedBy.get(operation) ?? []), loadOf(load, name)])
    }
  return new Map(
    [...nodes].map(([name, node]) => {
      const location = nameIn(node, 'location')
      const inside = (what: string): readonly Node[] =>
        node.children.filter(child => child.name === `${what}s`).flatMap(list => list.children)
      const own = [
        ...inside('flow').filter(one => nameIn(one, 'operation') === undefined),
        ...(flowsAway.get(name) ?? [])
      ]
      const flows = own.map(one => flowOf(one, placeOf(one, nameIn(one, 'location') ?? location) ?? ''))
      const loads = [
        ...inside('load').map(one => loadOf(one, nameIn(one, 'resource') ?? '')),
        ...(loadedBy.get(name) ?? [])
      ]
      const made = placeOf(node, location)
      const kind = (node.attributes['xsi:type'] ?? 'operation_fixed_time').replace('operation_', '')
      const used = loads.flatMap(one => resources.get(one.resource) ?? [])
      const places = [location, ...used.map(one => nameIn(one, 'location'))].map(one => locations.get(one ?? ''))
      const calendars = [node, ...used, ...places]
      const operation: Operation = {
        name,
        kind,
        node,
        location,
        duration: quarters(field(node, 'duration')),
        per: quarters(field(node, 'duration_per')),
        flows:
          made === undefined || flows.some(({ quantity }) => quantity > 0)
            ? flows
            : [
                ...flows,
                { buffer: made, quantity: 1, fixed: 0, atEnd: true, offset: 0, from: -Infinity, to: Infinity }
              ],
        loads,
        steps: inside('suboperation')
          .toSorted((a, b) => (numberIn(a, 'priority') ?? 1) - (numberIn(b, 'priority') ?? 1))
          .flatMap(one => nameIn(one, 'operation') ?? []),
        calendars: [...new Set(calendars.flatMap(one => (one && nameIn(one, 'available')) ?? []))]
      }
      return [name, operation] as const
    })
  )
}

const loadOf = (node: Node, resource: string): Load => ({
  resource,
  quantity: numberIn(node, 'quantity') ?? 1,
  skill: nameIn(node, 'skill'),
  setup: field(node, 'setup')
})

const flowOf = (node: Node, buffer: string): Flow => {
  const quantity = numberIn(node, 'quantity') ?? 1
  const type = node.attributes['xsi:type']
  const strange =
    type !== undefined && !/^flow_(start|end)$/.test(type)
      ? 'flows in transfer lots are not ours'
      : says(node, 'priority')
        ? 'alternatives by priority and cost are not ours: an alternate gives only what it has to spare'
        : undefined
  return {
    buffer,
    quantity,
    fixed: numberIn(node, 'quantity_fixed') ?? 0,
    atEnd: type === undefined ? quantity > 0 : type === 'flow_end',
    offset: quarters(field(node, 'offset')),
    from: dateIn(node, 'effective_start', -Infinity),
    to: dateIn(node, 'effective_end', Infinity),
    ...(strange === undefined ? {} : { strange })
  }
}

const dateIn = (node: Node, name: string, otherwise: number): number => {
  const found = field(node, name)
  return found === undefined ? otherwise : slotOfDate(found)
}

/** Demands that are planned: an inquiry is not, but in a group that is one itself. */
const wantedOf = (root: Node, placeOf: PlaceOf): readonly Wanted[] => {
  const found: Wanted[] = []
  const visit = (node: Node, group: string): void => {
    for (const one of node.children) {
      const status = field(one, 'status') ?? 'open'
      if (one.name !== 'demand' || one.attributes['xsi:type'] === 'demand_group')
        visit(one, one.name === 'demand' ? status : group)
      else if (field(one, 'quantity') !== undefined && (['open', 'quote'].includes(status) || status === group))
        found.push({
          name: field(one, 'name') ?? '',
          node: one,
          quantity: numberIn(one, 'quantity') ?? 0,
          day: slotOfDate(field(one, 'due') ?? ''),
          operation: nameIn(one, 'operation'),
          buffer: placeOf(one)
        })
    }
  }
  visit(root, '')
  return found
}

const suppliersOf = (root: Node): Plant['suppliers'] =>
  [...every(root, 'supplier'), ...every(root, 'item')].flatMap(one =>
    every(one, 'itemsupplier').map(node => ({
      supplier: nameIn(node, 'supplier') ?? field(one, 'name') ?? '',
      item: nameIn(node, 'item') ?? field(one, 'name') ?? '',
      node
    }))
  )
