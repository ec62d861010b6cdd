/**
 * The sixteen bugs of research/sync.md 5.1 and some of files and decisions, each planted in a port and none in the product. A simulation
 * that does not find them would not find ours.
 */
import { memoryBase } from '#device/store-memory.ts'
import type { Base } from '#device/store.ts'
import type { Envelope } from '#kernel/event.ts'
import type { PullReply, PushReply, PushRequest } from '#sync/protocol.ts'
import { PROTOCOL_HEADER } from '#sync/protocol.ts'
import { copyTables } from './disk.ts'
import type { Plant, Station } from './plant.ts'
import { OF_DECISIONS } from './planted-decisions.ts'

const pushOf = (init: RequestInit): PushRequest => JSON.parse(String(init.body)) as PushRequest

/** Changes what the tablet reads of a reply. */
const reading =
  (
    change: (path: string, body: unknown, init: RequestInit, station: Station) => unknown
  ): NonNullable<Plant['fetch']> =>
  (fetch, station) =>
  async (address, init) => {
    const response = await fetch(address, init)
    const { pathname } = new URL(address)
    if (pathname === '/v1/live') return response
    const json = async () => change(pathname, await response.json(), init, station)
    return { ok: response.ok, status: response.status, headers: response.headers, json } as unknown as Response
  }

const everyAcked = (init: RequestInit): PushReply => {
  const { batch, events, epoch } = pushOf(init)
  const verdicts = events.map(({ id }) => ({ id, verdict: 'duplicate' as const, seq: 1 }))
  return { batch, epoch, head: 1, time: 0, root: '', verdicts }
}

