/** Two server processes over one database, a tablet on each: what one takes in, the other's tablet knows, in one order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jobKey, jobView, workOrderView } from '#activities/orders/projection.ts'
import { pauseOperation, reportQuantity, resumeOperation, startOperation } from '#activities/orders/rules.ts'
import { pieceKey, pieceView, runView } from '#activities/quality/projection.ts'
import { placeHold, recordCheck, recordDefect } from '#activities/quality/rules.ts'
import type { Action } from '#kernel/decision.ts'
import { CHUNK_BYTES } from '#sync/protocol.ts'
import { type Player, type Story, SYSTEM, tellStory, until, type Weather } from './story.ts'

const WO = 'WO-0020'
const PACK = { workOrder: WO, op: 40 }
const CHECK = { workOrder: WO, op: 30 }

describe('two servers over one database', () => {
  let story: Story
  let ana: Player
  let ben: Player
  const did = async <I>(player: Player, action: Action<I>, input: I) => {
    const answer = await player.tablet.act(action, input, player.by)
    if ('refused' in answer) throw new Error(`${action.name}: ${answer.refused} ${JSON.stringify(answer.about)}`)
  }
  const settled = () => until('everything sent', () => [ana, ben].every(one => one.tablet.unsent.peek() === 0))
  const packed = (one: Player) => one.tablet.peek.get(jobView, jobKey(WO, 40))
  const held = (one: Player) => one.tablet.peek.get(workOrderView, WO)?.holds.length ?? 0
  const answered = (one: Player, path: string) => one.asked.filter(line => line.startsWith(path))

  beforeAll(async () => {
    story = await tellStory({ servers: 2, inspected: true })
    const office = story.servers[1]?.office ?? story.office
    for (const [action, input] of [
      [
        'orders/create-work-order',
        {
          workOrder: WO,
          item: 'FL-100',
          itemName: 'LoRa sensor',
          revision: 'C',
          quantity: 60,
          due: '2026-12-04',
          priority: 5
        }
      ],
      ['changes/release-work-order', { workOrder: WO }]
    ] as const) {
      const answer = await office.decide(action, input, SYSTEM)
      if ('refused' in answer) throw new Error(`${action}: ${answer.refused} ${JSON.stringify(answer.about)}`)
    }
    ana = await story.tablet('Packing', 'ST-05', 0)
    ben = await story.tablet('Inspection', 'ST-04', 1)
  })
  afterAll(() => story.close())

  it('shows both tablets an order that one of the servers released', async () => {
    for (const one of [ana, ben])
      await until('the order is known', () => one.tablet.peek.get(workOrderView, WO)?.state === 'released')
  })

  it('brings what is counted at one server to the tablet at the other, when both write at once', async () => {
    await did(ana, startOperation, { ...PACK, station: 'ST-05', piecesHere: true })
    await settled()
    await until(
      'it runs for both',
      () => ben.tablet.peek.get(workOrderView, WO)?.operations.find(one => one.op === 40)?.state === 'running'
    )
    for (let i = 0; i < 8; i += 1) {
      await did(ana, reportQuantity, { ...PACK, good: 1, scrap: 0, rework: 0 })
      await did(ben, reportQuantity, { ...PACK, good: 1, scrap: 1, rework: 0, scrapReason: 'burr' })
    }
    await settled()
    for (const one of [ana, ben])
      await until('both know all', () => packed(one)?.good === 16 && packed(one)?.scrap === 8)
    const [log] = await story.office
      .sql`SELECT count(*)::int AS n, max(seq)::int AS last, count(DISTINCT device)::int AS devices FROM event`
    expect(log?.['n']).toBe(log?.['last'])
  })

  it('takes checks, a defect and a hold once, whatever the wire does to the push', async () => {
    const storms: Weather[] = ['lost', 'portal', 'torn', 'lost', 'twice']
    ben.weather = path => (path === '/v1/push' ? (storms.shift() ?? 'fair') : 'fair')
    await did(ben, recordCheck, { ...CHECK, sample: 1, characteristic: 1, verdict: 'pass' })
    await did(ben, recordCheck, { ...CHECK, sample: 1, characteristic: 2, value: 12.05, gauge: 'T-DC-07' })
    await did(ben, recordCheck, { ...CHECK, sample: 1, characteristic: 2, value: 12.31, gauge: 'T-DC-07' })
    await did(ben, recordDefect, {
      ...CHECK,
      code: 'VALUE',
      place: 'C12',
      quantity: 1,
      severity: 'major',
      sample: 1,
      characteristic: 2
    })
    await did(ben, placeHold, { workOrder: WO, reason: 'quality', note: 'All of C12' })
    await settled()
    expect(storms).toEqual([])
    const rows = await story.office
      .sql`SELECT type, count(*)::int AS n FROM event WHERE type LIKE 'quality/%' AND subject = ${WO} GROUP BY type ORDER BY type`
    expect(rows.map(row => [row['type'], row['n']])).toEqual([
      ['quality/check-recorded.v1', 3],
      ['quality/defect-recorded.v1', 1],
      ['quality/hold-placed.v1', 1]
    ])
    await until(
      'the other tablet knows the piece',
      () => ana.tablet.peek.get(pieceView, pieceKey(WO, 30, 1))?.results[2]?.value === 12.31
    )
    expect(ana.tablet.peek.get(runView, WO)?.defects).toEqual({ critical: 0, major: 1, minor: 0 })
  })

  it('lets the hold stop the tablet at the other server, also its next start', async () => {
    await until('the hold is known', () => held(ana) === 1)
    const more = { ...PACK, good: 1, scrap: 0, rework: 0 }
    expect(await ana.tablet.act(reportQuantity, more, ana.by)).toMatchObject({ refused: 'order-on-hold' })
    await did(ana, pauseOperation, { ...PACK, reason: 'other' })
    expect(await ana.tablet.act(resumeOperation, { ...PACK, station: 'ST-05' }, ana.by)).toMatchObject({
      refused: 'order-on-hold'
    })
    expect(
      await ana.tablet.act(startOperation, { workOrder: WO, op: 20, station: 'ST-02', piecesHere: true }, ana.by)
    ).toMatchObject({ refused: 'order-on-hold' })
    await settled()
  })

  it('sends a photo on from where it was cut', async () => {
    const bytes = Uint8Array.from({ length: 2.5 * CHUNK_BYTES }, (_, i) => (i * 2654435761) >>> 24)
    let cuts = 2
    ben.weather = path => (/^\/v1\/blobs\/[0-9a-f]{64}\/1$/.test(path) && cuts-- > 0 ? 'cut' : 'fair')
    const photo = await ben.tablet.keepBlob(bytes.buffer, 'image/webp')
    await did(ben, recordCheck, { ...CHECK, sample: 2, characteristic: 1, verdict: 'pass', photo })
    await until('the office has all of it', async () => {
      const [row] = await story.office.sql`SELECT complete FROM blob WHERE sha256 = ${photo.sha256}`
      return row?.['complete'] === true
    })
    const puts = answered(ben, `PUT /v1/blobs/${photo.sha256}`)
    const arrived = puts.filter(line => line.endsWith(' fair'))
    expect(puts.length - arrived.length).toBe(2)
    // Nothing that arrived was sent again.
    expect(new Set(arrived).size).toBe(arrived.length)
    const [sum] = await story.office.sql`
      SELECT encode(sha256(string_agg(bytes, ''::bytea ORDER BY index)), 'hex') AS sha FROM blob_chunk WHERE sha256 = ${photo.sha256}`
    expect(sum?.['sha']).toBe(photo.sha256)
    // The tablet at the other server can look at it.
    const seen = await ana.tablet.blob(photo.sha256)
    expect(seen?.byteLength).toBe(bytes.length)
    await settled()
  })

  it('says the same on both tablets, at both servers and in a replay', async () => {
    const { kept, made } = await story.replay()
    expect(made).toEqual(kept)
    for (const { office } of story.servers) {
      const known = await office.known()
      for (const one of [ana, ben]) {
        await until(
          'the tablet has caught up',
          () => JSON.stringify(packed(one)) === JSON.stringify(known.get(jobView, jobKey(WO, 40)))
        )
        expect(one.tablet.peek.get(runView, WO)).toEqual(known.get(runView, WO))
      }
    }
  })
})
