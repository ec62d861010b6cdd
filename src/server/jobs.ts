/** Work that outlives a request, in a queue that lives in the same database. */
import { PgBoss } from 'pg-boss'
import { bare, type Log } from './http.ts'
import type { Office } from './office.ts'
import { registerRendering } from './rendering/rendering-job.ts'

export type Jobs = { stop(): Promise<void> }

export const startJobs = async (office: Office, { log }: { readonly log: Log }): Promise<Jobs> => {
  const boss = new PgBoss({ connectionString: office.database.url, schema: 'jobs', max: 3 })
  boss.on('error', problem => log.error({ problem: bare(problem) }, 'the job queue'))
  await boss.start()
  await registerRendering(boss, office, problem => log.error({ problem: bare(problem) }, 'the rendering queue'))
  return { stop: () => boss.stop({ graceful: true, timeout: 5000 }) }
}
