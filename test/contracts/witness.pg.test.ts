/** Whom the office believes when it hears that it knows less than was seen of it: its word can keep it from starting. */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { draft } from '#kernel/event.ts'
import { tabletRevoked } from '#plant/events.ts'
import { openDesk } from '#server/desk.ts'
import { type HighWater, openHighWater } from '#server/high-water.ts'
import { makeApiKey } from '#server/identity.ts'
import { openFolder } from './postgres.ts'
import { openRealPlant, type RealPlant, SYSTEM } from './real-plant.ts'
import type { Stranger } from './stranger.ts'
import { ToyTablet } from './toy-plant.ts'

describe('who says that the office has gone backwards', () => {
  let plant: RealPlant
  let folder: string
  let highWater: HighWater
  let tablet: Stranger
  let logged: string[]
  const closing: (() => Promise<void>)[] = []
  const pushed = (from: Stranger, epoch: string, seq: number) => {
    const push = { ...new ToyTablet().push([]), device: from.device, epoch, witnessed: { seq, root: 'f'.repeat(64) } }
    return from.ask('/v1/push', { body: push })
  }

  beforeAll(async () => {
    plant = await openRealPlant()
  })
  beforeEach(async () => {
    const made = await openFolder('jobcard-witness-')
    folder = made
    highWater = await openHighWater(plant.office, { dataDir: folder, newEpoch: 'no', log: () => undefined })
    logged = []
    const log = { info: () => undefined, error: (_: object, line: string) => void logged.push(line) }
    const desk = await openDesk(plant.office, { log, url: () => 'http://office', highWater })
    tablet = (await plant.tablet()).via(desk.app)
    closing.push(async () => {
      await desk.close()
      await highWater.stop()
      await rm(made, { recursive: true })
    })
  })
  afterAll(async () => {
    for (const close of closing) await close()
    await plant.close()
  })
  const epoch = async (): Promise<string> => String((await tablet.ask('/v1/pull')).json['epoch'])

  it('is a tablet in use; that is told once and not at every request', async () => {
    const now = await epoch()
    expect([(await pushed(tablet, now, 1e6)).status, highWater.trouble() !== undefined]).toEqual([503, true])
    expect((await tablet.ask(`/v1/pull?epoch=${now}&after=1000000`)).status).toBe(503)
    expect(logged).toEqual([])
    await expect(
      openHighWater(plant.office, { dataDir: folder, newEpoch: 'no', log: () => undefined })
    ).rejects.toThrow(/as tablet .* has seen/)
  })

  it('is no tablet that was taken out of use, and no script', async () => {
    const now = await epoch()
    await plant.office.append([draft(tabletRevoked, { device: tablet.device, reason: 'lost' })], SYSTEM)
    expect((await pushed(tablet, now, 1e6)).status).toBe(200)
    const headers = { authorization: `Bearer ${await makeApiKey(plant.office, 'pusher', ['operator'])}` }
    const body = { ...new ToyTablet().push([]), epoch: now, witnessed: { seq: 1e6, root: '' } }
    expect((await tablet.plain('/v1/push', { body, headers })).status).toBe(200)
    expect(highWater.trouble()).toBeUndefined()
  })

  it('does not say it by a number that no log has', async () => {
    expect((await pushed(tablet, await epoch(), -5)).status).toBe(200)
    expect(highWater.trouble()).toBeUndefined()
  })
})
