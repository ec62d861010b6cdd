import { describe, expect, it } from 'vitest'
import { memoryOffice, type MemoryOffice } from '#test/simulation/office-memory.ts'
import {
  boxView,
  by,
  count,
  counted,
  goodLine,
  newDisk,
  openToy,
  tabsTogether,
  type Toy,
  toy
} from '#test/simulation/toy-tablets.ts'
import { virtualTime } from '#test/simulation/virtual-time.ts'
import { hashOf } from '#sync/chain.ts'

const plant = () => ({ office: memoryOffice(toy.views, [counted]), time: virtualTime() })
const box = (one: Toy, key = 'A') => one.tablet.peek.get(boxView, key)
const officeBox = (office: MemoryOffice, key = 'A') => office.views.get(`toy/box\n${key}`)?.view
const recorded = async (one: Toy, by_ = 1, key = 'A') => {
  const answer = await one.tablet.act(count, { box: key, by: by_ }, by)
  if (!('done' in answer)) throw new Error(answer.refused)
  return answer.events
}

describe('a tablet', { timeout: 60_000 }, () => {
  it('knows at once what was recorded, and the office soon after', async () => {
    const { office, time } = plant()
    const one = await openToy(office, time, 1)
    await recorded(one, 5)
    expect(box(one)).toEqual({ sum: 5, times: 1 })
    await time.pass(1000)
    expect(officeBox(office)).toEqual({ sum: 5, times: 1 })
    expect(one.tablet.unsent.value).toBe(0)
    await time.pass(10_000)
    expect(box(one)).toEqual({ sum: 5, times: 1 })
  })

  it('shows what another tablet did', async () => {
    const { office, time } = plant()
    const [one, two] = [await openToy(office, time, 1), await openToy(office, time, 2)]
    await recorded(one, 5)
    await recorded(two, 7)
    await time.pass(12_000)
    expect([box(one), box(two)]).toEqual([
      { sum: 12, times: 2 },
      { sum: 12, times: 2 }
    ])
  })

  it('works a shift without the network and says since when and how many wait', async () => {
    const { office, time } = plant()
    const one = await openToy(office, time, 1)
    await time.pass(5000)
    one.line.down = true
    for (let i = 0; i < 300; i += 1) await recorded(one)
    await time.pass(15 * 60_000)
    expect(one.tablet.network.value).toMatchObject({ state: 'offline', waiting: 300 })
    expect(box(one)).toEqual({ sum: 300, times: 300 })
    one.line.down = false
    await time.pass(11_000)
    expect(office.log).toHaveLength(300)
    expect(office.log.map(event => event.n)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1))
    expect(one.tablet.network.value.state).toBe('sent')
    expect(box(one)).toEqual({ sum: 300, times: 300 })
  })

  it('keeps everything through a kill, and never counts twice what the office took before it', async () => {
    const { office, time } = plant()
    const disk = newDisk()
    const one = await openToy(office, time, 1, disk)
    await time.pass(5000)
    one.line.loseReply = 1
    await recorded(one, 5)
    await time.pass(500)
    expect(office.log).toHaveLength(1)
    one.tablet.close()
    const again = await openToy(office, time, 3, disk)
    expect(box(again)).toEqual({ sum: 5, times: 1 })
    for (let i = 0; i < 50; i += 1) {
      await time.pass(20)
      expect(box(again)).toEqual({ sum: 5, times: 1 })
    }
    expect(again.tablet.unsent.value).toBe(0)
    expect(office.log).toHaveLength(1)
  })

  it('takes a captive portal for no answer at all', async () => {
    const { office, time } = plant()
    const one = await openToy(office, time, 1)
    one.line.portal = 1
    await recorded(one)
    await time.pass(60_000)
    expect(one.tablet.unsent.value).toBe(1)
    expect(one.tablet.network.value.state).toBe('offline')
    one.line.portal = 0
    await time.pass(11_000)
    expect(office.log).toHaveLength(1)
  })

  it('heals an office that was restored from a backup', async () => {
    const { office, time } = plant()
    const [one, two] = [await openToy(office, time, 1), await openToy(office, time, 2)]
    for (let i = 0; i < 10; i += 1) {
      await recorded(one)
      await recorded(two, 100)
      await time.pass(2000)
    }
    const before = office.log.map(event => event.id).sort()
    office.restore(6)
    await recorded(one)
    await time.pass(30_000)
    expect(
      office.log
        .map(event => event.id)
        .filter(id => before.includes(id))
        .sort()
    ).toEqual(before)
    expect(officeBox(office)).toEqual({ sum: 1011, times: 21 })
    expect([box(one), box(two)]).toEqual([officeBox(office), officeBox(office)])
  })

  it('finds the one event that the office can not digest, holds it in sight and sends the rest', async () => {
    const { office, time } = plant()
    const one = await openToy(office, time, 1)
    one.line.down = true
    const ids: string[] = []
    for (let i = 0; i < 40; i += 1) ids.push(...(await recorded(one)))
    office.poison.add(ids[17] ?? '')
    one.line.down = false
    await time.pass(20 * 60_000)
    expect(one.tablet.unsent.value).toBe(0)
    expect(one.tablet.attention.value.map(entry => [entry.id, entry.state])).toEqual([[ids[17], 'held']])
    expect(office.log.map(event => event.id)).toEqual(ids.filter(id => id !== ids[17]))
    expect(one.tablet.network.value).toEqual({ state: 'needs-you', count: 1 })
    office.poison.clear()
    await one.tablet.release(ids[17] ?? '')
    await time.pass(5000)
    expect(office.log).toHaveLength(40)
    expect(one.tablet.network.value.state).toBe('sent')
  })

  it('drops what the office refused from what is known, and says so', async () => {
    const { office, time } = plant()
    const one = await openToy(office, time, 1)
    office.judge = envelope => ((envelope.payload as { by: number }).by > 50 ? 'refused' : undefined)
    await recorded(one, 60)
    await recorded(one, 5)
    expect(box(one)).toEqual({ sum: 65, times: 2 })
    await time.pass(6000)
    expect(box(one)).toEqual({ sum: 5, times: 1 })
    const [refused] = one.tablet.attention.value
    expect(refused?.state).toBe('refused')
    await one.tablet.dismiss(refused?.id ?? '')
    expect(one.tablet.network.value.state).toBe('sent')
  })

  it('goes on by itself after it was copied with all its keys', async () => {
    const { office, time } = plant()
    const disk = newDisk()
    const one = await openToy(office, time, 1, disk)
    await recorded(one, 1)
    await time.pass(2000)
    const copy = newDisk()
    const head = await disk.base.run('r', tx => tx.meta('head'))
    const identity = await disk.base.run('r', tx => tx.meta('identity'))
    await copy.base.run('rw', async tx => {
      await tx.setMeta('install', 'copy')
      await tx.setMeta('head', head)
      await tx.setMeta('identity', identity)
    })
    const two = await openToy(office, time, 2, copy)
    await recorded(one, 10)
    await time.pass(2000)
    await recorded(two, 100)
    await recorded(two, 1000)
    await time.pass(20_000)
    expect(officeBox(office)).toEqual({ sum: 1111, times: 4 })
    expect([box(one), box(two)]).toEqual([officeBox(office), officeBox(office)])
  })

  it('keeps on this tablet what the disk would not take, says so, and saves it later under the same id', async () => {
    const { office, time } = plant()
    const disk = newDisk()
    let broken = false
    const base = {
      ...disk.base,
      run: ((mode, work) =>
        broken && mode === 'rw'
          ? Promise.reject(new DOMException('gone', 'UnknownError'))
          : disk.base.run(mode, work)) as typeof disk.base.run
    }
    const one = await openToy(office, time, 1, { ...disk, base })
    broken = true
    const [id] = await recorded(one, 5)
    expect(box(one)).toEqual({ sum: 5, times: 1 })
    expect(one.tablet.storage.value.unsaved).toBe(1)
    expect(one.tablet.network.value.state).toBe('needs-you')
    expect(disk.slots.getItem('jobcard-emergency')).toContain(id)
    broken = false
    await time.pass(20_000)
    expect(one.tablet.storage.value.unsaved).toBe(0)
    expect(disk.slots.getItem('jobcard-emergency')).toBeNull()
    expect(office.log.map(event => event.id)).toEqual([id])
  })

  it('sends a photo that another tab left behind when it was killed', async () => {
    const { office, time } = plant()
    const one = await openToy(office, time, 1)
    await time.pass(10_000)
    const chunk = new TextEncoder().encode('a photo').buffer
    const ref = { sha256: hashOf('a photo'), size: chunk.byteLength, type: 'image/webp' }
    await one.disk.photos.keep(ref, [chunk])
    await time.pass(12_000)
    expect(await one.disk.photos.waiting()).toEqual([])
  })

  it('sends a photo in chunks after its event, and only the chunks that are missing', async () => {
    const { office, time } = plant()
    const one = await openToy(office, time, 1)
    await time.pass(5000)
    const bytes = new Uint8Array(2.5 * 1024 * 1024).fill(7)
    one.line.down = true
    const ref = await one.tablet.keepBlob(bytes.buffer, 'image/webp')
    await time.pass(5000)
    one.line.down = false
    one.line.loseReply = 0.4
    await time.pass(10 * 60_000)
    one.line.loseReply = 0
    await time.pass(20_000)
    expect(office.files.get(ref.sha256)?.byteLength).toBe(bytes.byteLength)
    expect(await one.disk.photos.waiting()).toEqual([])
    expect(new Uint8Array((await one.tablet.blob(ref.sha256)) ?? new ArrayBuffer(0))).toEqual(bytes)
  })
})

