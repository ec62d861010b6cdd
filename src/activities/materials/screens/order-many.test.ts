import { describe, expect, it } from 'vitest'
import { dayNumber } from '#kernel/calendar.ts'
import type { Said } from '../outlook.ts'
import type { PlanMessage } from '../planning/problem.ts'
import { wantedBySupplier } from './order-many.ts'

const TODAY = dayNumber('2026-11-22')
const said = (kind: PlanMessage['kind'], item: string, due: number, dismissed = false): Said => ({
  dismissed,
  message: {
    key: `${kind}/${item}`,
    state: 's',
    kind,
    severity: 'stop',
    item,
    quantity: 10,
    about: { kind: 'planned', item, order: `${item}@1` },
    why: { due }
  }
})
const supplierOf = (item: string) => ({
  bought: item !== 'BOARD',
  supplier: item.startsWith('SCR') ? 'Oakline' : 'Calder'
})

describe('ordering several at once', () => {
  it('takes what is to be placed now, by supplier, and asks for nothing yesterday', () => {
    const all = [
      said('release', 'SCR-1', TODAY + 9),
      said('past-due', 'SCR-2', TODAY - 3),
      said('past-due', 'CHIP', TODAY + 4),
      said('past-due', 'CAP', TODAY + 4, true),
      said('release', 'BOARD', TODAY + 4),
      said('inside-fence', 'SCR-1', TODAY + 9)
    ]
    const found = wantedBySupplier(all, supplierOf, TODAY)
    expect(found.map(([supplier, lines]) => [supplier, lines.map(({ item, due }) => [item, due])])).toEqual([
      [
        'Oakline',
        [
          ['SCR-1', '2026-12-01'],
          ['SCR-2', '2026-11-22']
        ]
      ],
      ['Calder', [['CHIP', '2026-11-26']]]
    ])
  })
})
