/** What lies before a supervisor: nothing of it is hidden behind what came later, and it says what was recorded. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flagView } from '#activities/changes/projection.ts'
import type { Verdict } from '#sync/protocol.ts'
import { openRealPlant, personOf, type RealPlant } from './real-plant.ts'
import type { Stranger } from './stranger.ts'
import { ToyTablet } from './toy-plant.ts'

type Item = { readonly q: number; readonly h: string; readonly closed: boolean }
type Answer = { readonly items: readonly Item[]; readonly open: number }

describe('the tray', () => {
  let plant: RealPlant
  let desk: Stranger
  let tablet: Stranger
  const hand = new ToyTablet()
  const actor = { person: personOf('operator'), session: '', method: 'badge-pin' } as const
  const send = async (type: string, payloads: readonly Record<string, string | number>[]) => {
    const events = payloads.map(payload => hand.seal({ type }, payload, { device: tablet.device, actor }))
    const said = await tablet.ask('/v1/push', { body: { ...hand.push(events), device: tablet.device } })
    return said.json['verdicts'] as readonly Verdict[]
  }
  const tray = async () => (await desk.ask('/v1/set-aside')).json as unknown as Answer
  const close = (h: string) => desk.act('changes/close-set-aside', { h, note: 'Looked at.' })

  beforeAll(async () => {
    plant = await openRealPlant()
    desk = await plant.signedIn('supervisor')
    tablet = await plant.tablet()
  })
  afterAll(() => plant?.close())

  it('lists the oldest that are open, says how many there are, and goes on as they are closed', async () => {
    const verdicts = await send(
      'orders/of-tomorrow.v1',
      Array.from({ length: 230 }, (_, i) => ({ i }))
    )
    expect(verdicts.every(one => one.verdict === 'quarantined')).toBe(true)
    const before = await tray()
    expect([before.items.length, before.open]).toEqual([200, 230])
    expect(before.items.map(({ q }) => q)).toEqual([...before.items.map(({ q }) => q)].sort((a, b) => a - b))
    const [first, second] = before.items
    for (const { h } of [first, second] as readonly Item[]) expect((await close(h)).json).toMatchObject({ done: true })
    const after = await tray()
    expect(after.open).toBe(228)
    expect(after.items.filter(({ closed }) => closed).map(({ h }) => h)).toEqual([first?.h, second?.h])
    expect(after.items.filter(({ closed }) => !closed).map(({ q }) => q)).toEqual(
      Array.from({ length: 200 }, (_, i) => (first?.q ?? 0) + 2 + i)
    )
  })

  it('lets the flood of one tablet hide nothing of another', async () => {
    const other = await plant.tablet()
    const its = new ToyTablet()
    const event = its.seal({ type: 'orders/of-tomorrow.v1' }, {}, { device: other.device, actor })
    await other.ask('/v1/push', { body: { ...its.push([event]), device: other.device } })
    const { items, open } = await tray()
    expect([open, items.filter(({ closed }) => !closed).length]).toEqual([229, 200])
    expect(items.map(({ h }) => h)).toContain(event.h)
  })

  it('says of late work what was recorded, unless it is long', async () => {
    const report = { workOrder: 'WO-0404', op: 10, report: 'r', good: 3, scrap: 1, rework: 0 }
    const [short, long] = await send('orders/quantity-reported.v1', [report, { ...report, more: 'x'.repeat(5000) }])
    expect([short?.verdict, long?.verdict]).toEqual(['flagged', 'flagged'])
    const known = await plant.office.known()
    expect(known.get(flagView, short?.id ?? '')).toMatchObject({ state: 'open', record: report })
    expect(known.get(flagView, long?.id ?? '')).not.toHaveProperty('record')
  })
})
