import { describe, expect, it } from 'vitest'
import { type OperationSummary, type WorkOrder, workOrderView } from '#activities/orders/projection.ts'
import { knownFrom } from '#kernel/fold.ts'
import { personView, stationView } from '#plant/projection.ts'
import { answerScan } from './scan-dispatch.ts'

const operation = (op: number, station: string, more: Partial<OperationSummary> = {}): OperationSummary => ({
  op,
  name: `Operation ${op}`,
  stations: [station],
  runMinutes: 1,
  checks: 0,
  steps: [1, 2],
  ledger: [],
  state: 'waiting',
  good: 0,
  scrap: 0,
  rework: 0,
  ...more
})

const order = (workOrder: string, state: WorkOrder['state']): WorkOrder => ({
  workOrder,
  item: 'PCA-1042',
  itemName: 'Main board',
  revision: 'C',
  quantity: 32,
  due: '2026-11-27',
  priority: 1,
  state,
  operations: [
    operation(10, 'ST-01', { state: 'done' }),
    operation(20, 'ST-02', { tools: ['T-JIG-2'] }),
    operation(30, 'ST-04', { steps: [], checks: 11 })
  ],
  holds: []
})

const known = knownFrom(
  new Map<string, ReadonlyMap<string, unknown>>([
    [
      workOrderView.name,
      new Map(
        (
          [
            ['WO-1', 'released'],
            ['WO-2', 'created'],
            ['WO-3', 'cancelled'],
            ['WO-4', 'complete']
          ] as const
        ).map(([number, state]) => [number, order(number, state)] as const)
      )
    ],
    [
      stationView.name,
      new Map([
        ['ST-01', { station: 'ST-01', name: 'Paste', line: 'L1', kind: 'build', order: 1 }],
        ['ST-02', { station: 'ST-02', name: 'Heatsink', line: 'L1', kind: 'build', order: 2 }],
        ['ST-04', { station: 'ST-04', name: 'Inspection', line: 'L1', kind: 'inspection', order: 3 }]
      ])
    ],
    [
      personView.name,
      new Map([
        ['P-001', { person: 'P-001', name: 'Ana', badge: 'B-1001', roles: ['operator'], active: true }],
        ['P-002', { person: 'P-002', name: 'Old Tom', badge: 'b-1002', roles: ['operator'], active: false }]
      ])
    ]
  ])
)

const at = (station: string) => ({ use: 'station', station }) as const
const desk = { use: 'desk', station: undefined } as const

describe('a scan that no screen took', () => {
  it('opens the job of this station, and the checklist where there is nothing but checks', () => {
    expect(answerScan(known, at('ST-02'), 'WO-1-20')).toEqual({ go: '/job/WO-1/20' })
    expect(answerScan(known, at('ST-04'), 'wo-1-30 ')).toEqual({ go: '/inspect/WO-1/30' })
  })

  it('says which station a card belongs to', () => {
    expect(answerScan(known, at('ST-02'), 'WO-1-30')).toEqual({
      stop: 'Operation 30 of WO-1 is done at ST-04 Inspection.',
      needed: 'This tablet stands at ST-02 Heatsink. Take the batch there, or scan a card of this station.'
    })
  })

  it('names the operations of the order when the one on the card is not among them', () => {
    expect(answerScan(known, at('ST-02'), 'WO-1-35')).toMatchObject({
      stop: 'WO-1 has no operation 35.',
      needed: expect.stringContaining('10, 20, 30')
    })
  })

  it('stops for an order that is unknown, not released or cancelled', () => {
    expect(answerScan(known, at('ST-02'), 'WO-9-20')).toMatchObject({ stop: 'WO-9 is not known on this tablet.' })
    expect(answerScan(known, at('ST-02'), 'WO-2-20')).toMatchObject({ stop: 'WO-2 is not released yet.' })
    expect(answerScan(known, at('ST-02'), 'WO-3-20')).toMatchObject({ stop: 'WO-3 was cancelled.' })
  })

  it('still opens an order that is complete, to be looked at', () => {
    expect(answerScan(known, at('ST-02'), 'WO-4-20')).toEqual({ go: '/job/WO-4/20' })
  })

  it('finds the work of this station on a card without an operation', () => {
    expect(answerScan(known, at('ST-02'), 'WO-1')).toEqual({ go: '/job/WO-1/20' })
    expect(answerScan(known, at('ST-09'), 'WO-1')).toMatchObject({ stop: 'WO-1 has no work at this station.' })
  })

  it('leads a desk to the order itself', () => {
    expect(answerScan(known, desk, 'WO-2-20')).toEqual({ go: '/orders/WO-2' })
    expect(answerScan(known, desk, 'WO-1')).toEqual({ go: '/orders/WO-1' })
  })

  it('leads from a tool to the set-up of the job of this station that needs it', () => {
    expect(answerScan(known, at('ST-02'), 'T-JIG-2')).toEqual({ go: '/set-up/WO-1/20?tool=T-JIG-2' })
    expect(answerScan(known, at('ST-04'), 'T-JIG-2')).toMatchObject({ stop: 'This is a tool (T-JIG-2).' })
    expect(answerScan(known, desk, 'T-JIG-2')).toMatchObject({ stop: 'This is a tool (T-JIG-2).' })
  })

  it('knows a person by the badge, and refuses one that is not in use', () => {
    expect(answerScan(known, at('ST-02'), 'B-1001')).toEqual({ person: 'P-001' })
    expect(answerScan(known, at('ST-02'), 'B-1002')).toMatchObject({ stop: expect.stringContaining('Old Tom') })
    expect(answerScan(known, at('ST-02'), 'B-7777')).toMatchObject({ stop: 'Nobody here has badge B-7777.' })
  })

  it('does not call a badge wrong before it knows anybody', () => {
    expect(answerScan(knownFrom(new Map()), at('ST-02'), 'B-1001')).toMatchObject({
      needed: expect.stringContaining('in a moment')
    })
  })

  it('says what any other label is and what is needed instead', () => {
    for (const [code, word] of [
      ['LOC-A12', 'shelf'],
      ['T-GAUGE-7', 'tool'],
      ['00123456789012345675', 'box'],
      ['5901234123457', 'does not know']
    ] as const)
      expect(answerScan(known, at('ST-02'), code)).toMatchObject({
        stop: expect.stringContaining(word),
        needed: expect.stringContaining('WO')
      })
  })
})
