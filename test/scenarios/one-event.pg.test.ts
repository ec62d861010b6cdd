/** The walk of one event, room by room, as the README tells it: Ana builds pieces without a network, 3 good and 1 scrap. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeStep, consumePart, measureValue, takePhoto } from '#activities/orders/step-rules.ts'
import { jobKey, jobView, workOrderView } from '#activities/orders/projection.ts'
import { reportQuantity, startOperation } from '#activities/orders/rules.ts'
import { flagView } from '#activities/changes/projection.ts'
import { holdPlaced } from '#activities/quality/events.ts'
import type { Action } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { type Player, type Story, SYSTEM, tellStory, until, type Weather } from './story.ts'

const WO = 'WO-0012'
const AT = { workOrder: WO, op: 10 }

describe('one event, from the tap to the wall', () => {
  let story: Story
  let ana: Player
  let wall: Player
  const counts = (player: Player) => player.tablet.peek.get(jobView, jobKey(WO, 10))
  const settled = (player: Player) => until('everything sent', () => player.tablet.unsent.peek() === 0)

  beforeAll(async () => {
    story = await tellStory()
    await decide('orders/create-work-order', {
      workOrder: WO,
      label: 'Batch 12',
      item: 'FL-100',
      itemName: 'LoRa sensor',
      revision: 'C',
      quantity: 60,
      due: '2026-12-04',
      priority: 5
    })
    await decide('changes/release-work-order', { workOrder: WO })
    ana = await story.tablet('Bench 1', 'ST-01')
    wall = await story.tablet('Line 1', 'ST-02')
  })
  afterAll(() => story.close())

  const did = async <I>(action: Action<I>, input: I) => {
    const answer = await ana.tablet.act(action, input, ana.by)
    if ('refused' in answer) throw new Error(`${action.name}: ${answer.refused} ${JSON.stringify(answer.about)}`)
  }

  /** The four steps of one piece: a task, a torque, a serial, a photo. Seven events. */
  const build = async (cycle: number) => {
    const here = { ...AT, cycle }
    await did(completeStep, { ...here, step: 1 })
    await did(measureValue, { ...here, step: 2, value: 0.6 })
    await did(completeStep, { ...here, step: 2 })
    await did(consumePart, { ...here, step: 3, lot: `RM-${cycle}` })
    await did(completeStep, { ...here, step: 3 })
    const photo = await ana.tablet.keepBlob(new TextEncoder().encode(`joint ${cycle}`).buffer, 'image/webp')
    await did(takePhoto, { ...here, step: 4, photo })
    await did(completeStep, { ...here, step: 4 })
  }

  const decide = async (action: string, input: unknown) => {
    const answer = await story.office.decide(action, input, SYSTEM)
    if ('refused' in answer) throw new Error(`${action}: ${answer.refused} ${JSON.stringify(answer.about)}`)
  }

  it('reaches the tablet as a released order with a frozen method', async () => {
    for (const one of [ana, wall])
      await until('the order is known', () => one.tablet.peek.get(workOrderView, WO) !== undefined)
    expect(ana.tablet.peek.get(workOrderView, WO)).toMatchObject({
      state: 'released',
      quantity: 60,
      method: expect.stringMatching(/^[0-9a-f]{64}$/)
    })
  })

  it('is recorded without a network and known at once on this tablet alone', async () => {
    ana.weather = () => 'cut'
    expect(await ana.tablet.act(startOperation, { ...AT, station: 'ST-01' }, ana.by)).toMatchObject({ done: true })
    for (const cycle of [1, 2, 3]) await build(cycle)
    await did(completeStep, { ...AT, cycle: 4, step: 1 })
    const done = await ana.tablet.act(
      reportQuantity,
      { ...AT, report: 'r1', good: 3, scrap: 1, rework: 0, scrapReason: 'burr' },
      ana.by
    )
    expect(done).toMatchObject({ done: true })
    expect(counts(ana)).toMatchObject({ good: 3, scrap: 1 })
    expect(counts(wall)).toMatchObject({ good: 0, scrap: 0 })
    expect(ana.tablet.unsent.peek()).toBe(1 + 3 * 7 + 1 + 1)
  })

  it('arrives once, whatever the wire does to the push', async () => {
    const storms: Weather[] = ['portal', 'torn', 'lost', 'lost', 'twice']
    ana.weather = path => (path === '/v1/push' ? (storms.shift() ?? 'fair') : 'fair')
    await settled(ana)
    await until('the wall knows', () => counts(wall)?.good === 3)
    expect(counts(wall)).toMatchObject({ good: 3, scrap: 1 })
    expect(ana.asked.filter(line => line.startsWith('POST /v1/push')).length).toBeGreaterThanOrEqual(4)
    const [row] = await story.office
      .sql`SELECT count(*)::int AS n FROM event WHERE type = 'orders/quantity-reported.v1'`
    expect(row).toEqual({ n: 1 })
  })

  it('will not count a piece whose steps are open, nor pass a step that lacks its part', async () => {
    const fifth = { ...AT, cycle: 5 }
    const early = { ...AT, report: 'early', good: 1, scrap: 0, rework: 0 }
    expect(await ana.tablet.act(reportQuantity, early, ana.by)).toMatchObject({ refused: 'steps-open' })
    await did(completeStep, { ...fifth, step: 1 })
    expect(await ana.tablet.act(completeStep, { ...fifth, step: 2 }, ana.by)).toHaveProperty('refused')
    await did(measureValue, { ...fifth, step: 2, value: 0.61 })
    await did(completeStep, { ...fifth, step: 2 })
    expect(await ana.tablet.act(consumePart, { ...fifth, step: 3, lot: 'S-22' }, ana.by)).toHaveProperty('refused')
    expect(await ana.tablet.act(consumePart, { ...fifth, step: 3, lot: 'RM-1' }, ana.by)).toHaveProperty('refused')
    await settled(ana)
  })

  it('keeps and flags what was done before the tablet could know of a hold', async () => {
    ana.weather = () => 'cut'
    const hold = crypto.randomUUID()
    await story.office.append([draft(holdPlaced, { hold, workOrder: WO, reason: 'crack' })], SYSTEM)
    for (const cycle of [6, 7]) await build(cycle)
    await did(reportQuantity, { ...AT, report: 'r2', good: 2, scrap: 0, rework: 0 })
    ana.weather = () => 'fair'
    await settled(ana)
    await until('the hold is known', () => (ana.tablet.peek.get(workOrderView, WO)?.holds.length ?? 0) > 0)
    await until('the count is everywhere', () => counts(wall)?.good === 5)
    expect(counts(ana)).toMatchObject({ good: 5 })
    const flags = (await story.office.known()).list(flagView)
    expect(flags.length).toBeGreaterThan(0)
    expect(flags.every(([, flag]) => flag.codes.includes('order-on-hold'))).toBe(true)
  })

  it('says the same on every tablet, in the office and in a replay of the log', async () => {
    const { kept, made } = await story.replay()
    expect(made).toEqual(kept)
    expect(counts(ana)).toEqual(counts(wall))
    expect(counts(ana)).toEqual((await story.office.known()).get(jobView, jobKey(WO, 10)))
  })
})
