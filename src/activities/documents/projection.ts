/** What is known of the build documents: every revision with its state, and which one is released. */
import type * as z from 'zod/mini'
import type { BlobRef, Stamp } from '#kernel/event.ts'
import { viewKind, when } from '#kernel/view.ts'
import { pagesRendered, renderingStopped, revisionReleased, revisionUploaded, revisionWithdrawn } from './events.ts'

export type Page = z.infer<typeof pagesRendered.payload>['pages'][number]
export type StopReason = z.infer<typeof renderingStopped.payload>['reason']

/** `uploaded`: its pages are being made. `ready`: they are there and it may be released. `superseded`: it was released once. */
export type RevisionState = 'uploaded' | 'ready' | 'stopped' | 'released' | 'superseded' | 'withdrawn'

export type Revision = {
  readonly revision: string
  readonly title: string
  readonly fileName: string
  readonly file: BlobRef
  readonly state: RevisionState
  readonly pages: readonly Page[]
  readonly uploadedBy: string
  readonly uploadedAt: string
  readonly releasedBy?: string
  readonly releasedAt?: string
  /** Why rendering stopped. */
  readonly reason?: StopReason
  /** What the job or the person who withdrew it wrote. */
  readonly note?: string
}

/** Revisions in the order they were first uploaded. */
export type BuildDocument = {
  readonly document: string
  readonly title: string
  readonly revisions: readonly Revision[]
}

export const revisionOf = (document: BuildDocument | undefined, revision: string): Revision | undefined =>
  document?.revisions.find(one => one.revision === revision)

export const releasedOf = (document: BuildDocument | undefined): Revision | undefined =>
  document?.revisions.find(one => one.state === 'released')

type Uploaded = z.infer<typeof revisionUploaded.payload>

/** A revision that is uploaded again starts anew; its place in the list stays. */
const uploaded = (was: BuildDocument | undefined, payload: Uploaded, stamp: Stamp): BuildDocument => {
  const fresh: Revision = {
    revision: payload.revision,
    title: payload.title,
    fileName: payload.fileName,
    file: payload.file,
    state: 'uploaded',
    pages: [],
    uploadedBy: stamp.person,
    uploadedAt: stamp.at
  }
  const before = was?.revisions ?? []
  const known = before.some(one => one.revision === payload.revision)
  return {
    document: payload.document,
    title: payload.title,
    revisions: known ? before.map(one => (one.revision === payload.revision ? fresh : one)) : [...before, fresh]
  }
}

const edit = (
  was: BuildDocument | undefined,
  revision: string,
  next: (was: Revision) => Revision
): BuildDocument | undefined =>
  was && { ...was, revisions: was.revisions.map(one => (one.revision === revision ? next(one) : one)) }

const release = (was: BuildDocument | undefined, revision: string, stamp: Stamp): BuildDocument | undefined =>
  was && {
    ...was,
    title: revisionOf(was, revision)?.title ?? was.title,
    revisions: was.revisions.map(one => {
      if (one.revision === revision)
        return { ...one, state: 'released', releasedBy: stamp.person, releasedAt: stamp.at }
      return one.state === 'released' ? { ...one, state: 'superseded' } : one
    })
  }

const byDocument = (payload: { document: string }) => payload.document

/** Tablets get pages with the frozen method of a work order, so only desks are sent this. */
export const documentView = viewKind<BuildDocument>('documents/document', 'desk', [
  when(revisionUploaded, byDocument, uploaded),
  when(pagesRendered, byDocument, (was, { revision, pages }) =>
    edit(was, revision, one => {
      // What is released or withdrawn stays so: pages may be made again after a restore.
      const state = one.state === 'uploaded' || one.state === 'stopped' ? 'ready' : one.state
      return { ...one, state, pages }
    })
  ),
  when(renderingStopped, byDocument, (was, { revision, reason, note }) =>
    edit(was, revision, one => (one.state === 'uploaded' ? { ...one, state: 'stopped', reason, note } : one))
  ),
  when(revisionReleased, byDocument, (was, { revision }, stamp) => release(was, revision, stamp)),
  when(revisionWithdrawn, byDocument, (was, { revision, reason }) =>
    edit(was, revision, one => ({ ...one, state: 'withdrawn', note: reason }))
  )
])
