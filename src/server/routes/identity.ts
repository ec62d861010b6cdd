/** Enrolment, sign-in, the roster for offline sign-in, codes, keys and PINs. */
import { fingerprintOf } from '../dossier-seal.ts'
import * as z from 'zod/mini'
import { draft } from '#kernel/event.ts'
import { personSet, siteSetUp } from '#plant/events.ts'
import { enrolReply, enrolRequest, rosterReply, signInReply, signInRequest } from '#sync/protocol.ts'
import {
  enrol,
  makeApiKey,
  makeEnrolmentCode,
  type Person,
  publicKeyText,
  signIn,
  stationHere,
  useCode,
  viewOf
} from '../identity.ts'
import { setPin } from '../pins.ts'
import { Problem } from '../problem.ts'
import { type Asked, type Route, route } from '../route.ts'

const use = z.enum(['station', 'desk', 'wall'])
const roleName = z.enum(['operator', 'inspector', 'supervisor', 'planner', 'engineer', 'administrator'])

export const identityRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/site',
    who: 'anyone',
    summary: 'What this plant is called; in a sample plant also its stations and people, to try it.',
    answer: ({ office }) => siteOf(office)
  }),
  route({
    method: 'POST',
    path: '/v1/enroll',
    who: 'anyone',
    opens: true,
    takes: enrolRequest,
    gives: enrolReply,
    summary: 'Makes a browser a tablet of this plant, for a one-time code.',
    answer: async ({ office, body }) => {
      // A key that is none must not cost the code.
      publicKeyText(body.publicKey)
      const grant = await useCode(office, body.code, false)
      return enrol(office, { ...grant, name: body.name, publicKey: body.publicKey, by: 'office' })
    }
  }),
  route({
    method: 'POST',
    path: '/v1/sample/enroll',
    who: 'anyone',
    opens: true,
    gives: enrolReply,
    takes: z.object({ use, station: z.optional(z.string()), publicKey: z.unknown(), name: z.string() }),
    summary: 'In a sample plant only: makes a browser a tablet without a code.',
    answer: ({ office, body }) => {
      if (!office.site.sample)
        throw new Problem(404, 'unknown-address', 'This is not a sample plant. Ask the administrator for a code.')
      return enrol(office, {
        use: body.use,
        station: body.station,
        name: body.name,
        publicKey: body.publicKey,
        by: 'office'
      })
    }
  }),
  route({
    method: 'POST',
    path: '/v1/setup',
    who: 'anyone',
    opens: true,
    gives: enrolReply,
    takes: z.object({
      code: z.string(),
      site: z.string().check(z.minLength(1), z.maxLength(200)),
      timeZone: z.string(),
      person: z.string().check(z.minLength(1), z.maxLength(200)),
      pin: z.string(),
      publicKey: z.unknown(),
      name: z.string()
    }),
    summary:
      'Sets up an empty plant with the one-time link that the server printed: its name, the first administrator, this browser.',
    answer: asked => setUp(asked)
  }),
  route({
    method: 'POST',
    path: '/v1/sign-in',
    who: 'device',
    takes: signInRequest,
    gives: signInReply,
    summary: 'Signs a person in at the office, for decisions.',
    answer: async ({ office, caller, body: { person, pin, ask } }) => {
      if (caller.is !== 'device') throw new Problem(403, 'unknown-device', 'A key needs no sign-in.')
      if (person.length > 80) throw new Problem(403, 'wrong-pin', 'This PIN does not belong to this badge.')
      return { ...(await signIn(office, caller.device, person, pin)), ...(ask === undefined ? {} : { ask }) }
    }
  }),
  route({
    method: 'GET',
    path: '/v1/roster',
    who: 'device',
    gives: rosterReply,
    summary: 'What a tablet needs to check a PIN without the network.',
    answer: async ({ office, caller }) => ({
      // Nobody signs in at a wall or in a script, so neither holds what PINs could be guessed from.
      people:
        caller.is !== 'device' || caller.tablet.use === 'wall'
          ? []
          : await office.sql`
        SELECT person, salt, iterations, key FROM person_pin WHERE site_id = ${office.site.site} ORDER BY person`
    })
  }),
  route({
    method: 'POST',
    path: '/v1/people/:person/pin',
    who: ['administrator'],
    takes: z.object({ pin: z.string() }),
    summary: 'Gives a person a new PIN.',
    answer: async ({ office, params, body }) => {
      const person = params['person'] ?? ''
      if (!(await viewOf(office, 'plant/person', person)))
        throw new Problem(404, 'not-found', `There is no person ${person}.`)
      await setPin(office.sql, office.site.site, person, body.pin)
      await office.sql`DELETE FROM pin_try WHERE site_id = ${office.site.site} AND person = ${person}`
      return { person, set: true }
    }
  }),
  route({
    method: 'POST',
    path: '/v1/enrolment-codes',
    who: ['administrator', 'supervisor'],
    takes: z.object({ use, station: z.optional(z.string()) }),
    summary: 'A one-time code, ten minutes long, that makes a browser a tablet.',
    answer: async ({ server, office, body }) => {
      if (body.use === 'station') await stationHere(office, body.station)
      const { code, until } = await makeEnrolmentCode(office, body.use, body.station)
      return { code, until, url: `${server.url()}/#enroll=${code}` }
    }
  }),
  route({
    method: 'POST',
    path: '/v1/api-keys',
    who: ['administrator'],
    takes: z.object({ name: z.string().check(z.minLength(1), z.maxLength(80)), roles: z.optional(z.array(roleName)) }),
    summary: 'A key for a script; shown once.',
    answer: async ({ office, body }) => {
      const roles = body.roles ?? (['planner', 'supervisor', 'engineer', 'operator', 'inspector'] as const)
      return { name: body.name, key: await makeApiKey(office, body.name, roles), roles }
    }
  })
]

