import { describe, expect, it } from 'vitest'
import type { Scan } from '#ui/floor.tsx'
import { scanBus } from './scan-bus.ts'

const scan: Scan = { raw: 'WO-1-10', source: 'wedge', at: 0 }

const heard = () => {
  const log: string[] = []
  return {
    log,
    bus: scanBus(
      () => log.push('taken'),
      () => log.push('rest')
    )
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
})
