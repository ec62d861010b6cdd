import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { ask, drafts, givenBy, knownAfter } from '#test/room.ts'
import { pagesRendered, revisionReleased, revisionUploaded } from '#activities/documents/events.ts'
import { bomSet, itemSet } from '#activities/materials/events.ts'
import { routingSet, workOrderCreated } from '#activities/orders/events.ts'
import { controlPlanSet } from '#activities/quality/events.ts'
import { toolSet } from '#activities/tooling/events.ts'
import { changes } from './activity.ts'
import { lateWorkFlagged, methodFrozen } from './events.ts'
import { flagView, itemMethodsView, methodView, releaseView } from './projection.ts'
import { decideLateWork, releaseWorkOrder } from './rules.ts'

const item = (code: string, name: string) =>
  draft(itemSet, { item: code, name, revision: 'A', uom: 'pcs', source: 'make', tracking: 'lot' })
const bom = draft(bomSet, { item: 'SENSOR', revision: 'A', lines: [{ component: 'SCREW', quantity: 4, uom: 'pcs' }] })
const routing = (text = 'Fit four screws') =>
  draft(routingSet, {
    item: 'SENSOR',
    revision: 'A',
    operations: [
      {
        op: 20,
        name: 'Final check',
        stations: ['ST-02'],
        setupMinutes: 0,
        runMinutes: 2,
        controlPlan: 'CP-1',
        tools: ['T-1'],
        steps: []
      },
      {
        op: 10,
        name: 'Close the case',
        stations: ['ST-01'],
        setupMinutes: 5,
        runMinutes: 3,
        document: 'BD-1',
        steps: [{ step: 1, title: 'Screws', text, kind: 'part', page: 2, item: 'SCREW', quantity: 4 }]
      }
    ]
  })
const file = { sha256: 'a'.repeat(64), size: 10, type: 'application/pdf' }
const page = (number: number) => ({ page: number, sha256: String(number).repeat(64), size: 1, width: 100, height: 140 })
const uploaded = draft(revisionUploaded, { document: 'BD-1', revision: 'A', title: 'Build', fileName: 'b.pdf', file })
const rendered = draft(pagesRendered, { document: 'BD-1', revision: 'A', pages: [page(1), page(2)] })
const documentReleased = draft(revisionReleased, { document: 'BD-1', revision: 'A' })
const plan = draft(controlPlanSet, {
  plan: 'CP-1',
  revision: 'A',
  title: 'Final',
  sample: 'each',
  stopAt: { critical: 1, major: 3, minor: 10 },
  characteristics: [{ number: 1, name: 'Label reads', kind: 'attribute', severity: 'minor' }]
})
const tool = draft(toolSet, { tool: 'T-1', name: 'Torque driver', kind: 'tool', location: 'LOC-A1' })
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
  item('SENSOR', 'Sensor'),
  item('SCREW', 'Screw M2x5'),
  bom,
  routing(),
  uploaded,
  rendered,
  documentReleased,
  plan,
  tool,
  order('WO-0012'),
  order('WO-0013')
]
const without = (...left: readonly Draft[]) =>
  knownAfter(
    changes,
    masters.filter(one => !left.includes(one))
  )
const release = (known = knownAfter(changes, masters), workOrder = 'WO-0012') =>
  ask(changes, releaseWorkOrder, known, { workOrder })

/** Every event of a release names its method. */
const methodOf = (one: Draft | undefined): string =>
  (one as { payload: { method: string } } | undefined)?.payload.method ?? 'none'

