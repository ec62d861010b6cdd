/** A small inspection for tests and stories: the final check of a sensor. */
import type { z } from 'zod/mini'
import type { methodFrozen } from '#activities/changes/events.ts'
import type { ControlPlan } from './plans.ts'

export const samplePlan: ControlPlan = {
  plan: 'QC-311',
  revision: 'A',
  title: 'Final check',
  sample: 'each',
  stopAt: { critical: 1, major: 3, minor: 10 },
  characteristics: [
    { number: 1, name: 'No flux residue on J3', kind: 'attribute', severity: 'minor' },
    {
      number: 2,
      name: 'Height of C12',
      kind: 'measure',
      severity: 'major',
      unit: 'mm',
      nominal: 12,
      low: 11.8,
      high: 12.2,
      gauge: 'T-DC-07',
      document: 'BD-1042',
      page: 1
    },
    { number: 3, name: '5 V rail', kind: 'measure', severity: 'critical', unit: 'V', nominal: 5, low: 4.9, high: 5.1 },
    { number: 4, name: 'Screws fitted', kind: 'attribute', severity: 'major' }
  ]
}

export const sampleMethod = 'a'.repeat(64)
const page = (digit: string) => ({ page: 1, sha256: digit.repeat(64), size: 1000, width: 1600, height: 1131 })

export const sampleContent: z.infer<typeof methodFrozen.payload>['content'] = {
  item: 'FL-100',
  itemName: 'LoRa sensor',
  revision: 'B',
  bom: [],
  operations: [
    { op: 10, name: 'Assemble', stations: ['ST-01'], setupMinutes: 0, runMinutes: 5, document: 'BD-9', steps: [] },
    {
      op: 30,
      name: 'Final check',
      stations: ['ST-03'],
      setupMinutes: 0,
      runMinutes: 3,
      document: 'BD-1042',
      controlPlan: 'QC-311',
      steps: []
    }
  ],
  documents: [
    { document: 'BD-9', revision: 'A', title: 'Assembly', file: 'c'.repeat(64), pages: [page('c')] },
    { document: 'BD-1042', revision: 'C', title: 'Main board', file: 'd'.repeat(64), pages: [page('d')] }
  ],
  controlPlans: [samplePlan],
  tools: [{ tool: 'T-DC-07', name: 'Caliper', kind: 'gauge' }]
}
