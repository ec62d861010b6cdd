import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { purchaseLineChanged, purchaseReceived } from '#activities/materials/events.ts'
import { setupSet } from '#activities/schedule/events.ts'
import { filesOf } from './export.ts'
import { planImport, type ImportPlan } from './plan-import.ts'
import { emptyPlant, plantFrom, type Plant } from './plant-tables.ts'

const today = '2026-11-22'
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) })
const plan = (files: readonly (readonly [string, string])[], plant: Plant = emptyPlant()): ImportPlan =>
  planImport(
    files.map(([name, text]) => file(name, text)),
    plant,
    { today }
  )
const told = ({ report }: ImportPlan): string[] => report.problems.map(one => `${one.level} ${one.row} ${one.message}`)
const payloads = (made: ImportPlan, type: string): unknown[] =>
  made.drafts.filter(one => one.kind.type === type).map(one => one.payload)
const plantAfter = (drafts: readonly Draft[]): Promise<Plant> =>
  plantFrom(
    (async function* () {
      for (const { kind, payload } of drafts)
        yield { type: kind.type, payload, stamp: { id: '', person: '', device: '', at: '' } }
    })()
  )

const ITEMS =
  'item_no,name,uom,lot_rule,lot_qty,yield_pct,demand_fence_days,purchase_unit,purchase_factor,successor,buyer\n' +
  'FL-1,Sensor,pcs,fixed,50,97.5,5,,,,Pia\nR-1,Resistor,pcs,,,,,reel,5000,R-2,\nR-2,Resistor new,pcs,,,,,,,,\n'
const BOM = 'parent,component,qty,setup_qty,from,to,rounding\nFL-1,R-1,4,20,2026-01-01,2027-01-01,5\n'
const CALENDARS =
  'calendar,name,days,from,to,first_day,last_day,note\n' +
  'PLANT,Day shift,Mon-Thu,6:30,15:15,,,\nPLANT,Day shift,Fr,06:30,12:30,,,\nPLANT,Day shift,,,,2026-12-24,2027-01-01,Closed\n' +
  'PLANT,Day shift,,06:00,10:00,2026-12-28,,Stock taking\nPLANT,Day shift,,12:00,14:00,2026-12-28,,Stock taking\nNIGHT,,1-5,22:00,06:00,,,\n'
const STATIONS = 'station,name,line,calendar,capacity\nST-1,Oven,L1,NIGHT,3\n'
const PURCHASES =
  'po,line,item_no,qty_open,due,supplier,confirmed\nPO-1,1,R-1,10000,+9d,Calder,yes\nPO-1,2,R-2,500,2026-12-24,Calder,\nPO-2,,R-1,1,+1d,,\n'
const FORECAST = 'item_no,from,bucket,qty\nFL-1,2026-12-07,week,36\nFL-1,2027-01-01,month,140\n'
const DEMAND = 'ref,item_no,qty,due,kind,priority,state\nD-1,FL-1,10,+20d,order,2,\nD-2,FL-1,5,-20d,order,,shipped\n'
const all = [
  ['items.csv', ITEMS],
  ['bom.csv', BOM],
  ['calendars.csv', CALENDARS],
  ['stations.csv', STATIONS],
  ['open_po.csv', PURCHASES],
  ['forecast.csv', FORECAST],
  ['demand.csv', DEMAND]
] as const

