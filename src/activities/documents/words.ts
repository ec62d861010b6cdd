/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'
import type { RevisionState, StopReason } from './projection.ts'

export const stateWord: Record<RevisionState, string> = {
  uploaded: 'Making pages',
  ready: 'Ready to release',
  stopped: 'Stopped',
  released: 'Released',
  superseded: 'Superseded',
  withdrawn: 'Withdrawn'
}

/** What happened, what is safe, what to do. */
export const stopSentence: Record<StopReason, string> = {
  password: 'The PDF asks for a password. The file is kept. Save it without one and upload it again.',
  damaged: 'The PDF is damaged and can’t be read. Export it again from the drawing program and upload that.',
  'too-large': 'The PDF is too large to turn into pages. Split it or save it smaller, then upload it again.',
  'too-many-pages': 'The PDF has too many pages. Split it into several documents, then upload them.',
  'took-too-long': 'The pages took too long to make. Save the PDF with simpler graphics and upload it again.'
}

export const documentsReasons: Activity['reasons'] = {
  'not-a-pdf': about => `${about['file']} is not a PDF. Export the document as PDF and upload that.`,
  'revision-taken': about =>
    `${about['document']} rev ${about['revision']} is there already (${about['state']}). Upload it as a new revision.`,
  'document-unknown': about => `${about['document']} rev ${about['revision']} isn’t known here. Upload it first.`,
  'document-released': about => `${about['document']} rev ${about['revision']} is released already.`,
  'pages-being-made': about =>
    `The pages of ${about['document']} rev ${about['revision']} are being made. Wait a moment.`,
  'revision-not-ready': about =>
    `${about['document']} rev ${about['revision']} is ${about['state']}. Only a revision with all its pages can be released.`,
  'document-withdrawn': about => `${about['document']} rev ${about['revision']} is withdrawn already.`,
  'withdrawal-unexplained': () => 'Write why it is withdrawn; the floor will ask.'
}
