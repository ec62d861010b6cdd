/** A plan as its readers ask it: the netted and pegged problem, what its numbers are called, and its messages. */
import type { Loaded } from './load.ts'
import type { Desk } from './netting.ts'
import type { PegDesk, Pegged } from './pegging.ts'
import type { PlanMessage } from './problem.ts'

/** What was loaded, without the columns: they live on in the snapshot. */
export type Named = Omit<Loaded, 'columns'>

export type Plan = Pegged & {
  readonly loaded: Named
  /** By rank: what `messages.ts` has to say about each item. */
  readonly messages: (readonly PlanMessage[] | undefined)[]
  readonly desk: Desk
  readonly pegDesk: PegDesk
}

/** Rank of an item by its id; -1 for what nobody knows or what lies in a loop. */
export const rankOf = ({ snapshot, loaded }: Plan, id: string): number =>
  snapshot.rank[loaded.numberOf.get(id) ?? -1] ?? -1

/** Id of a ranked item. */
export const idOf = ({ snapshot, loaded }: Plan, rank: number): string =>
  loaded.items[snapshot.original[rank] ?? -1]?.id ?? ''
