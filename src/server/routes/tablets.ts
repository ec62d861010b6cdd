/** What became of the tablets: when they were heard, what waits on them, what never came, and what was brought in by hand. */
import * as z from 'zod/mini'
import { broughtInEvent } from '#activities/catalog.ts'
import { draft } from '#kernel/event.ts'
import { LIMITS, pushedEvent, PROTOCOL, verdict } from '#sync/protocol.ts'
import { actorOf } from '../http.ts'
import { type Tablet, viewOf } from '../identity.ts'
import { takeIn } from '../intake.ts'
import { missingIn } from '../missing.ts'
import type { Office } from '../office.ts'
import { Problem } from '../problem.ts'
import { route, type Route } from '../route.ts'

const broughtIn = z.object({
  device: z.string().check(z.maxLength(100)),
  chain: z.string().check(z.regex(/^[\w:.-]{1,100}$/)),
  events: z.array(pushedEvent).check(z.minLength(1), z.maxLength(LIMITS.pushMost))
})

export const tabletRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/tablets',
    who: 'device',
    summary: 'When each tablet was last heard, what it said was waiting, and which of its records never came.',
    answer: async ({ office }) => ({ tablets: await tabletsOf(office), missing: await missingIn(office) })
  }),
  route({
    method: 'POST',
    path: '/v1/brought-in',
    who: ['supervisor', 'administrator'],
    takes: broughtIn,
    gives: z.object({ verdicts: z.array(verdict) }),
    ownText: true,
    summary: 'Takes in records from a file that a tablet exported: judged one by one as if the tablet had sent them.',
    answer: async ({ office, caller, server, body }) => {
      const { device, chain, events } = body
      const tablet = await viewOf<Tablet>(office, 'plant/tablet', device)
      if (!tablet)
        throw new Problem(
          400,
          'unknown-device',
          'The tablet that wrote this file is not known here.',
          'Is it a file of another plant? Nothing was taken in.'
        )
      const standing = tablet.state === 'revoked' ? 'revoked' : 'enrolled'
      const push = { protocol: PROTOCOL, batch: '', device, chain, epoch: '', nMax: 0, events }
      const { verdicts } = await server.turns.take(chain, () => takeIn(office.log, office.intake, push, standing))
      const news = verdicts.filter(isNews)
      // Nobody signed the file but the person who brought it: the log says who that was.
      if (news.length > 0)
        await office.append(
          [draft(broughtInEvent, { device, chain, records: news.map(({ id }) => id) })],
          actorOf(caller)
        )
      return { verdicts }
    }
  })
]

const isNews = (one: z.infer<typeof verdict>): boolean =>
  one.verdict === 'applied' ||
  one.verdict === 'flagged' ||
  one.verdict === 'refused' ||
  (one.verdict === 'quarantined' && one.code !== 'known-already')

const tabletsOf = ({ sql, site: { site } }: Office) => sql`
  SELECT v.key AS device, v.body ->> 'name' AS name, v.body ->> 'use' AS use, v.body ->> 'station' AS station,
    v.body ->> 'state' AS state, p.heard_at AS heard, coalesce(p.waiting, 0) AS waiting, p.chain
  FROM view v LEFT JOIN presence p ON p.site_id = v.site_id AND p.device = v.key
  WHERE v.site_id = ${site} AND v.kind = 'plant/tablet' AND v.body IS NOT NULL
  ORDER BY p.heard_at DESC NULLS LAST LIMIT 500`
