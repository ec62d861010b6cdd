import { describe, expect, it } from 'vitest'
import { draft, type Draft } from '#kernel/event.ts'
import { ask, drafts, knownAfter } from '#test/room.ts'
import { documents } from './activity.ts'
import { pagesRendered, renderingStopped, revisionUploaded } from './events.ts'
import { documentView, releasedOf } from './projection.ts'
import { releaseRevision, uploadRevision, withdrawRevision } from './rules.ts'

const file = { sha256: 'a'.repeat(64), size: 10, type: 'application/pdf' }
const upload = (revision: string) => ({
  document: 'BD-1',
  revision,
  title: `Build ${revision}`,
  fileName: 'b.pdf',
  file
})
const page = { page: 1, sha256: 'b'.repeat(64), size: 1, width: 100, height: 140 }
const uploaded = (revision: string) => draft(revisionUploaded, upload(revision))
const rendered = (revision: string) => draft(pagesRendered, { document: 'BD-1', revision, pages: [page] })
const stopped = draft(renderingStopped, { document: 'BD-1', revision: 'A', reason: 'password', note: '' })
const having = (...events: readonly Draft[]) => knownAfter(documents, events)
const release = (revision: string, ...events: readonly Draft[]) =>
  ask(documents, releaseRevision, having(...events), { document: 'BD-1', revision })

describe('a revision', () => {
  it('waits for its pages before it can be released', () => {
    expect(release('A', uploaded('A'))).toMatchObject({ refused: 'pages-being-made' })
    expect(release('A', uploaded('A'), stopped)).toMatchObject({
      refused: 'revision-not-ready',
      about: { state: 'stopped' }
    })
    expect(drafts(release('A', uploaded('A'), rendered('A')))).toHaveLength(1)
  })

  it('supersedes the one released before', () => {
    const before = [
      uploaded('A'),
      rendered('A'),
      ...drafts(release('A', uploaded('A'), rendered('A'))),
      uploaded('B'),
      rendered('B')
    ]
    expect(releasedOf(having(...before).get(documentView, 'BD-1'))?.revision).toBe('A')
    const known = having(...before, ...drafts(release('B', ...before)))
    expect(known.get(documentView, 'BD-1')?.revisions.map(({ revision, state }) => [revision, state])).toEqual([
      ['A', 'superseded'],
      ['B', 'released']
    ])
    expect(known.get(documentView, 'BD-1')?.title).toBe('Build B')
  })

  it('may be uploaded again while it is stopped, and not once it is there', () => {
    expect(drafts(ask(documents, uploadRevision, having(uploaded('A'), stopped), upload('A')))[0]?.blobs).toEqual([
      file
    ])
    expect(ask(documents, uploadRevision, having(uploaded('A'), rendered('A')), upload('A'))).toMatchObject({
      refused: 'revision-taken'
    })
    expect(having(uploaded('A'), stopped, uploaded('A')).get(documentView, 'BD-1')?.revisions).toMatchObject([
      { state: 'uploaded', pages: [] }
    ])
  })

  it('keeps its place when pages are made again after its release', () => {
    const events = [uploaded('A'), rendered('A'), ...drafts(release('A', uploaded('A'), rendered('A'))), rendered('A')]
    expect(releasedOf(having(...events).get(documentView, 'BD-1'))?.revision).toBe('A')
  })

  it('is withdrawn with a reason, once', () => {
    const known = having(uploaded('A'), rendered('A'))
    const input = { document: 'BD-1', revision: 'A', reason: 'Wrong torque on page 3' }
    expect(ask(documents, withdrawRevision, known, { ...input, reason: '' })).toEqual({
      refused: 'withdrawal-unexplained'
    })
    const gone = having(uploaded('A'), rendered('A'), ...drafts(ask(documents, withdrawRevision, known, input)))
    expect(gone.get(documentView, 'BD-1')?.revisions).toMatchObject([
      { state: 'withdrawn', note: 'Wrong torque on page 3' }
    ])
    expect(ask(documents, withdrawRevision, gone, input)).toMatchObject({ refused: 'document-withdrawn' })
    expect(ask(documents, releaseRevision, gone, input)).toMatchObject({ refused: 'revision-not-ready' })
  })

  it('must be a PDF', () => {
    const input = { ...upload('A'), file: { ...file, type: 'image/png' } }
    expect(ask(documents, uploadRevision, having(), input)).toEqual({ refused: 'not-a-pdf', about: { file: 'b.pdf' } })
  })
})