describe('releasing a work order', () => {
  it('freezes the method with its hash and heads of the operations in the order of work', () => {
    const [frozen, released] = drafts(release())
    expect(frozen?.kind.type).toBe('changes/method-frozen.v1')
    expect(frozen?.payload).toMatchObject({
      number: 1,
      content: {
        item: 'SENSOR',
        bom: [{ component: 'SCREW', name: 'Screw M2x5', tracking: 'lot', quantity: 4 }],
        documents: [{ document: 'BD-1', revision: 'A', pages: [{ page: 1 }, { page: 2 }] }],
        tools: [{ tool: 'T-1', name: 'Torque driver' }]
      }
    })
    expect(released?.payload).toMatchObject({
      workOrder: 'WO-0012',
      operations: [
        { op: 10, steps: [1], checks: 0 },
        { op: 20, steps: [], checks: 1 }
      ]
    })
    const method = methodOf(frozen)
    expect(methodOf(released)).toBe(method)
    expect(method).toMatch(/^[0-9a-f]{64}$/)
  })

  it('shares the method with the next order of an unchanged item', () => {
    const first = drafts(release())
    const known = knownAfter(changes, [...masters, ...first])
    const second = drafts(release(known, 'WO-0013'))
    expect(second.map(({ kind }) => kind.type)).toEqual(['orders/work-order-released.v1'])
    expect(known.get(releaseView, 'WO-0012')?.state).toBe('released')
  })

  it('gives a changed routing the next number and another hash', () => {
    const first = drafts(release())
    const known = knownAfter(changes, [...masters, ...first, routing('Fit four screws crosswise')])
    const [frozen] = drafts(release(known, 'WO-0013'))
    expect(frozen?.payload).toMatchObject({ number: 2 })
    expect(known.get(itemMethodsView, 'SENSOR')?.methods).toHaveLength(1)
    expect(methodOf(frozen)).not.toBe(methodOf(first[0]))
  })

  it('does not depend on the order in which the masters were written', () => {
    const turned = knownAfter(changes, [
      plan,
      tool,
      routing(),
      bom,
      uploaded,
      rendered,
      documentReleased,
      ...masters.slice(0, 2),
      order('WO-0012')
    ])
    expect(drafts(release(turned))[0]?.payload).toEqual(drafts(release())[0]?.payload)
  })

  it('says what is missing', () => {
    expect(release(without(bom))).toEqual({ refused: 'no-bom', about: { item: 'SENSOR', revision: 'A' } })
    expect(release(without(...masters.filter(one => one.kind === routingSet)))).toMatchObject({ refused: 'no-routing' })
    expect(release(without(plan))).toEqual({ refused: 'control-plan-missing', about: { plan: 'CP-1', op: 20 } })
    expect(release(without(tool))).toMatchObject({ refused: 'tool-not-set', about: { tool: 'T-1' } })
    expect(release(without(uploaded, rendered, documentReleased))).toMatchObject({ refused: 'document-not-released' })
    expect(release(without(rendered, documentReleased))).toMatchObject({
      refused: 'pages-not-ready',
      about: { document: 'BD-1', revision: 'A' }
    })
    expect(release(without(documentReleased))).toEqual({
      refused: 'document-not-released',
      about: { document: 'BD-1', where: 'operation 10' }
    })
  })

  it('freezes the GTIN of a part, by which the floor knows its package', () => {
    const screw = draft(itemSet, {
      item: 'SCREW',
      name: 'Screw M2x5',
      revision: 'A',
      uom: 'pcs',
      source: 'buy',
      tracking: 'lot',
      gtin: '04006381333931'
    })
    const [frozen] = drafts(release(knownAfter(changes, [...masters, screw])))
    expect(frozen?.payload).toMatchObject({ content: { bom: [{ component: 'SCREW', gtin: '04006381333931' }] } })
    expect(methodOf(frozen)).not.toBe(methodOf(drafts(release())[0]))
  })

  it('puts the parts of a phantom in its place, at its operation', () => {
    const kit = draft(itemSet, {
      item: 'KIT',
      name: 'Kit',
      revision: 'B',
      uom: 'pcs',
      source: 'phantom',
      tracking: 'none'
    })
    const ofKit = draft(bomSet, {
      item: 'KIT',
      revision: 'B',
      lines: [{ component: 'SCREW', quantity: 4, uom: 'pcs' }]
    })
    const withKit = draft(bomSet, {
      item: 'SENSOR',
      revision: 'A',
      lines: [{ component: 'KIT', quantity: 2, uom: 'pcs', operation: 10 }]
    })
    const [frozen] = drafts(release(knownAfter(changes, [...masters, kit, ofKit, withKit])))
    expect(frozen?.payload).toMatchObject({
      content: { bom: [{ component: 'SCREW', name: 'Screw M2x5', quantity: 8, operation: 10 }] }
    })
  })

  it('refuses a step that shows a page which the document has not', () => {
    const short = draft(pagesRendered, { document: 'BD-1', revision: 'A', pages: [page(1)] })
    expect(
      release(
        knownAfter(
          changes,
          masters.map(one => (one === rendered ? short : one))
        )
      )
    ).toMatchObject({
      refused: 'page-missing',
      about: { page: 2, pages: 1 }
    })
  })

  it('refuses a second release and an order that nobody created', () => {
    const known = knownAfter(changes, [...masters, ...drafts(release())])
    expect(release(known)).toMatchObject({ refused: 'order-released' })
    expect(release(known, 'WO-9999')).toMatchObject({ refused: 'release-unknown' })
  })

  it('is for planners and supervisors', () => {
    const answer = ask(
      changes,
      releaseWorkOrder,
      knownAfter(changes, masters),
      { workOrder: 'WO-0012' },
      givenBy('P-002', ['operator'])
    )
    expect(answer).toMatchObject({ refused: 'role-missing' })
  })

  it('has a sentence for every reason it gives', () => {
    for (const left of [bom, plan, tool, documentReleased]) {
      const answer = release(without(left))
      if (!('refused' in answer)) throw new Error('was not refused')
      expect(changes.reasons[answer.refused]?.(answer.about ?? {})).not.toContain('undefined')
    }
  })
})

