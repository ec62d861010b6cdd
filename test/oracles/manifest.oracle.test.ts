import { describe, expect, it } from 'vitest'
import { has, read } from './oracles.ts'

describe.skipIf(!has('MANIFEST.json'))('the oracles', () => {
  it('say of every file where it comes from and under which licence', () => {
    const files =
      read<readonly { readonly file: string; readonly source?: string; readonly licence?: string }[]>('MANIFEST.json')
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter(({ source, licence }) => !source || !licence)).toEqual([])
  })
})
