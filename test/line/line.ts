/** The line at work: a person at every station, and now and then what makes a day: a call for help, a hold, a next order. */
import { setTimeout as wait } from 'node:timers/promises'
import { releaseWorkOrder } from '#activities/changes/rules.ts'
import { workOrderView } from '#activities/orders/projection.ts'
import { routingView } from '#activities/orders/routing-view.ts'
import { pauseOperation } from '#activities/orders/rules.ts'
import { holdView } from '#activities/quality/projection.ts'
import { placeHold, releaseHold } from '#activities/quality/rules.ts'
import { andonView } from '#plant/projection.ts'
import { answerAndon, callAndon, closeAndon, revokeTablet } from '#plant/rules.ts'
import { crewOf, decideAs, type Plant, type Seat, somebody, takeSeat } from './crew.ts'
import type { Dice } from './deed.ts'
import { nextDeed, runningAt } from './work.ts'

export type Running = {
  readonly url: string
  readonly plant: Plant
  /** Milliseconds that a person takes for one press, on average. */
  readonly pace: number
  /** Work orders left to whoever tries the product. */
  readonly left: ReadonlySet<string>
  readonly dice: Dice
  readonly say: (line: string) => void
}

export type Line = {
  /** Presses that were recorded so far, and what still waits on the simulated tablets. */
  count(): { readonly presses: number; readonly waiting: number }
  /** Puts the jobs aside, sends what waits, and takes the tablets out of the plant; answers what could not be sent. */
  stop(): Promise<number>
}

const MARK = 'Simulated'
/** In presses: how often something happens, and how long it takes until somebody comes. */
const EVERY = { call: 25, hold: 60, release: 12 } as const
const AFTER = { answer: 4, close: 12, lift: 18 } as const
/** In presses: how long somebody leaves what could not be gone on with. */
const PUT_ASIDE = 40
/** Presses without anything to do until a station counts as idle. */
const IDLE = 5

export const runLine = async (running: Running): Promise<Line> => {
  const { url, plant } = running
  const desk = await takeSeat(url, plant, '', somebody(plant, 'supervisor'))
  const seats: Seat[] = []
  for (const [{ station }, person] of crewOf(plant)) seats.push(await takeSeat(url, plant, station, person))
  const day = new Day(running, desk, seats)
  const loops = [day.watch(), ...seats.map(seat => day.work(seat))]
  return {
    count: () => ({ presses: day.presses, waiting: waitingOn([desk, ...seats]) }),
    stop: async () => {
      day.over = true
      await Promise.all(loops)
      return day.leave()
    }
  }
}

const waitingOn = (seats: readonly Seat[]): number => seats.reduce((sum, { tablet }) => sum + tablet.unsent.peek(), 0)

/** Waits until it is so, and no longer than `ms`. */
const within = async (ms: number, so: () => boolean): Promise<void> => {
  for (const until = Date.now() + ms; !so() && Date.now() < until; ) await wait(50)
}

class Day {
  readonly #running: Running
  readonly #desk: Seat
  readonly #seats: readonly Seat[]
  readonly #idle = new Map<string, number>()
  /** Orders that are left alone, and those that the office would not release. */
  readonly #unreleased: Set<string>
  over = false
  presses = 0

  constructor(running: Running, desk: Seat, seats: readonly Seat[]) {
    this.#running = running
    this.#desk = desk
    this.#seats = seats
    this.#unreleased = new Set(running.left)
  }

  async work(seat: Seat): Promise<void> {
    const { pace, dice, say, left } = this.#running
    /** Orders that this person could not go on with, such as for want of a part, and until when they do something else. */
    const put = new Map<string, number>()
    while (!this.over) {
      await wait(pace * (0.4 + dice() * 1.2))
      const now = Date.now()
      const aside = new Set([...left, ...[...put].flatMap(([order, until]) => (until > now ? [order] : []))])
      const deed = this.over ? undefined : nextDeed(seat.tablet.peek, seat.station, aside, dice)
      this.#idle.set(seat.station, deed ? 0 : (this.#idle.get(seat.station) ?? 0) + 1)
      if (!deed) continue
      const answer = await deed.run(seat.hand)
      const who = `${seat.station}  ${seat.name}: ${deed.job}`
      if ('refused' in answer) {
        // A hold may have come between the look and the press; it is gone in a while.
        if (answer.refused === 'order-on-hold') continue
        say(`${who} can't go on (${answer.refused}) and is left for a while`)
        put.set(deed.job.split('-').slice(0, -1).join('-'), now + PUT_ASIDE * pace)
        continue
      }
      this.presses += 1
      if (deed.says) say(`${who} ${deed.says}`)
    }
  }

  /** What happens beside the work. A hand that can't do a thing tries again at its next turn. */
  async watch(): Promise<void> {
    const { pace, dice } = this.#running
    while (!this.over) {
      await wait(pace)
      if (this.over) return
      if (dice() < 1 / EVERY.call) await this.#call()
      if (dice() < 1 / EVERY.hold) await this.#hold()
      if (dice() < 1 / EVERY.release) await this.#release()
      await this.#come()
    }
  }

