/** What tabs of one tablet tell each other. Only the leader speaks to the office; all of them record. */
import type { Status } from '#sync/client.ts'
import type { Cursor } from '#sync/cursor.ts'
import type { Page } from '#sync/engine.ts'
import type { Presence } from '#sync/protocol.ts'
import type { Confirmed } from './cache.ts'
import type { Own } from './projections.ts'

export type Message =
  /** I am here. Who is alone tells nobody anything, so that a tap costs less. */
  | { readonly say: 'here' }
  | { readonly say: 'entries'; readonly entries: readonly Own[] }
  | { readonly say: 'page'; readonly page: Page; readonly swept: readonly Confirmed[]; readonly from: Cursor }
  /** Something may have been stored of which nobody was told: look at the disk. */
  | { readonly say: 'look' }
  | { readonly say: 'status'; readonly status: Status }
  | { readonly say: 'presence'; readonly presence: Presence }

/** A BroadcastChannel, or nothing at all where there is only one tab. */
export type Tabs = {
  readonly post: (message: Message) => void
  readonly listen: (then: (message: Message) => void) => void
}

export const alone: Tabs = { post: () => undefined, listen: () => undefined }

/** Listens, and answers with the way to tell the others, if there are any. */
export const tellTabs = (tabs: Tabs, onMessage: (message: Message) => void): ((message: Message) => void) => {
  let alone = true
  tabs.listen(message => {
    alone = false
    // What it was not told until now is on the disk.
    if (message.say === 'here') tabs.post({ say: 'look' })
    else onMessage(message)
  })
  tabs.post({ say: 'here' })
  return message => {
    if (!alone) tabs.post(message)
  }
}
