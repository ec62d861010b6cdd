/**
 * `smoke.ts URL`: one real thing through HTTP, against a server that was started as a user starts it. A tablet is enrolled,
 * a person signs in, calls for help, and a wall that was enrolled apart hears of it. The last line counts.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Session } from '#device/people.ts'
import { openTablet, type Tablet } from '#device/tablet.ts'
import { callAndon } from '#plant/rules.ts'
import { andonView, stationView } from '#plant/projection.ts'
import { tabletPorts } from './tablet-ports.ts'

type Site = {
  readonly stations: readonly { readonly station: string }[]
  readonly people: readonly { readonly person: string; readonly roles: readonly string[] }[]
  readonly pins: Readonly<Record<string, string>>
}

const url = process.argv[2] ?? 'http://127.0.0.1:8080'
const PATIENCE_MS = 20_000
const NOTE = `Smoke ${Date.now()}`
let site: Site
let station: Tablet
let wall: Tablet
let person: Site['people'][number] | undefined
let session: Session

const get = (path: string): Promise<Response> => fetch(url + path)

const demand = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Error(otherwise)
}

/** Waits until something is so, for as long as a person would. */
const until = async (holds: () => boolean, otherwise: string): Promise<void> => {
  const end = Date.now() + PATIENCE_MS
  while (!holds() && Date.now() < end) await wait(50)
  demand(holds(), otherwise)
}

const enrolled = async (body: Readonly<Record<string, unknown>>): Promise<Tablet> => {
  const tablet = await openTablet(tabletPorts(url))
  const answer = await tablet.enrol({ path: '/v1/sample/enroll', body })
  demand('enrolled' in answer, `the office did not enrol it: ${JSON.stringify(answer)}`)
  return tablet
}

const STEPS: readonly (readonly [string, () => Promise<void>])[] = [
  ['the office is well', async () => demand((await get('/healthz')).ok, '/healthz does not answer 200')],
  [
    'the app is served',
    async () => demand(/<script[^>]+type="module"/.test(await (await get('/')).text()), '/ has no module script')
  ],
  [
    'the API describes itself',
    async () => {
      const { paths } = (await (await get('/openapi.json')).json()) as { paths: Record<string, unknown> }
      for (const path of ['/v1/push', '/v1/pull', '/v1/act'])
        demand(path in paths, `/openapi.json does not name ${path}`)
    }
  ],
  [
    'an address that is not there is answered in the agreed form',
    async () => {
      const reply = await get('/v1/nowhere')
      const { error } = (await reply.json()) as { error: { code: string } }
      demand(
        reply.status === 404 && error.code === 'unknown-address',
        `it was answered with ${reply.status} ${error.code}`
      )
    }
  ],
  [
    'the sample plant has stations and people',
    async () => {
      site = (await (await get('/v1/site')).json()) as Site
      person = site.people.find(one => one.roles.includes('operator') && one.person in site.pins)
      demand(site.stations.length > 0 && person !== undefined, 'no station, or no operator with a PIN')
    }
  ],
  [
    'two tablets are enrolled',
    async () => {
      station = await enrolled({ use: 'station', station: site.stations[0]?.station, name: 'Smoke station' })
      wall = await enrolled({ use: 'wall', name: 'Smoke wall' })
    }
  ],
  [
    'an operator signs in',
    async () => {
      const answer = await station.signIn(person?.person ?? '', site.pins[person?.person ?? ''] ?? '')
      if (!('signedIn' in answer)) throw new Error(`the sign-in was answered with ${JSON.stringify(answer)}`)
      session = answer.signedIn
    }
  ],
  [
    'a call for help is saved and sent',
    async () => {
      await until(() => station.peek.list(stationView).length > 0, 'the stations were not pulled')
      const answer = await station.act(callAndon, { kind: 'help', note: NOTE }, { ...session, roles: ['operator'] })
      demand('done' in answer, `it was answered with ${JSON.stringify(answer)}`)
      await until(() => station.unsent.peek() === 0, 'it still waits on the tablet')
    }
  ],
  [
    'the wall hears of it',
    async () =>
      until(() => wall.peek.list(andonView).some(([, call]) => call.note === NOTE), 'it did not arrive in 20 seconds')
  ]
]

let failed = 0
let passed = 0
for (const [name, step] of STEPS) {
  try {
    await step()
    passed += 1
    console.log(`✓ ${name}`)
  } catch (reason) {
    failed += 1
    console.log(`✗ ${name}: ${reason instanceof Error ? reason.message : String(reason)}`)
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
