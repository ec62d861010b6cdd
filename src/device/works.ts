/**
 * What records, signs and sends: rules and their events, the outbox's writing half, the sync client, files, people. Built upon
 * what is shown already (`shown.ts`) and loaded after it.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { type Action, decideAction, type Given, type Guard, isRefusal, type Refusal } from '#kernel/decision.ts'
import type { BlobRef, When } from '#kernel/event.ts'
import { idMaker } from '#kernel/id.ts'
import type { ViewKind } from '#kernel/view.ts'
import { hashOf } from '#sync/chain.ts'
import { type Client, client, type ClientPorts, type Status } from '#sync/client.ts'
import type { Settlement } from '#sync/engine.ts'
import { type Exchange, exchange } from '#sync/exchange.ts'
import { listen } from '#sync/live.ts'
import { CHAIN_HEADER } from '#sync/protocol.ts'
import { type Abreast, abreast } from './abreast.ts'
import { type Attention, attention } from './attention.ts'
import { type Ahead, type Blobs, blobs } from './blobs.ts'
import type { Base, StorageFacts, TabletPorts, Works } from './face.ts'
import { type Enrolled, type HowEnrol, type Identity, identity } from './identity.ts'
import { askOffice, type OfficeLine } from './office.ts'
import { type People, people, type SignIn } from './people.ts'
import type { Own } from './projections.ts'
import { type By, type Recorder, recorder } from './record.ts'
import { type Saving, saving } from './saving.ts'
import { HEARD } from './names.ts'
import { isOf } from './store.ts'
import { handsRest, type Rest } from './rest.ts'
import type { Entry } from './stored.ts'
import type { Message } from './tabs.ts'

const RETAIN_MS = 14 * 24 * 3_600_000
const AGAIN_MS = 1_000
/** How often it is written down when the office was last heard, milliseconds. */
const HEARD_EVERY_MS = 3000
const BALLAST_BYTES = 20 * 1024 * 1024

export const makeWorks = (ports: TabletPorts, base: Base): Works => new Parts(ports, base)

class Parts implements Works {
  readonly #ports: TabletPorts
  readonly #newId: () => string
  readonly #base: Base
  readonly kinds: readonly ViewKind[]
  readonly #attention: Attention
  readonly #guards: readonly Guard[]
  readonly #identity: Identity
  readonly #exchange: Exchange
  readonly #client: Client
  readonly #saving: Saving
  readonly #abreast: Abreast
  readonly #blobs: Blobs
  readonly #people: People
  readonly #record: Recorder
  readonly #stops: (() => void)[] = []
  readonly #space = signal({ persisted: false, usage: 0, quota: 0 })
  readonly storage: ReadonlySignal<StorageFacts>
  readonly office: OfficeLine
  #offset: number | null = null
  #heardKept = 0
  /** The last signed head of the office's log that was shown here; only the tab that leads knows. */
  #witnessed: Settlement['witnessed']
  readonly #rest: Rest