describe('two tabs of one tablet', () => {
  const pair = async () => {
    const { office, time } = plant()
    const [disk, line, next] = [newDisk(), goodLine(), tabsTogether()]
    const open = (seed: number) => openToy(office, time, seed, disk, line, next())
    return { office, time, line, one: await open(1), two: await open(2) }
  }

  it('know at once what the other recorded, and send it once', async () => {
    const { office, time, one, two } = await pair()
    await recorded(one, 1)
    await recorded(two, 10)
    await time.pass(1)
    expect([box(one), box(two)]).toEqual([
      { sum: 11, times: 2 },
      { sum: 11, times: 2 }
    ])
    await time.pass(12_000)
    expect(office.log.map(event => event.n)).toEqual([1, 2])
    expect([box(one), box(two)]).toEqual([
      { sum: 11, times: 2 },
      { sum: 11, times: 2 }
    ])
    expect([one.tablet.unsent.value, two.tablet.unsent.value]).toEqual([0, 0])
  })

  it('go on as one tablet after one of them was enrolled anew, also with what was recorded before', async () => {
    const { office, time, line, one, two } = await pair()
    await time.pass(6000)
    line.down = true
    await recorded(one, 1)
    line.down = false
    office.device = 'tablet-9'
    const asked = two.tablet.enrol({ path: '/v1/enroll', body: { code: 'y' } })
    await time.pass(1000)
    await asked
    await recorded(one, 10)
    await recorded(two, 100)
    await time.pass(12_000)
    expect(office.log.map(({ envelope }) => envelope.device)).toEqual(['tablet-9', 'tablet-9', 'tablet-9'])
    expect([box(one), box(two)]).toEqual([
      { sum: 111, times: 3 },
      { sum: 111, times: 3 }
    ])
  })

  it('the one that sends saves what the other could not save before it was killed', async () => {
    const { office, time } = plant()
    const [disk, line, next] = [newDisk(), goodLine(), tabsTogether()]
    const one = await openToy(office, time, 1, disk, line, next())
    let broken = false
    const run = ((mode, work) =>
      broken && mode === 'rw' ? Promise.reject(new Error('closed')) : disk.base.run(mode, work)) as typeof disk.base.run
    const two = await openToy(office, time, 2, { ...disk, base: { ...disk.base, run } }, line, next())
    broken = true
    const [id] = await recorded(two, 5)
    two.tablet.close()
    await time.pass(11_000)
    expect(disk.slots.getItem('jobcard-emergency')).toBeNull()
    expect(office.log.map(event => event.id)).toEqual([id])
    expect(box(one)).toEqual({ sum: 5, times: 1 })
  })

  it('a tab that was told of work before it was saved lets go of it, even when it hears of it no more', async () => {
    const { office, time } = plant()
    const [disk, line, next] = [newDisk(), goodLine(), tabsTogether()]
    let trouble: 'none' | 'closed' | 'closed-after' = 'none'
    const run: typeof disk.base.run = async (mode, work) => {
      if (mode === 'rw' && trouble === 'closed') throw new Error('closed')
      const answer = await disk.base.run(mode, work)
      if (mode === 'r' || trouble !== 'closed-after') return answer
      // The office has it, its mark is stored, and it is as if fourteen days had gone by before anybody looked.
      const gone = await disk.base.run('r', tx => tx.inState('acked'))
      await disk.base.run('rw', tx => tx.remove(gone.map(entry => entry.pos)))
      if (gone.length > 0) trouble = 'none'
      if (gone.length > 0) throw new Error('closed')
      return answer
    }
    const one = await openToy(office, time, 1, { ...disk, base: { ...disk.base, run } }, line, next())
    const two = await openToy(office, time, 2, disk, line, next())
    await time.pass(6000)
    line.down = true
    trouble = 'closed'
    await recorded(one, 5)
    trouble = 'none'
    await time.pass(6000)
    trouble = 'closed-after'
    line.down = false
    await time.pass(60_000)
    expect(office.log).toHaveLength(1)
    expect(await disk.base.run('r', tx => tx.newest(9))).toEqual([])
    expect([box(one), box(two)]).toEqual([
      { sum: 5, times: 1 },
      { sum: 5, times: 1 }
    ])
    expect([one.tablet.unsent.value, two.tablet.unsent.value]).toEqual([0, 0])
  })

  it('the second goes on where the first was killed, also with what it was not told', async () => {
    const { office, time, line, one, two } = await pair()
    await time.pass(6000)
    line.down = true
    await recorded(two, 1)
    await time.pass(10)
    // Stored by the first, in the instant before it dies without a word.
    const batch = await one.disk.base.run('r', tx => tx.inState('unsent'))
    await one.disk.base.run('rw', tx => tx.put(batch.map(entry => ({ ...entry, state: 'acked', seq: 0 }))))
    await time.pass(3000)
    one.tablet.close()
    line.down = false
    await time.pass(10_000)
    expect(two.tablet.unsent.value).toBe(0)
    await recorded(two, 10)
    await time.pass(6000)
    expect(office.log.at(-1)?.envelope.payload).toEqual({ box: 'A', by: 10 })
    expect(two.tablet.unsent.value).toBe(0)
  })
})

describe('a line that loses every answer to a push', () => {
  it('never makes a tablet count twice what the office has already taken', async () => {
    const { office, time } = plant()
    const ask = office.fetch
    let losing = true
    const one = await openToy(
      {
        ...office,
        fetch: async (address, init) => {
          const answer = await ask(address, init)
          return losing && address.includes('/v1/push') ? new Response('<html>') : answer
        }
      },
      time,
      1
    )
    await recorded(one, 5)
    for (let i = 0; i < 100; i += 1) {
      await time.pass(500)
      expect(box(one)).toEqual({ sum: 5, times: 1 })
    }
    expect(office.log).toHaveLength(1)
    losing = false
    await time.pass(20_000)
    expect(box(one)).toEqual({ sum: 5, times: 1 })
    expect(one.tablet.unsent.value).toBe(0)
  })
})
