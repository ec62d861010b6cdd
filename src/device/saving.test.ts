import { describe, expect, it } from 'vitest'
import { idMaker } from '#kernel/id.ts'
import { memorySlots } from './drafts.ts'
import { saving } from './saving.ts'
import { memoryBase } from './store-memory.ts'
import { outbox, type Unlinked } from './store.ts'

const newId = idMaker(
  () => 1_000,
  () => crypto.getRandomValues(new Uint8Array(16))
)
const event = (): Unlinked => ({
  v: 1,
  id: newId(),
  site: 'FL',
  device: 'tablet',
  type: 'test/done.v1',
  actor: { person: 'P-001', session: 's', method: 'badge-pin' },
  at: { wall: '2026-11-22T08:00:00.000Z', mono: 1, offset: null },
  seen: { epoch: 'e', seq: 0 },
  payload: {}
})

describe('saving in two tabs whose disk will not', () => {
  it('keeps in the shared slot what each of them could not save, and saves it all when the disk is back', async () => {
    const slots = memorySlots()
    const store = outbox(memoryBase(), newId)
    await store.open()
    const disk = { works: false }
    const append: typeof store.append = (...given) =>
      disk.works ? store.append(...given) : Promise.reject(new Error('closed'))
    const tab = () =>
      saving({
        store: { ...store, append },
        slots,
        timers: { set: () => () => undefined },
        now: () => 1,
        makeRoom: async () => undefined,
        onSaved: () => undefined
      })
    const [one, two] = [tab(), tab()]
    const events = [event(), event()]
    await one.save(events.slice(0, 1))
    await two.save(events.slice(1))
    disk.works = true
    // The first tab is gone: the second one saves for both.
    await two.retry()
    expect((await store.newest(9)).map(entry => entry.id).sort()).toEqual(events.map(({ id }) => id).sort())
    expect(slots.getItem('jobcard-emergency')).toBe(null)
    expect(two.unsaved.value).toBe(0)
  })
})
