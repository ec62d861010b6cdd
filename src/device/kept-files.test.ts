import { describe, expect, it } from 'vitest'
import type { Answer, Exchange, Question } from '#sync/exchange.ts'
import { FILES_ASKED } from '#sync/protocol.ts'
import { askAgain, makeFileRoom, type Photos, pruneFiles } from './kept-files.ts'
import { memoryPhotos } from './store-memory.ts'

const DAY = 86_400_000
const nameOf = (i: number): string => i.toString(16).padStart(64, '0')
const refOf = (i: number, size = 10) => ({ sha256: nameOf(i), size, type: 'image/webp' })

/** Photos that an office of the first life took, one a day, from day 1 on. */
const photosOf = async (many: number, size = 10): Promise<Photos> => {
  const photos = memoryPhotos(() => 0)
  for (let i = 1; i <= many; i += 1) {
    await photos.keep(refOf(i, size), [new ArrayBuffer(size)])
    await photos.note([{ ...refOf(i, size), kept: { taken: i * DAY, time: i * DAY, epoch: 'one' } }])
  }
  return photos
}
const namesIn = (files: readonly { readonly sha256: string }[]): readonly number[] =>
  files.map(file => Number.parseInt(file.sha256, 16)).toSorted((a, b) => a - b)

/** An office that has these files, and what it was asked. */
const officeWith = (has: (sha256: string) => boolean) => {
  const asked: Question[] = []
  const ask = async (question: Question): Promise<Answer> => {
    asked.push(question)
    const { sha256 } = JSON.parse(String(question.body)) as { readonly sha256: readonly string[] }
    // Nobody here looks at the reply itself.
    return { answer: 'ok', body: { have: sha256.filter(has) }, response: undefined as never }
  }
  return { office: { ask, open: async () => undefined } satisfies Exchange, asked }
}

describe('photos that the office has', () => {
  it('wait again if a restored office lacks them, and are asked for once in its life', async () => {
    const photos = await photosOf(4)
    const { office, asked } = officeWith(sha256 => sha256 === nameOf(2))
    expect(await askAgain(office, photos, 'two')).toBe(true)
    expect(namesIn(await photos.waiting())).toEqual([1, 3, 4])
    expect(namesIn(await photos.sent())).toEqual([2])
    expect(asked.map(one => one.path)).toEqual(['/v1/blobs/have?epoch=two'])
    expect(await askAgain(office, photos, 'two')).toBe(true)
    expect(asked).toHaveLength(1)
  })

  it('are asked for in batches that the office takes', async () => {
    const photos = await photosOf(2 * FILES_ASKED + 1)
    const { office, asked } = officeWith(() => true)
    expect(await askAgain(office, photos, 'two')).toBe(true)
    expect(asked).toHaveLength(3)
    expect(await photos.waiting()).toEqual([])
  })

  it('are believed to be there by nobody who did not say so', async () => {
    for (const answer of [
      { answer: 'unreachable' },
      { answer: 'ok', body: {}, response: undefined as never }
    ] as const) {
      const photos = await photosOf(2)
      expect(await askAgain({ ask: async () => answer, open: async () => undefined }, photos, 'two')).toBe(false)
      const { office } = officeWith(() => false)
      expect(await askAgain(office, photos, 'two')).toBe(true)
      expect(namesIn(await photos.waiting())).toEqual([1, 2])
    }
  })

  it('are let go of when both clocks say that it is long ago, and one that waits never', async () => {
    const photos = await photosOf(20)
    await photos.keep(refOf(99), [new ArrayBuffer(10)])
    const rules = { keep: 14 * DAY, quota: 0 }
    await pruneFiles(photos, { ...rules, now: 4000 * DAY, heard: 0 })
    await pruneFiles(photos, { ...rules, now: 0, heard: 4000 * DAY })
    expect(await photos.sent()).toHaveLength(20)
    await pruneFiles(photos, { ...rules, now: 20 * DAY, heard: 20 * DAY })
    expect(namesIn(await photos.sent())).toEqual(Array.from({ length: 15 }, (_, i) => i + 6))
    await pruneFiles(photos, { ...rules, now: 4000 * DAY, heard: 4000 * DAY })
    expect(namesIn(await photos.waiting())).toEqual([99])
    expect(await photos.chunk(nameOf(99), 0)).toBeDefined()
    expect(await photos.chunk(nameOf(6), 0)).toBeUndefined()
  })

  it('take a tenth of what the browser gives, and give way oldest first when the disk is full', async () => {
    const photos = await photosOf(8, 100)
    await pruneFiles(photos, { now: DAY, heard: DAY, keep: 14 * DAY, quota: 6500 })
    expect(namesIn(await photos.sent())).toEqual([3, 4, 5, 6, 7, 8])
    await photos.keep(refOf(99), [new ArrayBuffer(10)])
    await makeFileRoom(photos)
    expect(namesIn(await photos.sent())).toEqual([6, 7, 8])
    expect(namesIn(await photos.waiting())).toEqual([99])
  })
})
