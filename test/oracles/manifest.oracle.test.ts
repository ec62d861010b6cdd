import { describe, expect, it } from 'vitest'
import { filesIn, isRead, textOf } from './oracles.ts'

const MANIFEST = 'MANIFEST.json'
const files = filesIn('')

describe.skipIf(!files.includes(MANIFEST))('the oracles', () => {
  it('say of every file where it comes from and under which licence', () => {
    // A file of the oracles, of this shape.
    const told = JSON.parse(textOf(MANIFEST)) as { readonly file: string; source?: string; licence?: string }[]
    expect(told.length).toBeGreaterThan(0)
    expect(told.filter(({ source, licence }) => !source || !licence)).toEqual([])
  })
})

describe.skipIf(files.length === 0)('no file is left unread', () => {
  const answers = files.filter(path => path.includes('/'))
  it.each(answers)('%s', path => {
    expect(isRead(path), 'No suite knows what this file holds.').toBe(true)
  })
})
