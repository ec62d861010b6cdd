import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { memorySlots } from './drafts.ts'
import { keptSlots } from './kept-slots.ts'

const page = (indexedDB: IDBFactory, local = memorySlots(), now = () => 1000) => ({
  local,
  ...keptSlots({ local, indexedDB, now, keeps: name => name === 'draft' })
})

describe('slots with a second home', () => {
  it('bring back what a killed browser had not written to the disk', async () => {
    const disk = new IDBFactory()
    const before = page(disk)
    before.slots.setItem('draft', '12.3')
    before.slots.setItem('draft', '12.31')
    await before.settled()
    const after = page(disk, memorySlots())
    expect(after.slots.getItem('draft')).toBeNull()
    await after.restore()
    expect(after.slots.getItem('draft')).toBe('12.31')
  })

  it('believe localStorage where it is the newer one', async () => {
    const disk = new IDBFactory()
    const before = page(disk)
    before.slots.setItem('draft', 'old')
    await before.settled()
    // A page that ends at once reached localStorage and not the disk.
    const late = page(new IDBFactory(), before.local, () => 2000)
    late.slots.setItem('draft', 'new')
    const after = page(disk, before.local)
    await after.restore()
    expect(after.slots.getItem('draft')).toBe('new')
  })

  it('do not bring back what was taken away', async () => {
    const disk = new IDBFactory()
    const before = page(disk)
    before.slots.setItem('draft', 'x')
    before.slots.removeItem('draft')
    await before.settled()
    const stale = memorySlots()
    stale.setItem('draft', 'x')
    const after = page(disk, stale)
    await after.restore()
    expect(after.slots.getItem('draft')).toBeNull()
  })

  it('go on after a restore with younger stamps, whatever the clock says', async () => {
    const disk = new IDBFactory()
    const before = page(disk, memorySlots(), () => 9_000_000)
    before.slots.setItem('draft', 'first')
    await before.settled()
    const back = page(disk, memorySlots(), () => 5)
    await back.restore()
    back.slots.setItem('draft', 'second')
    await back.settled()
    const after = page(disk, memorySlots())
    await after.restore()
    expect(after.slots.getItem('draft')).toBe('second')
  })

  it('leave what is not worth it in localStorage alone', async () => {
    const disk = new IDBFactory()
    const before = page(disk)
    before.slots.setItem('heard', '1')
    await before.settled()
    expect(before.slots.getItem('heard')).toBe('1')
    const after = page(disk, memorySlots())
    await after.restore()
    expect(after.slots.getItem('heard')).toBeNull()
  })

  it('work on without a disk', async () => {
    const broken = {
      open: () => {
        throw new Error('no')
      }
    } as unknown as IDBFactory
    const here = page(broken)
    await here.restore()
    here.slots.setItem('draft', 'y')
    await here.settled()
    expect(here.slots.getItem('draft')).toBe('y')
  })
})
