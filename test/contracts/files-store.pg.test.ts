/** The office's files on PostgreSQL and in the simulation: the same requests, good and bad, must have the same answers. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { completeFile, heldOf, keepChunk, piecesOf, readFile } from '#server/blobs.ts'
import { openOffice, type Office } from '#server/office.ts'
import { Problem } from '#server/problem.ts'
import { CHUNK_BYTES } from '#sync/protocol.ts'
import { answerFile, type Files, sha256Of } from '#test/simulation/files.ts'
import { dice } from '#test/simulation/virtual-time.ts'
import { until } from '../scenarios/story.ts'
import { freshDatabase, type TestDatabase } from './postgres.ts'

const SITE = 'main'
let database: TestDatabase
let office: Office

beforeAll(async () => {
  database = await freshDatabase()
  const found = { site: SITE, name: 'Toy', sample: false }
  office = await openOffice({ dataDir: '', databaseUrl: database.url, found, activities: [] })
}, 60_000)
afterAll(async () => {
  await office?.close()
  await database?.close()
})

const statusOf = (work: Promise<unknown>): Promise<number> =>
  work.then(
    () => 200,
    (problem: unknown) => {
      if (problem instanceof Problem) return problem.status
      throw problem
    }
  )

/** What HEAD says: which chunks are whole, and how much of others is here. */
const heldBy = async (sha256: string): Promise<string> => {
  const held = await heldOf(office.sql, SITE, sha256)
  if (!held) return 'nothing'
  if (held.complete) return 'all'
  const parts = await piecesOf(office.sql, SITE, sha256)
  return `${held.chunks.join(',')} ${parts.map(part => `${part.index}:${part.held}`).join(',')}`
}
const heldIn = (files: Files, path: string): string => {
  const { status, headers } = answerFile(files, 'HEAD', path, '', { bytes: undefined, range: undefined })
  if (status === 404) return 'nothing'
  const have = headers?.['x-jobcard-have'] ?? ''
  return have === 'all' ? have : `${have} ${headers?.['x-jobcard-part']}`
}

it('answer alike to pieces that are lost, doubled, damaged or out of order', { timeout: 60_000 }, async () => {
  const roll = dice(7)
  const between = (low: number, high: number) => low + Math.floor(roll() * (high - low + 1))
  const files: Files = new Map()
  const seen = new Set<string>()
  for (const size of [900, 3000, CHUNK_BYTES + 500]) {
    const whole = new Uint8Array(size).fill(size % 251)
    const sha256 = sha256Of(whole)
    const path = `/v1/blobs/${sha256}`
    const length = (index: number) => Math.min(CHUNK_BYTES, size - index * CHUNK_BYTES)
    const at = new Map<number, number>()
    for (let i = 0; i < 40; i += 1) {
      const index = between(0, Math.ceil(size / CHUNK_BYTES) - 1)
      const from = roll() < 0.7 ? (at.get(index) ?? 0) : between(0, length(index))
      // Mostly no further than the chunk's end, as a tablet cuts them.
      const rest = roll() < 0.8 ? length(index) - from : length(index)
      const bytes = whole.slice(0, Math.min(rest, between(1, Math.ceil(length(index) / 3))))
      if (roll() < 0.05) bytes[0] = 255
      // Now and then somebody has another notion of how long it is.
      const said = roll() < 0.04 ? size + 7 : size
      const query = `size=${said}&type=image/webp&from=${from}`
      const chunk = { sha256, index, from, size: said, type: 'image/webp', bytes }
      const put = await statusOf(keepChunk(office.sql, SITE, chunk))
      expect(answerFile(files, 'PUT', `${path}/${index}`, query, { bytes, range: undefined }).status).toBe(put)
      expect(heldIn(files, path)).toBe(await heldBy(sha256))
      if (put === 200) at.set(index, Math.max(at.get(index) ?? 0, from + bytes.length))
      seen.add(`put ${put}`)
      if (i % 5 < 4) continue
      const done = await statusOf(completeFile(office.sql, SITE, sha256))
      expect(answerFile(files, 'POST', `${path}/done`, '', { bytes: undefined, range: undefined }).status).toBe(done)
      if (done === 422) at.clear()
      seen.add(`done ${done}`)
      expect(heldIn(files, path)).toBe(await heldBy(sha256))
    }
  }
  expect([...seen].sort()).toEqual(['done 200', 'done 409', 'done 422', 'put 200', 'put 400', 'put 409'])
})

it('leave a file alone that was checked whole while other bytes for it were on their way', async () => {
  const bytes = new TextEncoder().encode('as it was recorded')
  const sha256 = sha256Of(bytes)
  const chunk = { sha256, index: 0, size: bytes.length, type: 'text/plain', bytes }
  await keepChunk(office.sql, SITE, chunk)
  const other = { ...chunk, bytes: new TextEncoder().encode('as it was altered!') }
  const late = await office.sql.begin(async tx => {
    await tx`SELECT 1 FROM blob WHERE sha256 = ${sha256} FOR UPDATE`
    const waits = keepChunk(office.sql, SITE, other)
    await until(
      'it waits for the row',
      async () => (await office.sql`SELECT 1 FROM pg_locks WHERE NOT granted`).length > 0
    )
    await tx`UPDATE blob SET complete = true WHERE sha256 = ${sha256}`
    return { waits }
  })
  await late.waits
  expect(await readFile(office.sql, SITE, sha256)).toEqual(bytes)
})

it('come in whole after somebody said another size of them', async () => {
  const bytes = new TextEncoder().encode('a photo of a scratch')
  const sha256 = sha256Of(bytes)
  const chunk = { sha256, index: 0, size: bytes.length, type: 'text/plain', bytes }
  await keepChunk(office.sql, SITE, chunk)
  await keepChunk(office.sql, SITE, { ...chunk, size: 2 * CHUNK_BYTES + 1, index: 2, bytes: new Uint8Array(1) })
  // Whoever asks what to send is told that its own chunk is wanted again.
  expect(await heldBy(sha256)).toBe('2 ')
  expect(await statusOf(completeFile(office.sql, SITE, sha256))).toBe(409)
  await keepChunk(office.sql, SITE, chunk)
  expect(await statusOf(completeFile(office.sql, SITE, sha256))).toBe(200)
  expect(await readFile(office.sql, SITE, sha256)).toEqual(bytes)
})
