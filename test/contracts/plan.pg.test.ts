/** The plan over HTTP: what a desk and a script are told, and who is told nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draft } from '#kernel/event.ts'
import { bomSet, itemSet, purchaseOrderSet, stockCounted } from '#activities/materials/events.ts'
import { routingSet, workOrderCreated } from '#activities/orders/events.ts'
import { demandSet } from '#activities/schedule/events.ts'
import { makeApiKey } from '#server/identity.ts'
import { openRealPlant, type RealPlant, SYSTEM } from './real-plant.ts'

const item = (code: string, source: 'make' | 'buy', leadTimeDays: number) =>
  draft(itemSet, { item: code, name: code, revision: 'A', uom: 'pcs', source, tracking: 'none', leadTimeDays })

describe('the plan over HTTP', () => {
  let plant: RealPlant
  let key: string
  const ask = async (path: string, headers = { authorization: `Bearer ${key}` }) => {
    const said = await plant.desk.app.request(path, { headers })
    // What the route answers is looked at field by field below.
    return { status: said.status, body: (await said.json()) as Record<string, never[]> & { error?: { code: string } } }
  }

  beforeAll(async () => {
    plant = await openRealPlant()
    key = await makeApiKey(plant.office, 'script', ['planner'])
    const operation = { op: 10, name: 'Fit', stations: ['ST-01'], setupMinutes: 10, runMinutes: 2, steps: [] }
    const order = { workOrder: 'WO-1', item: 'UNIT', revision: 'A', itemName: 'Unit', quantity: 3000 }
    await plant.office.append(
      [
        item('UNIT', 'make', 1),
        item('SCREW', 'buy', 20),
        draft(bomSet, { item: 'UNIT', revision: 'A', lines: [{ component: 'SCREW', quantity: 2, uom: 'pcs' }] }),
        draft(routingSet, { item: 'UNIT', revision: 'A', operations: [operation] }),
        draft(stockCounted, { item: 'SCREW', lot: '', location: 'LOC-A', quantity: 5998 }),
        draft(purchaseOrderSet, {
          order: 'PO-1',
          lines: [{ line: 1, item: 'SCREW', quantity: 500, due: '2026-12-02', state: 'open' }]
        }),
        draft(demandSet, { demand: 'D-1', item: 'UNIT', quantity: 3000, due: '2026-11-27', kind: 'order' }),
        draft(workOrderCreated, { ...order, due: '2026-11-27', priority: 1 })
      ],
      SYSTEM
    )
  })
  afterAll(() => plant.close())

  it('says what is short, whom it stops and when the next comes, as one says it', async () => {
    const { status, body } = await ask('/v1/plan?today=2026-11-24')
    expect(status).toBe(200)
    expect(body['shortages']).toMatchObject([
      {
        item: 'SCREW',
        short: 2,
        day: '2026-11-26',
        next: { day: '2026-12-02', receipt: 'PO-1/1' },
        sentence: 'SCREW: 2 short on Thu; stops WO-1 (3,000 units, due Fri) and 1 more; next receipt Wed 2 Dec.'
      }
    ])
    const expedite = { kind: 'expedite', about: 'PO-1/1', to: { day: '2026-11-26' } }
    expect(body['messages']).toEqual(expect.arrayContaining([expect.objectContaining(expedite)]))
    expect(body['messages']).not.toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'cancel' })]))
    expect(body['schedule']).toBeUndefined()
  })

  it('puts the operations on their stations when asked', async () => {
    const { body } = await ask('/v1/plan?today=2026-11-24&schedule=yes')
    expect(body['schedule']).toMatchObject([{ workOrder: 'WO-1', op: 10, station: 'ST-01' }])
  })

  it('is for those who plan and lead, and asks for a day that there is', async () => {
    const operator = await makeApiKey(plant.office, 'other', ['operator'])
    expect((await ask('/v1/plan', { authorization: `Bearer ${operator}` })).status).toBe(403)
    expect((await plant.desk.app.request('/v1/plan')).status).toBe(401)
    expect((await ask('/v1/plan?today=soon')).body.error?.code).toBe('wrong-shape')
  })

  it('is written down for whoever reads the API’s page', async () => {
    const page = await (await plant.desk.app.request('/openapi.json')).text()
    expect(page).toContain('/v1/plan')
  })
})
