/**
 * One transaction on a database that Dexie keeps. Dexie opens, names and upgrades; what runs at every tap goes to IndexedDB
 * itself, because a promise of Dexie's at every request costs the main thread more than the request.
 */
import { Dexie } from 'dexie'

export type Run = <T>(mode: IDBTransactionMode, work: (tx: IDBTransaction) => Promise<T>) => Promise<T>

type How = {
  readonly durability: IDBTransactionDurability
  /** Opens anew after the browser has lost the connection; without it whoever asks has to, and looks whether all is there. */
  readonly reopens: boolean
}

/** Opens on first use. While the connection is gone every run is refused with a `DatabaseClosedError`, as by Dexie itself. */
export const runOver = (db: Dexie, stores: readonly string[], { durability, reopens }: How): Run => {
  let opened = false
  const open = async () => {
    // Dexie opens anew by itself what the browser has closed, and refuses what was closed on purpose.
    if (opened) await db.table(stores[0] ?? '').get(0)
    else await db.open()
    opened = true
  }
  return async (mode, work) => {
    if (!db.isOpen() && (reopens || !opened)) await open()
    const raw = db.backendDB()
    if (!db.isOpen() || !raw) throw new Dexie.DatabaseClosedError()
    return transact(raw.transaction([...stores], mode, { durability }), work)
  }
}

/** All of it or nothing: resolves when it is stored, and not before. */
const transact = async <T>(tx: IDBTransaction, work: (tx: IDBTransaction) => Promise<T>): Promise<T> => {
  const stored = new Promise<void>((done, refuse) => {
    tx.oncomplete = () => done()
    tx.onabort = () => refuse(tx.error ?? new DOMException('the transaction was undone', 'AbortError'))
  })
  stored.catch(() => undefined)
  try {
    const answer = await work(tx)
    if (tx.mode === 'readonly') return answer
    tx.commit()
    await stored
    return answer
  } catch (problem) {
    undo(tx)
    // Why it was undone says more than that it was: a full disk shows itself here alone.
    throw tx.error ?? problem
  }
}

const undo = (tx: IDBTransaction): void => {
  try {
    tx.abort()
  } catch {
    // It is over already.
  }
}

/** The answer to one request. */
export const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, refuse) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => refuse(request.error)
  })

/** Of several requests the last is waited for: one that does not work out undoes them all. */
export const askedAll = async (requests: readonly IDBRequest[]): Promise<void> => {
  const last = requests.at(-1)
  if (last) await asked(last)
}
