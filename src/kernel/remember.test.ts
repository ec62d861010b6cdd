import { expect, it } from 'vitest'
import { remembering } from './remember.ts'

it('makes a part anew only when something that it is made of is another', () => {
  const keep = remembering()
  const [a, b] = [[1], [2]]
  let made = 0
  const sum = (of: readonly number[][]) => keep('sum', of, () => ++made)
  expect([sum([a, b]), sum([a, b]), sum([a, [2]]), sum([a, [2]]), sum([a])]).toEqual([1, 1, 2, 3, 4])
  expect(keep('other', [a], () => 'x')).toBe('x')
  expect(sum([a])).toBe(4)
})
