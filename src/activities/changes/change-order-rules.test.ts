import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { isRefusal, type Known } from '#kernel/decision.ts'
import { ask, drafts, givenBy, knownAfter } from '#test/room.ts'
import { pagesRendered, revisionReleased, revisionUploaded } from '#activities/documents/events.ts'
import { bomSet, itemSet } from '#activities/materials/events.ts'
import { routingSet, workOrderCreated } from '#activities/orders/events.ts'
import { changes } from './activity.ts'
import {
  approveChangeOrder,
  declineRequest,
  openChangeOrder,
  reachedBy,
  releaseChangeOrder,
  requestChange
} from './change-order-rules.ts'
import { type ChangeOrder, changeOrderView, requestView } from './change-order-view.ts'
import { itemMasterView, methodView, releaseView } from './projection.ts'
import { releaseWorkOrder } from './rules.ts'

const ELI = givenBy('P-005', ['engineer'])
const NOOR = givenBy('P-006', ['engineer', 'administrator'])

const item = (code: string) =>
  draft(itemSet, { item: code, name: code, revision: 'A', uom: 'pcs', source: 'make', tracking: 'none' })
const routing = (revision: string) =>
  draft(routingSet, {
    item: 'SENSOR',
    revision,
    operations: [
      { op: 10, name: 'Close', stations: ['ST-01'], setupMinutes: 0, runMinutes: 2, document: 'BD-1', steps: [] }
    ]
  })
const bom = (revision: string) =>
  draft(bomSet, { item: 'SENSOR', revision, lines: [{ component: 'SCREW', quantity: 4, uom: 'pcs' }] })
const revision = (rev: string, rendered = true): readonly Draft[] => [
  draft(revisionUploaded, {
    document: 'BD-1',
    revision: rev,
    title: 'Build',
    fileName: 'b.pdf',
    file: { sha256: rev.toLowerCase().repeat(64), size: 10, type: 'application/pdf' }
  }),
  ...(rendered
    ? [
        draft(pagesRendered, {
          document: 'BD-1',
          revision: rev,
          pages: [{ page: 1, sha256: rev.toLowerCase().repeat(64), size: 1, width: 10, height: 10 }]
        })
      ]
    : [])
]
const order = (workOrder: string) =>
  draft(workOrderCreated, {
    workOrder,
    item: 'SENSOR',
    revision: 'A',
    itemName: 'Sensor',
    quantity: 40,
    due: '2026-11-27',
    priority: 1
  })

const masters: readonly Draft[] = [
  item('SENSOR'),
  item('SCREW'),
  bom('A'),
  routing('A'),
  ...revision('A'),
  draft(revisionReleased, { document: 'BD-1', revision: 'A' }),
  order('WO-0012'),
  order('WO-0013'),
  order('WO-0014')
]
const worldOf = (events: readonly Draft[]): Known => knownAfter(changes, events)
const workOrderReleases = (events: readonly Draft[], ...orders: readonly string[]): readonly Draft[] =>
  orders.reduce<readonly Draft[]>(
    (all, workOrder) => all.concat(drafts(ask(changes, releaseWorkOrder, worldOf(all), { workOrder }))),
    events
  )

const documentChange: Pick<ChangeOrder, 'title' | 'reason' | 'requests' | 'documents' | 'items'> = {
  title: 'New torque',
  reason: 'Screws came loose in the field',
  requests: [],
  documents: [{ document: 'BD-1', revision: 'B' }],
  items: []
}
/** Two orders on the floor at rev A, and a change to rev B that Eli wrote. */
const opened = (input: typeof documentChange = documentChange, more: readonly Draft[] = []): readonly Draft[] => {
  const before = [...workOrderReleases(masters, 'WO-0012', 'WO-0013'), ...revision('B'), ...more]
  return [...before, ...drafts(ask(changes, openChangeOrder, worldOf(before), input, ELI))]
}
/** Folded for the author, so that the approval comes from somebody else. */
const byEli = (events: readonly Draft[]): Known => knownAfter(changes, events, { person: 'P-005' })
const approved = (events: readonly Draft[] = opened()): readonly Draft[] => [
  ...events,
  ...drafts(ask(changes, approveChangeOrder, byEli(events), { order: 'ECO-0001' }, NOOR))
]
const keep = (workOrder: string) => ({ workOrder, decision: 'finish' as const })
const take = (workOrder: string) => ({ workOrder, decision: 're-release' as const })
const why = (answer: readonly Draft[] | { readonly refused: string }) =>
  isRefusal(answer) ? answer.refused : 'not refused'

describe('asking for a change', () => {
  it('needs a sentence and nothing else', () => {
    expect(why(ask(changes, requestChange, worldOf(masters), { problem: '  ' }))).toBe('request-empty')
    const [made] = drafts(ask(changes, requestChange, worldOf(masters), { problem: ' Screw 4 can’t be reached ' }))
    expect(made?.payload).toMatchObject({ problem: 'Screw 4 can’t be reached' })
  })

  it('is answered once: by a change order or with the reason why not', () => {
    const asked = [
      ...masters,
      ...revision('B'),
      ...drafts(ask(changes, requestChange, worldOf(masters), { problem: 'Loose' }))
    ]
    const [request = ''] = worldOf(asked)
      .list(requestView)
      .map(([key]) => key)
    const answered = [
      ...asked,
      ...drafts(ask(changes, openChangeOrder, worldOf(asked), { ...documentChange, requests: [request] }, ELI))
    ]
    expect(worldOf(answered).get(requestView, request)).toMatchObject({ state: 'taken', order: 'ECO-0001' })
    expect(why(ask(changes, declineRequest, worldOf(answered), { request, note: 'No' }, ELI))).toBe('request-answered')
    expect(why(ask(changes, declineRequest, worldOf(asked), { request, note: ' ' }, ELI))).toBe('decision-unexplained')
  })
})

