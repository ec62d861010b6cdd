import { beforeAll, describe, expect, it } from 'vitest'
import { shortageSentence } from '#activities/materials/planning/words.ts'
import { dayNumber } from '#kernel/calendar.ts'
import type { Actor } from '#kernel/event.ts'
import { runPlan } from '#activities/plan-run.ts'
import { exportPlant } from './export.ts'
import { memoryOffice, type MemoryOffice } from './memory-office.ts'
import { loadSamplePlant } from './sample-plant.ts'
import { apply, dryRun, markedFile, type DryRun, type NotApplied } from './service.ts'

const now = new Date('2026-11-22T15:00:00Z')
const today = '2026-11-22'
const eli: Actor = { person: 'P-005', session: 's', method: 'online' }

const keep = async (office: MemoryOffice, name: string, text: string) => ({
  name,
  sha256: (await office.keepBlob(new TextEncoder().encode(text), 'text/csv')).sha256
})
const run = async (office: MemoryOffice, files: Record<string, string>): Promise<DryRun> => {
  const refs = await Promise.all(Object.entries(files).map(([name, text]) => keep(office, name, text)))
  const done = await dryRun(office, { files: refs }, today)
  if (!('dryRun' in done)) throw new Error(done.message)
  return done
}

describe('a dry run', () => {
  it('writes nothing, and applying it writes what it showed, once', async () => {
    const office = memoryOffice(() => now)
    const made = await run(office, { 'items.csv': 'item_no,name\nR-1,Resistor\n' })
    expect(office.recorded).toHaveLength(0)
    expect(await apply(office, made.dryRun, eli)).toMatchObject({ applied: true, events: 1 })
    expect(office.recorded.map(one => [one.kind.type, one.actor.person])).toEqual([['materials/item-set.v1', 'P-005']])
    // Repeated after an answer that was lost: the plant is another by now, and nothing is doubled.
    expect(await apply(office, made.dryRun, eli)).toMatchObject({ applied: false, reason: 'plant-changed' })
    expect(office.recorded).toHaveLength(1)
  })

  it('names the saved mapping that the files were made for, and none for files of ours', async () => {
    const office = memoryOffice(() => now)
    const kicad =
      'Item,Qty,Reference(s),Value,Footprint,DNP,Datasheet,JLCPCB,LCSC\n1,2,"C1, C2",15p,C_0805_2012Metric,,~,C1794,C376865\n'
    const foreign = await run(office, { 'board.csv': kicad })
    expect(foreign.report.stops).toBeGreaterThan(0)
    expect(foreign.suggests).toBe('kicad-bom')
    expect((await run(office, { 'items.csv': 'item_no,name,moq\nR-1,Resistor,some\n' })).suggests).toBeUndefined()
  })

  it('is not applied when one row stops it', async () => {
    const office = memoryOffice(() => now)
    const made = await run(office, { 'items.csv': 'item_no,name,moq\nR-1,Resistor,some\nR-2,Other,1\n' })
    expect(await apply(office, made.dryRun, eli)).toMatchObject({ applied: false, reason: 'has-stops' })
    expect(office.recorded).toHaveLength(0)
  })

  it('is not applied when the plant has changed under it', async () => {
    const office = memoryOffice(() => now)
    const made = await run(office, { 'items.csv': 'item_no,name\nR-1,Resistor\n' })
    const other = await run(office, { 'items.csv': 'item_no,name,mpn\nR-1,Resistor,X\n' })
    await apply(office, other.dryRun, eli)
    expect(await apply(office, made.dryRun, eli)).toMatchObject({
      applied: false,
      reason: 'plant-changed'
    } satisfies Partial<NotApplied>)
  })

  it('keeps people to those who may set them', async () => {
    const office = memoryOffice(() => now)
    const made = await run(office, { 'people.csv': 'person,name,badge,pin,roles\nP-1,Ana,B-1,123456,operator\n' })
    expect(await apply(office, made.dryRun, eli, new Set(['people']))).toMatchObject({
      applied: false,
      reason: 'administrator-only'
    })
    expect(await apply(office, made.dryRun, eli)).toMatchObject({ applied: true })
    expect(office.pins.get('P-1')).toBe('123456')
  })

  it('of an unknown number, mapping or file says so', async () => {
    const office = memoryOffice(() => now)
    expect(await apply(office, 'f'.repeat(64), eli)).toMatchObject({ reason: 'unknown-dry-run' })
    expect(await dryRun(office, { files: [], mapping: 'sap' }, today)).toMatchObject({ reason: 'unknown-mapping' })
    expect(await dryRun(office, { files: [{ name: 'a.csv', sha256: 'f'.repeat(64) }] }, today)).toMatchObject({
      reason: 'file-missing'
    })
  })

  it('gives the file back with what was found beside each row', async () => {
    const office = memoryOffice(() => now)
    const made = await run(office, { 'items.csv': 'item_no;name;moq\nR-1;Resistor;some\nR-2;Other;1\n' })
    const file = await markedFile(office, made.dryRun, 'items.csv')
    expect(file?.name).toBe('items-marked.csv')
    expect(file?.text.replace('\ufeff', '').split('\r\n')).toEqual([
      'item_no;name;moq;Problem',
      'R-1;Resistor;some;"moq: ""some"" is no number"',
      'R-2;Other;1;',
      ''
    ])
  })
})

