/** The wire's own calls: push, pull, and the hints that there is something to pull. */
import { LIMITS, pullReply, pushReply, type PushRequest, pushRequest } from '#sync/protocol.ts'
import { readRange } from '../feed.ts'
import { type Caller, newNonce, scopesOf, viewOf } from '../identity.ts'
import { takeIn, type Standing } from '../intake.ts'
import { live } from '../live.ts'
import { Problem } from '../problem.ts'
import { isPush } from '../read-push.ts'
import { type Asked, type Route, route } from '../route.ts'

export const syncRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/nonce',
    who: 'anyone',
    summary: 'A nonce for the first signed request; later ones come with every reply.',
    answer: ({ office }) => ({ nonce: newNonce(office) })
  }),
  route({
    method: 'POST',
    path: '/v1/push',
    who: 'device',
    revokedToo: true,
    ownText: true,
    takes: pushRequest,
    fits: isPush,
    gives: pushReply,
    summary: 'Takes in recorded events and answers a verdict for each.',
    answer: async ({ server, office, caller, body }) => {
      checkPush(body)
      const { device, epoch, witnessed } = body
      const standing = await standingOf(office, caller, body.device)
      // Only a tablet in use is a witness: its word can keep this office from starting.
      if (witnessed && standing === 'enrolled') await server.highWater?.compare({ device, epoch, ...witnessed })
      const taken = await server.turns.take(body.chain, () => takeIn(office.log, office.intake, body, standing))
      return { batch: body.batch, time: Date.now(), ...taken }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/pull',
    who: 'device',
    gives: pullReply,
    summary:
      'Views that changed after a cursor: ?after=SEQ&limit=ROWS. The reply covers (from, to]. &built=SEQ leaves out what was gone by then.',
    answer: asked => pull(asked, scopesOf(asked.caller))
  }),
  route({
    method: 'GET',
    path: '/v1/live',
    who: 'device',
    summary:
      'Hints (text/event-stream): `head` when the log has grown; with ?presence=1 also when stations were last heard.',
    answer: live
  })
]

/** Names that fit a table and a person's eye. */
const NAME = /^[\w:.-]{1,100}$/

const checkPush = ({ events, device, chain }: PushRequest): void => {
  if (events.length > LIMITS.pushMost)
    throw new Problem(413, 'too-large', `A push may hold ${LIMITS.pushMost} events.`, 'Send less at once.')
  if (!NAME.test(device) || !NAME.test(chain))
    throw new Problem(400, 'wrong-shape', 'The names of tablet and chain have letters, digits and dashes.')
}

/** A tablet sends only what it recorded itself, and a script nothing in a tablet's name. */
const standingOf = async (office: Asked['office'], caller: Caller, device: string): Promise<Standing> => {
  const own =
    caller.is === 'device' ? caller.device === device : (await viewOf(office, 'plant/tablet', device)) === undefined
  if (!own) throw new Problem(403, 'wrong-signature', 'A tablet sends only what it recorded itself.')
  return caller.is !== 'device' ? 'script' : caller.tablet.state === 'revoked' ? 'revoked' : 'enrolled'
}

const pull = async ({ server, office, caller, query }: Asked, scopes: readonly string[]): Promise<Response> => {
  const after = wholeNumber(query('after') ?? '0')
  const limit = Math.min(5000, Math.max(1, wholeNumber(query('limit') ?? '1000')))
  const built = wholeNumber(query('built') ?? '0')
  const range = await readRange(office.sql, office.site.site, scopes, after, limit, built)
  // A cursor beyond the head comes from another epoch, and the tablet starts again; or this database went backwards.
  const asked = query('epoch')
  if (asked === range.epoch && after > range.head && caller.is === 'device')
    await server.highWater?.compare({ device: caller.device, epoch: asked, seq: after })
  const common = asked && asked !== range.epoch ? { common: await lastCommon(office, asked) } : {}
  const head = JSON.stringify({
    epoch: range.epoch,
    scopes,
    from: after,
    to: range.to,
    head: range.head,
    time: Date.now(),
    more: range.more,
    ...common
  })
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
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Problem(400, 'wrong-shape', `Not a whole number: ${text.slice(0, 40)}.`)
  return value
}