const siteOf = async (office: Asked['office']): Promise<object> => {
  const { name, sample } = office.site
  const [row] = await office.sql<{ name: string | null }[]>`
    SELECT body->>'name' AS name FROM view WHERE site_id = ${office.site.site} AND kind = 'plant/site' AND body IS NOT NULL LIMIT 1`
  const ready = row !== undefined
  const seal = fingerprintOf(office.site.secret)
  if (!sample) return { name: row?.name ?? name, sample, ready, seal }
  const read = async (kind: string) =>
    (
      await office.sql<{ body: object }[]>`
    SELECT body FROM view WHERE site_id = ${office.site.site} AND kind = ${kind} AND body IS NOT NULL ORDER BY key`
    ).map(view => view.body)
  return {
    name: row?.name ?? name,
    sample,
    ready,
    seal,
    stations: await read('plant/station'),
    people: await read('plant/person'),
    pins: await office.samplePins()
  }
}

const isSetUp = async (office: Asked['office']): Promise<boolean> =>
  (await viewOf(office, 'plant/site', office.site.site)) !== undefined

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

const setUp = async ({
  office,
  body
}: Asked<{
  code: string
  site: string
  timeZone: string
  person: string
  pin: string
  publicKey: unknown
  name: string
}>) => {
  if (!/^\d{4,12}$/.test(body.pin)) throw new Problem(400, 'wrong-pin', 'A PIN has 4 to 12 digits; 6 are recommended.')
  if (!isTimeZone(body.timeZone))
    throw new Problem(400, 'wrong-shape', 'The time zone has a name such as Europe/Berlin.')
  publicKeyText(body.publicKey)
  if (await isSetUp(office))
    throw new Problem(403, 'code-used', 'This plant is set up already.', 'Ask its administrator for a code.')
  await useCode(office, body.code, true)
  const first: Person = {
    person: 'P-001',
    name: body.person,
    badge: 'B-1001',
    roles: ['administrator', 'supervisor', 'planner', 'engineer'],
    active: true
  }
  await office.append(
    [
      draft(siteSetUp, { site: office.site.site, name: body.site, timeZone: body.timeZone, sample: false }),
      draft(personSet, { ...first, roles: [...first.roles] })
    ],
    { person: 'P-001', session: '', method: 'system' },
    { pins: { 'P-001': body.pin } }
  )
  return enrol(office, { use: 'desk', station: undefined, name: body.name, publicKey: body.publicKey, by: 'P-001' })
}
