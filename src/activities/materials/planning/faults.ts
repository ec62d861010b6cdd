/** What is wrong with the data, named item by item; the rest is planned. */
import type { BadData, PlanMessage } from './problem.ts'

export type Faults = PlanMessage[]

/** `treated` says what the plan does about it. */
export const fault = (
  faults: Faults,
  kind: BadData,
  about: { readonly item: string; readonly id?: string },
  why: PlanMessage['why'],
  severity: PlanMessage['severity'] = 'attention'
): void => {
  const { item, id } = about
  faults.push({
    key: [kind, item, ...(id === undefined ? [] : [id])].join('/'),
    state: JSON.stringify(why),
    kind,
    severity,
    item,
    why
  })
}

/** More of one unit than any plant holds; beyond it quantities would no longer be whole inside the engine. */
const MOST = 1e12

/** A quantity that can be planned with: a number, not absurd. */
export const likely = (quantity: number): boolean => Number.isFinite(quantity) && Math.abs(quantity) <= MOST
