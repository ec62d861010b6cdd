import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { dayNumber, instantOf } from '#kernel/calendar.ts'
import { mastersLacking } from './masters.ts'
import { readFolder } from './read-folder.ts'
import { runPlan } from '#activities/plan-run.ts'
import { summaryOf, tablesOf } from './tables.ts'
import { schedule } from '#activities/schedule/solver/solve.ts'

const today = '2026-11-23'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (files: Readonly<Record<string, string>>) =>
  readFolder(
    Object.entries(files).map(([name, text]) => ({ name, bytes: bytes(text) })),
    { today, zone: 'Europe/Berlin' }
  )
const planned = ({ known, today }: ReturnType<typeof read>) =>
  runPlan(known, { today, now: instantOf(dayNumber(today), 0, 'Europe/Berlin'), solve: schedule })

const ITEMS =
  'item_no,name,type,uom,lead_time_days,supplier\nUNIT,Unit,make,pcs,2,\nBOARD,Board,make,pcs,3,\nSCR,Screw,buy,pcs,5,Bolt\n'
const GOOD = {
  'items.csv': ITEMS,
  'bom.csv': 'parent,component,qty,uom\nUNIT,BOARD,1,pcs\nUNIT,SCR,4,pcs\nBOARD,SCR,2,pcs\n',
  'routing.csv':
    'item_no,op_seq,name,stations,setup_min,run_min_per_unit\nUNIT,10,Fit,ST-1,10,5\nBOARD,10,Solder,ST-2,0,6\n',
  'stations.csv': 'station,line\nST-1,L1\nST-2,L1\n',
  'stock.csv': 'item_no,location,qty\nSCR,LOC-A,100\nBOARD,LOC-A,3\n',
  'demand.csv': 'ref,item_no,qty,due,customer\nSO-1,UNIT,20,2026-12-10,Acme\nSO-2,UNIT,5,2026-12-17,Acme\n',
  'open_po.csv': 'po,item_no,qty_open,due\nPO-1,SCR,40,2026-12-20\n'
}

describe('a folder of our templates', () => {
  it('becomes planned orders, pegs, messages and a schedule', () => {
    const run = planned(read(GOOD))
    const of = (item: string) => run.orders.filter(order => order.item === item).map(order => order.quantity)
    expect(of('UNIT')).toEqual([20, 5])
    expect(of('BOARD')).toEqual([17, 5])
    // 144 are asked for, 100 lie there, and the 40 on order come too late.
    expect(of('SCR').reduce((sum, one) => sum + one, 0) + 100).toBe(144)
    const made = run.schedule?.operations.map(one => one.id) ?? []
    expect(made).toHaveLength(4)
    const [board, unit] = [run.orders.find(one => one.item === 'BOARD'), run.orders.find(one => one.item === 'UNIT')]
    const at = (id: string | undefined) => run.schedule?.operations.find(one => one.workOrder === id)
    expect(at(unit?.id)?.start).toBeGreaterThanOrEqual(at(board?.id)?.end ?? Number.NaN)
    const tables = tablesOf(run, 'Europe/Berlin')
    expect(tables.map(({ name, rows }) => [name, rows > 0])).toEqual([
      ['planned_orders.csv', true],
      ['pegging.csv', true],
      ['messages.csv', true],
      ['schedule.csv', true]
    ])
  })

  it('plans with lead times for each unit and fills stock up to its maximum', () => {
    const items =
      'item_no,name,type,uom,lead_time_days,lead_days_per_unit,safety_stock,max_stock\n' +
      'UNIT,Unit,make,pcs,1,0.2,,\nSCR,Screw,buy,pcs,5,,50,200\n'
    const run = planned(
      read({
        'items.csv': items,
        'bom.csv': 'parent,component,qty,uom\nUNIT,SCR,4,pcs\n',
        'routing.csv': GOOD['routing.csv'].replace(/BOARD.*\n/, ''),
        'stations.csv': GOOD['stations.csv'],
        'stock.csv': 'item_no,location,qty\nSCR,LOC-A,100\n',
        'demand.csv': 'ref,item_no,qty,due\nSO-1,UNIT,20,2026-12-11\n'
      })
    )
    // 1 + 20 × 0.2 = 5 working days before Friday the 11th; 100 - 80 = 20 is under 50: 180 fill it up to 200.
    expect(run.orders.map(({ item, quantity, start, due }) => [item, quantity, start, due])).toEqual([
      ['UNIT', 20, dayNumber('2026-12-04'), dayNumber('2026-12-11')],
      ['SCR', 180, dayNumber('2026-11-29'), dayNumber('2026-12-04')]
    ])
  })

  it('is planned the same from rows in another order', () => {
    const turned = Object.fromEntries(
      Object.entries(GOOD).map(([name, text]) => {
        const [header, ...rows] = text.trim().split('\n')
        return [name, `${[header, ...rows.toReversed()].join('\n')}\n`]
      })
    )
    const [one, other] = [planned(read(GOOD)), planned(read(turned))]
    expect(other.orders).toEqual(one.orders)
    expect(other.pegs).toEqual(one.pegs)
    expect(other.messages).toEqual(one.messages)
  })
})

