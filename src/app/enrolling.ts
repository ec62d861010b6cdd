/** Asks the office to make this browser a tablet: by a code, by the link of an empty plant, or as a guest of the sample plant. */
import type { Tablet } from '#device/tablet.ts'
import type { Enrolled, HowEnrol } from '#device/identity.ts'
import type { Enrolling, Site } from './enrol-screen.tsx'
import type { SetUp } from './set-up-screen.tsx'
import type { Tile } from './sign-in.tsx'

/** `GET /v1/site`, as far as it is used here. Lists come only from a sample plant. */
type SiteReply = {
  readonly name: string
  readonly sample: boolean
  readonly stations?: Site['stations']
  readonly people?: readonly {
    readonly person: string
    readonly name: string
    readonly badge: string
    readonly active: boolean
  }[]
  readonly pins?: Readonly<Record<string, string>>
}

/** What the address asks for: `#enroll=CODE`, `#enrol=CODE` or `#setup=CODE`. */
export const fromHash = (hash: string): { readonly enrol?: string; readonly setUp?: string } => {
  const found = /^#(enroll?|setup)=([A-Za-z0-9 -]{4,40})$/.exec(decodeURIComponent(hash))
  if (!found?.[2]) return {}
  return found[1] === 'setup' ? { setUp: found[2] } : { enrol: found[2] }
}

/** A scanned code: the link of the administrator's page, or the code alone. */
export const codeOf = (raw: string): string | undefined => {
  const link = /#(?:enroll?)=([A-Za-z0-9-]{4,40})/.exec(raw)?.[1]
  return link ?? (/^[A-HJKMNP-Z2-9]{10}$/.test(raw.trim().toUpperCase()) ? raw.trim().toUpperCase() : undefined)
}

export const enrollingWith = (
  tablet: Tablet,
  done: () => Promise<void>
): Enrolling & { readonly setUp: (given: SetUp) => Promise<string | undefined> } => {
  const run = async (path: HowEnrol['path'], body: HowEnrol['body']): Promise<string | undefined> => {
    const answer = await tablet.enrol({ path, body })
    if ('enrolled' in answer) await done()
    return words(answer)
  }
  return {
    site: () => readSite(tablet),
    byCode: (code, name) => run('/v1/enroll', { code, name }),
    asSample: (use, station, name) => run('/v1/sample/enroll', { use, name, ...(station ? { station } : {}) }),
    setUp: given => run('/v1/setup', { ...given, name: 'Desk of the administrator' })
  }
}

const words = (answer: Enrolled): string | undefined => {
  if ('enrolled' in answer) return undefined
  if (answer.refused === 'no-network') return 'The office did not answer. Enrolling needs the network, this once.'
  return answer.message || 'The office did not take this. Ask the administrator for a new code.'
}

const ask = (tablet: Tablet): Promise<SiteReply | undefined> =>
  tablet.office.get<SiteReply>('/v1/site').catch(() => undefined)

const readSite = async (tablet: Tablet): Promise<Site | undefined> => {
  const reply = await ask(tablet)
  return reply && { name: reply.name, sample: reply.sample, stations: reply.stations ?? [] }
}

const SLOT = 'jobcard-sample-people'

/** In a sample plant everybody's badge can be tapped, and the PIN is told; without the network, as it was told last. */
export const samplePeople = async (
  tablet: Tablet,
  slots: Pick<Storage, 'getItem' | 'setItem'>
): Promise<readonly Tile[]> => {
  const reply = await ask(tablet)
  // Only the line below writes there.
  if (!reply) return JSON.parse(slots.getItem(SLOT) ?? '[]') as readonly Tile[]
  const tiles = tilesOf(reply)
  slots.setItem(SLOT, JSON.stringify(tiles))
  return tiles
}

const tilesOf = (reply: SiteReply): readonly Tile[] =>
  (reply.people ?? [])
    .filter(one => one.active)
    .map(({ person, name, badge }) => ({ person, name, badge, pin: reply.pins?.[person] }))
