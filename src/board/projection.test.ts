import { describe, expect, it } from 'vitest'
import {
  operationPaused,
  operationStarted,
  quantityReported,
  workOrderCreated,
  workOrderReleased
} from '#activities/orders/events.ts'
import { jobView, workOrderView } from '#activities/orders/projection.ts'
import { checkRecorded, holdPlaced, holdReleased } from '#activities/quality/events.ts'
import { inspectionView } from '#activities/quality/projection.ts'
import { type Draft, draft } from '#kernel/event.ts'
import { foldEvent, knownFrom, listenersOf } from '#kernel/fold.ts'
import {
  andonAnswered,
  andonCalled,
  andonClosed,
  lineSet,
  personSet,
  reasonSet,
  siteSetUp,
  stationSet
} from '#plant/events.ts'
import { plantViews } from '#plant/projection.ts'
import { boardOf, type Cell, type Presence, pageAt } from './projection.ts'

const NOW = Date.parse('2026-11-22T10:42:00.000Z')
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()
const id = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = (minutes: number, what: Draft, person = 'P-001') => ({ what, minutes, person })

const station = (n: number, line = 'L1') =>
  draft(stationSet, { station: `ST-0${n}`, name: `Station ${n}`, line, kind: 'build', order: n })
const plant: readonly Draft[] = [
  draft(siteSetUp, { site: 'fennel', name: 'Fennel', timeZone: 'Europe/Berlin', sample: true }),
  draft(lineSet, { line: 'L1', name: 'Board assembly' }),
  station(1),
  station(2),
  draft(personSet, { person: 'P-007', name: 'Ben Marsh', badge: 'B-1007', roles: ['operator'], active: true }),
  draft(reasonSet, { list: 'pause', code: 'PARTS', name: 'Waiting for parts', active: true, order: 1 }),
  draft(reasonSet, { list: 'hold', code: 'QUALITY', name: 'Quality question', active: true, order: 1 })
]

const order = (workOrder: string, due = '2026-11-30', stations = ['ST-01'], checks = 0): readonly Draft[] => [
  draft(workOrderCreated, {
    workOrder,
    item: 'FL-100',
    revision: 'B',
    itemName: 'Sensor',
    quantity: 32,
    due,
    priority: 1
  }),
  draft(workOrderReleased, {
    workOrder,
    method: 'a'.repeat(64),
    operations: [{ op: 10, name: 'Build', stations, runMinutes: 5, steps: checks ? [] : [1], checks }]
  })
]
const started = (workOrder: string, where = 'ST-01') => draft(operationStarted, { workOrder, op: 10, station: where })
const good = (workOrder: string, pieces: number) =>
  draft(quantityReported, { workOrder, op: 10, report: `r-${workOrder}-${pieces}`, good: pieces, scrap: 0, rework: 0 })

type Told = Draft | ReturnType<typeof at>

const knownAfter = (...told: readonly Told[]) => {
  const views = new Map<string, Map<string, unknown>>()
  const listeners = listenersOf([...plantViews, workOrderView, jobView, inspectionView] as never)
  for (const one of [...plant, ...told]) {
    const { what, minutes, person } = 'what' in one ? one : at(60, one)
    foldEvent(
      listeners,
      { type: what.kind.type, payload: what.payload, stamp: { id: '', person, device: '', at: ago(minutes) } },
      (kind, key) => views.get(kind)?.get(key),
      ({ kind, key, view }) => views.set(kind, (views.get(kind) ?? new Map<string, unknown>()).set(key, view))
    )
  }
  return knownFrom(views)
}

const heard = (...stations: readonly string[]): Presence => ({
  heard: NOW - 1000,
  stations: Object.fromEntries(stations.map(one => [one, { ago: 500, waiting: 0 }]))
})
const all = heard('ST-01', 'ST-02')

const cellOf = (told: readonly Told[], name = 'ST-01', presence: Presence | undefined = all, now = NOW): Cell => {
  const cell = boardOf(knownAfter(...told), presence, now)
    .pages.flatMap(page => page.cells)
    .find(one => one.station === name)
  if (!cell) throw new Error(`no cell ${name}`)
  return cell
}

