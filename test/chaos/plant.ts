/** The small plant that chaos works in: five stations, three released orders of five operations, no files. */
import { bomSet, itemSet } from '#activities/materials/events.ts'
import { routingSet } from '#activities/orders/events.ts'
import { type Draft, draft } from '#kernel/event.ts'
import { lineSet, personSet, siteSetUp, stationSet } from '#plant/events.ts'
import type { Office } from '#server/office.ts'

export const STATIONS = ['ST-01', 'ST-02', 'ST-03', 'ST-04', 'ST-05'] as const
export const ORDERS = ['WO-0001', 'WO-0002', 'WO-0003'] as const
export const OPERATIONS = [10, 20, 30, 40, 50] as const
const SYSTEM = { person: 'P-000', session: '', method: 'system' } as const

const operation = (op: number) => ({
  op,
  name: `Operation ${op}`,
  stations: [...STATIONS],
  setupMinutes: 0,
  runMinutes: 1,
  steps: []
})

const drafts: readonly Draft[] = [
  draft(siteSetUp, { site: 'main', name: 'Chaos', timeZone: 'UTC', sample: true }),
  draft(lineSet, { line: 'L1', name: 'Line 1' }),
  ...STATIONS.map((station, order) =>
    draft(stationSet, { station, name: `Station ${station}`, line: 'L1', kind: 'build' as const, order })
  ),
  draft(personSet, { person: 'P-001', name: 'Ana', badge: 'B-1001', roles: ['operator'], active: true }),
  draft(itemSet, { item: 'FL-100', name: 'LoRa sensor', revision: 'C', uom: 'pc', source: 'make', tracking: 'none' }),
  draft(itemSet, { item: 'SCR-M3', name: 'Screw M3x6', revision: 'A', uom: 'pc', source: 'buy', tracking: 'none' }),
  draft(bomSet, { item: 'FL-100', revision: 'C', lines: [{ component: 'SCR-M3', quantity: 4, uom: 'pc' }] }),
  draft(routingSet, { item: 'FL-100', revision: 'C', operations: OPERATIONS.map(operation) })
] as readonly Draft[]

export const foundPlant = async (office: Office): Promise<void> => {
  await office.append(drafts, SYSTEM)
  for (const workOrder of ORDERS) {
    const order = {
      workOrder,
      item: 'FL-100',
      itemName: 'LoRa sensor',
      revision: 'C',
      quantity: 100_000,
      due: '2026-12-04',
      priority: 5
    }
    await decide(office, 'orders/create-work-order', order)
    await decide(office, 'changes/release-work-order', { workOrder })
  }
}

const decide = async (office: Office, action: string, input: unknown): Promise<void> => {
  const answer = await office.decide(action, input, SYSTEM)
  if ('refused' in answer) throw new Error(`${action}: ${answer.refused} ${JSON.stringify(answer.about)}`)
}