  async #call(): Promise<void> {
    const busy = this.#seats.filter(({ station }) => (this.#idle.get(station) ?? 0) === 0)
    const seat = this.#pick(busy)
    const kind = this.#pick(['parts', 'machine', 'help'] as const)
    if (!seat || !kind) return
    const answer = await seat.hand.act(callAndon, { kind, note: MARK })
    if ('done' in answer) this.#running.say(`${seat.station}  ${seat.name} calls for help: ${kind}`)
  }

  async #hold(): Promise<void> {
    const orders = this.#desk.tablet.peek.list(workOrderView).map(([, order]) => order)
    const order = this.#pick(
      orders.filter(
        one =>
          one.state === 'released' &&
          one.holds.length === 0 &&
          !this.#unreleased.has(one.workOrder) &&
          one.operations.some(({ state }) => state === 'running')
      )
    )
    const seat = this.#pick(this.#seats.filter(({ roles }) => roles.includes('inspector')))
    if (!order || !seat) return
    const input = { workOrder: order.workOrder, reason: 'QUALITY', note: MARK }
    const answer = await seat.hand.act(placeHold, input)
    if ('done' in answer) this.#running.say(`${seat.station}  ${seat.name} puts ${order.workOrder} on hold`)
  }

  /** The next order for a station that has nothing to do. */
  async #release(): Promise<void> {
    const known = this.#desk.tablet.peek
    const begins = (item: string, revision: string) => known.get(routingView, `${item}/${revision}`)?.operations[0]
    const [order] = known
      .list(workOrderView)
      .map(([, one]) => one)
      .filter(one => one.state === 'created' && !this.#unreleased.has(one.workOrder))
      .filter(one => begins(one.item, one.revision)?.stations.some(at => (this.#idle.get(at) ?? 0) > IDLE))
      .sort((a, b) => (a.due < b.due ? -1 : 1))
    if (!order) return
    const answer = await this.#decide('planner', releaseWorkOrder, { workOrder: order.workOrder })
    if ('refused' in answer && answer.refused !== 'no-network') this.#unreleased.add(order.workOrder)
    else if ('done' in answer) this.#running.say(`Desk   ${order.workOrder} is released`)
  }

  /** The supervisor answers what the simulated people called and held, and leaves everybody else's alone. */
  async #come(atOnce = false): Promise<void> {
    const { pace } = this.#running
    const { tablet, hand } = this.#desk
    const old = (at: string | undefined, presses: number) =>
      at !== undefined && (atOnce || Date.now() - Date.parse(at) > presses * pace)
    for (const [, call] of tablet.peek.list(andonView)) {
      if (call.note !== MARK) continue
      if (call.state === 'open' && old(call.at, AFTER.answer)) await hand.act(answerAndon, { call: call.call })
      else if (call.state === 'answered' && old(call.at, AFTER.close))
        await hand.act(closeAndon, { call: call.call, cause: 'Shown how' })
    }
    for (const [, hold] of tablet.peek.list(holdView)) {
      if (hold.note !== MARK || hold.released || !old(hold.at, AFTER.lift)) continue
      const answer = await this.#decide('supervisor', releaseHold, { hold: hold.hold, note: `${MARK}: looked at` })
      if ('done' in answer) this.#running.say(`Desk   ${hold.workOrder} goes on`)
    }
  }

  /** What was called or held in the last moment has reached the desk that is to close it. */
  #deskKnows(): boolean {
    const { get } = this.#desk.tablet.peek
    return this.#seats.every(
      ({ tablet: { peek } }) =>
        peek.list(andonView).every(([key, one]) => one.note !== MARK || get(andonView, key) !== undefined) &&
        peek.list(holdView).every(([key, one]) => one.note !== MARK || get(holdView, key) !== undefined)
    )
  }

  get #decide() {
    return decideAs(this.#desk, this.#running.plant)
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.#running.dice() * list.length)]
  }

  /** Nothing that simulated people began stays open behind them: no call, no hold, no running job. */
  async leave(): Promise<number> {
    await within(10_000, () => waitingOn(this.#seats) === 0 && this.#deskKnows())
    // Answered, then closed.
    await this.#come(true)
    await this.#come(true)
    for (const { tablet, hand, station } of this.#seats)
      for (const { workOrder, op } of runningAt(tablet.peek, station, this.#running.left))
        await hand.act(pauseOperation, { workOrder, op, reason: 'SHIFT' })
    const all = [...this.#seats, this.#desk]
    await within(10_000, () => waitingOn(all) === 0)
    const lost = waitingOn(all)
    for (const { tablet } of all) {
      const device = tablet.enrolled.peek()?.device
      if (device && lost === 0) await this.#decide('administrator', revokeTablet, { device, reason: MARK })
    }
    for (const { tablet } of all) tablet.close()
    return lost
  }
}
