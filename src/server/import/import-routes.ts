/** Importing and exporting over HTTP; the files were sent before, in chunks, like any other. */
import * as z from 'zod/mini'
import type { Role } from '#kernel/decision.ts'
import { actorOf } from '#server/http.ts'
import type { Caller } from '#server/identity.ts'
import { Problem } from '#server/problem.ts'
import { type Route, route } from '#server/route.ts'
import { exportPlant } from './export.ts'
import { mappingNamed, mappingNames, paramsOf } from './mapping.ts'
import { apply, dryRun, markedFile } from './service.ts'
import { templates } from './templates.ts'

const IMPORTERS: readonly Role[] = ['planner', 'engineer', 'administrator']

const dryRunBody = z.object({
  files: z
    .array(z.object({ name: z.string().check(z.minLength(1), z.maxLength(200)), sha256: z.string() }))
    .check(z.minLength(1), z.maxLength(50)),
  mapping: z.optional(z.string()),
  params: z.optional(z.record(z.string(), z.string()))
})

/** Templates that only an administrator may apply. */
const ADMINISTRATORS: ReadonlySet<string> = new Set(['people'])

const rolesOf = (caller: Caller): readonly Role[] =>
  caller.is === 'key' ? caller.roles : caller.is === 'device' ? (caller.person?.roles ?? []) : []

const plantDay = (): string => new Date().toISOString().slice(0, 10)

export const importRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/import/templates',
    who: IMPORTERS,
    summary: 'The CSV templates with their columns, and the saved mappings for other systems’ files.',
    answer: () => ({
      templates: templates.map(({ name, title, columns }) => ({
        name,
        title,
        columns: columns.map(column => ({ name: column.name, needed: column.needed ?? false }))
      })),
      mappings: mappingNames().flatMap(name => {
        const mapping = mappingNamed(name)
        return mapping ? [{ name, title: mapping.title, note: mapping.note ?? '', asks: paramsOf(mapping) }] : []
      })
    })
  }),
  route({
    method: 'POST',
    path: '/v1/import/dry-run',
    who: IMPORTERS,
    takes: dryRunBody,
    summary: 'Reads uploaded CSV files and says what they would change, row by row. Writes nothing.',
    answer: async ({ office, body }) => {
      const run = await dryRun(office, body, plantDay())
      if ('applied' in run) throw new Problem(422, 'wrong-shape', run.message)
      return run
    }
  }),
  route({
    method: 'POST',
    path: '/v1/import/apply',
    who: IMPORTERS,
    takes: z.object({ dryRun: z.string() }),
    summary: 'Writes what a dry run showed, all of it or nothing. People need an administrator.',
    answer: async ({ office, caller, body }) => {
      const allowed = rolesOf(caller).includes('administrator')
      const done = await apply(office, body.dryRun, actorOf(caller), allowed ? undefined : ADMINISTRATORS)
      if (!done.applied)
        throw new Problem(
          done.reason === 'administrator-only' ? 403 : 409,
          done.reason === 'administrator-only' ? 'role-missing' : 'wrong-shape',
          done.message
        )
      return done
    }
  }),
  route({
    method: 'GET',
    path: '/v1/import/marked',
    who: IMPORTERS,
    summary: 'One file of a dry run with a last column of what was found: ?dryRun=NUMBER&file=NAME.',
    answer: async ({ office, query }) => {
      const file = await markedFile(office, query('dryRun') ?? '', query('file') ?? '')
      if (!file) throw new Problem(404, 'not-found', 'This dry run or its file is not known.')
      return file
    }
  }),
  route({
    method: 'GET',
    path: '/v1/export',
    who: IMPORTERS,
    summary: 'The plant as CSV files in the shape of the templates.',
    answer: async ({ office }) => ({ files: await exportPlant(office) })
  })
]
