/**
 * Twenty tablets on a bad line, spread over two servers, work on the same orders in an order that chance decides: orders' and
 * quality's own facts. Whatever was recorded is in the log once, and everybody counts the same. `--seeds N --from S`.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jobKey, jobView, unitView, workOrderView } from '#activities/orders/projection.ts'
import {
  pauseOperation,
  reportQuantity,
  resumeOperation,
  startOperation,
  withdrawReport
} from '#activities/orders/rules.ts'
import { completeStep, measureValue } from '#activities/orders/step-rules.ts'
import { defectView, holdView, inspectionView, pieceView, runView } from '#activities/quality/projection.ts'
import { clearCheck, placeHold, recordCheck, recordDefect } from '#activities/quality/rules.ts'
import { lines } from '#kernel/activity.ts'
import { canonical, type Json } from '#kernel/canonical.ts'
import type { Action, Known } from '#kernel/decision.ts'
import type { ViewKind } from '#kernel/view.ts'
import { type Player, STATIONS, type Story, SYSTEM, tellStory, until, type Weather } from './story.ts'

const SEEDS = Number(process.env['SIM_SEEDS'] ?? 3)
const FROM = Number(process.env['SIM_FROM'] ?? 20261122)
const TABLETS = 20
const PIECES = 40
const KINDS: readonly ViewKind[] = lines(
  workOrderView,
  jobView,
  unitView,
  inspectionView,
  pieceView,
  defectView,
  runView,
  holdView
)

const WEATHERS: readonly Weather[] = ['fair', 'fair', 'cut', 'lost', 'twice', 'portal', 'torn']
const count = fc.nat({ max: 3 })
const sample = fc.integer({ min: 1, max: 3 })
const command = fc.record({
  on: fc.nat({ max: TABLETS - 1 }),
  order: fc.nat({ max: 1 }),
  what: fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('report' as const), good: count, scrap: count, rework: count })
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('step' as const), cycle: sample }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('check' as const),
        sample,
        number: fc.constantFrom(1, 2, 3, 4),
        good: fc.boolean()
      })
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('clear' as const), sample, number: fc.constantFrom(1, 2, 3, 4) })
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('defect' as const),
        sample,
        severity: fc.constantFrom('minor' as const, 'major' as const)
      })
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('hold' as const) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('weather' as const), weather: fc.constantFrom(...WEATHERS) }) }
  )
})
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never

describe('twenty tablets on a bad line', () => {
  let story: Story
  const players: Player[] = []
  const told: Told[] = []
  let run = 0

  beforeAll(async () => {
    story = await tellStory({ servers: 2, inspected: true })
    for (let i = 0; i < TABLETS; i += 1)
      players.push(await story.tablet(`Tablet ${i}`, STATIONS[i % STATIONS.length] ?? 'ST-01', i % 2))
  })
  afterAll(() => story.close())

  it(
    'count the same as the office and the replay, and lose or double nothing',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(command, { minLength: 60, maxLength: 120 }), async commands => {
          run += 1
          told.push(await tell(story, players, commands, [`WO-${run}1`, `WO-${run}2`]))
        }),
        { numRuns: SEEDS, seed: FROM, endOnFailure: true }
      )
      // Stories in which every tablet refused everything, or the line was always fair, would prove nothing.
      expect(told.reduce((sum, one) => sum + one.recorded, 0)).toBeGreaterThan(20 * SEEDS)
      expect(told.reduce((sum, one) => sum + one.harmed, 0)).toBeGreaterThan(5 * SEEDS)
    },
    60_000 + SEEDS * 30_000
  )
})

type Told = {
  readonly recorded: number /** Pushes that the line did not let through whole. */
  readonly harmed: number
}

