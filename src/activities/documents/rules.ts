/** What may be done with a build document. Pages are made by the office between uploading and releasing. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { code, note } from '#kernel/shape.ts'
import { revisionReleased, revisionUploaded, revisionWithdrawn } from './events.ts'
import { documentView, revisionOf } from './projection.ts'

/** The file itself travels before, in chunks; this says what it is. */
export const uploadRevision = officeAction(
  'documents/upload-revision',
  ['engineer'],
  revisionUploaded.payload,
  (known, input) => {
    const { document, revision } = input
    const was = revisionOf(known.get(documentView, document), revision)
    if (input.file.type !== 'application/pdf') return refuse('not-a-pdf', { file: input.fileName })
    if (was && was.state !== 'stopped' && was.state !== 'uploaded')
      return refuse('revision-taken', { document, revision, state: was.state })
    return [draft(revisionUploaded, input, [input.file])]
  }
)

export const releaseRevision = officeAction(
  'documents/release-revision',
  ['engineer', 'supervisor'],
  revisionReleased.payload,
  (known, { document, revision }) => {
    const was = revisionOf(known.get(documentView, document), revision)
    if (!was) return refuse('document-unknown', { document, revision })
    if (was.state === 'released') return refuse('document-released', { document, revision })
    if (was.state === 'uploaded') return refuse('pages-being-made', { document, revision })
    if (was.state !== 'ready') return refuse('revision-not-ready', { document, revision, state: was.state })
    return [draft(revisionReleased, { document, revision })]
  }
)

export const withdrawRevision = officeAction(
  'documents/withdraw-revision',
  ['engineer', 'supervisor'],
  z.object({ document: code, revision: code, reason: note }),
  (known, input) => {
    const { document, revision } = input
    const was = revisionOf(known.get(documentView, document), revision)
    if (!was) return refuse('document-unknown', { document, revision })
    if (was.state === 'withdrawn') return refuse('document-withdrawn', { document, revision })
    if (input.reason.trim() === '') return refuse('withdrawal-unexplained')
    return [draft(revisionWithdrawn, input)]
  }
)
