/**
 * A tablet's storage as files, so that `kill -9` and a new start find what was saved: the memory stores of the product with a
 * journal beside them. The outbox is strict, a line is on the disk (fsync) before the transaction is answered; the cache is
 * relaxed, as in a browser. A torn last line is what a crash leaves; it was never answered for.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cache, emptyCache, memoryCache } from '#device/cache.ts'
import type { Slots } from '#device/drafts.ts'
import { emptyTables, memoryBase } from '#device/store-memory.ts'
import type { Base, Entry, Tx } from '#device/store.ts'
import type { Page } from '#sync/engine.ts'

type Change = readonly ['meta', string, unknown] | readonly ['put', Entry] | readonly ['remove', number]

export type Disk = { readonly base: Base; readonly cache: Cache; readonly slots: Slots }

export const openDisk = async (folder: string, subtle: SubtleCrypto): Promise<Disk> => {
  mkdirSync(folder, { recursive: true })
  return {
    base: await fileBase(join(folder, 'outbox.journal'), subtle),
    cache: await fileCache(join(folder, 'cache.journal')),
    slots: fileSlots(join(folder, 'slots.json'))
  }
}

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** Every whole line of a journal; ends at the first that is torn, and cuts that off. */
const openJournal = async (file: string, replay: (line: unknown) => Promise<void>): Promise<FileHandle> => {
  const handle = await open(file, 'a+')
  const text = readFileSync(file, 'utf8')
  let whole = 0
  for (const line of text.split('\n')) {
    if (line.slice(0, 16) !== checksum(line.slice(17)) || whole + line.length >= text.length) break
    await replay(JSON.parse(line.slice(17)))
    whole += Buffer.byteLength(line) + 1
  }
  await handle.truncate(whole)
  return handle
}

const lineOf = (value: unknown): string => {
  const text = JSON.stringify(value)
  return `${checksum(text)} ${text}\n`
}

const fileBase = async (file: string, subtle: SubtleCrypto): Promise<Base> => {
  const tables = emptyTables()
  const inner = memoryBase(tables)
  const journal = await openJournal(file, async line => {
    for (const change of line as readonly Change[]) {
      if (change[0] === 'meta') tables.meta.set(change[1], await revived(change[2], subtle))
      else if (change[0] === 'remove') {
        tables.ids.delete(tables.events.get(change[1])?.id ?? '')
        tables.events.delete(change[1])
      } else {
        tables.events.set(change[1].pos, change[1])
        tables.ids.set(change[1].id, change[1].pos)
        tables.last = Math.max(tables.last, change[1].pos)
      }
    }
  })
  return {
    run: (mode, work) =>
      inner.run(mode, async tx => {
        const changes: Change[] = []
        const answer = await work(noting(tx, changes))
        if (changes.length > 0) {
          await journal.appendFile(lineOf(await Promise.all(changes.map(one => plain(one, subtle)))))
          await journal.sync()
        }
        return answer
      }),
    close: () => inner.close()
  }
}

/** The same transaction, with everything that it changes written down. */
const noting = (tx: Tx, changes: Change[]): Tx => ({
  ...tx,
  setMeta: async (name, value) => {
    await tx.setMeta(name, value)
    changes.push(['meta', name, value])
  },
  add: async entries => {
    const positions = await tx.add(entries)
    for (const [i, pos] of positions.entries()) {
      const entry = entries[i]
      if (entry) changes.push(['put', { ...entry, pos }])
    }
    return positions
  },
  put: async entries => {
    await tx.put(entries)
    for (const entry of entries) changes.push(['put', entry])
  },
  remove: async positions => {
    await tx.remove(positions)
    for (const pos of positions) changes.push(['remove', pos])
  }
})

type Key = { readonly jwk: JsonWebKey; readonly algorithm: object; readonly usages: KeyUsage[] }

/** IndexedDB keeps keys as they are; a file keeps their JSON form. */
const plain = async (change: Change, subtle: SubtleCrypto): Promise<Change> =>
  change[0] === 'meta' ? ['meta', change[1], await written(change[2], subtle)] : change

const written = async (value: unknown, subtle: SubtleCrypto): Promise<unknown> => {
  if (value instanceof CryptoKey) {
    const { algorithm, usages } = value
    return { $key: { jwk: await subtle.exportKey('jwk', value), algorithm, usages } }
  }
  return mapped(value, one => written(one, subtle))
}

const revived = async (value: unknown, subtle: SubtleCrypto): Promise<unknown> => {
  const key = (value as { $key?: Key } | null)?.$key
  // `written` above put it there.
  if (key) return subtle.importKey('jwk', key.jwk, key.algorithm as EcKeyImportParams, true, key.usages)
  return mapped(value, one => revived(one, subtle))
}

const mapped = async (value: unknown, change: (one: unknown) => Promise<unknown>): Promise<unknown> => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Promise.all(value.map(change))
  return Object.fromEntries(
    await Promise.all(Object.entries(value).map(async ([name, one]) => [name, await change(one)] as const))
  )
}

const fileCache = async (file: string): Promise<Cache> => {
  const inner = memoryCache(emptyCache())
  const journal = await openJournal(file, async line => void (await inner.apply(line as Page)))
  return {
    ...inner,
    apply: async page => {
      await journal.appendFile(lineOf(page))
      return inner.apply(page)
    }
  }
}

/** localStorage: read and written at once. */
const fileSlots = (file: string): Slots => {
  let held: Record<string, string> = {}
  try {
    held = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch {
    // Nothing yet, or torn by a crash in the middle of a write: both are an empty localStorage.
  }
  const keep = () => writeFileSync(file, JSON.stringify(held))
  return {
    getItem: name => held[name] ?? null,
    setItem: (name, value) => {
      held[name] = value
      keep()
    },
    removeItem: name => {
      delete held[name]
      keep()
    }
  }
}
