/**
 * The floor: all that a screen may ask of the tablet. Filled in by `app/`, by tests and by stories; a screen never sees
 * Dexie, fetch or the device behind it.
 */
import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext, useEffect, useRef } from 'preact/hooks'
import type { Action, Known, Refusal, Role } from '#kernel/decision.ts'
import type { BlobRef } from '#kernel/event.ts'
import type { Planner } from './planner.ts'

export type SignedIn = {
  readonly person: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly verified: boolean
}

/** What the sync chip says (research/ux.md 1.6). `since` in milliseconds since 1970. */
export type Network =
  | { readonly state: 'sent'; readonly at: number | undefined }
  | { readonly state: 'sending'; readonly sent: number; readonly of: number }
  | { readonly state: 'offline'; readonly since: number; readonly waiting: number }
  | { readonly state: 'needs-you'; readonly count: number }

/**
 * A code that reached the tablet, whatever the way. `raw` is what screens compare with: our own label, or the lot or serial
 * that a GS1 code names; `printed` is then the whole code. `symbology` is the AIM identifier or the reader's name of it.
 */
export type Scan = {
  readonly raw: string
  readonly printed?: string
  readonly symbology?: string
  readonly source: 'wedge' | 'camera' | 'typed'
  readonly at: number
}

/** Where a tablet stands: a station's, a desk browser, a wall screen. */
export type Place = {
  readonly use: 'station' | 'desk' | 'wall'
  readonly station: string | undefined
  readonly device: string
  readonly site: string
  readonly sample: boolean
}

export type ReasonList = 'scrap' | 'rework' | 'defect' | 'hold' | 'pause' | 'andon'

export type Done = { readonly done: true; readonly events: readonly string[] }

/** The last hint of `GET /v1/live?presence=1`: what the wall knows of the stations' tablets. */
export type Presence = {
  /** By station: milliseconds since its tablet was last heard when the hint was made, and what waits on it. */
  readonly stations: Readonly<Record<string, { readonly ago: number; readonly waiting: number }>>
  /** When this hint came here, milliseconds since 1970; 0 before the first. */
  readonly heard: number
}

/** Reading a view inside a component redraws it when the view changes. */
export type Floor = Known & {
  readonly place: Place
  readonly person: ReadonlySignal<SignedIn | undefined>
  readonly network: ReadonlySignal<Network>
  /** Who and where, for every screen: a person's name by number, a station's name, the words the floor picks from. */
  nameOf(person: string): string
  stationName(station: string): string
  stations(): readonly { readonly station: string; readonly name: string; readonly line: string }[]
  reasons(list: ReasonList): readonly { readonly code: string; readonly name: string }[]
  /** Only where the wall board may be shown; without it the board has no data. */
  readonly presence?: ReadonlySignal<Presence> | undefined
  /** Ticks once a second, milliseconds since 1970: for timers and ages. */
  readonly now: ReadonlySignal<number>
  /** Whether an action would be allowed now: `undefined` when it would, else the reason. */
  may<I>(action: Action<I>, input: I): Refusal | undefined
  /** Does it. A floor action is saved on this tablet when the promise resolves; an office action is asked of the office. */
  act<I>(action: Action<I>, input: I): Promise<Done | Refusal>
  /** An action of another room by its name, so that a screen can ask for it without knowing that room's rules. */
  action(name: string): Action | undefined
  /** The sentence for a refusal. */
  say(refusal: Refusal): string
  /** Keeps a file on this tablet until it is sent: photos. */
  keepBlob(bytes: ArrayBuffer, type: string): Promise<BlobRef>
  /** An address for an image by its hash; undefined while it is not on this tablet and there is no network. */
  blobUrl(sha256: string): Promise<string | undefined>
  /** What a person has typed and not yet recorded; survives a crash. `key` names the screen and the field. */
  draft(key: string): string | undefined
  setDraft(key: string, value: string | undefined): void
  /** Shows a code to whoever listens, as if it had been scanned. */
  scanned(scan: Scan): void
  /** Listens to scans; the newest listener is asked first, and one that answers true ends it. Returns the way to stop. */
  onScan(listener: (scan: Scan) => boolean): () => void
  /** Opens the camera reader; it ends by itself after a read. */
  openCamera(): void
  /** Another address of this app. */
  go(path: string): void
  /** One short line that goes away by itself; `undo` is offered for 10 s. */
  tell(message: Message): void
  /** Long work beside the page; only where desk pages are shown. */
  readonly planner?: Planner | undefined
  /** A question to the office that no view answers: history, reports, uploads. Needs the network. */
  office: Office
}

export type Message = {
  readonly text: string
  readonly tone: 'ok' | 'stop'
  readonly undo?: () => void
  /** True once it is no longer so: the line goes before its time. */
  readonly over?: ReadonlySignal<boolean>
}

/** `T` is what the caller expects; the office's own schema made it. Throws OfficeProblem. */
export type Office = {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  /** A reply that is a file and not an answer: an export, to be saved. */
  file(path: string): Promise<Blob>
  /** Sends a file in chunks; `onProgress` is told the part sent, 0 to 1. */
  upload(file: Blob, onProgress: (part: number) => void): Promise<BlobRef>
}

/** What the office said instead of an answer, or that it could not be reached (`code: 'no-network'`). */
export class OfficeProblem extends Error {
  readonly code: string
  readonly hint: string | undefined
  constructor(code: string, message: string, hint?: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

export const FloorContext = createContext<Floor | undefined>(undefined)

export const useFloor = (): Floor => {
  const floor = useContext(FloorContext)
  if (!floor) throw new Error('a screen was drawn without a floor')
  return floor
}

/** Listens to scans while the component is shown. */
export const useScan = (listener: (scan: Scan) => boolean): void => {
  const floor = useFloor()
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => floor.onScan(scan => latest.current(scan)), [floor])
}
