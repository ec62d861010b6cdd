import { describe, expect, it } from 'vitest'
import { throughPhantoms } from './phantoms.ts'

describe('a phantom', () => {
  const line = (component: string, quantity: number) => ({ component, quantity, uom: 'pcs' })
  const below = (component: string) => (component === 'KIT' ? [line('SCREW', 4), line('BAG', 1)] : undefined)

  it('is replaced by its parts, each as often as the phantom is used', () => {
    expect(throughPhantoms([line('CASE', 1), line('KIT', 2)], below)).toEqual([
      line('CASE', 1),
      line('SCREW', 8),
      line('BAG', 2)
    ])
  })

  it('ends when phantoms contain each other', () => {
    const loop = (component: string) => [line(component === 'A' ? 'B' : 'A', 1)]
    expect(throughPhantoms([line('A', 1)], loop)).toHaveLength(1)
  })
})
