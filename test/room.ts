/** A room in a test: what it knows after some events, and who asks. Folds with the product's own code. */
import { createHash } from 'node:crypto'
import type { Activity } from '#kernel/activity.ts'
import {
  decideAction,
  type Action,
  type Given,
  isRefusal,
  type Known,
  type Refusal,
  type Role
} from '#kernel/decision.ts'
import type { Draft } from '#kernel/event.ts'
import { foldEvent, knownFrom, listenersOf } from '#kernel/fold.ts'

type Said = { readonly person?: string; readonly at?: string }

/** Folds drafts, each checked against its kind's schema as the office does. Every event is a minute after the one before. */
export const knownAfter = (room: Activity, drafts: readonly Draft[], { person = 'P-001', at }: Said = {}): Known => {
  const views = new Map<string, Map<string, unknown>>()
  const listeners = listenersOf(room.views)
  drafts.forEach(({ kind, payload }, index) => {
    const stamp = {
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      person,
      device: 'device-1',
      at: at ?? new Date(Date.UTC(2026, 10, 23, 8, index)).toISOString()
    }
    const event = { type: kind.type, payload: kind.payload.parse(payload), stamp }
    foldEvent(
      listeners,
      event,
      (kind, key) => views.get(kind)?.get(key),
      ({ kind, key, view }) => {
        const ofKind = views.get(kind) ?? new Map<string, unknown>()
        views.set(kind, ofKind)
        if (view === undefined) ofKind.delete(key)
        else ofKind.set(key, view)
      }
    )
  })
  return knownFrom(views)
}

const ALL: readonly Role[] = ['operator', 'inspector', 'supervisor', 'planner', 'engineer', 'administrator']

export const givenBy = (person = 'P-001', roles: readonly Role[] = ALL, at = '2026-11-23T09:00:00.000Z'): Given => {
  let count = 0
  return {
    person,
    roles,
    station: undefined,
    at,
    newId: () => `10000000-0000-7000-8000-${String(++count).padStart(12, '0')}`,
    hash: text => createHash('sha256').update(text).digest('hex')
  }
}

/** Runs an action with the room's own guards. */
export const ask = <I>(room: Activity, action: Action<I>, known: Known, input: NoInfer<I>, given: Given = givenBy()) =>
  decideAction(action, room.guards, known, input, given)

/** The events an action answered with; a refusal ends the test with its reason. */
export const drafts = (answer: readonly Draft[] | Refusal): readonly Draft[] => {
  if (isRefusal(answer)) throw new Error(`refused: ${answer.refused} ${JSON.stringify(answer.about ?? {})}`)
  return answer
}
