/**
 * frePPLe's plans as finite schedules: its own orders are put on stations of ours, where it put them or free. What needs
 * several at a time, or steps one after the other, is said in a sentence.
 */
import type {
  OpenInterval,
  OperationInput,
  ScheduleProblem,
  SetupInput,
  StationInput
} from '#activities/schedule/solver/problem.ts'
import { openSlots, valueAt } from './frepple-calendar.ts'
import { type Load, type Operation, type Plant, plantOf } from './frepple-plant.ts'
import { every, field, merged, type Node, nameIn, numberIn, parse, QUARTER, slotOfDate } from './frepple-xml.ts'

const MINUTES = QUARTER / 60

/** An order as frePPLe printed it; times in minutes since the moment of the plan. */
export type Job = {
  readonly id: string
  readonly operation: Operation
  readonly load: Load
  readonly start: number
  readonly end: number
  readonly quantity: number
  /** Of the demand that it is for. */
  readonly due: number
}

export type Shop = {
  readonly jobs: readonly Job[]
  readonly stations: readonly StationInput[]
  readonly setups: readonly SetupInput[]
  /** The moment of the plan, in quarters of an hour. */
  readonly today: number
  /** Where a job may be done. */
  readonly stationsOf: (job: Printed) => readonly string[]
}

/** The shop that a plan of frePPLe's was made for, or in words why we have none. */
export const shopOf = (xml: string, text: string): Shop | string => {
  const plant = plantOf(parse(xml))
  const { resources } = plant
  const kindOf = ({ resource }: Load): string | undefined => resources.get(resource)?.attributes['xsi:type']
  const limited = (load: Load): boolean => kindOf(load) !== 'resource_infinite'
  const printed = printedJobs(plant, text, limited)
  if (typeof printed === 'string') return printed
  if (printed.some(({ load }) => kindOf(load) === 'resource_buckets'))
    return 'capacity that is so much for a span of time, wherever in it the work lies'
  const names = new Set(printed.map(({ load }) => load.resource))
  const lanes = new Map<string, readonly StationInput[]>()
  for (const name of names) {
    const hours = new Set(
      printed.flatMap(({ load, operation }) =>
        load.resource === name ? [operation.calendars.toSorted().join('\n')] : []
      )
    )
    if (hours.size > 1) return 'a station whose operations keep several hours'
    const found = lanesOf(plant, name, [...hours].join(''))
    if (typeof found === 'string') return found
    lanes.set(name, found)
  }
  const skills = skillsOf(plant.root)
  const stationsOf = ({ load }: Printed): readonly string[] =>
    (lanes.get(load.resource) ?? [])
      .map(({ station }) => station)
      .filter(station => load.skill === undefined || skills.has(`${load.skill}\n${station}`))
  if (printed.some(({ operation, load }) => operation.loads.filter(limited).length > 1 || load.quantity !== 1))
    return 'an operation that takes several resources or people at a time'
  if (printed.some(job => stationsOf(job).length === 0)) return 'nobody has the skill'
  const jobs = withDue(plant, printed)
  if (typeof jobs === 'string') return jobs
  return {
    jobs,
    today: plant.today,
    stations: [...lanes.values()].flat(),
    setups: [...names].flatMap(name => setupsOf(resources.get(name), printed)),
    stationsOf
  }
}

type Printed = Omit<Job, 'due'>

const printedJobs = (plant: Plant, text: string, limited: (load: Load) => boolean): readonly Printed[] | string => {
  const found: Printed[] = []
  for (const [at, line] of text.split('\n').entries()) {
    const [kind, name = '', start = '', end = '', quantity, status] = line.split('\t')
    const operation = plant.operations.get(name)
    if (kind !== 'OPERATION' || !operation) continue
    const loads = operation.loads.filter(limited)
    const [load] = loads
    if (!load) continue
    if (status !== undefined) return 'orders that run already on a resource'
    found.push({
      id: `${at}`,
      operation,
      load,
      start: (slotOfDate(start) - plant.today) * MINUTES,
      end: (slotOfDate(end) - plant.today) * MINUTES,
      quantity: Number(quantity)
    })
  }
  if (found.length === 0) return 'no order that takes a resource with a limit'
  const loaded = new Set(found.map(({ operation }) => operation))
  const taken = new Set(
    [...loaded].flatMap(({ flows }) => flows.flatMap(one => (one.quantity < 0 ? [one.buffer] : [])))
  )
  if ([...loaded].some(({ flows }) => flows.some(one => one.quantity > 0 && taken.has(one.buffer))))
    return 'operations on resources that follow each other'
  const onHand = (stock: string): number => numberIn(plant.stocks.get(stock)?.node ?? plant.root, 'onhand') ?? 0
  if ([...taken].some(stock => onHand(stock) <= 0)) return 'material that is not there from the beginning'
  return found
}