describe('the sample plant', () => {
  const office = memoryOffice(() => now)
  beforeAll(() => loadSamplePlant(office, { today, now, timeZone: 'UTC' }), 120_000)

  it('breaks no rule, and stands as the story says', async () => {
    const known = await office.known()
    // The view kinds belong to the rooms; here only their names and what the story needs of them are known.
    const orders = known.list({ name: 'orders/work-order' } as never) as unknown as readonly [
      string,
      { state: string; holds: unknown[]; operations: { op: number; state: string; good: number }[] }
    ][]
    expect(orders.map(([number, order]) => [number, order.state, order.holds.length])).toEqual([
      ['WO-0007', 'complete', 0],
      ['WO-0008', 'complete', 0],
      ['WO-0009', 'released', 0],
      ['WO-0010', 'released', 0],
      ['WO-0011', 'released', 1],
      ['WO-0012', 'released', 0],
      ['WO-0013', 'released', 0],
      ['WO-0014', 'released', 0],
      ['WO-0015', 'created', 0],
      ['WO-0016', 'created', 0],
      ['WO-0017', 'created', 0]
    ])
    const ready = orders.find(([number]) => number === 'WO-0012')?.[1].operations.map(one => [one.op, one.state])
    expect(ready?.slice(0, 3)).toEqual([
      [10, 'done'],
      [20, 'done'],
      [30, 'waiting']
    ])
    const boxes = known.list({ name: 'shipping/handling-unit' } as never) as unknown as readonly [
      string,
      { workOrder: string; packed: number; serials: unknown[]; state: string }
    ][]
    expect(boxes.map(([, one]) => [one.workOrder, one.packed, one.serials.length, one.state])).toEqual([
      ['WO-0007', 6, 6, 'shipped'],
      ['WO-0008', 6, 6, 'closed']
    ])
    expect(office.recorded.filter(one => one.kind.type === 'quality/defect-recorded.v1')).toHaveLength(7)
    expect(office.recorded.filter(one => one.kind.type === 'materials/item-set.v1').length).toBeGreaterThan(130)
  })

  it('lies in the past as a whole', () => {
    expect(office.recorded.every(one => one.at <= now.toISOString())).toBe(true)
    expect(office.recorded.map(one => one.at)).toEqual(office.recorded.map(one => one.at).sort())
  })

  it('is short of two screws for Thursday, and of nothing else this week', () => {
    const { shortages, today: day, problem } = runPlan(office.knownNow, { today, now: now.getTime() })
    const names = new Map(problem.items.map(({ id, name }) => [id, name ?? id]))
    expect(shortages.map(one => shortageSentence(one, item => names.get(item) ?? item, dayNumber(day)))).toEqual([
      'Screw M2x5, Torx, A2: 2 short on Wed; stops WO-0015 (48 units, due Thu) and 1 more; next receipt Thu 3 Dec.'
    ])
  })

  it('exported and imported again changes nothing', async () => {
    const files = Object.fromEntries((await exportPlant(office)).map(({ name, text }) => [name, text]))
    const made = await run(office, files)
    expect(made.report.problems).toEqual([])
    expect(made.report).toMatchObject({ changed: 0, new: 0, unchanged: made.report.rows })
    expect(made.report.rows).toBeGreaterThan(600)
    const before = office.recorded.length
    expect(await apply(office, made.dryRun, eli)).toMatchObject({ applied: true, events: 0 })
    expect(office.recorded).toHaveLength(before)
  })

  it('exported into an empty plant makes the same plant', async () => {
    const other = memoryOffice(() => now)
    const files = Object.fromEntries((await exportPlant(office)).map(({ name, text }) => [name, text]))
    const made = await run(other, files)
    expect(made.report.stops).toBe(0)
    await apply(other, made.dryRun, eli)
    const again = Object.fromEntries((await exportPlant(other)).map(({ name, text }) => [name, text]))
    for (const [name, text] of Object.entries(files))
      expect(again[name]?.split('\n').sort(), name).toEqual(text.split('\n').sort())
  })
})
