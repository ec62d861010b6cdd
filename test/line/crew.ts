/** The people of the sample plant at tablets of their own: enrolled, signed in by their PINs, over the real API. */
import { readFile } from 'node:fs/promises'
import type { By } from '#device/record.ts'
import type { Done } from '#device/face.ts'
import { openTablet, type Tablet } from '#device/tablet.ts'
import type { Action, Refusal, Role } from '#kernel/decision.ts'
import { tabletPorts } from '#test/tablet-ports.ts'
import type { Hand } from './deed.ts'

type Person = {
  readonly person: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly active: boolean
}
type Station = { readonly station: string; readonly kind: string; readonly order: number }
export type Plant = {
  readonly name: string
  readonly sample: boolean
  readonly stations: readonly Station[]
  readonly people: readonly Person[]
  readonly pins: Readonly<Record<string, string>>
}

/** Refuses where the plant is anybody's own: simulated people must never write into real records. */
export const samplePlant = async (url: string): Promise<Plant> => {
  const reply = await fetch(`${url}/v1/site`).catch(() => undefined)
  if (!reply?.ok) throw new Error(`Nothing answers at ${url}. Start Jobcard first: npm start`)
  // The office's own answer; what is used of it is looked at below.
  const plant = (await reply.json()) as Plant
  if (!plant.sample)
    throw new Error(`${plant.name} is no sample plant. Simulated people work only there, and nothing was recorded.`)
  return plant
}

export type Seat = {
  readonly name: string
  readonly station: string
  readonly roles: readonly Role[]
  readonly tablet: Tablet
  readonly hand: Hand
}

const PHOTO = new URL('../plant/photos/heatsink.webp', import.meta.url)

export const takeSeat = async (url: string, plant: Plant, station: string, person: Person): Promise<Seat> => {
  const tablet = await openTablet(tabletPorts(url))
  const use = station === '' ? { use: 'desk' } : { use: 'station', station }
  const answer = await tablet.enrol({
    path: '/v1/sample/enroll',
    body: { ...use, name: `Simulated ${station || 'desk'}` }
  })
  if (!('enrolled' in answer)) throw new Error(`No tablet for ${station || 'the desk'}: ${answer.message}`)
  const by = await signedIn(tablet, plant, person)
  const photo = async () => {
    const bytes = await readFile(PHOTO)
    return tablet.keepBlob(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), 'image/webp')
  }
  return {
    name: person.name,
    station,
    roles: person.roles,
    tablet,
    hand: { act: (action, input) => tablet.act(action, input, by), photo }
  }
}

const signedIn = async (tablet: Tablet, { pins }: Plant, { person, name, roles }: Person): Promise<By> => {
  const answer = await tablet.signIn(person, pins[person] ?? '')
  if (!('signedIn' in answer)) throw new Error(`${name} could not sign in: ${answer.refused}`)
  const { session, method } = answer.signedIn
  tablet.useSession(session)
  return { person, roles, session, method }
}

/** A decision at a desk by whoever may take it; the tablet asks with that person's session. */
export const decideAs =
  (seat: Seat, plant: Plant) =>
  async <I>(role: Role, action: Action<I>, input: I): Promise<Done | Refusal> =>
    seat.tablet.act(action, input, await signedIn(seat.tablet, plant, somebody(plant, role)))

/** The one with the fewest other roles. */
export const somebody = ({ people, pins }: Plant, role: Role): Person => {
  const [found] = people
    .filter(one => one.active && one.roles.includes(role) && pins[one.person])
    .sort((a, b) => a.roles.length - b.roles.length)
  if (!found) throw new Error(`Nobody in this plant is ${role}`)
  return found
}

/** Inspectors inspect, operators do the rest, one after the other. */
export const crewOf = (plant: Plant): readonly (readonly [Station, Person])[] => {
  const able = (role: Role) =>
    plant.people.filter(one => one.active && one.roles[0] === role && plant.pins[one.person] !== undefined)
  return [...plant.stations]
    .sort((a, b) => a.order - b.order)
    .flatMap((station, index) => {
      const people = able(station.kind === 'inspection' ? 'inspector' : 'operator')
      const person = people[index % Math.max(1, people.length)]
      return person ? [[station, person] as const] : []
    })
}
