/** What a tablet took with it: the office can say which records, a person can bring them in by file, or close them. F20. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Exported, type Missing, partsOf, readExport, type Verdict } from '#activities/changes/lost-records.ts'
import { andonCalled } from '#plant/events.ts'
import type { Sealed } from '#sync/chain.ts'
import { until } from '../scenarios/story.ts'
import { openRealPlant, personOf, type RealPlant } from './real-plant.ts'
import type { Stranger } from './stranger.ts'
import { ToyTablet } from './toy-plant.ts'

type Known = { readonly device: string; readonly waiting: number; readonly chain: string | null }

/** A real tablet's name and key, and a chain that is written by hand. */
class Hand extends ToyTablet {
  readonly as: Stranger
  constructor(as: Stranger) {
    super()
    this.as = as
  }
  made(many: number): readonly Sealed[] {
    return Array.from({ length: many }, (_, i) =>
      this.seal(
        andonCalled,
        { call: `0190a000-0000-7000-8000-${String(this.n + i).padStart(12, '0')}`, station: 'ST-01', kind: 'parts' },
        { device: this.as.device, actor: { person: personOf('operator'), session: '', method: 'badge-pin' } }
      )
    )
  }
  send = (events: readonly Sealed[], nMax = this.n) =>
    this.as.ask('/v1/push', { body: { ...this.push(events), device: this.as.device, nMax } })
  /** A pull as the tablet makes it every few seconds. */
  pulse = (n: number, waiting: number) =>
    this.as.ask('/v1/pull?after=0&limit=1', {
      headers: { 'x-jobcard-chain': `${this.chain} ${n}`, 'x-jobcard-waiting': String(waiting) }
    })
  file = (events: readonly Sealed[]): Exported => ({
    jobcard: 'waiting',
    at: '2026-11-22T10:40:00.000Z',
    device: this.as.device,
    events: events.map(({ id, h, body, n }) => ({ id, h, body, n, chain: this.chain }))
  })
}

