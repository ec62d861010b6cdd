/** Versions of the master schedule, what waits for a signature, and scenarios that became the plan. */
import type * as z from 'zod/mini'
import { change, viewKind, when } from '#kernel/view.ts'
import {
  frozenEditApproved,
  frozenEditAsked,
  frozenEditDeclined,
  mpsVersionLocked,
  mpsVersionSigned,
  scenarioPublished
} from './events.ts'

type Asked = z.infer<typeof frozenEditAsked.payload> & { readonly person: string; readonly at: string }
export type FrozenEdit = Asked &
  (
    | { readonly state: 'asked' }
    | { readonly state: 'approved'; readonly by: string; readonly decidedAt: string }
    | { readonly state: 'declined'; readonly by: string; readonly decidedAt: string; readonly because: string }
  )

/** What was decided stays as history. */
export const frozenEditView = viewKind<FrozenEdit>('schedule/frozen-edit', 'desk', [
  when(
    frozenEditAsked,
    ({ edit }) => edit,
    (_, payload, { person, at }) => ({ ...payload, person, at, state: 'asked' })
  ),
  when(
    frozenEditApproved,
    ({ edit }) => edit,
    change((was, _payload, { person, at }): FrozenEdit => ({ ...was, state: 'approved', by: person, decidedAt: at }))
  ),
  when(
    frozenEditDeclined,
    ({ edit }) => edit,
    change(
      (was, { note }, { person, at }): FrozenEdit => ({
        ...was,
        state: 'declined',
        by: person,
        decidedAt: at,
        because: note
      })
    )
  )
])

export type MpsVersion = z.infer<typeof mpsVersionLocked.payload> & {
  readonly lockedBy: string
  readonly lockedAt: string
  /** Who put their name under it, which is not who locked it. */
  readonly signedBy?: string
  readonly signedAt?: string
}

export const mpsVersionView = viewKind<MpsVersion>('schedule/mps-version', 'desk', [
  when(
    mpsVersionLocked,
    ({ version }) => version,
    (was, payload, { person, at }) => was ?? { ...payload, lockedBy: person, lockedAt: at }
  ),
  when(
    mpsVersionSigned,
    ({ version }) => version,
    change((was, _payload, { person, at }) => ({ ...was, signedBy: person, signedAt: at }))
  )
])

export type PublishedScenario = z.infer<typeof scenarioPublished.payload> & {
  readonly person: string
  readonly at: string
}

export const publishedScenarioView = viewKind<PublishedScenario>('schedule/scenario', 'desk', [
  when(
    scenarioPublished,
    ({ scenario }) => scenario,
    (_, payload, { person, at }) => ({ ...payload, person, at })
  )
])
