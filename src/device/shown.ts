/**
 * What a tablet shows before it can do anything: what the office confirmed, what waits to be sent, who this tablet is. It opens
 * with these; everything that records, signs or speaks to the office is in `works.ts`, which comes a moment later and is waited
 * for by whatever needs it. While own events wait to be folded nothing is shown without it: what is shown is never older
 * than what was recorded here.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type Action, type Known, type Refusal, refuse } from '#kernel/decision.ts'
import type { BlobRef } from '#kernel/event.ts'
import type { Status } from '#sync/client.ts'
import type { EnrolReply, Presence } from '#sync/protocol.ts'
import type { Network } from '#ui/floor.tsx'
import type { Ahead } from './blobs.ts'
import { type Drafts, drafts } from './drafts.ts'
import type { Base, Done, MakeWorks, ShownPorts, StorageFacts, Tablet, Works } from './face.ts'
import type { Enrolled, HowEnrol } from './identity.ts'
import type { OfficeLine } from './office.ts'
import type { SignIn } from './people.ts'
import type { Read } from './first-read.ts'
import { type Projections, projections } from './projections.ts'
import type { By } from './record.ts'
import { EMERGENCY, HEARD } from './names.ts'
import { watchNetwork } from './status.ts'
import type { Entry } from './stored.ts'
import { type Message, tellTabs } from './tabs.ts'
import { type Tally, tally } from './tally.ts'

const NONE_AHEAD: Ahead = { have: 0, need: 0 }

/** Resolves when what is known can be read. `works` is asked for once, and not before it is needed or `whole` is called. */
export const showTablet = async (ports: ShownPorts, works: MakeWorks): Promise<Tablet> => {
  const shown = new Shown(ports, works)
  await shown.open()
  return shown
}

class Shown implements Tablet, Base {
  readonly #ports: ShownPorts
  readonly #make: MakeWorks
  #started: Promise<Works> | undefined
  #whole: Promise<Works> | undefined
  readonly #works: Signal<Works | undefined> = signal(undefined)
  readonly views: Projections = projections()
  readonly tally: Tally
  readonly enrolled = signal<EnrolReply | undefined>(undefined)
  readonly status = signal<Status>({ reachable: undefined, heard: undefined, denied: false })
  readonly presence = signal<Presence | undefined>(undefined)
  readonly complete = signal(false)
  readonly network: ReadonlySignal<Network>
  readonly storage: ReadonlySignal<StorageFacts>
  readonly ahead: ReadonlySignal<Ahead>
  readonly station: ReadonlySignal<string | undefined>
  readonly office: OfficeLine
  readonly drafts: Drafts
  readonly said: (message: Message) => void
  readonly #stopChip: () => void
  readonly #early: Message[] = []
  /** When the disk was last read whole, milliseconds since 1970; 0 before. */
  readAt = 0
  session: string | undefined

