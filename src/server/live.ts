/**
 * Streams of hints. A hint carries no data, so a lost, late or doubled one does no harm: a stream that is not read is ended
 * instead of kept in memory, and of too many streams of one tablet the oldest ends. Whoever was cut off connects again.
 */
import type { Listening } from './hints.ts'
import { type Caller, type Tablet, viewOf } from './identity.ts'
import type { Office } from './office.ts'
import { Problem } from './problem.ts'
import type { Asked } from './route.ts'

const HEARTBEAT_MS = 15_000
const PRESENCE_MS = 2000
/** Hints that may wait for a slow reader. */
const MOST_WAITING = 256
/** A tablet has one, a wall or a desk a few tabs. */
const MOST_OF_ONE = 6
const MOST_OF_ALL = 5000

export const live = async (asked: Asked): Promise<Response> => {
  const { server, office, query, signal, caller } = asked
  const { head, epoch } = await headOf(office)
  const name = nameOf(caller)
  const stops: (() => void)[] = []
  const stop = (): void => {
    for (const one of stops.splice(0)) one()
  }
  const stream = new ReadableStream<Uint8Array>(
    {
      start: controller => {
        const end = (): void => {
          stop()
          try {
            controller.close()
          } catch {
            // Its reader has gone before.
          }
        }
        const send = (event: string, data: object): void => {
          if ((controller.desiredSize ?? 0) <= 0) return end()
          controller.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
        }
        stops.push(enter(server.listening, name, end))
        stops.push(server.hints.on(seq => send('head', { epoch, seq })))
        stops.push(
          every(HEARTBEAT_MS, async () =>
            (await isStillWelcome(office, caller)) ? send('beat', { time: Date.now() }) : end()
          )
        )
        if (query('presence') === '1')
          stops.push(every(PRESENCE_MS, async () => send('presence', await server.presence.read())))
        // Its tablet is not counted as heard by it: a cut radio leaves a stream open for minutes.
        send('head', { epoch, seq: head })
        signal.addEventListener('abort', stop)
      },
      cancel: stop
    },
    { highWaterMark: MOST_WAITING }
  )
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' } })
}

const nameOf = (caller: Caller): string =>
  caller.is === 'device' ? caller.device : caller.is === 'key' ? `key ${caller.name}` : ''

const enter = (listening: Listening, name: string, end: () => void): (() => void) => {
  const all = [...listening.values()].reduce((sum, one) => sum + one.size, 0)
  if (all >= MOST_OF_ALL) throw new Problem(503, 'busy', 'Too many streams are open.', undefined, 30)
  const own = listening.get(name) ?? new Set()
  listening.set(name, own.add(end))
  if (own.size > MOST_OF_ONE) own.values().next().value?.()
  return () => {
    own.delete(end)
    if (own.size === 0 && listening.get(name) === own) listening.delete(name)
  }
}

const isStillWelcome = async (office: Office, caller: Caller): Promise<boolean> =>
  caller.is !== 'device' || (await viewOf<Tablet>(office, 'plant/tablet', caller.device))?.state !== 'revoked'

const headOf = async (office: Office): Promise<{ head: number; epoch: string }> => {
  const [row] = await office.sql<{ head: number; epoch: string }[]>`
    SELECT c.head::float8 AS head, (SELECT epoch::text FROM site_epoch e WHERE e.site_id = c.site_id ORDER BY made_at DESC LIMIT 1) AS epoch
    FROM site_counter c WHERE c.site_id = ${office.site.site}`
  return row ?? { head: 0, epoch: '' }
}

const every = (ms: number, task: () => Promise<void> | void): (() => void) => {
  // The database being away for a moment must not end the stream; the wall sees its age grow meanwhile.
  const timer = setInterval(
    () =>
      void Promise.resolve()
        .then(task)
        .catch(() => {}),
    ms
  )
  return () => clearInterval(timer)
}
