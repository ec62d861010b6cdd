/** A small plant for tests and stories. */
import { draft, type Draft } from '#kernel/event.ts'
import { lineSet, personSet, reasonSet, siteSetUp, stationSet, tabletEnrolled } from './events.ts'
import type { Person, Station } from './projection.ts'

export const sampleStations: readonly Station[] = [
  { station: 'ST-01', name: 'Paste and place', line: 'L1', kind: 'build', order: 1 },
  { station: 'ST-02', name: 'Heatsink', line: 'L1', kind: 'build', order: 2 },
  { station: 'ST-03', name: 'Board test', line: 'L1', kind: 'test', order: 3 }
]

export const samplePeople: readonly Person[] = [
  { person: 'P-001', name: 'Ana Kovač', badge: 'B-1001', roles: ['operator'], active: true },
  { person: 'P-003', name: 'Sam Okafor', badge: 'B-1003', roles: ['supervisor', 'operator'], active: true },
  { person: 'P-006', name: 'Noor Haddad', badge: 'B-1006', roles: ['administrator'], active: true }
]

export const sampleTablet = '018f0000-0000-7000-8000-00000000000a'

export const samplePlant: readonly Draft[] = [
  draft(siteSetUp, { site: 'fennel', name: 'Fennel Labs', timeZone: 'Europe/Berlin', sample: true }),
  draft(lineSet, { line: 'L1', name: 'Board assembly' }),
  ...sampleStations.map(station => draft(stationSet, station)),
  ...samplePeople.map(({ roles, ...person }) => draft(personSet, { ...person, roles: [...roles] })),
  draft(reasonSet, { list: 'andon', code: 'PARTS', name: 'Parts brought', active: true, order: 1 }),
  draft(tabletEnrolled, { device: sampleTablet, name: 'Tablet 1', use: 'station', station: 'ST-01', publicKey: 'key' })
]