/** As many stations as there may be of it at any time; each is open while there are so many, in the hours of its operations. */
const lanesOf = (plant: Plant, name: string, hours: string): readonly StationInput[] | string => {
  const { resources } = plant
  const node = resources.get(name)
  const members = [...resources].filter(([, one]) => nameIn(one, 'owner') === name).map(([member]) => member)
  const family = node && field(node, 'setup')
  const calendar = plant.calendars.get((node && nameIn(node, 'maximum_calendar')) ?? '')
  const calendars = hours === '' ? [] : hours.split('\n').flatMap(one => plant.calendars.get(one) ?? [])
  const base = family === undefined ? {} : { family }
  if (members.length > 0) return calendars.length > 0 ? 'people with hours' : members.map(station => ({ station }))
  const count = (node && numberIn(node, 'maximum')) ?? 1
  if (!calendar && calendars.length === 0)
    return Array.from({ length: count }, (_, at) => ({ station: `${name} ${at + 1}`, ...base }))
  const value = calendar ? valueAt(calendar) : () => count
  const slots = openSlots(calendars, plant.today - DAYS, plant.today + DAYS)
  const most = Math.max(0, ...new Set(slots.map(value)))
  return Array.from({ length: most }, (_, at) => ({
    ...base,
    station: `${name} ${at + 1}`,
    open: spansOf(slots.filter(slot => value(slot) > at).map(slot => (slot - plant.today) * MINUTES))
  }))
}

/** How far to both sides hours are looked up, in quarters of an hour. */
const DAYS = 400 * 96

const spansOf = (minutes: readonly number[]): readonly OpenInterval[] => {
  const open: [number, number][] = []
  for (const minute of minutes) {
    const last = open.at(-1)
    if (last?.[1] === minute) last[1] += MINUTES
    else open.push([minute, minute + MINUTES])
  }
  return open
}

/** "skill\nperson" for every skill of a person. */
const skillsOf = (root: Node): ReadonlySet<string> =>
  new Set([
    ...[...merged(every(root, 'skill'))].flatMap(([skill, node]) =>
      every(node, 'resourceskill').flatMap(one =>
        nameIn(one, 'resource') === undefined ? [] : [`${skill}\n${nameIn(one, 'resource')}`]
      )
    ),
    ...[...merged(every(root, 'resource'))].flatMap(([person, node]) =>
      every(node, 'resourceskill').flatMap(one =>
        nameIn(one, 'skill') === undefined ? [] : [`${nameIn(one, 'skill')}\n${person}`]
      )
    )
  ])

/** Every pair of families, by the first rule that fits both. */
const setupsOf = (resource: Node | undefined, jobs: readonly Printed[]): readonly SetupInput[] => {
  if (!resource) return []
  const rules = every(resource, 'rule').toSorted(
    (a, b) => (numberIn(a, 'priority') ?? 0) - (numberIn(b, 'priority') ?? 0)
  )
  const wanted = jobs.flatMap(({ load }) => load.setup ?? [])
  const families = new Set([...wanted, field(resource, 'setup') ?? ''])
  const fits = (rule: Node, side: string, family: string): boolean =>
    new RegExp(`^(?:${field(rule, side) ?? '.*'})$`).test(family)
  return [...families].flatMap(from =>
    [...families].flatMap(to => {
      const rule = from === to ? undefined : rules.find(one => fits(one, 'fromsetup', from) && fits(one, 'tosetup', to))
      return rule ? [{ from, to, minutes: minutesOf(field(rule, 'duration')) }] : []
    })
  )
}