describe('a station’s cell', () => {
  it('counts while it runs', () => {
    expect(cellOf([...order('WO-1'), started('WO-1'), good('WO-1', 31)])).toMatchObject({
      level: 'normal',
      word: 'RUN',
      number: '31/32',
      blink: false
    })
  })

  it('shows the time until the first piece', () => {
    expect(cellOf([...order('WO-1'), at(4, started('WO-1'))])).toMatchObject({
      level: 'info',
      word: 'START',
      number: '04:00'
    })
  })

  it('is late when the day is over at the plant', () => {
    const told = [...order('WO-1', '2026-11-22'), started('WO-1'), good('WO-1', 3)]
    expect(cellOf(told).word).toBe('RUN')
    // 23:30 in London is the next day in Berlin.
    const night = Date.parse('2026-11-22T23:30:00.000Z')
    expect(cellOf(told, 'ST-01', { ...all, heard: night - 1000 }, night)).toMatchObject({
      level: 'attention',
      word: 'LATE',
      number: '3/32'
    })
  })

  it('says what it waits for', () => {
    const paused = (reason: string) => [
      ...order('WO-1'),
      started('WO-1'),
      at(7, draft(operationPaused, { workOrder: 'WO-1', op: 10, reason }))
    ]
    expect(cellOf(paused('PARTS'))).toMatchObject({
      level: 'attention',
      word: 'PARTS',
      number: '7 min',
      waitingWhy: 'Waiting for parts'
    })
    expect(cellOf(paused('MACHINE'))).toMatchObject({ level: 'stop', word: 'STOPPED' })
    expect(cellOf(paused('BREAK'))).toMatchObject({ level: 'off', word: 'BREAK' })
    expect(cellOf(paused('GLUE'))).toMatchObject({ level: 'attention', word: 'PAUSED', waitingWhy: 'GLUE' })
  })

  it('is ready when there is work, and idle when there is none', () => {
    expect(cellOf([...order('WO-1')])).toMatchObject({ level: 'off', word: 'READY', number: '0/32' })
    expect(cellOf([])).toMatchObject({ level: 'off', word: 'IDLE', number: '–' })
  })

  it('stops with a hold on the job it works on, and goes on when it is released', () => {
    const held = [
      ...order('WO-1'),
      started('WO-1'),
      at(12, draft(holdPlaced, { hold: id(1), workOrder: 'WO-1', reason: 'QUALITY' }))
    ]
    expect(cellOf(held)).toMatchObject({
      level: 'stop',
      word: 'HOLD',
      number: '12 min',
      waitingWhy: 'Quality question',
      blink: false
    })
    expect(cellOf(held, 'ST-02').level).toBe('off')
    expect(cellOf([...held, draft(holdReleased, { hold: id(1), workOrder: 'WO-1', note: 'Good' })]).word).toBe('START')
  })

  it('does not stop for a held batch that was put aside while another one is worked on', () => {
    const aside = [
      ...order('WO-1'),
      started('WO-1'),
      at(30, draft(operationPaused, { workOrder: 'WO-1', op: 10, reason: 'OTHER' })),
      at(12, draft(holdPlaced, { hold: id(1), workOrder: 'WO-1', reason: 'QUALITY' }))
    ]
    expect(cellOf(aside).word).toBe('HOLD')
    expect(cellOf([...aside, ...order('WO-2'), started('WO-2'), good('WO-2', 3)])).toMatchObject({
      level: 'normal',
      word: 'RUN',
      number: '3/32'
    })
    expect(boardOf(knownAfter(...aside, ...order('WO-2'), started('WO-2')), all, NOW).foot.text).toContain('on hold')
  })

  it('does not offer held work as ready', () => {
    expect(
      cellOf([...order('WO-1'), draft(holdPlaced, { hold: id(1), workOrder: 'WO-1', reason: 'QUALITY' })]).word
    ).toBe('IDLE')
  })

  it('blinks for a fresh hold', () => {
    expect(
      cellOf([
        ...order('WO-1'),
        started('WO-1'),
        at(1, draft(holdPlaced, { hold: id(1), workOrder: 'WO-1', reason: 'QUALITY' }))
      ]).blink
    ).toBe(true)
  })

  it('shows a call, blinks only while a stop is unanswered, and is over when it is closed', () => {
    const called = at(12, draft(andonCalled, { call: id(2), station: 'ST-01', kind: 'machine' }))
    const answered = draft(andonAnswered, { call: id(2), station: 'ST-01' })
    expect(cellOf([called])).toMatchObject({ level: 'stop', word: 'STOPPED', number: '12 min', blink: true })
    expect(cellOf([called, answered]).blink).toBe(false)
    expect(
      cellOf([called, draft(andonClosed, { call: id(2), station: 'ST-01', cause: 'Set', withdrawn: false })]).word
    ).toBe('IDLE')
    expect(cellOf([draft(andonCalled, { call: id(2), station: 'ST-01', kind: 'parts' })])).toMatchObject({
      level: 'attention',
      word: 'PARTS',
      blink: false
    })
  })

  it('counts inspected pieces while an inspection is open', () => {
    const check = (sample: number, characteristic: number) =>
      draft(checkRecorded, { workOrder: 'WO-1', op: 10, sample, characteristic, verdict: 'pass' })
    expect(cellOf([...order('WO-1', '2026-11-30', ['ST-01'], 2), check(1, 1), check(1, 2), check(2, 1)])).toMatchObject(
      { word: 'RUN', number: '1/32' }
    )
  })

  it('has words of at most eight characters', () => {
    const words = ['machine', 'quality', 'parts', 'help'].map(
      kind => cellOf([draft(andonCalled, { call: id(2), station: 'ST-01', kind: kind as 'help' })]).word
    )
    expect(words).toEqual(['STOPPED', 'QUALITY', 'PARTS', 'HELP'])
    expect(words.every(word => word.length <= 8)).toBe(true)
  })

  it('drops the target rather than the size of its digits', () => {
    const big = draft(workOrderCreated, {
      workOrder: 'WO-1',
      item: 'FL-100',
      revision: 'B',
      itemName: 'Sensor',
      quantity: 12_000,
      due: '2026-11-30',
      priority: 1
    })
    expect(cellOf([big, ...order('WO-1').slice(1), started('WO-1'), good('WO-1', 4711)]).number).toBe('4711')
  })
})

