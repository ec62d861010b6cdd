/** The plan over HTTP, for desks and for scripts: the engines over what the office knows at this moment. */
import type { Sql } from 'postgres'
import { messageSentence, refWords, shortageSentence } from '#activities/materials/planning/words.ts'
import { schedule } from '#activities/schedule/solver/solve.ts'
import { stationOf } from '#activities/schedule/solver/problem-from.ts'
import { placeView } from '#activities/schedule/projection.ts'
import { dayAt, dayNumber, dayText, instantOf } from '#kernel/calendar.ts'
import type { Known } from '#kernel/decision.ts'
import { knownFrom } from '#kernel/fold.ts'
import { Problem } from '../problem.ts'
import { type Route, route } from '../route.ts'
import { type PlanRun, runPlan } from '#activities/plan-run.ts'
import { namesOf } from './tables.ts'

/** The views of the two rooms that plan, and no others: the floor's are many. */
const planned = async (sql: Sql, site: string): Promise<Known> => {
  const views = new Map<string, Map<string, unknown>>()
  const rows = sql<{ kind: string; key: string; body: unknown }[]>`
    SELECT kind, key, body FROM view WHERE site_id = ${site} AND body IS NOT NULL
    AND (kind LIKE 'materials/%' OR kind LIKE 'schedule/%')`
  await rows.cursor(5000, page => {
    for (const { kind, key, body } of page) {
      const map = views.get(kind) ?? new Map<string, unknown>()
      views.set(kind, map.set(key, body))
    }
  })
  return knownFrom(views)
}

const said = (day: number | undefined): string | undefined =>
  day === undefined || !Number.isFinite(day) ? undefined : dayText(day)

/** Days as YYYY-MM-DD, instants as ISO 8601 in UTC. */
export const readable = (run: PlanRun) => {
  const nameOf = namesOf(run)
  const today = dayNumber(run.today)
  return {
    today: run.today,
    plannedOrders: run.orders.map(({ id, start, due, ...order }) => ({
      order: id,
      ...order,
      start: dayText(start),
      due: dayText(due)
    })),
    messages: run.messages.map(message => ({
      ...message,
      about: message.about ? refWords(message.about) : undefined,
      day: said(message.day),
      to: message.to ? { ...message.to, day: said(message.to.day) } : undefined,
      sentence: messageSentence(message, nameOf, today)
    })),
    shortages: run.shortages.map(shortage => ({
      ...shortage,
      day: dayText(shortage.day),
      stops: shortage.stops.map(stop => ({ ...stop, due: dayText(stop.due) })),
      next: shortage.next ? { ...shortage.next, day: dayText(shortage.next.day) } : undefined,
      sentence: shortageSentence(shortage, nameOf, today)
    })),
    schedule: run.schedule?.operations.map(({ start, end, station, ...operation }) => ({
      ...operation,
      station: stationOf(station),
      start: new Date(run.from + start * 60_000).toISOString(),
      end: new Date(run.from + end * 60_000).toISOString()
    }))
  }
}

export const planRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/plan',
    who: ['planner', 'supervisor', 'engineer', 'administrator'],
    summary:
      'Planned orders, action messages and shortages as they follow from what is known now, each with its sentence; with ?schedule=yes the operations on their stations too, ?today=YYYY-MM-DD for another day.',
    answer: async ({ office, query }) => {
      const known = await planned(office.sql, office.site.site)
      const zone = known.list(placeView)[0]?.[1].timeZone ?? 'UTC'
      const asked = query('today')
      if (asked !== undefined && Number.isNaN(dayNumber(asked)))
        throw new Problem(400, 'wrong-shape', 'today is a day: write it as YYYY-MM-DD.')
      const today = asked ?? dayText(dayAt(Date.now(), zone))
      const now = asked === undefined ? Date.now() : instantOf(dayNumber(asked), 0, zone)
      const wanted = query('schedule') === 'yes' ? { solve: schedule } : {}
      return readable(runPlan(known, { today, now, ...wanted }))
    }
  })
]
