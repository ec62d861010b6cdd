/** What a planner asks of a plan: what is short and whom it stops, what to do, what is wrong with the data. */
import { describe, expect, it } from 'vitest'
import { stillHolds, staysDismissed } from './advice.ts'
import { changed } from './change.ts'
import { messagesOf } from './messages.ts'
import { servedBy } from './pegs.ts'
import { planOf } from './plan.ts'
import type { PlanBomLine, PlanItem, PlanProblem } from './problem.ts'
import { levelOf, plannedOrders } from './read.ts'
import { shortagesOf } from './shortages.ts'
import { toolUse } from './tools.ts'
import { waitsFor } from './trace-down.ts'
import { delayedBy } from './trace-up.ts'
import { shortageSentence } from './words.ts'

/** Sunday 22 November 2026. */
const TODAY = 20_779
const THURSDAY = TODAY + 4
const FRIDAY = TODAY + 5
const LATER = TODAY + 10

const item = (id: string, more: Partial<PlanItem> = {}): PlanItem => ({
  id,
  source: 'buy',
  leadTime: 5,
  leadIn: 'calendar',
  ...more
})
const line = (parent: string, component: string, quantity = 1, more: Partial<PlanBomLine> = {}): PlanBomLine => ({
  parent,
  component,
  quantity,
  ...more
})
const problem = (more: Partial<PlanProblem>): PlanProblem => ({
  today: TODAY,
  items: [],
  bom: [],
  demands: [],
  receipts: [],
  ...more
})

const kinds = (given: PlanProblem): readonly string[] => messagesOf(planOf(given)).map(one => `${one.kind} ${one.item}`)

/** The stage's own example: two screws that nobody ordered. */
const screws = problem({
  items: [item('screw', { onHand: 2998, leadTime: 14 }), item('sensor', { source: 'make', leadTime: 1 })],
  bom: [line('sensor', 'screw')],
  demands: [{ id: 'SO-7', item: 'sensor', quantity: 3000, day: FRIDAY, customer: 'Northwind' }],
  receipts: [
    { id: 'WO-0012', item: 'sensor', quantity: 3000, day: FRIDAY, start: THURSDAY, kind: 'work-order' },
    { id: 'PO-1', item: 'screw', quantity: 5000, day: LATER + 1, kind: 'purchase' }
  ]
})

describe('what is short', () => {
  it('is one sentence: how many, when, what it stops, what comes next', () => {
    const [one, ...others] = shortagesOf(planOf(screws))
    expect(others).toEqual([])
    expect(one && shortageSentence({ ...one, stops: one.stops.slice(0, 1) }, () => 'M2x5 screw', TODAY)).toBe(
      'M2x5 screw: 2 short on Thu; stops WO-0012 (3,000 units, due Fri); next receipt Thu 3 Dec.'
    )
  })

  it('stops the work order and, through it, the customer', () => {
    const stops = shortagesOf(planOf(screws))[0]?.stops.map(({ what, quantity, days }) => [what, quantity, days])
    expect(stops).toEqual([
      [{ kind: 'receipt', receipt: 'WO-0012' }, 3000, 7],
      [{ kind: 'demand', demand: 'SO-7', customer: 'Northwind' }, 3000, 7]
    ])
  })

  it('is nothing where the plan can still order in time', () => {
    const far = problem({ items: [item('screw')], demands: [{ id: 'd', item: 'screw', quantity: 5, day: LATER }] })
    expect(shortagesOf(planOf(far))).toEqual([])
  })
})

describe('a late receipt', () => {
  const chain = problem({
    items: [item('kit', { source: 'make', leadTime: 2 }), item('board', { source: 'make', leadTime: 3 }), item('chip')],
    bom: [line('kit', 'board'), line('board', 'chip', 2)],
    demands: [
      { id: 'SO-1', item: 'kit', quantity: 10, day: TODAY + 20 },
      { id: 'SO-2', item: 'kit', quantity: 10, day: TODAY + 30 }
    ],
    receipts: [{ id: 'PO-9', item: 'chip', quantity: 40, day: TODAY + 12, kind: 'purchase' }]
  })
  const plan = planOf(chain)
  const delayed = (days: number) =>
    delayedBy(plan, { kind: 'receipt', item: 'chip', receipt: 'PO-9' }, days).flatMap(
      ({ what, days: late, affected }) => (what.kind === 'demand' ? [[what.demand, affected, late]] : [])
    )

  it('delays nobody while slack absorbs it, then those whom it serves by what is left', () => {
    // Boards of SO-1 start on day 15, those of SO-2 on day 25: three and thirteen days after the chips come.
    expect(delayed(3)).toEqual([])
    expect(delayed(5)).toEqual([['SO-1', 10, 2]])
    expect(delayed(14)).toEqual([
      ['SO-1', 10, 11],
      ['SO-2', 10, 1]
    ])
  })

  it('is what a demand waits for, level by level', () => {
    expect(waitsFor(plan, 'SO-2').map(one => [one.depth, one.item, one.supply.kind, one.quantity])).toEqual([
      [0, 'kit', 'planned', 10],
      [1, 'board', 'planned', 10],
      [2, 'chip', 'receipt', 20]
    ])
  })

  it('serves needs by date, and no peg is more than its supply', () => {
    const pegs = servedBy(plan, { kind: 'receipt', item: 'chip', receipt: 'PO-9' })
    expect(pegs.map(({ quantity, needed }) => [quantity, needed - TODAY])).toEqual([
      [20, 15],
      [20, 25]
    ])
  })
})

