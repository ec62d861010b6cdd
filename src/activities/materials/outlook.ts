/** What the materials desk is shown: the short parts against the builds they stop, the messages, and what can be started. */
import { dayNumber } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { add } from '#kernel/quantity.ts'
import type { Run } from '#kernel/question.ts'
import { buildsOf } from './build-orders.ts'
import { staysDismissed } from './planning/advice.ts'
import { type Cleared, clearToBuild } from './planning/clear-to-build.ts'
import { messagesOf } from './planning/messages.ts'
import { planOfKnown } from './planning/plan-known.ts'
import type { NeedRef, PlanMessage, PlanProblem, PlanReceipt, Shortage } from './planning/problem.ts'
import { plannedOrders } from './planning/read.ts'
import { shortNeeds } from './planning/short-needs.ts'
import { shortagesOf } from './planning/shortages.ts'
import type { Plan } from './planning/state.ts'
import { shortageSentence } from './planning/words.ts'
import { messageNoteView } from './projection.ts'

/** Somebody who needs parts: an order, a planned build, a planned order, or a demand for the part itself. Days as numbers. */
export type Column = {
  readonly key: string
  readonly kind: 'work-order' | 'build' | 'planned' | 'demand'
  readonly name: string
  readonly item: string
  readonly quantity: number
  readonly due: number
  readonly customer?: string
}

export type Coming = {
  readonly receipt: string
  readonly kind: PlanReceipt['kind']
  readonly day: number
  readonly quantity: number
}

/** `stops` are only the first few: in a large plant a part can stop thousands, and the answer is sent as a whole. */
export type ShortPart = Shortage & {
  /** Whom it stops, all together. */
  readonly stopped: number
  /** 'Screw M2x5: 2 short on Thu; stops WO-0012 …' */
  readonly sentence: string
  readonly onHand: number
  /** The first first; an overdue one with its day of then. */
  readonly coming: readonly Coming[]
  /** Short by column; all together in `all`, with what no column shows. */
  readonly cells: Readonly<Record<string, number>>
  readonly all: number
}

export type Said = { readonly message: PlanMessage; readonly dismissed: boolean }

export type ClearBuild = Cleared & {
  readonly item: string
  readonly quantity: number
  readonly due: string
  readonly hasBom: boolean
}

export type Outlook = {
  /** Day number. */
  readonly today: number
  /** In the order in which they are due. */
  readonly columns: readonly Column[]
  /** The one that stops the first build first. */
  readonly parts: readonly ShortPart[]
  readonly messages: readonly Said[]
  readonly builds: readonly ClearBuild[]
}

/** `today` as YYYY-MM-DD; `sequence` as the planner proposes it, the others follow by their due day. */
export type OutlookAsked = { readonly today: string; readonly sequence?: readonly string[] }

/** Pure; the same for the same views. */
export const outlookOf = (known: Known, { today, sequence }: OutlookAsked, run?: Run): Outlook => {
  const { problem, plan } = planOfKnown(known, { today }, run?.keep)
  const { columns, parts } = trackerOf(problem, plan)
  const notes = new Map(known.list(messageNoteView))
  const messages = messagesOf(plan).map((message): Said => {
    const state = notes.get(message.key)?.dismissed
    return { message, dismissed: state !== undefined && staysDismissed({ key: message.key, state }, message, plan) }
  })
  return { today: dayNumber(today), columns, parts, messages, builds: clearOf(known, problem, sequence) }
}

const clearOf = (known: Known, { items }: PlanProblem, sequence: readonly string[] = []): readonly ClearBuild[] => {
  const there = new Map(items.map(({ id, onHand }) => [id, onHand ?? 0]))
  const builds = buildsOf(known, sequence)
  return clearToBuild(builds, item => there.get(item) ?? 0).map((one, at) => {
    const { item = '', quantity = 0, due = '', hasBom = false } = builds[at] ?? {}
    return { ...one, item, quantity, due, hasBom }
  })
}

const STOPS = 8

/** One row for each short part, one column for each that it is short for. */
export const trackerOf = (problem: PlanProblem, plan: Plan): Pick<Outlook, 'columns' | 'parts'> => {
  const columnOf = columnsOf(problem, plan)
  const receipts = Map.groupBy(problem.receipts, ({ item }) => item)
  const onHand = new Map(problem.items.map(({ id, onHand: there }) => [id, there ?? 0]))
  const names = new Map(problem.items.map(({ id, name }) => [id, name ?? id]))
  const used = new Map<string, Column>()
  const parts = shortagesOf(plan).map((shortage): ShortPart => {
    const cells: Record<string, number> = {}
    const needs = shortNeeds(plan, shortage.item)
    for (const { need, short } of needs) {
      const column = columnOf(need)
      if (!column) continue
      used.set(column.key, column)
      cells[column.key] = add(cells[column.key] ?? 0, short)
    }
    return {
      ...shortage,
      stops: shortage.stops.slice(0, STOPS),
      stopped: shortage.stops.length,
      sentence: shortageSentence(shortage, item => names.get(item) ?? item, problem.today),
      onHand: onHand.get(shortage.item) ?? 0,
      coming: comingOf(receipts.get(shortage.item) ?? []),
      cells,
      all: add(...needs.map(({ short }) => short))
    }
  })
  const columns = [...used.values()].sort((a, b) => a.due - b.due || (a.key < b.key ? -1 : 1))
  const place = new Map(columns.map(({ key }, at) => [key, at]))
  const first = ({ cells }: ShortPart): number =>
    Math.min(columns.length, ...Object.keys(cells).map(key => place.get(key) ?? columns.length))
  return { columns, parts: parts.toSorted((a, b) => first(a) - first(b) || a.day - b.day) }
}

const comingOf = (receipts: readonly PlanReceipt[]): readonly Coming[] =>
  receipts
    .map(({ id, kind, day, quantity }) => ({ receipt: id, kind, day, quantity }))
    .sort((a, b) => a.day - b.day || (a.receipt < b.receipt ? -1 : 1))

/** What no column shows: safety stock, books below nothing, and what stands in for another part. */
const columnsOf = (problem: PlanProblem, plan: Plan): ((need: NeedRef) => Column | undefined) => {
  const columns = new Map<string, Column>()
  for (const { id, item, quantity, day, kind } of problem.receipts)
    columns.set(`receipt ${id}`, {
      key: `receipt ${id}`,
      kind: kind === 'work-order' ? 'work-order' : 'build',
      name: id,
      item,
      quantity,
      due: day
    })
  for (const { id, item, quantity, day, customer } of problem.demands)
    columns.set(`demand ${id}`, {
      key: `demand ${id}`,
      kind: 'demand',
      name: id,
      item,
      quantity,
      due: day,
      ...(customer === undefined ? {} : { customer })
    })
  /** Made when it is asked: a large plan has many more than are short of anything. */
  const planned = (item: string, order: string): Column | undefined => {
    const key = `planned ${order}`
    if (!columns.has(key))
      for (const { id, quantity, due } of plannedOrders(plan, item))
        columns.set(`planned ${id}`, { key: `planned ${id}`, kind: 'planned', name: id, item, quantity, due })
    return columns.get(key)
  }
  return need =>
    need.kind === 'receipt'
      ? columns.get(`receipt ${need.receipt}`)
      : need.kind === 'planned'
        ? planned(need.item, need.order)
        : need.kind === 'demand'
          ? columns.get(`demand ${need.demand}`)
          : undefined
}