  constructor(ports: TabletPorts, base: Base) {
    this.#ports = ports
    this.#base = base
    const { activities, store, cache, timers, now, slots, subtle } = ports
    const { get, set } = store
    this.#newId = idMaker(now, ports.bytes)
    this.kinds = activities.flatMap(room => room.views)
    this.#attention = attention(store, base.tally)
    this.#guards = activities.flatMap(room => room.guards)
    this.#identity = identity({ get, set, subtle })
    this.#exchange = exchange({ ...ports, sign: this.#identity.sign, headers: this.#headers })
    this.#client = client(this.#clientPorts())
    this.#rest = handsRest({ timers, now, visible: ports.visible, send: () => this.#client.wake('hint') })
    this.#blobs = blobs({
      ...ports,
      office: this.#exchange,
      heard: () => get<number>('time'),
      epoch: () => base.views.cursor().epoch
    })
    this.#saving = saving({ store, slots, timers, now, makeRoom: this.#blobs.makeRoom, onSaved: this.#show })
    this.#abreast = abreast({ store, cache, timers, views: base.views, load: base.load.bind(base), taken: base.taken })
    this.#people = people({ get, set, subtle, ask: this.#exchange.ask, newId: this.#newId, now, heard: base.heard })
    this.#record = recorder({
      guards: this.#guards,
      known: base.views.peek,
      place: base.place,
      seen: base.views.cursor,
      clock: this.#clock,
      newId: this.#newId,
      hash: hashOf,
      save: this.#save
    })
    this.office = askOffice({
      office: this.#exchange,
      blobs: this.#blobs,
      newId: this.#newId,
      problem: ports.problem,
      reached: seq => this.#base.views.cursor().seq >= seq,
      hint: seq => this.#client.hint(seq),
      timers
    })
    this.storage = computed(() => ({ ...this.#space.value, unsaved: this.#saving.unsaved.value }))
  }

  get unsaved(): ReadonlySignal<number> {
    return this.#saving.unsaved
  }
  get ahead(): ReadonlySignal<Ahead> {
    return this.#blobs.ahead
  }

  async begin(): Promise<void> {
    const { store, now } = this.#ports
    await store.open()
    const enrolled = await this.#identity.load()
    // The same words anew would look like another enrolment, and whoever works here would be asked for a PIN again.
    if (!this.#base.enrolled.peek()) this.#base.enrolled.value = enrolled
    if (this.#base.readAt === 0) await this.#abreast.read()
    await this.#attention.look()
    await this.#saving.retry()
    await store.prune(now(), RETAIN_MS)
    if (this.#base.enrolled.peek()) this.#lead()
    void this.#blobs.prune(RETAIN_MS).catch(() => undefined)
    void this.refreshStorage()
  }

  enrol = async (how: HowEnrol): Promise<Enrolled> => {
    const was = this.#base.enrolled.peek()
    const answer = await this.#identity.enrol(this.#exchange.ask, how)
    if (!('enrolled' in answer)) return answer
    if (was && was.device !== answer.enrolled.device) {
      const { forgotten = false } = this.#client.status()
      const { device } = answer.enrolled
      await this.#abreast.change(() => this.#ports.store.rebind(device, forgotten), this.#base.taken)
    }
    this.#base.enrolled.value = answer.enrolled
    this.#base.said({ say: 'look' })
    if (was) this.#client.wake('resume')
    else this.#lead()
    return answer
  }

  may = <I>(action: Action<I>, input: I, by: By): Refusal | undefined => {
    const answer = decideAction(action, this.#guards, this.#base.views.known, input, this.#given(by))
    return isRefusal(answer) ? answer : undefined
  }

  act = <I>(action: Action<I>, input: I, by: By) =>
    action.where === 'floor' ? this.#record(action, input, by) : this.office.act(action.name, input, by.session)

  signIn = (person: string, pin: string): Promise<SignIn> => this.#people.signIn(person, pin)
  unlock = (person: string): Promise<void> => this.#people.unlock(person)

  keepBlob = async (bytes: ArrayBuffer, type: string): Promise<BlobRef> => {
    const ref = await this.#blobs.keep(bytes, type)
    this.#blobs.send()
    return ref
  }
  blob = (sha256: string): Promise<ArrayBuffer | undefined> => this.#blobs.bytes(sha256)

  release = async (id: string): Promise<void> => {
    await this.#abreast.change(() => this.#ports.store.release(id), this.#base.taken)
    await this.#attention.look()
    this.#client.wake('hint')
  }

  photosWaiting = async (): Promise<number> => (await this.#ports.photos.waiting()).length
  entries = (limit: number): Promise<readonly Entry[]> => this.#ports.store.newest(limit)
  dismiss = (id: string): Promise<void> => this.#attention.dismiss(id)

  exportWaiting = async (): Promise<{ readonly name: string; readonly text: string }> => {
    const events = await this.#attention.waiting()
    const at = new Date(this.#ports.now()).toISOString()
    const { device } = this.#base.place()
    const text = JSON.stringify({ jobcard: 'waiting', at, device, events }, undefined, 1)
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
    this.#rest.stop()
    this.#client.stop()
    this.#ports.store.close()
    this.#ports.cache.close()
  }

  /** Speaks to the office, in one tab of all; the others hear of it. */
  #lead(): void {
    const { lead, timers, random } = this.#ports
    this.#stops.push(
      lead(() => {
        const led = { on: true }
        void this.#startClient(led)
        const deaf = listen({
          office: this.#exchange,
          timers,
          random,
          presence: this.#base.enrolled.peek()?.use === 'wall',
          onHead: seq => this.#client.hint(seq),
          onPresence: presence => {
            this.#base.presence.value = presence
            this.#base.said({ say: 'presence', presence })
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
    this.#witnessed = undefined
    const epoch = await this.#lookAgain().catch(() => undefined)
    // The lead may have been lost while the disk was asked.
    if (!led.on) return
    // The disk would not answer now. It is asked again, or nothing would ever be sent from here.
    if (epoch === undefined) return void this.#ports.timers.set(AGAIN_MS, () => void this.#startClient(led))
    this.#client.start({ cursor: this.#base.views.cursor(), epoch })
    await this.#people.refresh().catch(() => undefined)
    this.#blobs.send()
    this.#fetchAhead()
  }

  /** The tab that led before may have stored what it had no time to tell. Answers the epoch. */
  async #lookAgain(): Promise<string> {
    const { epoch } = await this.#ports.store.open()
    await this.#abreast.look()
    this.#base.said({ say: 'look' })
    return epoch
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
      device: () => this.#base.place().device,
      queue: {
        batch: this.#batch,
        settle: this.#settle,
        witnessed: async () => this.#witnessed ?? store.get('witnessed')
      },
      shelf: { apply: this.#apply },
      onStatus: this.#watch,
      onClock: offset => {
        this.#offset = Math.round(offset)
      }
    }
  }

  #batch: ClientPorts['queue']['batch'] = async limit => {
    // What a tab that was killed could not save, the one that sends saves: nobody else may ever look there again.
    await this.#saving.retry()
    if (await this.#abreast.settled()) this.#base.said({ say: 'look' })
    const batch = await this.#ports.store.batch(limit)
    if (!batch || isOf(batch, this.#base.place().device)) return batch
    await this.#bind()
    const { device } = this.#base.place()
    // It was killed between its new name and theirs, or they were held meanwhile: under another name nobody takes them.
    if (!isOf(batch, device)) await this.#abreast.change(() => this.#ports.store.rebind(device), this.#base.taken)
    this.#base.said({ say: 'look' })
    throw new Error('enrolled anew')
  }

  /** Another tab may have enrolled this tablet anew. */
  async #bind(): Promise<void> {
    const was = this.#base.enrolled.peek()
    const now = await this.#identity.load()
    if (!now || now.device === was?.device) return
    this.#base.enrolled.value = now
    this.#client.wake('resume')
  }

  #settle: ClientPorts['queue']['settle'] = async settlement => {
    const changed = await this.#abreast.change(() => this.#ports.store.settle(settlement), this.#show)
    if (settlement.repair || changed.some(entry => entry.state !== 'acked')) await this.#attention.look()
    if (changed.some(withFiles)) this.#blobs.send()
    // Another epoch may have made it void: then the disk is asked.
    this.#witnessed = settlement.witnessed
  }

  #apply: ClientPorts['shelf']['apply'] = async page => {
    const { cache } = this.#ports
    await this.#abreast.change(
      () => cache.apply(page),
      swept => {
        const from = this.#base.views.cursor()
        this.#base.views.apply(page, swept)
        this.#base.said({ say: 'page', page, swept, from })
      }
    )
    if (page.last && page.rows.length > 0) this.#fetchAhead()
  }

  #watch = (status: Status): void => {
    if (status.heard !== this.#base.status.peek().heard) this.#alive(status.heard)
    if (status.denied) void this.#bind().catch(() => undefined)
    this.#base.status.value = status
    this.#base.said({ say: 'status', status })
  }

  #headers = (): Readonly<Record<string, string>> => ({
    'x-jobcard-waiting': String(this.#base.tally.unsent.peek()),
    [CHAIN_HEADER]: this.#ports.store.recorded(),
    ...(this.#base.session ? { 'x-jobcard-session': this.#base.session } : {})
  })

  onTab(message: Message): void {
    switch (message.say) {
      case 'entries':
        this.#abreast.told(message.entries)
        return this.#rest.touched()
      case 'page':
        return this.#abreast.page(message)
      case 'here':
        return
      case 'look':
        void this.#bind().catch(() => undefined)
        return this.#abreast.asked()
      case 'status':
        this.#base.status.value = message.status
        return
      case 'presence':
        this.#base.presence.value = message.presence
    }
  }

  /** Here and in the other tabs: what was told there before it was on the disk would else wait there for ever. */
  #show = (entries: readonly Own[]): void => {
    this.#base.taken(entries)
    this.#base.said({ say: 'entries', entries })
  }

  #save = async (events: Parameters<Saving['save']>[0]) => {
    const entries = await this.#saving.save(events)
    this.#show(entries)
    this.#rest.touched()
    return entries
  }

  #fetchAhead(): void {
    void this.#blobs.fetchAhead(this.#base.views.files()).catch(() => undefined)
  }

  #alive(heard: number | undefined): void {
    // Read at the next start alone, to say since when there was silence: a few seconds are near enough.
    if (heard !== undefined && Math.abs(heard - this.#heardKept) >= HEARD_EVERY_MS) {
      this.#heardKept = heard
      this.#ports.slots.setItem(HEARD, String(heard))
      // A tab that was killed may have left a photo behind, and nobody was told.
      this.#blobs.send()
    } else this.#blobs.sendAgain()
  }

  #given(by: By): Given {
    const { station } = this.#base.place()
    return { person: by.person, roles: by.roles, station, at: this.#clock().wall, newId: this.#newId, hash: hashOf }
  }

  #clock = (): When => ({
    wall: new Date(this.#ports.now()).toISOString(),
    mono: Math.round(this.#ports.mono()),
    offset: this.#offset
  })
}

const withFiles = ({ body }: Entry): boolean => body.includes('"blobs":')