const minutesOf = (duration: string | undefined): number => {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration ?? 'P0D') ?? []
  return (Number(days) * 24 + Number(hours)) * 60 + Number(minutes) + Number(seconds) / 60
}

/** What a job takes without any changing over, in minutes. */
export const runMinutes = ({ operation: { node }, quantity }: Printed): number =>
  minutesOf(field(node, 'duration')) + minutesOf(field(node, 'duration_per')) * quantity

/** The first to end is for the first to be due of the same item; a demand is due when its delivery has to begin. */
const withDue = (plant: Plant, printed: readonly Printed[]): readonly Job[] | string => {
  const askedOf = (operation: Operation): readonly { due: number; left: number }[] => {
    const brought = new Set(operation.flows.flatMap(one => (one.quantity > 0 ? [one.buffer] : [])))
    return plant.wanted
      .flatMap(({ day, quantity, buffer, operation: delivery }) => {
        const by = plant.operations.get(delivery ?? '')
        const takes = by ? by.flows.some(one => one.quantity < 0 && brought.has(one.buffer)) : brought.has(buffer ?? '')
        return takes ? [{ due: (day - (by?.duration ?? 0) - plant.today) * MINUTES, left: quantity }] : []
      })
      .toSorted((a, b) => a.due - b.due)
  }
  const groups = Map.groupBy(printed, ({ operation }) => operation)
  if ([...groups.keys()].some(operation => askedOf(operation).length === 0))
    return 'steps of a routing and parts, of which no demand says when they are due'
  return [...groups].flatMap(([operation, jobs]) => {
    const asked = askedOf(operation)
    return jobs
      .toSorted((a, b) => a.end - b.end)
      .map(job => {
        let [taken, due] = [0, Infinity]
        for (const one of asked) {
          const part = Math.min(one.left, job.quantity - taken)
          if (part > 0) due = Math.min(due, one.due)
          one.left -= part
          taken += part
        }
        return { ...job, due: due === Infinity ? (asked.at(-1)?.due ?? 0) : due }
      })
  })
}

/** The jobs free to be put anywhere, each due when its demand is. */
export const freeProblem = (shop: Shop): ScheduleProblem => ({
  now: 0,
  stations: shop.stations,
  setups: shop.setups,
  operations: shop.jobs.map(
    (job): OperationInput => ({
      ...named(job),
      due: job.due,
      stations: shop.stationsOf(job).map(station => ({ station, minutes: runMinutes(job) }))
    })
  )
})

/** The jobs where frePPLe has them; only for stations of which there is one. */
export const lockedProblem = (shop: Shop): ScheduleProblem => ({
  now: Math.min(0, ...shop.jobs.map(({ start }) => start)),
  stations: shop.stations,
  setups: shop.setups,
  operations: shop.jobs.map((job): OperationInput => {
    const [station = ''] = shop.stationsOf(job)
    return {
      ...named(job),
      stations: [{ station, minutes: runMinutes(job) + setupIn(job) }],
      locked: { station, start: job.start }
    }
  })
})

/** What frePPLe took for changing over, before a job that has to be set up for. */
export const setupIn = (job: Job): number => (job.load.setup === undefined ? 0 : job.end - job.start - runMinutes(job))

/** The jobs one after the other in the order in which frePPLe ends them. */
export const chainedProblem = (shop: Shop): ScheduleProblem => {
  const inOrder = shop.jobs.toSorted((a, b) => a.end - b.end)
  return {
    now: Math.min(0, ...shop.jobs.map(({ start }) => start)),
    stations: shop.stations,
    setups: shop.setups,
    operations: inOrder.map((job, at): OperationInput => {
      const before = inOrder[at - 1]
      return {
        ...named(job),
        ...(before ? { predecessors: [before.id] } : {}),
        stations: shop.stationsOf(job).map(station => ({ station, minutes: runMinutes(job) }))
      }
    })
  }
}

const named = ({ id, load }: Job) => ({
  id,
  workOrder: id,
  op: 10,
  ...(load.setup === undefined ? {} : { family: load.setup })
})

/** Minutes that frePPLe's jobs end after they are due, of all together. */
export const printedLateness = ({ jobs }: Shop): number =>
  jobs.reduce((sum, { end, due }) => sum + Math.max(0, end - due), 0)
