import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { decision } from './event.ts'
import { knownFrom, listenersOf } from './fold.ts'
import { suppose } from './suppose.ts'
import { viewKind, when } from './view.ts'

const boxFilled = decision('toy/box-filled.v1', z.object({ box: z.string(), pieces: z.int() }))
const boxView = viewKind<{ pieces: number }>('toy/box', 'desk', [
  when(
    boxFilled,
    ({ box }) => box,
    (was, { pieces }) => (pieces === 0 ? undefined : { pieces: (was?.pieces ?? 0) + pieces })
  )
])
const known = knownFrom(
  new Map([
    [
      'toy/box',
      new Map([
        ['b', { pieces: 2 }],
        ['c', { pieces: 3 }]
      ])
    ]
  ])
)
const listeners = listenersOf([boxView as never])
const filled = (box: string, pieces: number) => ({ type: 'toy/box-filled.v1', payload: { box, pieces } })

describe('what would be known', () => {
  it('has what was supposed, one after the other, and leaves what is known alone', () => {
    const would = suppose(known, listeners, [filled('b', 5), filled('b', 1), filled('a', 7), filled('c', 0)])
    expect(would.list(boxView)).toEqual([
      ['a', { pieces: 7 }],
      ['b', { pieces: 8 }]
    ])
    expect(would.get(boxView, 'c')).toBeUndefined()
    expect(would.list(boxView, 'b')).toEqual([['b', { pieces: 8 }]])
    expect(known.list(boxView)).toEqual([
      ['b', { pieces: 2 }],
      ['c', { pieces: 3 }]
    ])
  })

  it('is what is known when nothing is supposed, or nothing that anybody listens to', () => {
    expect(suppose(known, listeners, [])).toBe(known)
    const would = suppose(known, listeners, [{ type: 'toy/unheard-of.v1', payload: {} }])
    expect(would.list(boxView)).toEqual(known.list(boxView))
  })
})
