/** A plant of one counter and one latch: enough to try the data path without any room. */
import { randomBytes, randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { Json } from '#kernel/canonical.ts'
import { type Activity, lines } from '#kernel/activity.ts'
import { floorAction, guard, officeAction, refuse } from '#kernel/decision.ts'
import { decision, draft, type Envelope, fact } from '#kernel/event.ts'
import { idMaker } from '#kernel/id.ts'
import { viewKind, when } from '#kernel/view.ts'
import { type Sealed, seal } from '#sync/chain.ts'
import { PROTOCOL, type PushRequest } from '#sync/protocol.ts'

export const counted = fact('toy/counted.v1', z.object({ box: z.string(), by: z.int() }))
export const latched = decision('toy/latched.v1', z.object({ box: z.string(), shut: z.boolean() }))

export type Box = { readonly total: number; readonly shut: boolean; readonly last: string }
const EMPTY: Box = { total: 0, shut: false, last: '' }

export const boxView = viewKind<Box>('toy/box', box => (box.shut ? 'archive' : 'floor'), [
  when(
    counted,
    p => p.box,
    (was = EMPTY, p, stamp) => ({ ...was, total: was.total + p.by, last: stamp.person })
  ),
  when(
    latched,
    p => p.box,
    (was = EMPTY, p) => ({ ...was, shut: p.shut })
  )
])

export const count = floorAction('toy/count', counted.payload, (_known, input) => [draft(counted, input)])
export const latch = officeAction('toy/latch', ['supervisor'], latched.payload, (known, input) =>
  known.get(boxView, input.box)?.shut === input.shut ? refuse('latched-already') : [draft(latched, input)]
)

export const toy: Activity = {
  name: 'toy',
  events: lines(counted, latched),
  views: lines(boxView),
  guards: [
    guard(counted, (known, p) => (known.get(boxView, p.box)?.shut ? refuse('box-shut', { box: p.box }) : undefined))
  ],
  actions: lines(count, latch),
  reasons: { 'box-shut': about => `Box ${about['box']} is shut.`, 'latched-already': () => 'It is so already.' }
}

/** One install, by hand: seals events in a chain as a tablet does. */
export class ToyTablet {
  readonly device = randomUUID()
  chain = randomUUID()
  n = 0
  prev = ''
  readonly #newId = idMaker(Date.now, () => randomBytes(16))

  seal(kind: { readonly type: string }, payload: Json, over: Partial<Envelope> = {}): Sealed {
    const envelope: Envelope = {
      v: 1,
      id: this.#newId(),
      site: 'main',
      device: this.device,
      chain: this.chain,
      n: this.n + 1,
      prev: this.prev,
      type: kind.type,
      actor: { person: 'P-001', session: '', method: 'badge-pin' },
      at: { wall: '2026-11-22T10:00:00.000Z', mono: 1, offset: null },
      seen: { epoch: '', seq: 0 },
      payload,
      ...over
    }
    const sealed = seal(envelope)
    this.n = envelope.n
    this.prev = sealed.h
    return sealed
  }

  push(events: readonly Sealed[]): PushRequest {
    return {
      protocol: PROTOCOL,
      batch: randomUUID(),
      device: this.device,
      chain: this.chain,
      epoch: '',
      nMax: this.n,
      events: events.map(({ id, h, body }) => ({ id, h, body }))
    }
  }
}
