import { describe, expect, it } from 'vitest'
import type { Scan } from '#ui/floor.tsx'
import { scanBus } from './scan-bus.ts'

const scan: Scan = { raw: 'WO-1-10', source: 'wedge', at: 0 }

const heard = () => {
  const log: string[] = []
  return {
    log,
    bus: scanBus({
      read: one => ({ scan: one }),
      taken: () => log.push('taken'),
      rest: () => log.push('rest'),
      refused: () => log.push('refused')
    })
  }
}

describe('who hears a scan', () => {
  it('asks the newest first and stops at the first that takes it', () => {
    const { log, bus } = heard()
    bus.onScan(() => {
      log.push('old')
      return true
    })
    bus.onScan(() => {
      log.push('new')
      return false
    })
    bus.scanned(scan)
    expect(log).toEqual(['new', 'old', 'taken'])
  })

  it('hands over what nobody takes', () => {
    const { log, bus } = heard()
    bus.onScan(() => false)
    bus.scanned(scan)
    expect(log).toEqual(['rest'])
  })

  it('forgets one listener even when the same function listens twice', () => {
    const { log, bus } = heard()
    const take = () => {
      log.push('take')
      return false
    }
    bus.onScan(take)
    const stop = bus.onScan(take)
    stop()
    stop()
    bus.scanned(scan)
    expect(log).toEqual(['take', 'rest'])
  })

  it('survives a listener that listens anew while it is asked', () => {
    const { log, bus } = heard()
    bus.onScan(() => {
      bus.onScan(() => {
        log.push('later')
        return true
      })
      return false
    })
    bus.scanned(scan)
    expect(log).toEqual(['rest'])
    bus.scanned(scan)
    expect(log).toContain('later')
  })

  it('only shows an offered text to the screens', () => {
    const { log, bus } = heard()
    expect(bus.offered(scan)).toBe(false)
    bus.onScan(() => true)
    expect(bus.offered(scan)).toBe(true)
    expect(log).toEqual(['taken'])
  })

  it('reads a code before anybody hears it, and keeps what is wrong from the screens', async () => {
    const log: string[] = []
    const bus = scanBus({
      read: one =>
        one.raw === 'late'
          ? Promise.resolve({ scan: { ...one, raw: 'LOT' } })
          : one.raw === 'bad'
            ? { stop: 'Wrong', needed: 'Another' }
            : { scan: { ...one, raw: `${one.raw}!` } },
      taken: one => log.push(`taken ${one.raw}`),
      rest: one => log.push(`rest ${one.raw}`),
      refused: ({ stop }, one) => log.push(`${stop} ${one.raw}`)
    })
    bus.onScan(one => one.raw === 'a!')
    for (const raw of ['a', 'b', 'bad', 'late']) bus.scanned({ ...scan, raw })
    expect(bus.offered({ ...scan, raw: 'bad' })).toBe(false)
    expect(bus.offered({ ...scan, raw: 'late' })).toBe(false)
    await Promise.resolve()
    await Promise.resolve()
    expect(log).toEqual(['taken a!', 'rest b!', 'Wrong bad', 'rest LOT'])
  })
})
