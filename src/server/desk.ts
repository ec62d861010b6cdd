/** The office's front desk: every route over one office, ready to be served or asked in the same process. */
import type { Hono } from 'hono'
import type { HighWater } from './high-water.ts'
import { openHints } from './hints.ts'
import { type Log, openApi } from './http.ts'
import { importRoutes } from './import/import-routes.ts'
import { type Limiter, openLimiter } from './limiter.ts'
import type { Office } from './office.ts'
import { openPresence } from './presence.ts'
import { planRoutes } from './planning/plan-route.ts'
import type { Route, Server } from './route.ts'
import { actRoutes } from './routes/act.ts'
import { fileRoutes } from './routes/files.ts'
import { identityRoutes } from './routes/identity.ts'
import { reportRoutes } from './routes/reports.ts'
import { syncRoutes } from './routes/sync.ts'
import { committedEvents, systemRoutes } from './routes/system.ts'
import { tabletRoutes } from './routes/tablets.ts'
import { turns } from './turns.ts'

export type Desk = { readonly app: Hono; close(): Promise<void> }

export type DeskOptions = {
  readonly log: Log
  readonly url: () => string
  readonly highWater?: HighWater
  readonly limiter?: Limiter
}

export const openDesk = async (office: Office, { log, url, highWater, limiter }: DeskOptions): Promise<Desk> => {
  const hints = await openHints(office.sql, office.site.site)
  const presence = openPresence(office)
  const room = { isFull: false }
  const uncount = office.log.onCommitted(({ events }) => {
    room.isFull = false
    committedEvents.inc(events.length)
  })
  const server: Server = {
    office,
    presence,
    hints,
    url,
    limiter: limiter ?? openLimiter(),
    turns: turns(),
    listening: new Map(),
    room,
    highWater
  }
  const routes: Route[] = [
    ...syncRoutes,
    ...actRoutes,
    ...identityRoutes,
    ...fileRoutes,
    ...reportRoutes,
    ...tabletRoutes,
    ...importRoutes,
    ...planRoutes
  ]
  routes.push(...systemRoutes(() => routes))
  const close = async (): Promise<void> => {
    uncount()
    presence.stop()
    for (const streams of server.listening.values()) for (const end of [...streams]) end()
    await hints.stop().catch(() => {})
  }
  return { app: openApi(server, routes, log), close }
}