describe('opening a change order', () => {
  const open = (input: Partial<typeof documentChange>) =>
    why(ask(changes, openChangeOrder, worldOf([...masters, ...revision('B')]), { ...documentChange, ...input }, ELI))

  it('names what is missing', () => {
    expect(open({ title: ' ' })).toBe('change-untitled')
    expect(open({ reason: '' })).toBe('change-unexplained')
    expect(open({ documents: [] })).toBe('change-empty')
    expect(open({ documents: [{ document: 'BD-1', revision: 'Z' }] })).toBe('change-document-unknown')
    expect(open({ documents: [{ document: 'BD-1', revision: 'A' }] })).toBe('change-document-released')
  })

  it('takes an item revision only with its BOM and routing', () => {
    const change = { ...documentChange, documents: [], items: [{ item: 'SENSOR', revision: 'B' }] }
    const ask1 = (more: readonly Draft[]) =>
      why(ask(changes, openChangeOrder, worldOf([...masters, ...more]), change, ELI))
    expect(ask1([])).toBe('no-bom')
    expect(ask1([bom('B')])).toBe('no-routing')
    expect(ask1([bom('B'), routing('B')])).toBe('not refused')
  })
})

describe('approving a change order', () => {
  const approve = (known: Known, given = NOOR) =>
    why(ask(changes, approveChangeOrder, known, { order: 'ECO-0001' }, given))

  it('takes another engineer than the author', () => {
    const known = byEli(opened())
    expect(approve(known, ELI)).toBe('own-change')
    expect(approve(known, givenBy('P-004', ['planner']))).toBe('role-missing')
    expect(approve(known, givenBy('key:erp', ['engineer']))).toBe('change-approved-by-script')
    expect(approve(known)).toBe('not refused')
  })

  it('waits for the pages of its documents', () => {
    const before = [...masters, ...revision('B', false)]
    const events = [...before, ...drafts(ask(changes, openChangeOrder, worldOf(before), documentChange, ELI))]
    expect(approve(byEli(events))).toBe('change-pages-not-ready')
  })
})

describe('releasing a change order', () => {
  const release = (
    events: readonly Draft[],
    ...workOrders: readonly (ReturnType<typeof keep> | ReturnType<typeof take>)[]
  ) => ask(changes, releaseChangeOrder, worldOf(events), { order: 'ECO-0001', workOrders: [...workOrders] }, NOOR)

  it('waits for the approval and for a decision on every order on the floor', () => {
    expect(why(release(opened(), keep('WO-0012'), keep('WO-0013')))).toBe('change-not-approved')
    expect(why(release(approved(), keep('WO-0012')))).toBe('open-order-undecided')
  })

  it('gives one new method to the orders that take it and leaves the others theirs', () => {
    const events = approved()
    const made = drafts(release(events, take('WO-0012'), keep('WO-0013')))
    expect(made.map(({ kind }) => kind.type)).toEqual([
      'documents/revision-released.v1',
      'changes/method-frozen.v1',
      'orders/work-order-released.v1',
      'changes/change-order-released.v1'
    ])
    const [was, known] = [worldOf(events), worldOf([...events, ...made])]
    const old = was.get(releaseView, 'WO-0012')?.method
    const now = known.get(releaseView, 'WO-0012')?.method ?? ''
    expect(made[2]?.payload).toMatchObject({ workOrder: 'WO-0012', replaces: old, method: now })
    expect(known.get(methodView, now)).toMatchObject({ number: 2, content: { documents: [{ revision: 'B' }] } })
    expect(known.get(releaseView, 'WO-0013')?.method).toBe(old)
    expect(known.get(changeOrderView, 'ECO-0001')).toMatchObject({
      state: 'released',
      released: { workOrders: [take('WO-0012'), keep('WO-0013')] }
    })
  })

  it('freezes one method for two orders of one item', () => {
    const made = drafts(release(approved(), take('WO-0012'), take('WO-0013')))
    expect(made.filter(({ kind }) => kind.type === 'changes/method-frozen.v1')).toHaveLength(1)
    expect(made.filter(({ kind }) => kind.type === 'orders/work-order-released.v1')).toHaveLength(2)
  })

  it('leaves a created order alone: its release takes what is approved then', () => {
    const events = approved()
    expect(reachedBy(worldOf(events), documentChange).map(one => one.workOrder)).toEqual(['WO-0012', 'WO-0013'])
    const released = [...events, ...drafts(release(events, keep('WO-0012'), keep('WO-0013')))]
    const later = worldOf(workOrderReleases(released, 'WO-0014'))
    const method = later.get(releaseView, 'WO-0014')?.method ?? ''
    expect(later.get(methodView, method)?.content.documents[0]?.revision).toBe('B')
  })

  it('makes the item revision current and lets orders of the old one only finish', () => {
    const change = { ...documentChange, documents: [], items: [{ item: 'SENSOR', revision: 'B' }] }
    const events = approved(opened(change, [bom('B'), routing('B')]))
    expect(why(release(events, take('WO-0012'), keep('WO-0013')))).toBe('other-revision')
    const made = drafts(release(events, keep('WO-0012'), keep('WO-0013')))
    expect(worldOf([...events, ...made]).get(itemMasterView, 'SENSOR')?.revision).toBe('B')
  })
})
