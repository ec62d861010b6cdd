import { describe, expect, it } from 'vitest'
import { compareMethods } from './diff.ts'
import type { MethodContent } from './projection.ts'

const method: MethodContent = {
  item: 'SENSOR',
  itemName: 'Sensor',
  revision: 'A',
  bom: [{ component: 'SCREW', name: 'Screw M2x5', quantity: 4, uom: 'pcs', tracking: 'none' }],
  operations: [
    {
      op: 10,
      name: 'Close',
      stations: ['ST-01'],
      setupMinutes: 0,
      runMinutes: 2,
      steps: [{ step: 1, title: 'Torque', text: 'Tighten', kind: 'measure', unit: 'N·m', low: 0.5, high: 0.7 }]
    }
  ],
  documents: [{ document: 'BD-1', revision: 'A', title: 'Build', file: 'a'.repeat(64), pages: [] }],
  controlPlans: [],
  tools: [{ tool: 'T-1', name: 'Driver', kind: 'tool' }]
}

describe('comparing two methods', () => {
  it('finds nothing between a method and itself', () => {
    expect(compareMethods(method, structuredClone(method))).toEqual([])
  })

  it('names what changed, came and went', () => {
    const [line] = method.bom
    const [operation] = method.operations
    const [step] = operation?.steps ?? []
    if (!line || !operation || !step) throw new Error('the example lost its lines')
    const next: MethodContent = {
      ...method,
      bom: [
        { ...line, quantity: 6 },
        { component: 'PAD', name: 'Pad', quantity: 1, uom: 'pcs', tracking: 'lot' }
      ],
      operations: [{ ...operation, steps: [{ ...step, high: 0.65 }] }],
      tools: []
    }
    expect(compareMethods(method, next)).toEqual([
      { part: 'BOM', what: 'SCREW Screw M2x5', before: '4 pcs', after: '6 pcs' },
      { part: 'BOM', what: 'PAD Pad', before: '', after: '1 pcs' },
      {
        part: 'Routing',
        what: 'Operation 10, step 1',
        before: 'Torque · Tighten · measure · 0.5 … 0.7 N·m',
        after: 'Torque · Tighten · measure · 0.5 … 0.65 N·m'
      },
      { part: 'Tools', what: 'T-1', before: 'Driver · tool', after: '' }
    ])
  })

  it('sees a document whose file changed under the same revision', () => {
    const [document] = method.documents
    if (!document) throw new Error('the example lost its document')
    const next = { ...method, documents: [{ ...document, file: 'b'.repeat(64) }] }
    expect(compareMethods(method, next).map(({ what }) => what)).toEqual(['BD-1 Build'])
  })

  it('keeps two BOM lines of one part apart', () => {
    const [line] = method.bom
    if (!line) throw new Error('the example lost its line')
    const next = { ...method, bom: [line, { ...line, quantity: 2 }] }
    expect(compareMethods(method, next)).toEqual([
      { part: 'BOM', what: 'SCREW Screw M2x5 (2)', before: '', after: '2 pcs' }
    ])
  })
})