describe('messages', () => {
  const receipts = (day: number, quantity: number, more: object = {}) =>
    problem({
      items: [item('part', { leadTime: 20 })],
      demands: [{ id: 'd', item: 'part', quantity: 10, day: TODAY + 10 }],
      receipts: [{ id: 'PO', item: 'part', quantity, day, kind: 'purchase' as const, ...more }]
    })

  it.each([
    ['expedite what comes too late', receipts(TODAY + 14, 10), ['expedite part']],
    ['defer what comes too early', receipts(TODAY + 2, 10), ['defer part']],
    ['decrease what is too much', receipts(TODAY + 10, 12), ['decrease part']],
    ['never move what is firm, and order beside it', receipts(TODAY + 14, 10, { firm: true }), ['past-due part']],
    ['say that a receipt is overdue', receipts(TODAY - 2, 10), ['past-due part', 'defer part']]
  ])('%s', (_, given, expected) => {
    expect(kinds(given)).toEqual(expected)
  })

  it('tell of what is overdue whether it is bought or our own', () => {
    const overdue = (more: object) =>
      messagesOf(planOf(receipts(TODAY - 2, 10, more))).find(({ kind }) => kind === 'past-due')?.why['brings']
    expect(overdue({})).toBe('purchase')
    expect(overdue({ kind: 'work-order' })).toBe('work-order')
  })

  it('cancel what nobody needs, and increase what comes anyway', () => {
    expect(kinds({ ...receipts(TODAY + 5, 10), demands: [] })).toEqual(['cancel part'])
    expect(kinds(receipts(TODAY + 10, 4))).toEqual(['past-due part', 'increase part'])
  })

  it('release in time, name the fence, the tools and the stock below safety', () => {
    const soon = problem({
      items: [item('part', { leadTime: 5, fenceDays: 15, source: 'make' }), item('jig', { onHand: 1, source: 'none' })],
      bom: [line('part', 'jig', 2, { use: 'tool' })],
      demands: [{ id: 'd', item: 'part', quantity: 3, day: TODAY + 10 }]
    })
    expect(kinds(soon).toSorted()).toEqual(
      ['inside-fence part', 'no-source part', 'release part', 'tool-short jig'].toSorted()
    )
    expect(toolUse(planOf(soon))).toEqual([{ tool: 'jig', peak: 2, day: TODAY + 5, there: 1 }])
    const low = problem({ items: [item('part', { source: 'none', safetyStock: 5, onHand: 3 })] })
    expect(kinds(low)).toEqual(['below-safety part'])
  })

  it('stay dismissed until they change by what the policy minds, and are refused when stale', () => {
    const given = { ...receipts(TODAY + 14, 10), policy: { minimumDays: 3 } }
    const [message] = messagesOf(planOf(given))
    if (!message) throw new Error('no message')
    const at = (day: number) =>
      changed(planOf(given), {
        kind: 'receipt',
        receipt: { id: 'PO', item: 'part', quantity: 10, day, kind: 'purchase' }
      })
    const now = (day: number) => messagesOf(at(day))[0] ?? message
    expect(staysDismissed(message, now(TODAY + 15), at(TODAY + 15))).toBe(true)
    expect(staysDismissed(message, now(TODAY + 18), at(TODAY + 18))).toBe(false)
    expect(stillHolds(message, at(TODAY + 15))).toMatchObject({ holds: true })
    expect(stillHolds(message, at(TODAY + 18))).toMatchObject({ holds: false, reason: 'changed' })
    expect(stillHolds(message, at(TODAY + 10))).toEqual({ holds: false, reason: 'gone' })
  })
})

