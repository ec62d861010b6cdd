import { describe, expect, it } from 'vitest'
import { type Answers, mayForget } from './keeping.ts'

const GB = 1024 ** 3
/** As an ordinary, uninstalled Chromium 156 answers, private or not. */
const ordinary: Answers = { persisted: false, quota: 10 * GB, folder: 'given', serviceWorker: true }

describe('whether a window may forget', () => {
  it.each([
    ['Safari, private, 15.2 and later: no folder', { folder: 'refused' }],
    ['Safari, private, 18.4 and later: a folder, and 1 GB', { quota: GB }],
    ['Firefox, private: no service worker', { serviceWorker: false }],
    ['Chromium before 148, private: a tenth of a GB', { quota: 120_000_000 }]
  ] as const)('%s', (_, over) => {
    expect(mayForget({ ...ordinary, ...over })).toBe(true)
    expect(mayForget({ ...ordinary, ...over, persisted: true })).toBe(false)
  })

  it('says nothing of a window that answers as an ordinary one, or does not answer', () => {
    expect(mayForget(ordinary)).toBe(false)
    expect(mayForget({ ...ordinary, quota: 0, folder: undefined })).toBe(false)
  })
})