describe('freshness', () => {
  const running = [...order('WO-1'), started('WO-1'), good('WO-1', 31)]

  it('is a state of the cell: ten seconds without a message are no data', () => {
    const silent = (ms: number): Presence => ({
      heard: NOW - 1000,
      stations: { 'ST-01': { ago: ms - 1000, waiting: 0 } }
    })
    expect(cellOf(running, 'ST-01', silent(10_000)).word).toBe('RUN')
    expect(cellOf(running, 'ST-01', silent(10_001))).toMatchObject({ level: 'off', word: 'NO DATA', number: '–' })
    expect(cellOf(running, 'ST-02', silent(0)).word).toBe('NO DATA')
  })

  it('keeps a stop on the wall when only the station’s tablet is silent', () => {
    const called = draft(andonCalled, { call: id(2), station: 'ST-01', kind: 'machine' })
    expect(cellOf([called], 'ST-01', heard()).word).toBe('STOPPED')
  })

  it('of the whole board ends after thirty seconds, of its cells after ten', () => {
    const board = (ms: number) => boardOf(knownAfter(...running), { ...all, heard: NOW - ms }, NOW)
    expect(board(9000).freshness).toBe('live')
    expect(board(10_001)).toMatchObject({ freshness: 'silent', silentFor: 10_001 })
    expect(board(10_001).pages[0]?.cells.every(cell => cell.word === 'NO DATA')).toBe(true)
    expect(board(30_001).freshness).toBe('lost')
  })

  it('is the office’s own word where nobody tells of the stations', () => {
    expect(cellOf(running, 'ST-01', { heard: NOW, stations: undefined }).word).toBe('RUN')
    expect(cellOf(running, 'ST-01', { heard: NOW - 10_001, stations: undefined }).word).toBe('NO DATA')
  })

  it('is nothing before the first message', () => {
    expect(boardOf(knownAfter(...running), undefined, NOW).freshness).toBe('lost')
    expect(boardOf(knownAfter(...running), { heard: 0, stations: {} }, NOW).freshness).toBe('lost')
  })
})

