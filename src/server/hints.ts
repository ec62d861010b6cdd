/** Tells whoever listens that the log has grown, in this process or in another on the same database. */
import type { Sql } from 'postgres'
import { NOTIFY_CHANNEL } from './flush.ts'

export type Hints = {
  on(listener: (seq: number) => void): () => void
  readonly size: () => number
  stop(): Promise<void>
}

export const openHints = async (sql: Sql, site: string): Promise<Hints> => {
  const listeners = new Set<(seq: number) => void>()
  const { unlisten } = await sql.listen(NOTIFY_CHANNEL, text => {
    // Only this product writes to the channel; a stranger's text is passed over.
    const hint = readHint(text)
    if (hint?.site === site) for (const listener of listeners) listener(hint.seq)
  })
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
