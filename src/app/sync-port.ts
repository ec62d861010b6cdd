/** What the Sync centre asks of the tablet; filled in beside the floor. */
import { createContext } from 'preact'
import type { Tablet } from '#device/tablet.ts'
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
  /** SHA-256 of the entry: what the office closes when it was set aside. */
  readonly h: string
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
  /** The office does not know this tablet any more, or took it out of use. */
  readonly denied: boolean
  readonly revoked: boolean
  /** Why the office takes nothing at the moment; empty when it does. */
  readonly said: string
  /** Entries that the disk would not take. */
  readonly unsaved: number
}

export type Check = { readonly name: string; readonly ok: boolean; readonly said: string }

export type SyncPort = {
  readonly read: () => Promise<SyncReport>
  readonly sendNow: () => void
  readonly retry: (id: string) => Promise<void>
  /** A person has seen it. */
  readonly dismiss: (id: string) => Promise<void>
  /** Everything that waits, byte for byte. */
  readonly exportWaiting: () => Promise<File>
  readonly check: () => Promise<readonly Check[]>
  /** Enrols again, for another place; what waits stays and goes out under the new name. */
  readonly leave: () => void
}

export type SyncSource = {
  readonly tablet: Tablet
  /** Shows the enrolment again; what waits stays on the tablet. */
  readonly leave: () => void
}

export const SyncContext = createContext<SyncSource | undefined>(undefined)
