/**
 * The job that makes a build document's pages after its file was uploaded. The queue only says that there is something to
 * do: what there is to do is read from the log, so a job that runs twice, or a server that dies in the middle, does no harm.
 */
import type { PgBoss } from 'pg-boss'
import { pagesRendered, renderingStopped, revisionUploaded } from '#activities/documents/events.ts'
import { draft, type Actor, type EventKind } from '#kernel/event.ts'
import type { OfficePort } from '#server/import/office-port.ts'
import { RENDER_LIMITS, renderPdf, type RenderLimits } from './render-pdf.ts'

export const QUEUE = 'rendering'
const OFFICE: Actor = { person: 'office', session: '', method: 'system' }

type PayloadOf<K> = K extends EventKind<infer P> ? P : never
type Uploaded = PayloadOf<typeof revisionUploaded>
type Page = PayloadOf<typeof pagesRendered>['pages'][number]
type Outcome = 'rendered' | 'stopped' | 'nothing-to-do'

/** What the office shows of its log beyond the port. */
export type RenderingOffice = OfficePort & {
  readonly log: {
    onCommitted(
      listener: (committed: {
        readonly events: readonly { readonly type: string; readonly payload: unknown }[]
      }) => void
    ): () => void
  }
}

/** Starts working the queue, sends a job for each upload from now on, and one for each upload that has no pages yet. */
export const registerRendering = async (
  boss: PgBoss,
  office: RenderingOffice,
  onProblem: (problem: unknown) => void = () => {}
): Promise<void> => {
  await boss.createQueue(QUEUE, { retryLimit: 2, retryDelay: 5, expireInSeconds: 600 })
  await boss.work<{ document: string; revision: string }>(
    QUEUE,
    { batchSize: 1, pollingIntervalSeconds: 2 },
    async jobs => {
      for (const { data } of jobs) await renderRevision(office, data.document, data.revision)
    }
  )
  const send = ({ document, revision }: Uploaded): void => {
    boss.send(QUEUE, { document, revision }).catch(onProblem)
  }
  office.log.onCommitted(({ events }) => {
    // The log holds only payloads that passed the kind's own schema.
    for (const { type, payload } of events) if (type === revisionUploaded.type) send(payload as Uploaded)
  })
  for (const waiting of (await waitingRevisions(office)).values()) send(waiting)
}

/** Draws one revision's pages and records them, or why not. Answers what it did. */
export const renderRevision = async (
  office: OfficePort,
  document: string,
  revision: string,
  limits: RenderLimits = RENDER_LIMITS
): Promise<Outcome> => {
  const uploaded = (await waitingRevisions(office)).get(key(document, revision))
  if (!uploaded) return 'nothing-to-do'
  const job = `${QUEUE} ${document} ${revision}`
  const stop = async (reason: PayloadOf<typeof renderingStopped>['reason'], note: string): Promise<Outcome> => {
    await office.append([draft(renderingStopped, { document, revision, reason, note })], OFFICE)
    return 'stopped'
  }
  const { file } = uploaded
  if (file.size > limits.fileBytes) return stop('too-large', `${Math.ceil(file.size / 1048576)} MB`)
  const bytes = await office.readBlob(file.sha256)
  // The event travels first and the file follows: not here yet is tried again by the queue.
  if (!bytes) throw new Error(`the file of ${document} ${revision} is not here yet`)
  office.progress(job, 0)
  const pages: Page[] = []
  const done = await renderPdf(
    bytes,
    async ({ page, of, width, height, bytes: picture }) => {
      const kept = await office.keepBlob(picture, 'image/webp')
      pages.push({ page, sha256: kept.sha256, size: kept.size, width, height })
      office.progress(job, page / of)
    },
    limits
  )
  if ('stopped' in done) return stop(done.stopped, done.note)
  await office.append([draft(pagesRendered, { document, revision, pages })], OFFICE)
  office.progress(job, 1)
  return 'rendered'
}

const key = (document: string, revision: string): string => `${document}\u001f${revision}`

/** Uploaded and neither rendered nor stopped since. */
const waitingRevisions = async (office: OfficePort): Promise<Map<string, Uploaded>> => {
  const waiting = new Map<string, Uploaded>()
  for await (const { type, payload } of office.events([
    revisionUploaded.type,
    pagesRendered.type,
    renderingStopped.type
  ])) {
    const one = payload as Uploaded
    if (type === revisionUploaded.type) waiting.set(key(one.document, one.revision), one)
    else waiting.delete(key(one.document, one.revision))
  }
  return waiting
}