const event = '01900000-0000-7000-8000-000000000001'
const flagged = draft(lateWorkFlagged, {
  event,
  type: 'orders/operation-started.v1',
  person: 'P-003',
  device: 'device-3',
  at: '2026-11-23T08:31:00.000Z',
  codes: ['on-hold'],
  subject: 'WO-0012',
  sentence: 'Ana started operation 10 while WO-0012 was on hold.'
})

describe('deciding on late work', () => {
  it('closes the flag with outcome, note and name', () => {
    const known = knownAfter(changes, [flagged])
    const closed = drafts(ask(changes, decideLateWork, known, { event, outcome: 'accept', note: 'Checked with Ines' }))
    expect(knownAfter(changes, [flagged, ...closed]).get(flagView, event)).toMatchObject({
      state: 'decided',
      outcome: 'accept',
      note: 'Checked with Ines',
      by: 'P-001',
      subject: 'WO-0012'
    })
  })

  it('stays decided when the same fact is flagged again', () => {
    const closed = drafts(
      ask(changes, decideLateWork, knownAfter(changes, [flagged]), { event, outcome: 'hold', note: 'Wait' })
    )
    expect(knownAfter(changes, [flagged, ...closed, flagged]).get(flagView, event)?.state).toBe('decided')
  })

  it('wants a note, another person, and decides once', () => {
    const known = knownAfter(changes, [flagged])
    const input = { event, outcome: 'scrap', note: 'x' } as const
    expect(ask(changes, decideLateWork, known, { ...input, note: ' ' })).toMatchObject({
      refused: 'decision-unexplained'
    })
    expect(ask(changes, decideLateWork, known, input, givenBy('P-003'))).toMatchObject({ refused: 'own-work' })
    const closed = drafts(ask(changes, decideLateWork, known, input))
    expect(ask(changes, decideLateWork, knownAfter(changes, [flagged, ...closed]), input)).toMatchObject({
      refused: 'flag-decided'
    })
    expect(ask(changes, decideLateWork, knownAfter(changes, []), input)).toEqual({ refused: 'flag-unknown' })
  })
})

describe('methods', () => {
  it('are kept whole under their hash', () => {
    const first = drafts(release())
    const method = methodOf(first[0])
    expect(first[0]?.kind).toBe(methodFrozen)
    expect(knownAfter(changes, [...masters, ...first]).get(methodView, method)).toMatchObject({
      number: 1,
      content: { item: 'SENSOR' }
    })
  })
})
