/**
 * The PostgreSQL driver, mended while it is loaded. In postgres 3.4.9 a connection that closes while a small write waits for
 * its turn ends the whole process (`Cannot read properties of null (reading 'write')`, porsager/postgres#1208), or keeps a timer
 * that was cleared, and then no query on that connection is ever sent again. Both happen when PostgreSQL dies under load.
 * A version whose source differs is taken as it is; `driver.pg.test.ts` tells whether it still needs mending.
 */
import { registerHooks } from 'node:module'

const FILE = '/postgres/src/connection.js'

/** What stands there, and what has to. */
const MENDS: readonly (readonly [string, string])[] = [
  // A query on a connection that is gone is refused like any other that was cut off.
  [
    'function nextWrite(fn) {\n',
    `function nextWrite(fn) {
    if (socket === null) {
      nextWriteTimer !== null && clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      return false
    }
`
  ],
  // The next life of this connection begins with nothing left to write, and may plan a write of its own.
  [
    '    clearImmediate(nextWriteTimer)\n    socket.removeListener',
    '    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener'
  ],
  // A connection that ends while its array types are asked for is like any other that ends: it is opened anew and asks again.
  ['return fetchArrayTypes()', 'return fetchArrayTypes().catch(() => undefined)']
]

const hooks = registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    if (!url.endsWith(FILE) || !loaded.source) return loaded
    const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
    const known = MENDS.every(([from]) => source.split(from).length === 2)
    return known ? { ...loaded, source: MENDS.reduce((text, [from, to]) => text.replace(from, to), source) } : loaded
  }
})

// Not a plain import: that would be loaded before the line above is run.
export const { default: postgres } = await import('postgres')
hooks.deregister()