  constructor(ports: ShownPorts, make: MakeWorks) {
    this.#ports = ports
    this.#make = make
    this.tally = tally()
    this.said = tellTabs(ports.tabs, this.#told)
    const chip = watchNetwork({ ...ports, status: this.status, waits: this.#waits, heard: this.heard })
    this.network = chip.network
    this.#stopChip = chip.stop
    this.storage = computed(
      () => this.#works.value?.storage.value ?? { persisted: false, usage: 0, quota: 0, unsaved: 0 }
    )
    this.ahead = computed(() => this.#works.value?.ahead.value ?? NONE_AHEAD)
    this.station = computed(() => this.#stationBy(this.views.known, this.enrolled.value))
    this.drafts = drafts(ports.slots)
    this.office = {
      act: async (action, input, session) => (await this.whole()).office.act(action, input, session),
      get: async path => (await this.whole()).office.get(path),
      post: async (path, body) => (await this.whole()).office.post(path, body),
      file: async path => (await this.whole()).office.file(path),
      upload: async (file, onProgress) => (await this.whole()).office.upload(file, onProgress)
    }
  }

  get known(): Known {
    return this.views.known
  }
  get peek(): Known {
    return this.views.peek
  }
  get unsent(): ReadonlySignal<number> {
    return this.tally.unsent
  }
  get attention(): ReadonlySignal<readonly Entry[]> {
    return this.tally.attention
  }
  get flagged(): ReadonlySignal<readonly Entry[]> {
    return this.tally.flagged
  }

  async open(): Promise<void> {
    const first = await this.#ports.read()
    if (first) {
      this.enrolled.value = first.enrolled
      // Own events are folded over everything or not at all.
      if (first.partial && first.pending.length > 0) await this.whole()
      else if (first.partial) this.views.load(first.cursor, first.rows)
      else {
        if (first.pending.length > 0) await this.#start()
        this.load(first)
      }
    }
    if (!first || this.#ports.slots.getItem(EMERGENCY) !== null) await this.whole()
  }

  /** Begun once and for all; the same promise for everyone who needs the works. */
  whole = (): Promise<Works> => {
    this.#whole ??= this.#begun()
    return this.#whole
  }

  async #begun(): Promise<Works> {
    const works = await this.#start()
    await works.begin()
    this.#works.value = works
    for (const message of this.#early.splice(0)) works.onTab(message)
    return works
  }

  /** By other tabs before this one has folds: kept in order, and nothing is loaded for it before the first screen stands. */
  #told = (message: Message): void => {
    if (this.#whole) void this.#whole.then(works => works.onTab(message))
    else this.#early.push(message)
  }

  /** The folds are known from here on; nothing is sent yet. */
  #start(): Promise<Works> {
    this.#started ??= this.#make(this).then(works => {
      this.views.teach(works.kinds)
      return works
    })
    return this.#started
  }

  load = ({ cursor, rows, pending }: Read): void => {
    batch(() => {
      this.views.load(cursor, rows)
      this.tally.reset()
      this.taken(pending)
      this.complete.value = true
    })
    this.readAt = this.#ports.now()
  }

  /** New or changed entries: what is known follows, and so does the count of what waits. */
  taken = (entries: Parameters<Projections['take']>[0]): void =>
    batch(() => {
      this.views.take(entries)
      this.tally.count(entries)
    })

  heard = (): number | undefined => this.status.peek().heard ?? (Number(this.#ports.slots.getItem(HEARD)) || undefined)

  place = () => {
    const enrolled = this.enrolled.peek()
    return {
      site: enrolled?.site ?? '',
      device: enrolled?.device ?? '',
      station: this.#stationBy(this.views.peek, enrolled)
    }
  }

  #stationBy(known: Known, enrolled: EnrolReply | undefined): string | undefined {
    if (!enrolled) return undefined
    return this.#ports.stationOf?.(known, enrolled.device) ?? enrolled.station ?? undefined
  }

  #waits = () => {
    // Not through `storage`: how full the disk is changes whenever it is asked, and says nothing about the network.
    const unsaved = this.#works.value?.unsaved.value ?? 0
    const attention = this.attention.value.length + unsaved + (this.status.value.denied ? 1 : 0)
    return { unsent: this.unsent.value, attention, of: this.tally.most.value }
  }

  may = <I>(action: Action<I>, input: I, by: By): Refusal | undefined => {
    const works = this.#works.value
    return works ? works.may(action, input, by) : refuse('opening')
  }
  act = async <I>(action: Action<I>, input: I, by: By): Promise<Done | Refusal> =>
    (await this.whole()).act(action, input, by)

  enrol = async (how: HowEnrol): Promise<Enrolled> => (await this.whole()).enrol(how)
  useSession = (session: string | undefined): void => {
    this.session = session
  }
  signIn = async (person: string, pin: string): Promise<SignIn> => (await this.whole()).signIn(person, pin)
  unlock = async (person: string): Promise<void> => (await this.whole()).unlock(person)
  keepBlob = async (bytes: ArrayBuffer, type: string): Promise<BlobRef> => (await this.whole()).keepBlob(bytes, type)
  blob = async (sha256: string): Promise<ArrayBuffer | undefined> => (await this.whole()).blob(sha256)
  photosWaiting = async (): Promise<number> => (await this.whole()).photosWaiting()
  entries = async (limit: number): Promise<readonly Entry[]> => (await this.whole()).entries(limit)
  release = async (id: string): Promise<void> => (await this.whole()).release(id)
  dismiss = async (id: string): Promise<void> => (await this.whole()).dismiss(id)
  exportWaiting = async () => (await this.whole()).exportWaiting()

  resume = (): void => this.#works.peek()?.resume()
  refreshStorage = async (): Promise<void> => (await this.whole()).refreshStorage()
  clockOffset = (): number | null => this.#works.peek()?.clockOffset() ?? null

  close = (): void => {
    this.#stopChip()
    this.#works.peek()?.close()
  }
}