describe('files for planning', () => {
  it('become calendars with their shifts and exceptions', () => {
    const made = plan(all)
    expect(told(made)).toEqual([])
    expect(payloads(made, 'plant/calendar-set.v1')).toEqual([
      {
        calendar: 'PLANT',
        name: 'Day shift',
        week: [
          ...[1, 2, 3, 4].map(day => ({ day, from: '06:30', to: '15:15' })),
          { day: 5, from: '06:30', to: '12:30' }
        ],
        exceptions: [
          { from: '2026-12-24', to: '2027-01-01', shifts: [], name: 'Closed' },
          {
            from: '2026-12-28',
            to: '2026-12-28',
            shifts: [
              { from: '06:00', to: '10:00' },
              { from: '12:00', to: '14:00' }
            ],
            name: 'Stock taking'
          }
        ]
      },
      {
        calendar: 'NIGHT',
        name: 'NIGHT',
        week: [1, 2, 3, 4, 5].map(day => ({ day, from: '22:00', to: '06:00' })),
        exceptions: []
      }
    ])
  })

  it('become purchase orders, forecast and the way an item is planned', () => {
    const made = plan(all)
    expect(payloads(made, 'materials/purchase-order-set.v1')).toMatchObject([
      {
        order: 'PO-1',
        supplier: 'Calder',
        lines: [
          { line: 1, item: 'R-1', quantity: 10_000, due: '2026-12-01', confirmed: true, state: 'open' },
          { line: 2, item: 'R-2', quantity: 500, due: '2026-12-24', state: 'open' }
        ]
      },
      { order: 'PO-2', lines: [{ line: 1, item: 'R-1', quantity: 1 }] }
    ])
    expect(payloads(made, 'schedule/forecast-set.v1')).toHaveLength(2)
    expect(payloads(made, 'materials/item-set.v1')).toMatchObject([
      { item: 'FL-1', lotRule: 'fixed', lotQuantity: 50, yieldPercent: 97.5, demandFenceDays: 5, buyer: 'Pia' },
      { item: 'R-1', purchaseUnit: 'reel', purchaseFactor: 5000, successor: 'R-2' },
      { item: 'R-2' }
    ])
    expect(payloads(made, 'schedule/demand-set.v1')).toMatchObject([{ priority: 2 }, { state: 'closed' }])
  })

  it('come out of the export and go in again without a change', async () => {
    const received = draft(purchaseReceived, {
      order: 'PO-1',
      line: 1,
      item: 'R-1',
      quantity: 4000,
      lot: 'L-9',
      location: 'LOC-B',
      supplierLot: 'S-9'
    })
    const closed = draft(purchaseLineChanged, { order: 'PO-1', line: 2, state: 'closed' })
    const plant = await plantAfter([...plan(all).drafts, received, closed])
    const files = filesOf(plant)
    expect(files.find(one => one.name === 'open_po.csv')?.text).toContain('PO-1,1,R-1,6000,2026-12-01,Calder,yes')
    const again = planImport(
      files.map(one => file(one.name, one.text)),
      plant,
      { today }
    )
    expect(again.drafts).toEqual([])
    expect(again.report).toMatchObject({ new: 0, changed: 0, stops: 0 })
  })

  it('take a shift out with a row that is not active', async () => {
    const plant = await plantAfter(plan(all).drafts)
    const made = plan([['calendars.csv', 'calendar,days,from,to,active\nPLANT,Fri,06:30,12:30,no\n']], plant)
    const [after] = payloads(made, 'plant/calendar-set.v1') as { week: unknown[]; exceptions: unknown[] }[]
    expect(after?.week).toHaveLength(4)
    expect(after?.exceptions).toHaveLength(2)
  })

  it('leave out what was taken out of the set-up matrix at the desk', async () => {
    const row = { from: 'red', to: 'blue', minutes: 25 }
    const own = { ...row, minutes: 15, station: 'PAINT' }
    const after = await plantAfter([row, own, { ...own, minutes: 0, out: true }].map(one => draft(setupSet, one)))
    const file = filesOf(after).find(({ name }) => name === 'setup_matrix.csv')
    expect(file?.text.trim().split(/\r?\n/)).toEqual(['station,from,to,minutes', ',red,blue,25'])
  })

  it('name what is wrong, row by row', () => {
    const wrong = plan([
      ['items.csv', ITEMS],
      ['stations.csv', 'station,line,calendar\nST-1,L1,GONE\n'],
      [
        'calendars.csv',
        'calendar,days,from,to,first_day,last_day\nA,Funday,08:00,16:00,,\nA,Mon,25:00,26:00,,\nA,Mon,08:00,,,\nA,,,,2026-12-24,2026-12-23\nB,,,,2026-12-24,\n'
      ],
      ['open_po.csv', 'po,item_no,qty_open,due\nPO-9,GLUE,1e15,2026-12-01\nPO-9,GLUE,10,9999-12-31\n']
    ])
    expect(wrong.drafts).toEqual([])
    expect(told(wrong).sort()).toEqual(
      [
        'stop 2 "Funday" is not a list of weekdays: write Mon-Fri, or Mon Wed Sat',
        'stop 2 1e15 is more than 1000000000',
        'stop 2 Calendar GONE is not known: import it first, or with this file',
        'stop 3 "25:00" is no time of day: write it as 06:00',
        'stop 3 "26:00" is no time of day: write it as 06:00',
        'stop 3 Item GLUE is not known: import it first, or with this file',
        'stop 4 A shift has a beginning and an end',
        'stop 5 The exception ends on 2026-12-23, before it begins on 2026-12-24',
        'stop 6 Calendar B has no working day: nothing could be planned on it'
      ].sort()
    )
  })
})
