/** The wire's own calls: push, pull, and the hints that there is something to pull. */
import { pullReply, pushReply, pushRequest } from '#sync/protocol.ts'
import { readRange } from '../feed.ts'
import { newNonce, scopesOf } from '../identity.ts'
import { takeIn } from '../intake.ts'
import { Problem } from '../problem.ts'
import { type Asked, type Route, route } from '../route.ts'

const HEARTBEAT_MS = 15_000
const PRESENCE_MS = 2000

export const syncRoutes: readonly Route[] = [
  route({
    method: 'GET', path: '/v1/nonce', who: 'anyone', summary: 'A nonce for the first signed request; later ones come with every reply.',
    answer: ({ office }) => ({ nonce: newNonce(office) })
  }),
  route({
    method: 'POST', path: '/v1/push', who: 'device', takes: pushRequest, gives: pushReply,
    summary: 'Takes in recorded events and answers a verdict for each.',
    answer: async ({ office, caller, body }) => {
      if (caller.is === 'device' && caller.device !== body.device)
        throw new Problem(403, 'wrong-signature', 'A tablet sends only what it recorded itself.')
      const taken = await takeIn(office.log, office.intake, body)
      return { batch: body.batch, time: Date.now(), ...taken }
    }
  }),
  route({
    method: 'GET', path: '/v1/pull', who: 'device', gives: pullReply,
    summary: 'Views that changed after a cursor: ?after=SEQ&limit=ROWS. The reply covers (from, to].',
    answer: ({ office, caller, query }) => pull(office, scopesOf(caller), query)
  }),
  route({
    method: 'GET', path: '/v1/live', who: 'device',
    summary: 'Hints (text/event-stream): `head` when the log has grown; with ?presence=1 also when stations were last heard.',
    answer: asked => live(asked)
  })
]

const pull = async (office: Asked['office'], scopes: readonly string[], query: Asked['query']): Promise<Response> => {
  const after = wholeNumber(query('after') ?? '0')
  const limit = Math.min(5000, Math.max(1, wholeNumber(query('limit') ?? '1000')))
  const range = await readRange(office.sql, office.site.site, scopes, after, limit)
  // A cursor beyond the head comes from another epoch; the tablet sees it by the epoch and starts again.
  const asked = query('epoch')
  const common = asked && asked !== range.epoch ? { common: await lastCommon(office, asked) } : {}
  const head = JSON.stringify({ epoch: range.epoch, scopes, from: after, to: range.to, head: range.head, time: Date.now(), more: range.more, ...common })
  const text = `${head.slice(0, -1)},"rows":[${range.rows}]}`
  return new Response(text, { headers: { 'content-type': 'application/json' } })
}

/** The last number that the epoch a tablet comes from shares with today's; 0 for an epoch that was lost with a restore. */
const lastCommon = async (office: Asked['office'], epoch: string): Promise<number> => {
  const [row] = await office.sql<{ seq: number | null }[]>`
    SELECT min(later.start_seq)::float8 AS seq FROM site_epoch mine JOIN site_epoch later
      ON later.site_id = mine.site_id AND later.made_at > mine.made_at
    WHERE mine.site_id = ${office.site.site} AND mine.epoch::text = ${epoch}`
  return row?.seq ?? 0
}

const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Problem(400, 'wrong-shape', `Not a whole number: ${text.slice(0, 40)}.`)
  return value
}

/** A stream of hints. It carries no data, so a lost, late or doubled hint does no harm. */
const live = async ({ server, office, query, signal, caller }: Asked): Promise<Response> => {
  const withPresence = query('presence') === '1'
  const [row] = await office.sql<{ head: number; epoch: string }[]>`
    SELECT c.head::float8 AS head, (SELECT epoch::text FROM site_epoch e WHERE e.site_id = c.site_id ORDER BY made_at DESC LIMIT 1) AS epoch
    FROM site_counter c WHERE c.site_id = ${office.site.site}`
  const epoch = row?.epoch ?? ''
  const stops: (() => void)[] = []
  const stop = (): void => {
    for (const one of stops.splice(0)) one()
  }
  const stream = new ReadableStream<Uint8Array>({
    start: controller => {
      const send = (event: string, data: object): void => {
        controller.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      }
      stops.push(server.hints.on(seq => send('head', { epoch, seq })))
      const beat = setInterval(() => send('beat', { time: Date.now() }), HEARTBEAT_MS)
      stops.push(() => clearInterval(beat))
      if (withPresence) stops.push(every(PRESENCE_MS, async () => send('presence', await server.presence.read())))
      // A tablet that listens is there, also while nothing happens.
      if (caller.is === 'device')
        stops.push(every(3000, () => server.presence.heard(caller.device, caller.tablet.station, undefined)))
      send('head', { epoch, seq: row?.head ?? 0 })
      signal.addEventListener('abort', stop)
    },
    cancel: stop
  })
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' } })
}

const every = (ms: number, task: () => Promise<void> | void): (() => void) => {
  // The database being away for a moment must not end the stream; the wall sees its age grow meanwhile.
  const timer = setInterval(() => void Promise.resolve().then(task).catch(() => {}), ms)
  return () => clearInterval(timer)
}

