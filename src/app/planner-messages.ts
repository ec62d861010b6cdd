/** What the page and the planner's worker say to each other. */
import type { Ask, Views } from './planner-answers.ts'

export type ToWorker =
  /** The kinds that are others than before; the rest stays. */
  { readonly views: Views } | ({ readonly id: number } & Ask)

export type FromWorker =
  /** Said first: the kinds of views that its questions are about. */
  | { readonly needs: readonly string[] }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly problem: string }
  | { readonly id: number; readonly part: number; readonly soFar?: unknown }
