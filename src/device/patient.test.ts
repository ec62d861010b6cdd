/** A whole tablet and an office that is there, but is older or slower than what the tablet would like. */
import { describe, expect, it } from 'vitest'
import { memoryOffice, type MemoryOffice } from '#test/simulation/office-memory.ts'
import { by, count, counted, openToy, type Toy, toy } from '#test/simulation/toy-tablets.ts'
import { virtualTime } from '#test/simulation/virtual-time.ts'

const plant = () => ({ office: memoryOffice(toy.views, [counted]), time: virtualTime() })
const recorded = async (one: Toy) => {
  const answer = await one.tablet.act(count, { box: 'A', by: 1 }, by)
  if (!('done' in answer)) throw new Error(answer.refused)
}

describe('a tablet', { timeout: 60_000 }, () => {
  it('sends fewer at once to an office that takes fewer, and no longer tries more', async () => {
    const { office, time } = plant()
    const sizes: number[] = []
    let most = 200
    const older: MemoryOffice = {
      ...office,
      fetch: async (address, init) => {
        if (!address.endsWith('/v1/push')) return office.fetch(address, init)
        const { events } = JSON.parse(String(init.body)) as { events: unknown[] }
        sizes.push(events.length)
        if (events.length <= most) return office.fetch(address, init)
        const error = { code: 'too-large', message: `A push may hold ${most} events.` }
        return Response.json({ error }, { status: 413, headers: { 'x-jobcard-protocol': '1' } })
      }
    }
    const one = await openToy(older, time, 1)
    await time.pass(5000)
    for (const [limit, asked] of [
      [200, [200, 500, 500, 200, 200]],
      [60, [360, 200, 100, 50, 50]]
    ] as const) {
      most = limit
      sizes.length = 0
      one.line.down = true
      for (let i = 0; i < limit * 6; i += 1) await recorded(one)
      one.line.down = false
      await time.pass(11_000)
      expect(one.tablet.unsent.value).toBe(0)
      expect(sizes.slice(0, asked.length)).toEqual(asked)
      expect(sizes.filter(size => size > limit).length).toBeLessThan(4)
      await time.pass(61_000)
    }
    expect(office.log.map(event => event.n)).toEqual(Array.from({ length: 1560 }, (_, i) => i + 1))
  })

  it('sends fewer at once through a proxy that takes fewer bytes, and says so when one record alone is too many', async () => {
    const { office, time } = plant()
    const sizes: number[] = []
    let most = 40_000
    const narrow: MemoryOffice = {
      ...office,
      fetch: async (address, init) => {
        const { length } = String(init.body ?? '')
        if (length <= most) return office.fetch(address, init)
        sizes.push(length)
        return new Response('<h1>413 Request Entity Too Large</h1>', { status: 413 })
      }
    }
    const one = await openToy(narrow, time, 1)
    await time.pass(5000)
    one.line.down = true
    for (let i = 0; i < 600; i += 1) await recorded(one)
    one.line.down = false
    await time.pass(11_000)
    expect([one.tablet.unsent.value, office.log.length]).toEqual([0, 600])
    expect(sizes.length).toBeLessThan(6)
    most = 400
    await recorded(one)
    await time.pass(8_000)
    expect(one.tablet.unsent.value).toBe(1)
    expect(one.tablet.status.value.said).toMatch(/refuses a record of this size/)
    most = 40_000
    await time.pass(8_000)
    expect([one.tablet.unsent.value, office.log.length, one.tablet.status.value.said]).toEqual([0, 601, ''])
  })

  it.each([8, 14, 25])(
    'hears an office that answers after %i s, and asks again soon what a radio swallowed',
    async seconds => {
      const { office, time } = plant()
      let slow = false
      let pushes = 0
      const tired: MemoryOffice = {
        ...office,
        fetch: async (address, init) => {
          if (address.endsWith('/v1/push')) pushes += 1
          if (slow) await new Promise<void>(done => void time.timers.set(seconds * 1000, done))
          return office.fetch(address, init)
        }
      }
      const one = await openToy(tired, time, 1)
      await time.pass(5000)
      slow = true
      await recorded(one)
      pushes = 0
      await time.pass(seconds * 1000 + 3000)
      expect([one.tablet.unsent.value, office.log.length]).toEqual([0, 1])
      // Every four seconds the same, and the first of them was heard.
      expect(pushes).toBe(Math.ceil(seconds / 4))
      slow = false
      await time.pass(60_000)
      await recorded(one)
      await time.pass(5_000)
      one.line.down = true
      await recorded(one)
      await time.pass(60_000)
      one.line.down = false
      await time.pass(11_000)
      expect([one.tablet.unsent.value, office.log.length]).toEqual([0, 3])
    }
  )
})
