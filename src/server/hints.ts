/** Tells whoever listens that the log has grown, in this process or in another on the same database. */
import type { Sql } from 'postgres'
import { NOTIFY_CHANNEL } from './flush.ts'

export type Hints = {
  on(listener: (seq: number) => void): () => void
  readonly size: () => number
  stop(): Promise<void>
}

/** Whose streams are open, by name; each can be ended. */
export type Listening = Map<string, Set<() => void>>

export const openHints = async (sql: Sql, site: string): Promise<Hints> => {
  const listeners = new Set<(seq: number) => void>()
  const tell = (seq: number): void => {
    for (const listener of listeners) listener(seq)
  }
  // Also after the connection was lost and made again: what was committed meanwhile was said to nobody.
  const caughtUp = async (): Promise<void> => {
    const rows = await sql<
      { head: number }[]
    >`SELECT head::float8 AS head FROM site_counter WHERE site_id = ${site}`.catch(() => [])
    if (rows[0]) tell(rows[0].head)
  }
  const { unlisten } = await sql.listen(
    NOTIFY_CHANNEL,
    text => {
      // Only this product writes to the channel; a stranger's text is passed over.
      const hint = readHint(text)
      if (hint?.site === site) tell(hint.seq)
    },
    () => void caughtUp()
  )
  return {
    on: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    size: () => listeners.size,
    stop: unlisten
  }
}

const readHint = (text: string): { site: string; seq: number } | undefined => {
  try {
    const { site, seq } = JSON.parse(text) as { site?: unknown; seq?: unknown }
    return typeof site === 'string' && typeof seq === 'number' ? { site, seq } : undefined
  } catch {
    return undefined
  }
}
