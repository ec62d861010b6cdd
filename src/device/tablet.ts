/**
 * The tablet's end, put together: outbox, cache, what is known, recording, sync, files, people. `app/` makes the Floor of
 * it. Everything from outside is given in `TabletPorts`, so that a test can run many tablets in one process.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import {
  type Action,
  decideAction,
  type Given,
  type Guard,
  isRefusal,
  type Known,
  type Refusal
} from '#kernel/decision.ts'
import type { BlobRef, When } from '#kernel/event.ts'
import { idMaker } from '#kernel/id.ts'
import { hashOf } from '#sync/chain.ts'
import { type Client, client, type ClientPorts, type Status } from '#sync/client.ts'
import { type Exchange, exchange } from '#sync/exchange.ts'
import { listen } from '#sync/live.ts'
import type { EnrolReply, Presence } from '#sync/protocol.ts'
import type { Network } from '#ui/floor.tsx'
import { type Ahead, type Blobs, blobs } from './blobs.ts'
import { type Drafts, drafts } from './drafts.ts'
import type { StorageFacts, Tablet, TabletPorts } from './face.ts'
import { type Enrolled, type HowEnrol, type Identity, identity } from './identity.ts'
import { askOffice, type OfficeLine } from './office.ts'
import { type People, people, type SignIn } from './people.ts'
import { type Projections, projections } from './projections.ts'
import { type By, type Recorder, recorder } from './record.ts'
import { type Saving, saving } from './saving.ts'
import { watchNetwork } from './status.ts'
import type { Entry } from './store.ts'
import { gate, type Message, tellTabs } from './tabs.ts'
import { type Tally, tally } from './tally.ts'

export type { StorageFacts, Tablet, TabletPorts } from './face.ts'

const HEARD = 'jobcard-heard'
const RETAIN_MS = 14 * 24 * 3_600_000
const FRESH_MS = 2_000
const BALLAST_BYTES = 20 * 1024 * 1024
const DOCUMENTS_MOST = 2 * 1024 ** 3

/** Opens what is kept on this tablet and begins to sync. Resolves when everything known can be read. */
export const openTablet = async (ports: TabletPorts): Promise<Tablet> => {
  const tablet = new Parts(ports)
  await tablet.open()
  return tablet
}

class Parts implements Tablet {
  readonly #ports: TabletPorts
  readonly #newId: () => string
  readonly #views: Projections
  readonly #guards: readonly Guard[]
  readonly #identity: Identity
  readonly #exchange: Exchange
  readonly #client: Client
  readonly #saving: Saving
  readonly #blobs: Blobs
  readonly #people: People
  readonly #record: Recorder
  readonly #said: (message: Message) => void
  readonly #stops: (() => void)[] = []
  readonly enrolled = signal<EnrolReply | undefined>(undefined)
  readonly status = signal<Status>({ reachable: undefined, heard: undefined, pushing: 0, denied: false })
  readonly presence = signal<Presence | undefined>(undefined)
  readonly #tally: Tally
  readonly #space = signal({ persisted: false, usage: 0, quota: 0 })
  readonly network: ReadonlySignal<Network>
  readonly storage: ReadonlySignal<StorageFacts>
  readonly office: OfficeLine
  readonly drafts: Drafts
  readonly #opened = gate()
  #readAt = 0
  #session: string | undefined
  #offset: number | null = null

