import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '#test/contracts/postgres.ts'
import { connect } from './database.ts'

describe('the driver, when a connection is lost', () => {
  let database: TestDatabase
  let own: Sql
  let line: Server
  const open = new Set<Socket>()
  /** Ends every connection as PostgreSQL's death does: without an error, and without a word. */
  const cut = () => {
    for (const socket of open) socket.destroy()
    open.clear()
  }
  beforeAll(async () => {
    database = await freshDatabase()
    const { hostname: host, port } = new URL(database.url)
    line = createServer(from => {
      const to = createConnection({ host, port: Number(port) })
      for (const socket of [from, to])
        socket
          .on('error', () => undefined)
          .on('close', () => {
            from.destroy()
            to.destroy()
          })
      open.add(from)
      from.pipe(to).pipe(from)
    })
    await new Promise<void>(done => line.listen(0, '127.0.0.1', done))
    const url = new URL(database.url)
    const address = line.address()
    url.port = String(typeof address === 'object' ? address?.port : 0)
    own = connect(url.href, 1)
  })
  afterAll(async () => {
    await own.end({ timeout: 1 })
    cut()
    line.close()
    await database.close()
  })

  it('refuses the next query of a transaction, and the process lives', async () => {
    const work = own.begin(async tx => {
      await tx`SELECT 1`
      cut()
      await wait(100)
      await tx`SELECT 2`
    })
    await expect(work).rejects.toThrow('CONNECTION')
  })

  it('sends what is asked next on the same connection', async () => {
    for (let life = 0; life < 20; life++) {
      // The cut before may not have been noticed yet: a query that meets it is refused, and the next one is sent.
      await own`SELECT 1`.catch(() => own`SELECT 1`)
      const dying = own.begin(async tx => {
        cut()
        // One of these turns is the one in which the connection closes while a write waits.
        for (let turn = 0; turn < 5; turn++) {
          tx`SELECT ${turn}::int`.catch(() => undefined)
          await new Promise(setImmediate)
        }
      })
      await dying.catch(() => undefined)
      const asked = own`SELECT 1 AS one`.catch(() => own`SELECT 1 AS one`)
      expect([...(await Promise.race([asked, wait(5000, ['no answer'])]))]).toEqual([{ one: 1 }])
    }
  })
})