export const PLANTED: readonly (Plant & { readonly name: string })[] = [
  ...OF_DECISIONS,
  { name: 'naive bigserial cursor', head: db => Math.max(db.handedOut, db.head()) },
  {
    name: 'cursor saved before rows',
    cache: (cache, _disk, life) => ({
      ...cache,
      apply: async page => {
        await cache.apply({ ...page, rows: [], last: false })
        await life.awaited(Promise.resolve())
        return cache.apply(page)
      }
    })
  },
  {
    name: 'rows and cursor in two transactions',
    cache: (cache, disk, life) => ({
      ...cache,
      apply: async page => {
        const before = disk.cache.progress
        await cache.apply(page)
        const after = disk.cache.progress
        disk.cache.progress = before
        await life.awaited(Promise.resolve())
        disk.cache.progress = after
        return []
      }
    })
  },
  { name: 'ack before commit', hasty: true },
  {
    name: 'verdict by position, not by id',
    fetch: reading((path, body, init) => {
      const reply = body as PushReply
      if (path !== '/v1/push' || !reply.verdicts) return body
      const { events } = pushOf(init)
      return {
        ...reply,
        verdicts: reply.verdicts.map((verdict, i) => ({ ...verdict, id: events[i]?.id ?? verdict.id }))
      }
    })
  },
  {
    name: 'whole batch rolled back on poison',
    before: push => {
      for (const { body } of push.events)
        if (/"type":"toy\/weighed|"by":"many"/.test(body))
          throw Object.assign(new Error('poison'), { code: 'CONNECTION_POISON' })
    }
  },
  {
    name: 'trusts any 200',
    fetch: fetch => async (address, init) => {
      const response = await fetch(address, init)
      if (response.status !== 200 || response.headers.has(PROTOCOL_HEADER) || !address.endsWith('/v1/push'))
        return response
      const headers = { get: (name: string) => (name === 'content-type' ? 'application/json' : null), has: () => true }
      return { ok: true, status: 200, headers, json: async () => everyAcked(init) } as unknown as Response
    }
  },
  {
    name: 'wipes on 401',
    fetch: (fetch, station) => async (address, init) => {
      const response = await fetch(address, init)
      if (response.status === 401) {
        const { tables } = station.disk
        for (const [pos, entry] of tables.events)
          if (entry.state === 'unsent') {
            tables.events.delete(pos)
            tables.ids.delete(entry.id)
          }
      }
      return response
    }
  },
  { name: 'counter outside the transaction', base: base => staleHead(base) },
  {
    name: 'no fork check',
    tx: (tx, _tables, push) => ({
      ...tx,
      chain: async chain => {
        const head = await tx.chain(chain)
        const first = push?.chain === chain ? push.events[0] : undefined
        if (!head || !first) return head
        const { n, prev } = JSON.parse(first.body) as Envelope
        return { ...head, n: n - 1, h: prev }
      }
    })
  },
  {
    name: 'prunes what was not answered for',
    store: (store, station, world) => ({
      ...store,
      prune: async (now, keep) => {
        const { tables } = station.disk
        for (const [pos, entry] of tables.events)
          if (entry.at < now - keep) {
            tables.events.delete(pos)
            tables.ids.delete(entry.id)
            world.note(`${station.name} prunes ${entry.id}`)
          }
        return 0
      }
    })
  },
  {
    name: 'epoch ignored',
    fetch: (fetch, station, office) => {
      const first = office.db.tables.epochs[0]?.epoch ?? ''
      return reading((path, body) => {
        if (path !== '/v1/push' && path !== '/v1/pull') return body
        const { common: _, ...rest } = body as PullReply
        return { ...rest, epoch: first }
      })(fetch, station, office)
    }
  },
  {
    name: 'dedupe by device and time',
    tx: (tx, tables, push) => ({
      ...tx,
      known: async ids => {
        const times = new Map(tables.events.map(row => [whenOf(row.body), row]))
        return (push?.events ?? []).flatMap(event => {
          const row = ids.includes(event.id) ? times.get(whenOf(event.body)) : undefined
          return row ? [{ ...row, id: event.id, h: event.h }] : []
        })
      }
    })
  },
  {
    name: 'relaxed outbox',
    base: (base, _life, disk) => ({
      ...base,
      run: (mode, work) => {
        if (mode === 'rw') {
          disk.unsyncedTables.push(copyTables(disk.tables))
          if (disk.unsyncedTables.length > 2) disk.unsyncedTables.shift()
        }
        return base.run(mode, work)
      }
    }),
    powerCut: disk => {
      const tables = disk.unsyncedTables.pop()
      if (tables) Object.assign(disk, { tables, base: memoryBase(tables) })
      disk.unsyncedTables.length = 0
    }
  },
  {
    name: 'hint treated as data',
    fetch: (fetch, station, office) => async (address, init) => {
      const response = await fetch(address, init)
      if (!address.endsWith('/v1/live')) return response
      return hearing(response, seq => {
        const { progress } = station.disk.cache
        if (progress.cursor.epoch === office.db.epoch().epoch && seq > progress.cursor.seq)
          station.disk.cache.progress = { ...progress, cursor: { ...progress.cursor, seq } }
      })
    }
  },
  {
    name: 'lets go of a photo while it is being sent',
    photos: photos => ({
      ...photos,
      chunk: async (sha256, index) => {
        const chunk = await photos.chunk(sha256, index)
        const epoch = 'the first that comes'
        for (const { at, ...ref } of await photos.waiting())
          if (ref.sha256 === sha256) await photos.note([{ ...ref, kept: { taken: at, time: 0, epoch } }])
        await photos.drop([sha256])
        return chunk
      }
    })
  },
  {
    name: 'lets go of a photo once the office has it',
    photos: photos => ({
      ...photos,
      note: async files => {
        await photos.note(files)
        await photos.drop(files.map(file => file.sha256))
      }
    })
  },
  {
    name: 'asks a restored office for no photo',
    photos: photos => ({ ...photos, sent: async () => [] })
  },
  {
    name: 'a doubled hint applied twice',
    fetch: (fetch, station, office) => async (address, init) => {
      const response = await fetch(address, init)
      if (!address.endsWith('/v1/live')) return response
      return hearing(response, seq => {
        const row = office.db.tables.events[seq - 1]
        if (row?.type !== 'toy/counted.v1') return
        const { box, by } = row.payload as { box: string; by: number }
        const held = station.disk.cache.rows.get(`toy/box ${box}`)
        const view = held?.view as { sum: number; times: number } | undefined
        if (held && view && held.seq <= seq)
          station.disk.cache.rows.set(`toy/box ${box}`, {
            ...held,
            view: { ...view, sum: view.sum + by, times: view.times + 1 }
          })
      })
    }
  }
]

const whenOf = (body: string): string => {
  try {
    const { device, at } = JSON.parse(body) as Envelope
    return `${device} ${at.wall}`
  } catch {
    return ''
  }
}

/** Each page remembers the end of the chain from when it first read it. */
const staleHead = (base: Base): Base => {
  let head: { chain: string; n: number; prev: string } | undefined
  return {
    ...base,
    run: (mode, work) =>
      base.run(mode, tx =>
        work({
          ...tx,
          meta: async name => (name === 'head' && head ? head : tx.meta(name)),
          setMeta: async (name, value) => {
            if (name === 'head') head = value as typeof head
            return tx.setMeta(name, value)
          }
        })
      )
  }
}

type LiveBody = {
  readonly body: {
    pipeThrough(): { getReader(): { read(): Promise<{ readonly done: boolean; readonly value: string }> } }
  }
}
const hearing = (response: Response, then: (seq: number) => void): Response => {
  const reader = (response as unknown as LiveBody).body.pipeThrough().getReader()
  const read = async () => {
    const part = await reader.read()
    const seq = /"seq":(\d+)/.exec(part.value)?.[1]
    if (seq !== undefined) then(Number(seq))
    return part
  }
  const { ok, status, headers } = response
  return { ok, status, headers, body: { pipeThrough: () => ({ getReader: () => ({ read }) }) } } as unknown as Response
}