describe('what is wrong', () => {
  const deep = Array.from({ length: 100 }, (_, level) => `D-${level}`)
  const bad = read({
    ...GOOD,
    'items.csv':
      `${ITEMS}LOOP-A,Loop A,make,pcs,1,\nLOOP-B,Loop B,make,pcs,1,\nBARE,No source,buy,pcs,,\nGLUE,Glue,buy,kg,3,Bolt\n` +
      deep.map(item => `${item},Deep,make,pcs,0,\n`).join(''),
    'bom.csv':
      `${GOOD['bom.csv']}LOOP-A,LOOP-B,1,pcs\nLOOP-B,LOOP-A,1,pcs\nUNIT,GLUE,2,m\nUNIT,BARE,1,pcs\n` +
      deep
        .slice(1)
        .map((item, at) => `D-${at},${item},1,pcs\n`)
        .join(''),
    'stock.csv': `${GOOD['stock.csv']}GLUE,LOC-A,-5\nBARE,LOC-A,1e15\n`,
    'demand.csv': `${GOOD['demand.csv']}SO-3,UNIT,1e15,2026-12-10,Acme\nSO-4,UNIT,1,1970-01-01,Acme\nSO-5,UNIT,1,9999-12-31,Acme\nSO-6,LOOP-A,1,2026-12-10,Acme\nSO-7,D-0,1,2026-12-10,Acme\n`,
    'calendars.csv': 'calendar,name,first_day\nPLANT,Never,2026-12-24\n'
  })
  const run = planned(bad)
  const told = [...bad.problems.map(one => one.message), ...mastersLacking(bad.known), ...summaryOf(run, 1000)].join(
    '\n'
  )
  const kinds = new Set(run.messages.map(one => one.kind))

  it('is named, each thing with its own words', () => {
    expect(told).toContain('Is built from itself: LOOP-A → LOOP-B → LOOP-A')
    expect(told).toContain('BARE: is bought and has no supplier')
    expect(told).toContain('have no routing')
    expect(told).toContain('Less than nothing on the shelf')
    expect(told).toContain('1e15 is more than 1000000000')
    expect(told).toContain('1e15 is more than 100000')
    expect(told).toContain('GLUE is counted in kg, and this line in m')
    expect(told).toContain('has no working day')
    for (const kind of [
      'bom-loop',
      'unit-unknown',
      'negative-stock',
      'date-unlikely',
      'no-working-day',
      'no-lead-time'
    ] as const)
      expect(kinds, kind).toContain(kind)
  })

  it('keeps nothing else from being planned, a hundred levels deep', () => {
    const items = new Set(run.orders.map(order => order.item))
    expect([...deep, 'UNIT', 'BOARD', 'SCR', 'BARE'].filter(item => !items.has(item))).toEqual([])
    expect(
      run.orders.filter(order => order.item === 'UNIT').reduce((sum, one) => sum + one.quantity, 0)
    ).toBeGreaterThanOrEqual(25)
  })
})

