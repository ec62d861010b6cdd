/** Work that outlives a request, in a queue that lives in the same database: rendering of documents, imports. */
import { PgBoss } from 'pg-boss'
import type { Log } from './http.ts'
import type { Office } from './office.ts'
import type { Route } from './route.ts'

export type Jobs = { readonly boss: PgBoss; readonly routes: readonly Route[]; stop(): Promise<void> }

export const startJobs = async (office: Office, { log }: { readonly log: Log }): Promise<Jobs> => {
  const boss = new PgBoss({ connectionString: office.database.url, schema: 'jobs', max: 3 })
  boss.on('error', problem => log.error({ err: problem }, 'the job queue'))
  await boss.start()
  return { boss, routes: [], stop: () => boss.stop({ graceful: true, timeout: 5000 }) }
}