const tell = async (
  story: Story,
  players: readonly Player[],
  commands: readonly Command[],
  orders: readonly string[]
): Promise<Told> => {
  for (const workOrder of orders) {
    const made = {
      workOrder,
      item: 'FL-100',
      itemName: 'LoRa sensor',
      revision: 'C',
      quantity: PIECES,
      due: '2026-12-04',
      priority: 5
    }
    for (const [action, input] of [
      ['orders/create-work-order', made],
      ['changes/release-work-order', { workOrder }]
    ] as const)
      if ('refused' in (await story.office.decide(action, input, SYSTEM))) throw new Error(`${action} was refused`)
  }
  for (const one of players)
    await until('the orders are here', () =>
      orders.every(order => one.tablet.peek.get(workOrderView, order)?.state === 'released')
    )
  const [before] = await story.office.sql`SELECT head::int AS head FROM site_counter`
  const ledger: string[] = []
  const good = new Map<string, number>()
  for (const { on, order, what } of commands) {
    const player = players[on]
    const workOrder = orders[order]
    if (!player || !workOrder) continue
    if (what.do === 'weather') player.weather = path => (path === '/v1/push' ? what.weather : 'fair')
    else ledger.push(...(await work({ player, tag: `T${on}-`, workOrder, good }, what)))
    // Time for the wire: what is pushed only at the end, in fair weather, would prove nothing.
    await new Promise(next => setTimeout(next, 10))
  }
  const harmed = players.flatMap(one =>
    one.asked.filter(line => /^POST \/v1\/push .*(lost|twice|torn|portal|cut)$/.test(line))
  )
  for (const one of players) one.asked.length = 0
  for (const one of players) one.weather = () => 'fair'
  await until('everything sent', () => players.every(one => one.tablet.unsent.peek() === 0), 30_000)
  const told = await story.office.sql<{ id: string }[]>`
    SELECT id::text AS id FROM event WHERE seq > ${before?.['head'] as number} AND device IN (SELECT key FROM view WHERE kind = 'plant/tablet')`
  expect(told.map(row => row.id).sort()).toEqual(ledger.toSorted())
  // A rule of the office may hold a lot; everything else of these rooms is said by tablets alone.
  const [made] = await story.office.sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM event WHERE seq > ${before?.['head'] as number} AND type ~ '^(orders|quality)/' AND type <> 'quality/hold-placed.v1'
      AND device NOT IN (SELECT key FROM view WHERE kind = 'plant/tablet')`
  expect(made?.n).toBe(0)
  await agree(story, players, orders)
  const known = await story.office.known()
  for (const workOrder of orders)
    expect(known.get(jobView, jobKey(workOrder, 40))?.good ?? 0).toBe(good.get(workOrder) ?? 0)
  return { recorded: ledger.length, harmed: harmed.length }
}

/** Everybody's views of these orders, as text: the same at twenty tablets, two servers and in the replay. */
const agree = async (story: Story, players: readonly Player[], orders: readonly string[]): Promise<void> => {
  const seen = (known: Known): string =>
    KINDS.map(
      kind =>
        `${kind.name}\n${known
          .list(kind)
          .map(([key, view]) => `${key} ${canonical(view as unknown as Json)}`)
          .filter(line => orders.some(order => line.includes(order)))
          .sort()
          .join('\n')}`
    ).join('\n')
  const office = seen(await story.office.known())
  for (const { office: other } of story.servers) expect(seen(await other.known())).toBe(office)
  for (const one of players) {
    await until('the tablet has caught up', () => seen(one.tablet.peek) === office).catch(() => undefined)
    expect(seen(one.tablet.peek)).toBe(office)
  }
  const { kept, made } = await story.replay()
  expect(made).toEqual(kept)
}

/** `tag` begins the names of this tablet's own reports; `good` is what all of them should come to, by order. */
type Place = {
  readonly player: Player
  readonly tag: string
  readonly workOrder: string
  readonly good: Map<string, number>
}
type Work = Exclude<Command['what'], { readonly do: 'weather' }>

/** Ids of what was recorded: nothing when the tablet's own rules refused. */
const work = async ({ player, tag, workOrder, good }: Place, what: Work): Promise<readonly string[]> => {
  const act = async <I>(action: Action<I>, input: I): Promise<readonly string[]> => {
    const answer = await player.tablet.act(action, input, player.by)
    return 'done' in answer ? answer.events : []
  }
  const pack = { workOrder, op: 40 }
  const counted = (by: number) => good.set(workOrder, (good.get(workOrder) ?? 0) + by)
  const state = player.tablet.peek.get(workOrderView, workOrder)?.operations.find(one => one.op === 40)?.state
  switch (what.do) {
    case 'report': {
      const begun =
        state === 'waiting' ? await act(startOperation, { ...pack, station: 'ST-05', piecesHere: true }) : []
      const reasons = {
        ...(what.scrap > 0 ? { scrapReason: 'burr' } : {}),
        ...(what.rework > 0 ? { reworkReason: 'clean' } : {})
      }
      const done = await act(reportQuantity, {
        ...pack,
        report: `${tag}${crypto.randomUUID()}`,
        good: what.good,
        scrap: what.scrap,
        rework: what.rework,
        ...reasons
      })
      if (done.length > 0) counted(what.good)
      return [...begun, ...done]
    }
    case 'turn':
      return state === 'running'
        ? act(pauseOperation, { ...pack, reason: 'break' })
        : act(resumeOperation, { ...pack, station: 'ST-05' })
    case 'withdraw': {
      // Two tablets that take back one report is another story: here each takes back only its own.
      const own = player.tablet.peek
        .get(jobView, jobKey(workOrder, 40))
        ?.reports.find(one => one.state === 'counted' && one.report.startsWith(tag))
      if (!own) return []
      const done = await act(withdrawReport, { ...pack, report: own.report })
      if (done.length > 0) counted(-own.good)
      return done
    }
    case 'step': {
      const begun = await act(startOperation, { workOrder, op: 10, station: 'ST-01' })
      const place = { workOrder, op: 10, cycle: what.cycle }
      const measured = await act(measureValue, { ...place, step: 2, value: 0.6 })
      const first = await act(completeStep, { ...place, step: 1 })
      return [...begun, ...measured, ...first, ...(await act(completeStep, { ...place, step: 2 }))]
    }
    case 'check': {
      const value =
        what.number === 2
          ? { value: what.good ? 12 : 12.3, gauge: 'T-DC-07' }
          : what.number === 3
            ? { value: what.good ? 5 : 5.2 }
            : undefined
      return act(recordCheck, {
        workOrder,
        op: 30,
        sample: what.sample,
        characteristic: what.number,
        ...(value ?? { verdict: what.good ? 'pass' : 'fail' })
      })
    }
    case 'clear':
      return act(clearCheck, { workOrder, op: 30, sample: what.sample, characteristic: what.number })
    case 'defect':
      return act(recordDefect, {
        workOrder,
        op: 30,
        code: 'X',
        place: 'J3',
        quantity: 1,
        severity: what.severity,
        sample: what.sample
      })
    case 'hold':
      return act(placeHold, { workOrder, reason: 'quality' })
  }
}
