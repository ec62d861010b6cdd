/** Which things of one of frePPLe's models hang together: what is connected by a flow, a step or a demand. */
import type { Operation, Plant, Wanted } from './frepple-plant.ts'
import { nameIn } from './frepple-xml.ts'

export type Part = {
  readonly stocks: readonly string[]
  readonly operations: readonly Operation[]
  readonly wanted: readonly Wanted[]
}

/** Orders that exist already of these operations. */
export const runningIn = (plant: Plant, operations: readonly Operation[]) =>
  plant.running.filter(one => operations.some(({ name }) => name === nameIn(one, 'operation')))

export const partsOf = (plant: Plant): readonly Part[] => {
  const leader = new Map<string, string>()
  const find = (one: string): string => {
    const up = leader.get(one) ?? one
    return up === one ? one : find(up)
  }
  const join = (a: string, b: string): void => void leader.set(find(a), find(b))
  for (const { name, flows, steps } of plant.operations.values()) {
    for (const { buffer } of flows) join(`o ${name}`, `s ${buffer}`)
    for (const step of steps) join(`o ${name}`, `o ${step}`)
  }
  for (const { name, operation, buffer } of plant.wanted)
    join(`d ${name}`, operation === undefined ? `s ${buffer}` : `o ${operation}`)
  const of = <T extends { readonly name: string }>(kind: string, all: Iterable<T>) =>
    Map.groupBy(all, one => find(`${kind} ${one.name}`))
  const [stocks, operations, wanted] = [
    of('s', plant.stocks.values()),
    of('o', plant.operations.values()),
    of('d', plant.wanted)
  ]
  return [...new Set([...stocks.keys(), ...operations.keys(), ...wanted.keys()])].map(key => ({
    stocks: (stocks.get(key) ?? []).map(({ name }) => name),
    operations: operations.get(key) ?? [],
    wanted: wanted.get(key) ?? []
  }))
}
