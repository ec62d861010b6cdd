/** Files by what they contain. A file is complete only when the hash over all of its chunks was checked. */
import { createHash } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import type { BlobRef } from '#kernel/event.ts'
import { CHUNK_BYTES } from '#sync/protocol.ts'
import { safeType } from './picture.ts'
import { Problem } from './problem.ts'

/** Largest file taken, bytes. */
export const FILE_LIMIT = 200 * 1024 * 1024
const SHA = /^[0-9a-f]{64}$/

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Keeps a whole file that is in memory. Keeping it twice changes nothing. */
export const keepFile = async (sql: Sql, site: string, bytes: Uint8Array, type: string): Promise<BlobRef> => {
  const sha256 = sha256Of(bytes)
  await sql.begin(async tx => {
    await tx`INSERT INTO blob (site_id, sha256, size, type) VALUES (${site}, ${sha256}, ${bytes.length}, ${type})
      ON CONFLICT (site_id, sha256) DO UPDATE SET size = excluded.size, type = excluded.type WHERE NOT blob.complete`
    for (let index = 0; index * CHUNK_BYTES < bytes.length; index++) {
      const chunk = bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)
      await tx`INSERT INTO blob_chunk (site_id, sha256, index, bytes) VALUES (${site}, ${sha256}, ${index}, ${Buffer.from(chunk)})
        ON CONFLICT (site_id, sha256, index) DO UPDATE SET bytes = excluded.bytes`
    }
    await tx`UPDATE blob SET complete = true WHERE site_id = ${site} AND sha256 = ${sha256}`
  })
  return { sha256, size: bytes.length, type }
}

export const readFile = async (sql: Sql, site: string, sha256: string): Promise<Uint8Array | undefined> => {
  const held = await heldOf(sql, site, sha256)
  if (!held?.complete) return undefined
  const parts: Uint8Array[] = []
  for await (const part of readBytes(sql, site, sha256, 0, held.size)) parts.push(part)
  return new Uint8Array(Buffer.concat(parts))
}

/** The bytes from `start` up to, not including, `end`, a chunk at a time: a big file is never in memory whole. */
export async function* readBytes(
  sql: Sql | TransactionSql,
  site: string,
  sha256: string,
  start: number,
  end: number
): AsyncGenerator<Uint8Array> {
  for (let index = Math.floor(start / CHUNK_BYTES); index * CHUNK_BYTES < end; index++) {
    const [row] = await sql<{ bytes: Buffer }[]>`
      SELECT bytes FROM blob_chunk WHERE site_id = ${site} AND sha256 = ${sha256} AND index = ${index}`
    if (!row) throw new Error('a chunk of a complete file is missing')
    const from = index * CHUNK_BYTES
    yield row.bytes.subarray(Math.max(0, start - from), Math.min(row.bytes.length, end - from))
  }
}

export type Held = {
  readonly size: number
  readonly type: string
  readonly complete: boolean
  readonly chunks: readonly number[]
}

/** Those of these that are here whole. */
export const haveOf = async (sql: Sql, site: string, sha256s: readonly string[]): Promise<readonly string[]> =>
  (
    await sql<{ sha256: string }[]>`
      SELECT sha256 FROM blob WHERE site_id = ${site} AND complete AND sha256 = ANY(${[...sha256s]})`
  ).map(row => row.sha256)

export const heldOf = async (sql: Sql, site: string, sha256: string): Promise<Held | undefined> => {
  const [row] = await sql<{ size: string; type: string; complete: boolean }[]>`
    SELECT size, type, complete FROM blob WHERE site_id = ${site} AND sha256 = ${sha256}`
  if (!row) return undefined
  const chunks = await sql<{ index: number }[]>`
    SELECT index FROM blob_chunk WHERE site_id = ${site} AND sha256 = ${sha256} ORDER BY index`
  return { size: Number(row.size), type: row.type, complete: row.complete, chunks: chunks.map(chunk => chunk.index) }
}

/** `from`: where in its chunk the bytes begin, when they are only a piece of it. */
export type Chunk = {
  readonly sha256: string
  readonly index: number
  readonly from?: number
  readonly size: number
  readonly type: string
  readonly bytes: Uint8Array
}

