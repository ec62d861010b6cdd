/** What a tablet needs from outside, and what it gives to `app/`. */
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Activity } from '#kernel/activity.ts'
import type { Action, Known, Refusal } from '#kernel/decision.ts'
import type { BlobRef } from '#kernel/event.ts'
import type { ViewKind } from '#kernel/view.ts'
import type { Status } from '#sync/client.ts'
import type { Fetch, Timers } from '#sync/exchange.ts'
import type { EnrolReply, Presence } from '#sync/protocol.ts'
import type { Network } from '#ui/floor.tsx'
import type { Ahead } from './blobs.ts'
import type { Cache } from './cache.ts'
import type { Drafts, Slots } from './drafts.ts'
import type { FirstRead, Read } from './first-read.ts'
import type { Enrolled, HowEnrol } from './identity.ts'
import type { Photos } from './kept-files.ts'
import type { OfficeLine, Problem } from './office.ts'
import type { SignIn } from './people.ts'
import type { Projections } from './projections.ts'
import type { By } from './record.ts'
import type { OutboxStore } from './store.ts'
import type { Entry } from './stored.ts'
import type { Message, Tabs } from './tabs.ts'
import type { Tally } from './tally.ts'

export type TabletPorts = {
  readonly activities: readonly Activity[]
  readonly store: OutboxStore
  readonly photos: Photos
  readonly cache: Cache
  readonly slots: Slots
  readonly fetch: Fetch
  /** '' in a browser; the office's address elsewhere. */
  readonly base: string
  readonly timers: Timers
  /** Milliseconds since 1970, and since the page began. */
  readonly now: () => number
  readonly mono: () => number
  readonly random: () => number
  readonly bytes: () => Uint8Array
  readonly subtle: SubtleCrypto
  readonly tabs: Tabs
  /** Runs `work` in the one tab that speaks to the office, now or when the other one goes; the answer ends it. */
  readonly lead: (work: () => () => void) => () => void
  readonly visible: () => boolean
  readonly storage: () => Promise<{ readonly persisted: boolean; readonly usage: number; readonly quota: number }>
  /** Makes what `office` throws. */
  readonly problem: Problem
  /** Where this tablet stands by what is known now; a supervisor may have moved it since it was enrolled. */
  readonly stationOf?: (known: Known, device: string) => string | undefined
}

/** What showing alone takes: nothing that records, signs or speaks to the office. */
export type ShownPorts = Pick<TabletPorts, 'slots' | 'tabs' | 'timers' | 'now' | 'visible' | 'stationOf'> & {
  /** One look at the disk; undefined when there is nothing to see, and then the works look. */
  readonly read: () => Promise<FirstRead | undefined>
}

export type StorageFacts = {
  readonly persisted: boolean
  readonly usage: number
  readonly quota: number
  /** Events that the disk would not take: shown in red until it is 0. */
  readonly unsaved: number
}

export type Tablet = {
  readonly enrolled: ReadonlySignal<EnrolReply | undefined>
  enrol(how: HowEnrol): Promise<Enrolled>
  /** Where it stands by what is known now. */
  readonly station: ReadonlySignal<string | undefined>
  /** False in the first moments, while only what the first page shows can be read. */
  readonly complete: ReadonlySignal<boolean>
  /** Loads what records and sends, if it is not here yet. */
  whole(): Promise<unknown>
  /** Reading in a component subscribes; `peek` does not. */
  readonly known: Known
  readonly peek: Known
  readonly network: ReadonlySignal<Network>
  readonly status: ReadonlySignal<Status>
  /** When the office last answered, also before this page was opened: ms since 1970. */
  heard(): number | undefined
  readonly storage: ReadonlySignal<StorageFacts>
  /** Pages of documents that the work in play needs, and how many of them are here. */
  readonly ahead: ReadonlySignal<Ahead>
  readonly presence: ReadonlySignal<Presence | undefined>
  readonly unsent: ReadonlySignal<number>
  /** Held, set aside or refused, and not yet looked at by a person; and what was flagged, for information. */
  readonly attention: ReadonlySignal<readonly Entry[]>
  readonly flagged: ReadonlySignal<readonly Entry[]>
  may<I>(action: Action<I>, input: I, by: By): Refusal | undefined
  /** A floor action: saved on this tablet when the promise resolves. An office action: asked of the office. */
  act<I>(action: Action<I>, input: I, by: By): Promise<Done | Refusal>
  /** The session of a person who was signed in by the office goes with every question. */
  useSession(session: string | undefined): void
  signIn(person: string, pin: string): Promise<SignIn>
  unlock(person: string): Promise<void>
  readonly office: OfficeLine
  keepBlob(bytes: ArrayBuffer, type: string): Promise<BlobRef>
  blob(sha256: string): Promise<ArrayBuffer | undefined>
  readonly drafts: Drafts
  photosWaiting(): Promise<number>
  /** The newest entries first, for the sync centre. */
  entries(limit: number): Promise<readonly Entry[]>
  /** Sends a held event again. */
  release(id: string): Promise<void>
  /** A person has seen it; it counts no more. */
  dismiss(id: string): Promise<void>
  /** Everything that the office does not have, as the text of a file. */
  exportWaiting(): Promise<{ readonly name: string; readonly text: string }>
  /** The network or the page came back. */
  resume(): void
  /** The network says that it is gone; only a hint. */
  refreshStorage(): Promise<void>
  clockOffset(): number | null
  close(): void
}

export type Done = { readonly done: true; readonly events: readonly string[] }

/** What the works are built upon: the signals and views that a screen reads already. */
export type Base = {
  readonly views: Projections
  readonly tally: Tally
  readonly enrolled: Signal<EnrolReply | undefined>
  readonly status: Signal<Status>
  readonly presence: Signal<Presence | undefined>
  readonly session: string | undefined
  readonly readAt: number
  load(read: Read): void
  taken(entries: Parameters<Projections['take']>[0]): void
  heard(): number | undefined
  place(): { readonly site: string; readonly device: string; readonly station: string | undefined }
  said(message: Message): void
}

export type MakeWorks = (base: Base) => Promise<Works>

/** What records, signs and sends. */
export type Works = Pick<
  Tablet,
  | 'may'
  | 'act'
  | 'enrol'
  | 'signIn'
  | 'unlock'
  | 'office'
  | 'keepBlob'
  | 'blob'
  | 'photosWaiting'
  | 'entries'
  | 'release'
  | 'dismiss'
  | 'exportWaiting'
  | 'resume'
  | 'storage'
  | 'refreshStorage'
  | 'ahead'
  | 'clockOffset'
  | 'close'
> & {
  readonly kinds: readonly ViewKind[]
  /** Events that the disk would not take. */
  readonly unsaved: ReadonlySignal<number>
  /** Reads what is stored, if nobody has yet, and begins to sync. */
  begin(): Promise<void>
  onTab(message: Message): void
}
