/** A plant that is no sample, over HTTP in one process: six people, one for each role, and codes for tablets. */
import { draft } from '#kernel/event.ts'
import type { Role } from '#kernel/decision.ts'
import { lineSet, personSet, siteSetUp, stationSet } from '#plant/events.ts'
import { type Desk, openDesk } from '#server/desk.ts'
import { makeEnrolmentCode, type Use } from '#server/identity.ts'
import { openLimiter } from '#server/limiter.ts'
import { type Office, openOffice } from '#server/office.ts'
import { serveApp } from '#server/static.ts'
import { freshDatabase, type TestDatabase } from './postgres.ts'
import { Stranger } from './stranger.ts'

export const ROLES: readonly Role[] = ['operator', 'inspector', 'supervisor', 'planner', 'engineer', 'administrator']
export const SYSTEM = { person: 'P-000', session: '', method: 'system' } as const
export const PIN = '281906'
export const personOf = (role: Role): string => `P-${role}`

export type RealPlant = {
  readonly database: TestDatabase
  readonly office: Office
  readonly desk: Desk
  readonly logged: string[]
  /** The clock of budgets: stopped, a flood is as fast as can be on any machine. */
  readonly clock: { stoppedAt: number | undefined }
  tablet(use?: Use): Promise<Stranger>
  signedIn(role: Role): Promise<Stranger>
  close(): Promise<void>
}

export const openRealPlant = async (empty = false): Promise<RealPlant> => {
  const database = await freshDatabase()
  const office = await openOffice({
    dataDir: '',
    databaseUrl: database.url,
    found: { site: 'main', name: 'Real', sample: false }
  })
  const logged: string[] = []
  const keep = (fields: object, line: string): void =>
    void logged.push(JSON.stringify([line, fields, String((fields as { err?: unknown }).err)]))
  const clock: RealPlant['clock'] = { stoppedAt: undefined }
  const limiter = openLimiter(() => clock.stoppedAt ?? Date.now())
  const desk = await openDesk(office, { log: { info: keep, error: keep }, url: () => 'http://office', limiter })
  serveApp(desk.app, [])
  if (!empty) {
    const pins = Object.fromEntries(ROLES.map(role => [personOf(role), PIN]))
    const people = ROLES.map(role =>
      draft(personSet, { person: personOf(role), name: role, badge: `B-${role}`, roles: [role], active: true })
    )
    await office.append(
      [
        draft(siteSetUp, { site: 'main', name: 'Real', timeZone: 'UTC', sample: false }),
        draft(lineSet, { line: 'L1', name: 'Line 1' }),
        draft(stationSet, { station: 'ST-01', name: 'One', line: 'L1', kind: 'build' as const, order: 1 }),
        ...people
      ],
      SYSTEM,
      { pins }
    )
  }
  const tablet = async (use: Use = 'station'): Promise<Stranger> => {
    const stranger = new Stranger(desk.app)
    const { code } = await makeEnrolmentCode(office, use, use === 'station' ? 'ST-01' : undefined)
    const said = await stranger.enrol(code)
    if (said.status !== 200) throw new Error(said.text)
    return stranger
  }
  return {
    database,
    office,
    desk,
    logged,
    clock,
    tablet,
    signedIn: async role => {
      const stranger = await tablet('desk')
      const said = await stranger.signIn(personOf(role), PIN)
      if (said.status !== 200) throw new Error(said.text)
      return stranger
    },
    close: async () => {
      await desk.close()
      await office.close()
      await database.close()
    }
  }
}
