import { describe, expect, it } from 'vitest'
import type { Intaken } from './intake.ts'
import { turns } from './turns.ts'

/** A chain of numbers, one a push. */
const chain = () => {
  let head = 0
  const attempt = (n: number) => async (): Promise<Intaken> => {
    const early = n > head + 1
    if (n === head + 1) head = n
    const verdict = early
      ? ({ id: 'i', verdict: 'gap', expect: head + 1 } as const)
      : ({ id: 'i', verdict: 'applied', seq: n } as const)
    return { epoch: 'e', head, root: '', verdicts: [verdict] }
  }
  return { attempt }
}

const verdictsOf = (all: readonly Intaken[]) => all.map(({ verdicts }) => verdicts[0]?.verdict)

describe('pushes of one chain that overtake each other', () => {
  it('are taken in order all the same', async () => {
    const { attempt } = chain()
    const { take } = turns(5_000)
    const all = await Promise.all([3, 2, 1].map(n => take('c', attempt(n))))
    expect(verdictsOf(all)).toEqual(['applied', 'applied', 'applied'])
  })

  it('are told of a hole that nobody fills', async () => {
    const { attempt } = chain()
    const { take } = turns(20)
    expect(verdictsOf([await take('c', attempt(2))])).toEqual(['gap'])
  })

  it('do not wait for another chain', async () => {
    const [one, other] = [chain(), chain()]
    const { take } = turns(20)
    const early = take('c', one.attempt(2))
    await take('d', other.attempt(1))
    expect(verdictsOf([await early])).toEqual(['gap'])
  })
})
