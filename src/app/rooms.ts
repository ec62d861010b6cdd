/**
 * The rooms whole: what may be done, why not, and in which words. Nobody can ask for it before something is drawn, so it comes
 * after the first screen. What is known is folded by `works.ts`, which comes before.
 */
import { signal } from '@preact/signals'
import type { Activity } from '#kernel/activity.ts'
import { type Action, decideAction, type Guard } from '#kernel/decision.ts'

export const loadRooms = (): Promise<readonly Activity[]> =>
  import('#activities/catalog.ts').then(({ catalog }) => catalog)

/** The rooms whole; undefined in the first moments. Reading it in a component draws it again when they are there. */
export const rooms = signal<readonly Activity[] | undefined>(undefined)

let loading: Promise<readonly Activity[]> | undefined

export const wholeRooms = (): Promise<readonly Activity[]> => {
  loading ??= loadRooms().then(
    loaded => {
      rooms.value = loaded
      return loaded
    },
    (problem: unknown) => {
      loading = undefined
      throw problem
    }
  )
  return loading
}

/** An action that asks every room's guards itself, so that who runs it needs none. */
export const guarded = <I>(action: Action<I>, guards: readonly Guard[]): Action<I> => ({
  ...action,
  // Roles are asked of the outer action already.
  decide: (known, input, given) => decideAction({ ...action, roles: [] }, guards, known, input, given)
})
