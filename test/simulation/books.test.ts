/** The books themselves: who answers for what after a tablet was copied and the first of the two was wiped. */
import { expect, it } from 'vitest'
import { newBooks, noteLoss } from './books.ts'
import { copyDisk, entriesOf, newDisk, wipeDisk } from './disk.ts'
import { openOffice } from './office-servers.ts'
import { HONEST } from './plant.ts'
import { newStation } from './stations.ts'
import { newWorld } from './world.ts'

it('a copied tablet answers for what only it holds once the first is wiped', async () => {
  const disk = newDisk('tablet-1')
  const entry = { id: 'one', h: 'h', body: '{"chain":"c","n":1}', chain: 'c', n: 1, state: 'unsent', at: 0 } as const
  await disk.base.run('rw', tx => tx.add([entry]))
  disk.promised.add('one')
  const copy = copyDisk(disk, 'tablet-2')
  const stations = [newStation('tablet-1', 'tablet-1', disk), newStation('tablet-2', 'tablet-1', copy)]
  const [first, second] = stations as [(typeof stations)[0], (typeof stations)[0]]
  const books = newBooks()
  const scene = { office: openOffice(newWorld(1), 1, HONEST), stations, books }

  noteLoss(scene, first, entriesOf(disk))
  wipeDisk(disk)
  expect([...copy.promised]).toEqual(['one'])
  expect(books.lost.size).toBe(0)
  expect(books.forgotten.size).toBe(0)

  noteLoss(scene, second, entriesOf(copy))
  wipeDisk(copy)
  expect([...books.lost]).toEqual([['one', 'wiped']])
})