describe('bad data is named, and the rest planned', () => {
  const fine = { items: [item('good')], demands: [{ id: 'ok', item: 'good', quantity: 1, day: LATER }] }
  const withBad = (items: readonly PlanItem[], more: Partial<PlanProblem> = {}): PlanProblem =>
    problem({ ...more, items: [...fine.items, ...items], demands: [...fine.demands, ...(more.demands ?? [])] })

  it.each([
    [
      'a loop, by its path',
      withBad([item('a', { source: 'make' }), item('b', { source: 'make' })], {
        bom: [line('a', 'b'), line('b', 'a')]
      }),
      'bom-loop a'
    ],
    ['an item in itself', withBad([item('a', { source: 'make' })], { bom: [line('a', 'a')] }), 'bom-loop a'],
    [
      'no source',
      withBad([item('a', { source: 'none' })], { demands: [{ id: 'x', item: 'a', quantity: 1, day: LATER }] }),
      'no-source a'
    ],
    ['no lead time', withBad([{ id: 'a', source: 'buy' }]), 'no-lead-time a'],
    ['books below nothing', withBad([item('a', { onHand: -4 })]), 'negative-stock a'],
    [
      'a quantity of 1e15',
      withBad([item('a')], { demands: [{ id: 'x', item: 'a', quantity: 1e15, day: LATER }] }),
      'quantity-unlikely a'
    ],
    ['a stock of 1e15', withBad([item('a', { onHand: 1e15 })]), 'quantity-unlikely a'],
    [
      'a day in 1970',
      withBad([item('a')], { demands: [{ id: 'x', item: 'a', quantity: 1, day: 0 }] }),
      'date-unlikely a'
    ],
    [
      'a day in 9999',
      withBad([item('a')], { demands: [{ id: 'x', item: 'a', quantity: 1, day: 2_932_896 }] }),
      'date-unlikely a'
    ],
    [
      'units that don’t convert',
      withBad([item('a', { unit: 'kg' })], { demands: [{ id: 'x', item: 'a', quantity: 1, day: LATER, unit: 'm' }] }),
      'unit-unknown a'
    ],
    [
      'a part that nobody knows',
      withBad([item('a', { source: 'make' })], { bom: [line('a', 'ghost')] }),
      'item-unknown ghost'
    ],
    ['a calendar without a working day', withBad([], { workingDays: [] }), 'no-working-day ']
  ])('%s', (_, given, expected) => {
    expect(kinds(given)).toContain(expected)
    expect(plannedOrders(planOf(given), 'good')).toHaveLength(1)
  })

  it('names the whole path of a loop and plans what hangs below it', () => {
    const items = ['a', 'b', 'c'].map(id => item(id, { source: 'make' }))
    const bom = [line('a', 'b'), line('b', 'c'), line('c', 'a'), line('c', 'good')]
    const plan = planOf(withBad(items, { bom }))
    expect(messagesOf(plan).find(({ kind }) => kind === 'bom-loop')?.why['path']).toEqual(['a', 'b', 'c', 'a'])
    expect(plannedOrders(plan).map(one => one.item)).toEqual(['good'])
  })

  it('plans through a hundred levels, and says so', () => {
    const items = Array.from({ length: 101 }, (_, at) => item(`l${at}`, { source: 'make', leadTime: 1 }))
    const bom = Array.from({ length: 100 }, (_, at) => line(`l${at}`, `l${at + 1}`))
    const plan = planOf(problem({ items, bom, demands: [{ id: 'd', item: 'l0', quantity: 2, day: LATER }] }))
    expect(levelOf(plan, 'l100')).toBe(100)
    expect(plannedOrders(plan, 'l100')).toMatchObject([{ quantity: 2, due: LATER - 100 }])
    expect(messagesOf(plan).some(({ kind }) => kind === 'too-deep')).toBe(true)
  })
})

describe('what stands in', () => {
  const base = (main: Partial<PlanItem>, other: Partial<PlanItem>): PlanProblem =>
    problem({
      items: [item('main', main), item('other', other)],
      demands: [{ id: 'd', item: 'main', quantity: 10, day: LATER }]
    })

  it('is an alternate’s spare stock, only for what is short, at its ratio', () => {
    const plan = planOf(base({ onHand: 4, alternates: [{ item: 'other', ratio: 2 }] }, { onHand: 9 }))
    // Six are short; nine of the other make four of them.
    expect(plannedOrders(plan).map(({ item: of, quantity }) => [of, quantity])).toEqual([['main', 2]])
  })

  it('is used up first where that is asked', () => {
    const plan = planOf(base({ onHand: 10, alternates: [{ item: 'other', ratio: 1, use: 'first' }] }, { onHand: 7 }))
    expect(servedBy(plan, { kind: 'on-hand', item: 'other' }).map(({ quantity }) => quantity)).toEqual([7])
    expect(plannedOrders(plan)).toEqual([])
  })

  it('is found in a plant of 160,000 BOM lines too', () => {
    const many = Array.from({ length: 400 }, (_, at) => at)
    const plan = planOf({
      ...base({}, {}),
      items: [
        item('main', { onHand: 4, alternates: [{ item: 'other', ratio: 1 }] }),
        item('other', { onHand: 6 }),
        ...many.flatMap(at => [item(`w${at}`, { source: 'make' }), item(`p${at}`)])
      ],
      bom: many.flatMap(whole => many.map(at => ({ parent: `w${whole}`, component: `p${at}`, quantity: 1 })))
    })
    expect(servedBy(plan, { kind: 'on-hand', item: 'other' }).map(({ quantity }) => quantity)).toEqual([6])
    expect(plannedOrders(plan)).toEqual([])
  })

  it('is a successor once the old part is used up', () => {
    const plan = planOf(base({ onHand: 4, successor: { item: 'other' } }, {}))
    expect(plannedOrders(plan).map(({ item: of, quantity }) => [of, quantity])).toEqual([['other', 6]])
  })
})
