/** The simulation's plant: boxes that are counted into and shut. Enough for facts, flags, decisions, moves between scopes. */
import * as z from 'zod/mini'
import { type Activity, lines } from '#kernel/activity.ts'
import { floorAction, guard, officeAction, refuse } from '#kernel/decision.ts'
import { decision, draft, type EventKind, fact } from '#kernel/event.ts'
import { viewKind, type ViewKind, when } from '#kernel/view.ts'

const counting = z.object({ box: z.string(), by: z.number() })
export const counted = fact('toy/counted.v1', counting)
const ask = z.optional(z.string())
export const latched = decision('toy/latched.v1', z.object({ box: z.string(), shut: z.boolean(), ask }))
/** A box is signed off by one person, and the next time by another. */
const signedOff = decision('toy/signed-off.v1', z.object({ box: z.string(), ask }))
/** What came in late was looked at, as in a supervisor's tray. */
const lateClosed = decision('toy/late-work-closed.v1', z.object({ event: z.string(), ask }))
const aboutLate = z.record(z.string(), z.unknown())
export const flagged: EventKind<z.infer<typeof aboutLate>> = {
  type: 'toy/late-work-flagged.v1',
  authority: 'decision',
  payload: aboutLate
}
/** What a newer build records: a type that the office does not know, and a payload that it does not accept. */
const future = fact('toy/weighed.v9', z.object({ box: z.string(), kilos: z.number() }))
const loose = fact(counted.type, z.object({ box: z.string(), by: z.string() }))

/** A photo of a box: the event first, its file behind it. */
const pictured = fact('toy/pictured.v1', z.object({ box: z.string(), photo: z.string() }))

export type Box = {
  readonly sum: number
  readonly times: number
  readonly shut: boolean
  readonly last: string
  readonly photo?: string
  readonly signed?: string
}
const EMPTY: Box = { sum: 0, times: 0, shut: false, last: '' }

/** Folds what the numbers say; a payload that is no number is what the office will set aside. */
export const boxView = viewKind<Box>(
  'toy/box',
  box => (box.shut ? 'archive' : 'floor'),
  [
    when(
      counted,
      one => [one.box],
      (was = EMPTY, one, stamp) =>
        typeof one.by === 'number' ? { ...was, sum: was.sum + one.by, times: was.times + 1, last: stamp.id } : was
    ),
    when(
      latched,
      one => [one.box],
      (was = EMPTY, one) => ({ ...was, shut: one.shut })
    ),
    when(
      pictured,
      one => [one.box],
      (was = EMPTY, one) => ({ ...was, photo: one.photo })
    ),
    when(
      signedOff,
      one => [one.box],
      (was = EMPTY, _one, stamp) => ({ ...was, signed: stamp.person })
    )
  ],
  box => (box.photo === undefined ? [] : [box.photo])
)

/** What lies in the tray, by the event that came late; only the office has it. */
export const lateView = viewKind<{ readonly event: string }>('toy/late', 'desk', [
  when(
    flagged,
    one => [String(one['event'])],
    (_was, one) => ({ event: String(one['event']) })
  ),
  when(
    lateClosed,
    one => [one.event],
    (_was?: { readonly event: string }) => undefined
  )
])

const LEADS = ['supervisor'] as const
export const latch = officeAction('toy/latch', LEADS, latched.payload, (known, one) =>
  (known.get(boxView, one.box)?.shut ?? false) === one.shut ? refuse('already-so') : [draft(latched, one)]
)
export const signOff = officeAction(
  'toy/sign-off',
  ['supervisor', 'inspector'],
  signedOff.payload,
  (known, one, given) =>
    known.get(boxView, one.box)?.signed === given.person ? refuse('another-person') : [draft(signedOff, one)]
)
export const closeLate = officeAction('toy/close-late', LEADS, lateClosed.payload, (known, one) =>
  known.get(lateView, one.event) ? [draft(lateClosed, one)] : refuse('nothing-open')
)

type Counts = { readonly box: string; readonly by: number; readonly many: number }
export const count = floorAction(
  'toy/count',
  z.object({ box: z.string(), by: z.number(), many: z.number() }),
  (_, one: Counts) => Array.from({ length: one.many }, (_, i) => draft(counted, { box: one.box, by: one.by + i }))
)
export const picture = floorAction(
  'toy/picture',
  z.object({ box: z.string(), sha256: z.string(), size: z.number(), type: z.string() }),
  (_, { box, ...ref }) => [draft(pictured, { box, photo: ref.sha256 }, [ref])]
)
export const odd = floorAction(
  'toy/odd',
  z.object({ box: z.string(), what: z.enum(['type', 'payload', 'decision']) }),
  (_, { box, what }) =>
    what === 'type'
      ? [draft(future, { box, kilos: 1 })]
      : what === 'payload'
        ? [draft(loose, { box, by: 'many' })]
        : [draft(latched, { box, shut: true })]
)

export const toyRoom: Activity = {
  name: 'toy',
  events: lines(counted, latched, pictured, signedOff, lateClosed),
  views: lines<ViewKind>(boxView, lateView),
  guards: [guard(counted, (known, one) => (known.get(boxView, one.box)?.shut ? refuse('box-shut') : undefined))],
  actions: lines(count, odd, picture, latch, signOff, closeLate),
  reasons: {
    'box-shut': () => 'The box is shut.',
    'already-so': () => 'It is so already.',
    'another-person': () => 'Another person signs off.',
    'nothing-open': () => 'That is closed.'
  }
}
/** A tablet asks no guard here: whoever stands before an open box counts into it, whatever was decided meanwhile. */
export const toyTablet: Activity = { ...toyRoom, guards: [] }