describe('one thing wrong in an otherwise good folder', () => {
  const add = (file: keyof typeof GOOD, ...lines: readonly string[]) => ({
    ...GOOD,
    [file]: `${GOOD[file]}${lines.join('\n')}\n`
  })
  const wrong: readonly (readonly [name: string, files: Readonly<Record<string, string>>, told: string])[] = [
    [
      'a loop',
      {
        ...add('items.csv', 'L-1,One,make,pcs,1,', 'L-2,Two,make,pcs,1,'),
        'bom.csv': `${GOOD['bom.csv']}L-1,L-2,1,pcs\nL-2,L-1,1,pcs\n`
      },
      'One: is built from itself: L-1 → L-2 → L-1'
    ],
    [
      'no supplier',
      { ...add('items.csv', 'BARE,Bare,buy,pcs,2,'), 'bom.csv': `${GOOD['bom.csv']}UNIT,BARE,1,pcs\n` },
      'BARE: is bought and has no supplier'
    ],
    [
      'no routing',
      { ...GOOD, 'routing.csv': GOOD['routing.csv'].replace(/BOARD.*\n/, '') },
      'BOARD: is made here and has no routing'
    ],
    ['negative stock', add('stock.csv', 'SCR,LOC-B,-500'), 'Screw: the books are below nothing: -400'],
    ['1e15 wanted', add('demand.csv', 'SO-9,UNIT,1e15,2026-12-10,Acme'), '1e15 is more than 100000'],
    ['1e15 built in', add('bom.csv', 'UNIT,SCR,1e15,pcs'), '1e15 is more than 1000000000'],
    [
      'a calendar without a working day',
      { ...GOOD, 'calendars.csv': 'calendar,name,first_day\nPLANT,Never,2026-12-24\n' },
      'the calendar has no working day'
    ],
    [
      'a due date in 1970',
      add('demand.csv', 'SO-9,UNIT,5,1970-01-01,Acme'),
      'SO-9 has a day that can’t be meant: 1970-01-01; as due today'
    ],
    [
      'a due date in 9999',
      add('demand.csv', 'SO-9,UNIT,5,9999-12-31,Acme'),
      'SO-9 has a day that can’t be meant: 9999-12-31; planned without it'
    ],
    [
      'units that do not convert',
      { ...add('items.csv', 'GLUE,Glue,buy,kg,3,Bolt'), 'bom.csv': `${GOOD['bom.csv']}UNIT,GLUE,2,m\n` },
      'Glue: is kept in kg, and UNIT says m; these don’t convert'
    ]
  ]

  it.each(wrong)('%s is named in what is printed, and the orders are planned and scheduled', (_, files, told) => {
    const folder = read(files)
    const run = planned(folder)
    const printed = [
      ...folder.problems.map(({ message }) => message),
      ...mastersLacking(folder.known),
      ...summaryOf(run)
    ]
    expect(printed.join('\n')).toContain(told)
    const made = new Set(run.orders.map(({ item }) => item))
    expect(['UNIT', 'BOARD', 'SCR'].filter(item => !made.has(item))).toEqual([])
    expect(run.schedule?.operations.length).toBeGreaterThan(0)
  })
})

const factories = fileURLToPath(new URL('../../../../shared/data/factories', import.meta.url))
const folder = (name: string) => {
  const path = join(factories, name)
  if (!existsSync(path)) console.log(`Skipped: ${name} is not beside the checkout.`)
  return existsSync(path) ? path : undefined
}
const plannedFrom = (path: string, asked?: string) => {
  const files = readdirSync(path)
    .filter(name => name.endsWith('.csv'))
    .map(name => ({ name, bytes: new Uint8Array(readFileSync(join(path, name))) }))
  const from = readFolder(files, { today, asked, zone: 'UTC' })
  const now = instantOf(dayNumber(from.today), 0, 'UTC')
  return { from, run: runPlan(from.known, { today: from.today, now, solve: schedule }) }
}

describe('another system’s folder', () => {
  const chairs = folder('frepple/manufacturing_demo')
  const shop = folder('frepple/jobshop')
  const parts = folder('inventree_demo')

  it.skipIf(!chairs)('of frePPLe is planned with its places, its moves and its orders on the way', () => {
    const { from, run } = plannedFrom(chairs ?? '')
    expect(from).toMatchObject({ from: 'frePPLe', stops: 0 })
    const { items, receipts } = run.problem
    const item = (id: string) => items.find(one => one.id === id)
    expect(item('chair @ shop 1')).toMatchObject({ source: 'transfer', transferFrom: 'chair @ warehouse', leadTime: 2 })
    expect(item('screws')).toMatchObject({
      source: 'buy',
      supplier: 'screw supplier',
      lot: { minimum: 3000 },
      leadTime: 1
    })
    expect(receipts.filter(one => one.kind === 'purchase').map(one => one.item)).toContain('cushion')
    expect(run.messages.filter(one => one.kind === 'no-supply' || one.kind === 'bom-loop')).toEqual([])
    for (const demand of run.problem.demands) {
      const pegged = run.pegs.filter(peg => peg.need.kind === 'demand' && peg.need.demand === demand.id)
      expect(pegged.reduce((sum, peg) => sum + peg.quantity, 0)).toBeCloseTo(demand.quantity, 6)
    }
  })

  it.skipIf(!shop)('of ten jobs on ten machines is scheduled without a gap in its rules', () => {
    const { run } = plannedFrom(shop ?? '', '2014-01-01')
    expect(run.schedule?.operations).toHaveLength(100)
    expect(run.schedule?.faults).toEqual([])
    // Its optimum is 930 hours; rules alone stay near it.
    expect(run.schedule?.makespan).toBeGreaterThanOrEqual(930 * 60)
    expect(run.schedule?.makespan).toBeLessThan(930 * 60 * 1.3)
  })

  it.skipIf(!parts)('of InvenTree is planned from its parts, stock and orders', () => {
    const { from, run } = plannedFrom(parts ?? '', today)
    expect(from.from).toBe('InvenTree')
    expect(run.problem.items).toHaveLength(414)
    expect(run.problem.demands.length).toBeGreaterThan(3)
    expect(run.orders.length).toBeGreaterThan(20)
    expect(run.messages.filter(one => one.kind === 'bom-loop')).toEqual([])
  })
})
