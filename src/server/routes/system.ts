/** Health, metrics and the page of this API. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import * as z from 'zod/mini'
import { PROTOCOL } from '#sync/protocol.ts'
import { FULL } from '../http.ts'
import { type Route, route, type Server } from '../route.ts'

const registry = new Registry()
collectDefaultMetrics({ register: registry })
export const committedEvents = new Counter({
  name: 'jobcard_events_committed_total',
  help: 'Events made part of the log',
  registers: [registry]
})
const listening = new Gauge({ name: 'jobcard_live_listeners', help: 'Open streams of hints', registers: [registry] })

export const systemRoutes = (all: () => readonly Route[]): readonly Route[] => {
  // Made once: it takes a while, and anyone may ask for it.
  let page: object | undefined
  return [
    route({
      method: 'GET',
      path: '/healthz',
      who: 'anyone',
      summary: 'Whether the office can read and write.',
      answer: async ({ server, office }) => {
        const [row] = await office.sql<
          { head: number }[]
        >`SELECT head::float8 AS head FROM site_counter WHERE site_id = ${office.site.site}`
        const trouble = server.highWater?.trouble() ?? (server.room.isFull ? FULL : undefined)
        return { ok: trouble === undefined, head: row?.head ?? 0, protocol: PROTOCOL, ...(trouble ? { trouble } : {}) }
      }
    }),
    route({
      method: 'GET',
      path: '/metrics',
      who: 'anyone',
      summary: 'Figures for Prometheus.',
      answer: async ({ server }) => {
        listening.set(server.hints.size())
        return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } })
      }
    }),
    route({
      method: 'GET',
      path: '/openapi.json',
      who: 'anyone',
      summary: 'This page.',
      answer: ({ server }) => {
        page ??= describeApi(server, all())
        return page
      }
    })
  ]
}

const describeApi = (server: Server, routes: readonly Route[]): object => {
  const paths: Record<string, Record<string, object>> = {}
  for (const one of routes) {
    const path = one.path.replaceAll(/:(\w+)/g, '{$1}')
    const params = [...one.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' }
    }))
    const reply = one.gives ? { content: { 'application/json': { schema: schemaOf(one.gives) } } } : {}
    paths[path] = {
      ...paths[path],
      [one.method.toLowerCase()]: {
        summary: one.summary,
        ...(params.length > 0 ? { parameters: params } : {}),
        ...(one.takes
          ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(one.takes) } } } }
          : {}),
        responses: {
          200: { description: 'Done', ...reply },
          default: {
            description: 'A problem',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } }
          }
        },
        security: one.who === 'anyone' ? [] : [{ key: [] }, { tablet: [] }]
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Jobcard',
      version: String(PROTOCOL),
      description: 'Everything the screens can do, a key can do: POST /v1/act with the action’s name.'
    },
    servers: [{ url: server.url() }],
    paths,
    components: {
      schemas: { Problem: PROBLEM, ...actionSchemas(server) },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        tablet: { type: 'apiKey', in: 'header', name: 'x-jobcard-device' }
      }
    }
  }
}

const PROBLEM = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: { code: { type: 'string' }, message: { type: 'string' }, hint: { type: 'string' } },
      required: ['code', 'message']
    }
  },
  required: ['error']
}

/** What each action takes, by its name. */
const actionSchemas = (server: Server): Record<string, object> =>
  Object.fromEntries(
    server.office.activities.flatMap(room =>
      room.actions.map(action => [action.name.replace('/', '.'), schemaOf(action.input)])
    )
  )

const schemaOf = (schema: z.ZodMiniType): object => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
