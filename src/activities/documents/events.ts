import * as z from 'zod/mini'
import { decision } from '#kernel/event.ts'
import { blob, code, name, note, ordinal, sha256 } from '#kernel/shape.ts'

const revision = { document: code, revision: code }

export const revisionUploaded = decision(
  'documents/revision-uploaded.v1',
  z.object({ ...revision, title: name, fileName: name, file: blob })
)
/** A page as the tablet shows it: WebP, in pixels. */
export const page = z.object({ page: ordinal, sha256, size: z.int(), width: z.int(), height: z.int() })
export const pagesRendered = decision('documents/pages-rendered.v1', z.object({ ...revision, pages: z.array(page) }))
export const renderingStopped = decision(
  'documents/rendering-stopped.v1',
  z.object({
    ...revision,
    reason: z.enum(['password', 'damaged', 'too-large', 'too-many-pages', 'took-too-long']),
    note
  })
)
export const revisionReleased = decision('documents/revision-released.v1', z.object(revision))
export const revisionWithdrawn = decision('documents/revision-withdrawn.v1', z.object({ ...revision, reason: note }))

export const documentsEvents = [revisionUploaded, pagesRendered, renderingStopped, revisionReleased, revisionWithdrawn]