describe('records that never came', () => {
  let plant: RealPlant
  let desk: Stranger
  beforeAll(async () => {
    plant = await openRealPlant()
    desk = await plant.signedIn('supervisor')
  })
  afterAll(() => plant?.close())

  const hand = async () => new Hand(await plant.tablet())
  const told = async () => (await desk.ask('/v1/tablets')).json as { tablets: Known[]; missing: Missing[] }
  const missingOf = async ({ chain }: Hand) => (await told()).missing.find(one => one.chain === chain)
  const bringIn = async (file: Exported) => {
    const verdicts: Verdict[] = []
    for (const body of partsOf(file)) {
      const said = await desk.ask('/v1/brought-in', { body })
      if (said.status !== 200) throw new Error(said.text)
      verdicts.push(...(said.json['verdicts'] as Verdict[]))
    }
    return verdicts.map(one => one.code ?? one.verdict)
  }

  it('are counted by number once the tablet was heard, although it could send nothing', async () => {
    const tablet = await hand()
    await tablet.send(tablet.made(11))
    expect(await missingOf(tablet)).toBeUndefined()
    tablet.made(7)
    await tablet.pulse(18, 7)
    await until('the last number is told', async () => (await missingOf(tablet)) !== undefined)
    const missing = await missingOf(tablet)
    expect(missing).toMatchObject({ device: tablet.as.device, numbers: [{ from: 12, to: 18 }], count: 7 })
    expect(Date.parse(missing?.after ?? '')).toBeLessThanOrEqual(Date.parse(missing?.until ?? ''))
    const known = (await told()).tablets.find(one => one.device === tablet.as.device)
    expect(known).toMatchObject({ waiting: 7, chain: tablet.chain })
  })

  it('are not missed when they came under other numbers', async () => {
    const tablet = await hand()
    const first = tablet.chain
    const [one, , three] = tablet.made(3)
    if (!one || !three) throw new Error('three were made')
    await tablet.send([one])
    tablet.chain = '01939999-0000-7000-8000-000000000001'
    tablet.n = 0
    tablet.prev = ''
    const again = tablet.seal(
      andonCalled,
      { call: '0190a000-0000-7000-8000-00000000ffff', station: 'ST-01', kind: 'quality' },
      {
        device: tablet.as.device,
        actor: { person: personOf('operator'), session: '', method: 'badge-pin' },
        was: [{ chain: first, n: 3 }]
      }
    )
    expect((await tablet.send([again])).text).toContain('"applied"')
    const { missing } = await told()
    expect(missing.find(one => one.chain === first)).toMatchObject({ numbers: [{ from: 2, to: 2 }], count: 1 })
  })

  it('are believed of the tablet’s own chain alone', async () => {
    const [mine, other] = [await hand(), await hand()]
    await mine.send(mine.made(2))
    other.chain = mine.chain
    await other.pulse(900, 0)
    await until('the other was heard', async () =>
      (await told()).tablets.some(one => one.device === other.as.device && one.chain !== null)
    )
    expect(await missingOf(mine)).toBeUndefined()
  })

  it('come in by the exported file, are signed by who brought it, and twice makes no difference', async () => {
    const tablet = await hand()
    const events = tablet.made(5)
    await tablet.send(events.slice(0, 2), 5)
    expect(await missingOf(tablet)).toMatchObject({ numbers: [{ from: 3, to: 5 }] })
    const file = tablet.file(events.slice(1))
    const read = readExport(JSON.stringify(file, undefined, 1))
    if ('problem' in read) throw new Error(read.problem)
    expect(await bringIn(read)).toEqual(['duplicate', 'applied', 'applied', 'applied'])
    expect(await bringIn(read)).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate'])
    expect(await missingOf(tablet)).toBeUndefined()
    const brought = await plant.office.sql<{ person: string; body: string }[]>`
      SELECT person, body FROM event WHERE type = 'changes/export-brought-in.v1'`
    expect(brought).toHaveLength(1)
    expect(brought[0]?.person).toBe(personOf('supervisor'))
    expect(brought[0]?.body).toContain(events[4]?.id)
    expect((await tablet.send(events)).text).not.toContain('fork')
  })

  it('come in one by one: a changed record is set aside and holds up no other', async () => {
    const tablet = await hand()
    const events = tablet.made(3)
    const file = tablet.file(
      events.map((one, i) => (i === 1 ? { ...one, body: one.body.replace('parts', 'other') } : one))
    )
    expect(await bringIn(file)).toEqual(['applied', 'wrong-hash', 'applied'])
    expect(await bringIn(file)).toEqual(['duplicate', 'known-already', 'duplicate'])
    const aside = async () => ((await desk.ask('/v1/set-aside')).json['items'] as { h: string }[]).map(({ h }) => h)
    expect(await aside()).toContain(events[1]?.h)
    // The tablet comes back, or a better copy of its file: the record itself takes the place of the damaged bytes.
    expect((await tablet.send(events)).json['verdicts']).toMatchObject([
      { verdict: 'duplicate' },
      { verdict: 'applied' },
      { verdict: 'duplicate' }
    ])
    expect(await aside()).not.toContain(events[1]?.h)
    expect(await bringIn(tablet.file(events))).toEqual(['duplicate', 'duplicate', 'duplicate'])
    expect((await tablet.send(tablet.made(1))).json['verdicts']).toMatchObject([{ verdict: 'applied' }])
  })

  it('are not taken from a tablet of another plant, nor by an operator', async () => {
    const tablet = await hand()
    const [part] = partsOf({ ...tablet.file(tablet.made(1)), device: 'somebody-else' })
    expect(await desk.ask('/v1/brought-in', { body: part })).toMatchObject({ status: 400, code: 'unknown-device' })
    const operator = await plant.signedIn('operator')
    expect(await operator.ask('/v1/brought-in', { body: part })).toMatchObject({ status: 403, code: 'role-missing' })
  })

  it('are closed once, with a reason and a name; what comes after that is taken in all the same', async () => {
    const tablet = await hand()
    const events = tablet.made(3)
    await tablet.send(events.slice(0, 1), 3)
    const input = {
      device: tablet.as.device,
      chain: tablet.chain,
      numbers: [{ from: 2, to: 3 }],
      note: 'Fell into the bath.'
    }
    expect((await desk.act('changes/give-up-records', { ...input, note: ' ' })).json).toMatchObject({
      refused: 'decision-unexplained'
    })
    expect((await desk.act('changes/give-up-records', input)).json).toMatchObject({ done: true })
    expect((await desk.act('changes/give-up-records', input)).json).toMatchObject({ refused: 'given-up-already' })
    expect(await bringIn(tablet.file(events))).toEqual(['duplicate', 'applied', 'applied'])
  })
})