  constructor(ports: TabletPorts) {
    this.#ports = ports
    const { activities, store, cache, timers, now, slots, subtle } = ports
    const { get, set } = store
    this.#newId = idMaker(now, ports.bytes)
    this.#tally = tally(store)
    this.#views = projections(activities.flatMap(room => room.views))
    this.#guards = activities.flatMap(room => room.guards)
    this.#identity = identity({ get, set, subtle })
    this.#exchange = exchange({ ...ports, sign: this.#identity.sign, headers: this.#headers })
    this.#client = client(this.#clientPorts())
    this.#saving = saving({
      store,
      slots,
      timers,
      now,
      makeRoom: cache.makeRoom,
      onSaved: entries => this.#taken(entries)
    })
    this.#blobs = blobs({ office: this.#exchange, photos: ports.photos, cache, subtle, budget: this.#budget })
    this.#people = people({ get, set, subtle, ask: this.#exchange.ask, newId: this.#newId, now, heard: this.#heard })
    this.#record = recorder({
      guards: this.#guards,
      known: this.#views.peek,
      place: this.#place,
      seen: this.#views.cursor,
      clock: this.#clock,
      newId: this.#newId,
      hash: hashOf,
      save: this.#save
    })
    this.#said = tellTabs(ports.tabs, message => void this.#opened.wait.then(() => this.#onTab(message)))
    this.office = askOffice({
      office: this.#exchange,
      blobs: this.#blobs,
      newId: this.#newId,
      problem: ports.problem,
      reached: seq => this.#views.cursor().seq >= seq,
      hint: seq => this.#client.hint(seq),
      timers
    })
    this.drafts = drafts(slots)
    const chip = watchNetwork({ ...ports, status: this.status, waits: () => this.#waits(), heard: this.#heard })
    this.network = chip.network
    this.#stops.push(chip.stop)
    this.storage = computed(() => ({ ...this.#space.value, unsaved: this.#saving.unsaved.value }))
  }

  get known(): Known {
    return this.#views.known
  }
  get peek(): Known {
    return this.#views.peek
  }
  get unsent(): ReadonlySignal<number> {
    return this.#tally.unsent
  }
  get attention(): ReadonlySignal<readonly Entry[]> {
    return this.#tally.attention
  }
  get flagged(): ReadonlySignal<readonly Entry[]> {
    return this.#tally.flagged
  }
  get ahead(): ReadonlySignal<Ahead> {
    return this.#blobs.ahead
  }

  async open(): Promise<void> {
    const { store, now } = this.#ports
    await store.open()
    this.enrolled.value = await this.#identity.load()
    await this.#read()
    await this.#tally.look()
    await this.#saving.retry()
    await store.prune(now() - RETAIN_MS)
    this.#opened.open()
    if (this.enrolled.value) this.#begin()
    void this.refreshStorage()
  }

  /** The cache first, then the outbox: what the cache covers was marked in the outbox before it was pulled. */
  async #read(): Promise<void> {
    const { cursor, rows } = await this.#ports.cache.read()
    const pending = await this.#ports.store.pending(cursor.seq)
    batch(() => {
      this.#views.load(cursor, rows)
      this.#tally.reset()
      this.#taken(pending)
    })
    this.#readAt = this.#ports.now()
  }

  enrol = async (how: HowEnrol): Promise<Enrolled> => {
    const was = this.enrolled.peek()
    const answer = await this.#identity.enrol(this.#exchange.ask, how)
    if (!('enrolled' in answer)) return answer
    if (was && was.device !== answer.enrolled.device) await this.#ports.store.rebind(answer.enrolled.device)
    this.enrolled.value = answer.enrolled
    if (was) this.#client.wake('resume')
    else this.#begin()
    return answer
  }

  may = <I>(action: Action<I>, input: I, by: By): Refusal | undefined => {
    const answer = decideAction(action, this.#guards, this.known, input, this.#given(by))
    return isRefusal(answer) ? answer : undefined
  }

  act = <I>(action: Action<I>, input: I, by: By) =>
    action.where === 'floor' ? this.#record(action, input, by) : this.office.act(action.name, input)

  useSession = (session: string | undefined): void => {
    this.#session = session
  }
  signIn = (person: string, pin: string): Promise<SignIn> => this.#people.signIn(person, pin)
  unlock = (person: string): Promise<void> => this.#people.unlock(person)

  keepBlob = async (bytes: ArrayBuffer, type: string): Promise<BlobRef> => {
    const ref = await this.#blobs.keep(bytes, type)
    this.#blobs.send()
    return ref
  }
  blob = (sha256: string): Promise<ArrayBuffer | undefined> => this.#blobs.bytes(sha256)

  entries = (limit: number): Promise<readonly Entry[]> => this.#ports.store.newest(limit)

  release = async (id: string): Promise<void> => {
    this.#taken(await this.#ports.store.release(id))
    await this.#tally.look()
    this.#client.wake('hint')
  }

  dismiss = (id: string): Promise<void> => this.#tally.dismiss(id)

  exportWaiting = async (): Promise<{ readonly name: string; readonly text: string }> => {
    const events = await this.#tally.waiting()
    const at = new Date(this.#ports.now()).toISOString()
    const text = JSON.stringify({ jobcard: 'waiting', at, device: this.#place().device, events }, undefined, 1)
    return { name: `jobcard-waiting-${at.slice(0, 19).replaceAll(':', '')}.json`, text }
  }

  resume = (): void => {
    // A radio that has just woken up answers nothing for a second, and the first request would hang (sync.md failure 6).
    this.#ports.timers.set(1000 + this.#ports.random() * 500, () => {
      this.#client.wake('resume')
      void this.#saving.retry()
    })
  }

  refreshStorage = async (): Promise<void> => {
    const facts = await this.#ports.storage()
    this.#space.value = facts
    if (facts.persisted && facts.quota > 1024 ** 3)
      await this.#ports.cache.ballast(BALLAST_BYTES).catch(() => undefined)
  }

  clockOffset = (): number | null => this.#offset

  close = (): void => {
    for (const stop of this.#stops.splice(0)) stop()
    this.#client.stop()
    this.#ports.store.close()
    this.#ports.cache.close()
  }

  /** Speaks to the office, in one tab of all; the others hear of it. */
  #begin(): void {
    const { lead, timers, random } = this.#ports
    this.#stops.push(
      lead(() => {
        const led = { on: true }
        void this.#startClient(led)
        const deaf = listen({
          office: this.#exchange,
          timers,
          random,
          presence: this.enrolled.peek()?.use === 'wall',
          onHead: seq => this.#client.hint(seq),
          onPresence: presence => {
            this.presence.value = presence
            this.#said({ say: 'presence', presence })
          }
        })
        return () => {
          led.on = false
          deaf()
          this.#client.stop()
        }
      })
    )
  }

  async #startClient(led: { readonly on: boolean }): Promise<void> {
    const { epoch } = await this.#ports.store.open()
    // The tab that led before may have stored what it had no time to tell.
    if (Math.abs(this.#ports.now() - this.#readAt) > FRESH_MS) await this.#read()
    // The lead may have been lost while the disk was asked.
    if (!led.on) return
    this.#client.start({ cursor: this.#views.cursor(), epoch })
    await this.#people.refresh()
    this.#blobs.send()
    this.#fetchAhead()
  }

  #clientPorts(): ClientPorts {
    const { store, now, random, timers, visible } = this.#ports
    return {
      office: this.#exchange,
      now,
      random,
      timers,
      visible,
      newId: () => this.#newId(),
      device: () => this.#place().device,
      queue: { batch: store.batch, settle: this.#settle, witnessed: () => store.get('witnessed') },
      shelf: { apply: this.#apply },
      onStatus: this.#watch,
      onClock: offset => {
        this.#offset = Math.round(offset)
      }
    }
  }

  #settle: ClientPorts['queue']['settle'] = async settlement => {
    const changed = await this.#ports.store.settle(settlement)
    this.#taken(changed)
    this.#said({ say: 'entries', entries: changed })
    if (settlement.repair || changed.some(entry => entry.state !== 'acked')) await this.#tally.look()
    this.#blobs.send()
  }

  #apply: ClientPorts['shelf']['apply'] = async page => {
    const swept = await this.#ports.cache.apply(page)
    this.#views.apply(page, swept)
    this.#said({ say: 'page', page, swept })
    if (page.last && page.rows.length > 0) this.#fetchAhead()
  }

  #watch = (status: Status): void => {
    if (status.heard !== this.status.peek().heard) this.#alive(status.heard)
    this.status.value = status
    this.#said({ say: 'status', status })
  }

  #headers = (): Readonly<Record<string, string>> => ({
    'x-jobcard-waiting': String(this.unsent.peek()),
    ...(this.#session ? { 'x-jobcard-session': this.#session } : {})
  })

  #waits() {
    const denied = this.status.value.denied ? 1 : 0
    const attention = this.attention.value.length + this.#saving.unsaved.value + denied
    return { unsent: this.unsent.value, attention, of: this.#tally.most.value }
  }

  #onTab(message: Message): void {
    switch (message.say) {
      case 'entries':
        this.#taken(message.entries)
        return this.#client.wake('hint')
      case 'page':
        return this.#views.apply(message.page, message.swept)
      case 'status':
        this.status.value = message.status
        return
      case 'presence':
        this.presence.value = message.presence
    }
  }

  #save = async (events: Parameters<Saving['save']>[0]) => {
    const entries = await this.#saving.save(events)
    this.#taken(entries)
    this.#said({ say: 'entries', entries })
    this.#client.wake('hint')
    return entries
  }

  /** New or changed entries: what is known follows, and so does the count of what waits. */
  #taken(entries: Parameters<Projections['take']>[0]): void {
    batch(() => {
      this.#views.take(entries)
      this.#tally.count(entries)
    })
  }

  #fetchAhead(): void {
    void this.#blobs.fetchAhead(this.#views.files()).catch(() => undefined)
  }

  #alive(heard: number | undefined): void {
    this.#ports.slots.setItem(HEARD, String(heard))
    this.#blobs.sendAgain()
  }

  #heard = (): number | undefined => this.status.peek().heard ?? (Number(this.#ports.slots.getItem(HEARD)) || undefined)

  #place = () => {
    const enrolled = this.enrolled.peek()
    const device = enrolled?.device ?? ''
    const station = this.#ports.stationOf?.(this.#views.peek, device) ?? enrolled?.station ?? undefined
    return { site: enrolled?.site ?? '', device, station }
  }

  #given(by: By): Given {
    const { station } = this.#place()
    return { person: by.person, roles: by.roles, station, at: this.#clock().wall, newId: this.#newId, hash: hashOf }
  }

  #clock = (): When => ({
    wall: new Date(this.#ports.now()).toISOString(),
    mono: Math.round(this.#ports.mono()),
    offset: this.#offset
  })

  #budget = async (): Promise<number> => {
    const { quota } = await this.#ports.storage()
    return quota > 0 ? Math.min(DOCUMENTS_MOST, quota * 0.2) : DOCUMENTS_MOST
  }
}
