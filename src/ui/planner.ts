/** Long work beside the page: a room's question, answered over what is known here, with no network. */
import type { ReadonlySignal } from '@preact/signals'
import type { Supposed } from '#kernel/question.ts'

export type Asking = {
  /** Events that have not happened, in order, folded over what is known. */
  readonly supposing?: readonly Supposed[]
  readonly stop?: AbortSignal
  readonly onProgress?: (part: number, soFar: unknown) => void
}

export type Planner = {
  /** Changes when anything changes that an answer may depend on. */
  readonly version: ReadonlySignal<number>
  /** `T` is what the question's room says it answers. Rejects with the reason when it was stopped or could not be answered. */
  ask<T>(question: string, input: unknown, asking?: Asking): Promise<T>
}