/** Takes one chunk, or a piece of one. A file already complete is left as it is. */
export const keepChunk = async (sql: Sql, site: string, chunk: Chunk): Promise<void> => {
  const { sha256, index, size, type, bytes, from } = chunk
  if (!SHA.test(sha256))
    throw new Problem(400, 'wrong-hash', 'The address of a file is the SHA-256 of its bytes, in lower-case hex.')
  if (!(size > 0 && size <= FILE_LIMIT))
    throw new Problem(413, 'too-large', `A file may hold 1 to ${FILE_LIMIT} bytes.`)
  const count = Math.ceil(size / CHUNK_BYTES)
  const expected = index === count - 1 ? size - index * CHUNK_BYTES : CHUNK_BYTES
  const fits =
    from === undefined ? bytes.length === expected : from >= 0 && bytes.length > 0 && from + bytes.length <= expected
  if (!Number.isInteger(index) || index < 0 || index >= count || !fits)
    throw new Problem(400, 'wrong-shape', `Chunk ${index} of a file of ${size} bytes has not ${bytes.length} bytes.`)
  const held = await heldOf(sql, site, sha256)
  if (held?.complete) return
  await sql.begin(async tx => {
    await tx`INSERT INTO blob (site_id, sha256, size, type) VALUES (${site}, ${sha256}, ${size}, ${type.slice(0, 100)})
      ON CONFLICT DO NOTHING`
    const file = await lockFile(tx, site, sha256)
    // What was checked whole meanwhile stays as it is.
    if (file?.complete) return
    // Whoever was wrong about its size: these chunks are cut otherwise than those.
    if (file?.size !== size) await emptyFile(tx, site, sha256)
    await tx`UPDATE blob SET size = ${size}, type = ${type.slice(0, 100)} WHERE site_id = ${site} AND sha256 = ${sha256}`
    const whole = from === undefined ? Buffer.from(bytes) : await withPiece(tx, site, { ...chunk, from }, expected)
    if (!whole) return
    await tx`INSERT INTO blob_chunk (site_id, sha256, index, bytes) VALUES (${site}, ${sha256}, ${index}, ${whole})
      ON CONFLICT (site_id, sha256, index) DO UPDATE SET bytes = excluded.bytes`
    await tx`DELETE FROM blob_piece WHERE site_id = ${site} AND sha256 = ${sha256} AND index = ${index}`
  })
}

/** Keeps a piece, and answers the chunk when it was the last. The row of the file is locked, so pieces come one by one. */
const withPiece = async (
  tx: TransactionSql,
  site: string,
  piece: Chunk & { readonly from: number },
  expected: number
): Promise<Buffer | undefined> => {
  const { sha256, index, from, bytes } = piece
  const [row] = await tx<{ held: number }[]>`
    SELECT coalesce(sum(length(bytes)), 0)::int AS held FROM blob_piece WHERE site_id = ${site} AND sha256 = ${sha256} AND index = ${index}`
  const held = row?.held ?? 0
  if (from > held)
    throw new Problem(
      409,
      'wrong-shape',
      `Chunk ${index} goes on from byte ${held}, not from ${from}.`,
      'Ask with HEAD what has arrived.'
    )
  // What is here already came with a reply that was lost.
  const fresh = bytes.subarray(held - from)
  if (fresh.length > 0)
    await tx`INSERT INTO blob_piece (site_id, sha256, index, start, bytes) VALUES (${site}, ${sha256}, ${index}, ${held}, ${Buffer.from(fresh)})`
  if (held + fresh.length < expected) return undefined
  const [whole] = await tx<{ bytes: Buffer }[]>`
    SELECT string_agg(bytes, ''::bytea ORDER BY start) AS bytes FROM blob_piece WHERE site_id = ${site} AND sha256 = ${sha256} AND index = ${index}`
  return whole?.bytes
}

/** How many bytes of which unfinished chunks are here. */
export const piecesOf = (sql: Sql, site: string, sha256: string): Promise<{ index: number; held: number }[]> =>
  sql<{ index: number; held: number }[]>`
    SELECT index, sum(length(bytes))::int AS held FROM blob_piece WHERE site_id = ${site} AND sha256 = ${sha256} GROUP BY index ORDER BY index`

/** Until the transaction ends nobody else changes a byte of it, nor calls it complete. */
const lockFile = async (tx: TransactionSql, site: string, sha256: string) => {
  const [row] = await tx<{ size: number; type: string; complete: boolean }[]>`
    SELECT size, type, complete FROM blob WHERE site_id = ${site} AND sha256 = ${sha256} FOR UPDATE`
  return row
}

const emptyFile = async (tx: TransactionSql, site: string, sha256: string): Promise<void> => {
  await tx`DELETE FROM blob_chunk WHERE site_id = ${site} AND sha256 = ${sha256}`
  await tx`DELETE FROM blob_piece WHERE site_id = ${site} AND sha256 = ${sha256}`
}

/** Checks a file whose chunks have all arrived. Chunks that don't add up to their address are dropped, to be sent again. */
export const completeFile = async (sql: Sql, site: string, sha256: string): Promise<void> => {
  const isRight = await sql.begin(async tx => {
    const file = await lockFile(tx, site, sha256)
    if (!file) throw new Problem(404, 'not-found', 'No chunk of this file has arrived.')
    if (file.complete) return true
    const [row] = await tx<{ n: number }[]>`
      SELECT count(*)::int AS n FROM blob_chunk WHERE site_id = ${site} AND sha256 = ${sha256}`
    const [there, count] = [row?.n ?? 0, Math.ceil(file.size / CHUNK_BYTES)]
    if (there < count) throw new Problem(409, 'wrong-shape', `${count - there} of ${count} chunks are still missing.`)
    const hash = createHash('sha256')
    let first: Uint8Array = new Uint8Array()
    for await (const part of readBytes(tx, site, sha256, 0, file.size)) {
      if (first.length === 0) first = part
      hash.update(part)
    }
    const right = hash.digest('hex') === sha256
    if (right)
      await tx`UPDATE blob SET complete = true, type = ${safeType(file.type, first)} WHERE site_id = ${site} AND sha256 = ${sha256}`
    else {
      await emptyFile(tx, site, sha256)
      await tx`DELETE FROM blob WHERE site_id = ${site} AND sha256 = ${sha256}`
    }
    return right
  })
  if (!isRight)
    throw new Problem(422, 'wrong-hash', 'The chunks do not add up to this file.', 'Send the whole file again.')
}
