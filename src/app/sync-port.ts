/** What the Sync centre asks of the tablet; filled in beside the floor. */
import { createContext } from 'preact'
import type { SyncState } from './sync-words.ts'

export type SyncItem = {
  readonly id: string
  readonly type: string
  readonly person: string
  readonly payload: unknown
  /** Milliseconds since 1970. */
  readonly at: number
  readonly state: SyncState
  readonly codes: readonly string[]
}

export type SyncReport = {
  /** What waits or needs a person, oldest first, then the latest that were sent. */
  readonly items: readonly SyncItem[]
  readonly waiting: number
  readonly photosWaiting: number
  readonly documents: { readonly have: number; readonly need: number }
  readonly storage: { readonly used: number; readonly quota: number; readonly persisted: boolean }
  /** Milliseconds since 1970; undefined before the first. */
  readonly lastExchange: number | undefined
  /** Milliseconds that the office's clock is ahead. */
  readonly offset: number | undefined
  readonly device: string
}

export type Check = { readonly name: string; readonly ok: boolean; readonly said: string }

export type SyncPort = {
  readonly read: () => Promise<SyncReport>
  readonly sendNow: () => void
  readonly retry: (id: string) => Promise<void>
  /** Everything that waits, byte for byte. */
  readonly exportWaiting: () => Promise<File>
  readonly check: () => Promise<readonly Check[]>
  /** Forgets what this tablet is; the sentence when something still waits. */
  readonly leave: () => Promise<string | undefined>
}

export const SyncContext = createContext<SyncPort | undefined>(undefined)