describe('pages', () => {
  const six = [draft(lineSet, { line: 'L2', name: 'Final assembly' }), ...[3, 4, 5, 6].map(n => station(n, 'L2'))]

  it('are one while all stations fit, with a score for each line', () => {
    const { pages } = boardOf(knownAfter(...six), all, NOW, 8)
    expect(pages).toHaveLength(1)
    expect(pages[0]?.lines.map(line => line.name)).toEqual(['Board assembly', 'Final assembly'])
  })

  it('are one per line when they do not, and more for a long line', () => {
    const { pages } = boardOf(knownAfter(...six), all, NOW, 3)
    expect(pages.map(page => page.cells.map(cell => cell.station))).toEqual([
      ['ST-01', 'ST-02'],
      ['ST-03', 'ST-04', 'ST-05'],
      ['ST-06']
    ])
  })

  it('take turns of fifteen seconds', () => {
    const { pages } = boardOf(knownAfter(...six), all, NOW, 3)
    const start = Math.floor(NOW / 45_000) * 45_000
    expect([0, 14_999, 15_000, 30_000, 45_000].map(ms => pageAt(pages, start + ms))).toEqual([0, 0, 1, 2, 0])
  })

  it('hold still where something is stopped', () => {
    const { pages } = boardOf(
      knownAfter(...six, draft(andonCalled, { call: id(2), station: 'ST-04', kind: 'machine' })),
      all,
      NOW,
      3
    )
    expect([0, 15_000, 30_000, 45_000].map(ms => pageAt(pages, NOW + ms))).toEqual([1, 1, 1, 1])
  })

  it('are none in an empty plant, and the first is still asked for', () => {
    expect(pageAt([], NOW)).toBe(0)
  })
})

describe('the score of a line', () => {
  it('is what was made against what the run times say by now', () => {
    const { pages } = boardOf(knownAfter(...order('WO-1'), at(50, started('WO-1')), good('WO-1', 8)), all, NOW)
    expect(pages[0]?.lines[0]).toMatchObject({ good: 8, target: 10 })
  })

  it('expects no more than was ordered', () => {
    const { pages } = boardOf(knownAfter(...order('WO-1'), at(600, started('WO-1')), good('WO-1', 30)), all, NOW)
    expect(pages[0]?.lines[0]).toMatchObject({ good: 30, target: 32 })
  })
})

describe('the foot', () => {
  const foot = (...told: readonly Told[]) => boardOf(knownAfter(...told), all, NOW).foot

  it('says who is on the most urgent call', () => {
    const called = draft(andonCalled, { call: id(2), station: 'ST-02', kind: 'machine', note: 'Solder bath fault' })
    expect(foot(called)).toEqual({ level: 'stop', text: 'ST-02 Solder bath fault · nobody yet' })
    expect(foot(called, at(1, draft(andonAnswered, { call: id(2), station: 'ST-02' }), 'P-007')).text).toBe(
      'ST-02 Solder bath fault · Ben is on it'
    )
  })

  it('puts a hold before a call that stops nothing, and a stop before a hold', () => {
    const hold = [
      ...order('WO-1'),
      at(12, draft(holdPlaced, { hold: id(1), workOrder: 'WO-1', reason: 'QUALITY' }), 'P-007')
    ]
    expect(foot(...hold, draft(andonCalled, { call: id(2), station: 'ST-02', kind: 'parts' })).text).toBe(
      'WO-1 on hold: Quality question · Ben, 12 min'
    )
    expect(foot(...hold, draft(andonCalled, { call: id(2), station: 'ST-02', kind: 'machine' })).text).toMatch(
      /^ST-02 Machine/
    )
  })

  it('is quiet when there is nothing', () => {
    expect(foot()).toEqual({ level: 'normal', text: 'No call, no hold' })
  })
})
