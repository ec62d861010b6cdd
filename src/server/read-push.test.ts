import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pushRequest } from '#sync/protocol.ts'
import { isPush } from './read-push.ts'

const h = 'a'.repeat(64)
const event = { id: 'e', h, body: '{}', n: 1 }
const whole = { protocol: 1, batch: 'b', device: 'd', chain: 'c', epoch: 'e', nMax: 1, events: [event] }
const odd = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    '',
    'x',
    h,
    h.toUpperCase(),
    `${h}\n`,
    0,
    -1,
    1.5,
    2 ** 53,
    Number.NaN,
    [],
    {},
    true
  ),
  fc.constant({ seq: 1, root: h }),
  fc.constant({ seq: 1.5, root: h }),
  fc.constant([event, event])
)
const members = ['protocol', 'batch', 'device', 'chain', 'epoch', 'nMax', 'witnessed', 'events', 'more'] as const

describe('isPush', () => {
  it('takes what the schema takes and nothing else, whichever member is odd or missing', () => {
    const harmed = fc
      .tuple(fc.constantFrom(...members), odd)
      .map(([name, value]): unknown => ({ ...whole, [name]: value }))
    const harmedEvent = fc
      .tuple(fc.constantFrom('id', 'h', 'body', 'n', 'more'), odd)
      .map(([name, value]): unknown => ({ ...whole, events: [event, { ...event, [name]: value }] }))
    const taken = new Set<boolean>()
    fc.assert(
      fc.property(fc.oneof(harmed, harmedEvent, odd, fc.constant(whole)), value => {
        const fits = pushRequest.safeParse(value).success
        taken.add(fits)
        expect(isPush(value)).toBe(fits)
      }),
      { numRuns: 3000 }
    )
    expect(taken.size).toBe(2)
  })

  it('sees each member that is missing', () => {
    for (const name of members.slice(0, 6)) {
      const { [name as 'batch']: _, ...rest } = whole
      expect(isPush(rest), name).toBe(false)
    }
    expect(isPush(whole)).toBe(true)
  })
})
