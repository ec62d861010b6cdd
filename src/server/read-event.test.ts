import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { depthOf, envelopeShape, isEnvelope } from './read-event.ts'

const envelope = {
  v: 1,
  id: '01900000-0000-7000-8000-000000000001',
  site: 'main',
  device: 'd',
  chain: 'c',
  n: 1,
  prev: '',
  type: 'toy/thing-done.v1',
  actor: { person: 'P-001', session: '', method: 'badge-pin' },
  at: { wall: '2026-11-22T10:00:00.000Z', mono: 1.5, offset: null },
  seen: { epoch: 'e', seq: 0 },
  payload: {}
}

const paths = [
  ...Object.keys(envelope).map(name => [name]),
  ...(['actor', 'at', 'seen'] as const).flatMap(part => Object.keys(envelope[part]).map(name => [part, name]))
]

/** Values near the borders of the shape, beside any JSON at all. */
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    0,
    1,
    -1,
    1.5,
    2 ** 53,
    Number.POSITIVE_INFINITY,
    '',
    'x'.repeat(200),
    'x'.repeat(201),
    'api',
    [],
    {},
    null
  ),
  fc.constantFrom<unknown>('01900000-0000-7000-8000-00000000000', '2026-13-45', '2026', ' 2026-11-22', true)
)

describe('the envelope, checked by hand', () => {
  it('is taken exactly when its shape is', () => {
    expect(isEnvelope(envelope)).toBe(true)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), odd, fc.boolean()), { maxLength: 2 }), changes => {
        const changed: Record<string, unknown> = structuredClone(envelope)
        for (const [path, value, gone] of changes) put(changed, path, value, gone)
        expect(isEnvelope(changed)).toBe(envelopeShape.safeParse(changed).success)
      }),
      { numRuns: 3000 }
    )
  })

  it('is refused when it is no object', () => {
    for (const value of [null, [], [envelope], 'x', 1, undefined]) expect(isEnvelope(value)).toBe(false)
  })
})

describe('how deep brackets nest', () => {
  const deep = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(deep)) : 0

  it('is told without parsing, whatever the texts hold', () => {
    const text = fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', 'a', 'é', '\n') })
    const { json } = fc.letrec(tie => ({
      json: fc.oneof({ maxDepth: 5 }, text, fc.array(tie('json')), fc.dictionary(text, tie('json')))
    }))
    fc.assert(
      fc.property(json, value => {
        expect(depthOf(Buffer.from(JSON.stringify(value)))).toBe(deep(value))
      })
    )
  })

  it('ends at the end of text that is cut off', () => {
    for (const cut of ['{"a":"b', '{"a":"b\\', '[[', '"']) expect(depthOf(Buffer.from(cut))).toBeLessThan(3)
  })
})

const put = (into: Record<string, unknown>, path: readonly string[], value: unknown, gone: boolean): void => {
  const [first = '', second] = path
  const inner = into[first]
  if (second === undefined) {
    if (gone) delete into[first]
    else into[first] = value
  } else if (typeof inner === 'object' && inner !== null) put(inner as Record<string, unknown>, [second], value, gone)
}
