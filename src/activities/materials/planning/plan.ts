/**
 * Material planning from a readable problem to a plan that answers questions: `planOf` makes it, the readers beside it
 * (`read.ts`, `trace.ts`, `messages.ts`) ask it, `change.ts` changes one number and keeps the rest fresh.
 */
import { type Loaded, load } from './load.ts'
import { type Desk, deskFor, netAll } from './netting.ts'
import { type PegDesk, type Pegged, pegAll, pegDeskFor } from './pegging.ts'
import type { PlanProblem } from './problem.ts'
import { snapshotOf } from './snapshot.ts'

export type Plan = Pegged & {
  readonly loaded: Loaded
  readonly desk: Desk
  readonly pegDesk: PegDesk
}

/**
 * Plans the whole problem. Never throws at bad data: what can't be planned with is named in the messages.
 * Source of the method: Orlicky 1975; effectivity, past dates and safety stock as this folder's README says.
 */
export const planOf = (problem: PlanProblem): Plan => {
  const loaded = load(problem)
  const snapshot = snapshotOf(loaded.columns)
  const desk = deskFor(snapshot)
  const netted = netAll(snapshot, desk)
  const pegDesk = pegDeskFor(netted)
  return Object.assign(pegAll(netted, pegDesk), { loaded, desk, pegDesk })
}

/** Rank of an item by its id; -1 for what nobody knows or what lies in a loop. */
export const rankOf = ({ snapshot, loaded }: Plan, id: string): number =>
  snapshot.rank[loaded.numberOf.get(id) ?? -1] ?? -1

/** Id of a ranked item. */
export const idOf = ({ snapshot, loaded }: Plan, rank: number): string =>
  loaded.items[snapshot.original[rank] ?? -1]?.id ?? ''
