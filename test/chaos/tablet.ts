/**
 * One tablet in a process of its own: the product's device code, its storage in files, work done by dice. Says every id that
 * was reported as saved, at the moment it was. Started by `run.ts`: FOLDER ADDRESS NAME STATION SEED.
 */
import { createHash, randomBytes } from 'node:crypto'
import { catalog } from '#activities/catalog.ts'
import { jobView } from '#activities/orders/projection.ts'
import {
  pauseOperation,
  reportQuantity,
  resumeOperation,
  startOperation,
  withdrawReport
} from '#activities/orders/rules.ts'
import { outbox } from '#device/store.ts'
import type { By } from '#device/record.ts'
import { openTablet, type Tablet } from '#device/tablet.ts'
import { canonical, type Json } from '#kernel/canonical.ts'
import type { Action } from '#kernel/decision.ts'
import { idMaker } from '#kernel/id.ts'
import { andonView } from '#plant/projection.ts'
import { answerAndon, callAndon, closeAndon } from '#plant/rules.ts'
import { dice } from '#test/simulation/virtual-time.ts'
import { tabletPorts } from '#test/tablet-ports.ts'
import { openDisk } from './durable.ts'
import { OPERATIONS, ORDERS, STATIONS } from './plant.ts'
import type { Asked, Said } from './talk.ts'

const [folder = '', address = '', name = '', station = '', seed = '0'] = process.argv.slice(2)
const random = dice(Number(seed))
const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
const say = (said: Said): void => void process.send?.(said)

/** Keys that can be written to a file; nothing else differs from the machine's own. */
const subtle = new Proxy(crypto.subtle, {
  get: (target, property) => {
    if (property === 'generateKey')
      return (algorithm: EcKeyGenParams, _extractable: boolean, usages: KeyUsage[]) =>
        target.generateKey(algorithm, true, usages)
    // Every member of SubtleCrypto is a method.
    const method = Reflect.get(target, property) as (...args: unknown[]) => unknown
    return method.bind(target)
  }
})

const open = async (): Promise<Tablet> => {
  const disk = await openDisk(folder, subtle)
  const store = outbox(
    disk.base,
    idMaker(Date.now, () => randomBytes(16))
  )
  const tablet = await openTablet({ ...tabletPorts(address), store, cache: disk.cache, slots: disk.slots, subtle })
  while (!tablet.enrolled.peek()) {
    await tablet.enrol({ path: '/v1/sample/enroll', body: { use: 'station', station, name } })
    await new Promise(next => setTimeout(next, 200))
  }
  return tablet
}

const by: By = { person: 'P-001', roles: ['operator', 'inspector'], session: 's', method: 'badge-pin' }
const NOBODYS = '00000000-0000-7000-8000-000000000000'
const KINDS = ['parts', 'quality', 'machine', 'help'] as const

/** One thing that a person might do now; most of it depends on what this tablet has heard from the others. */
const somethingToDo = (tablet: Tablet): readonly [Action<never>, unknown] => {
  const at = { workOrder: pick(ORDERS) ?? '', op: pick(OPERATIONS) ?? 10 }
  const chance = random()
  const call = pick(tablet.peek.list(andonView))?.[0] ?? NOBODYS
  if (chance < 0.4) return [reportQuantity, { ...at, good: 1 + Math.floor(random() * 3), scrap: 0, rework: 0 }] as never
  if (chance < 0.48) return [startOperation, { ...at, station: pick(STATIONS), piecesHere: true }] as never
  if (chance < 0.52) return [pauseOperation, { ...at, reason: 'parts' }] as never
  if (chance < 0.56) return [resumeOperation, { ...at, station: pick(STATIONS) }] as never
  if (chance < 0.64) {
    const report = pick(tablet.peek.get(jobView, `${at.workOrder}/${at.op}`)?.reports ?? [])?.report ?? ''
    return [withdrawReport, { ...at, report }] as never
  }
  if (chance < 0.8) return [callAndon, { kind: pick(KINDS), station: pick(STATIONS), note: `by ${name}` }] as never
  if (chance < 0.9) return [answerAndon, { call }] as never
  return [closeAndon, { call, cause: 'done' }] as never
}

let rate = 0
const work = async (tablet: Tablet): Promise<void> => {
  for (;;) {
    // A Poisson process: people don't keep time.
    const pause = rate > 0 ? (-Math.log(1 - random()) * 1000) / rate : 50
    await new Promise(next => setTimeout(next, pause))
    if (rate === 0) continue
    for (let tries = 0; tries < 8; tries += 1) {
      const [action, input] = somethingToDo(tablet)
      const answer = await tablet.act(action, input as never, by)
      if ('refused' in answer) continue
      // Saved only when the disk has it: what waits for a disk in trouble is shown as not saved.
      if (tablet.storage.peek().unsaved === 0) say({ say: 'saved', ids: answer.events })
      break
    }
  }
}

/** A digest for each kind of view as this tablet shows it, its own unsent work folded over what is confirmed. */
const digests = (tablet: Tablet): Record<string, string> =>
  Object.fromEntries(
    catalog
      .flatMap(room => room.views)
      .map(kind => {
        const hash = createHash('sha256')
        for (const [key, view] of tablet.peek.list(kind)) hash.update(`${key} ${canonical(view as Json)}\n`)
        return [kind.name, hash.digest('hex').slice(0, 16)]
      })
  )

const tablet = await open()
const waiting = async (): Promise<string[]> => {
  const { events } = JSON.parse((await tablet.exportWaiting()).text) as { events: { id: string }[] }
  return events.map(event => event.id)
}
process.on('message', async (asked: Asked) => {
  if (asked.ask === 'rate') rate = asked.rate
  if (asked.ask === 'look')
    say({
      say: 'state',
      unsent: tablet.unsent.peek(),
      waiting: tablet.unsent.peek() > 0 ? await waiting() : [],
      attention: tablet.attention.peek().map(({ id, state, codes }) => `${id} ${state} ${codes?.join(',') ?? ''}`),
      views: asked.views ? digests(tablet) : {},
      network: tablet.network.peek().state
    })
})
process.on('disconnect', () => process.exit(0))
say({ say: 'ready', device: tablet.enrolled.peek()?.device ?? '' })
await work(tablet)
