/**
 * Fennel Labs, the sample plant: its files go through the import like anybody's, and its last days are worked through the
 * rooms' own actions in an office in memory. The real office then takes the whole story in one transaction.
 */
import { readFile } from 'node:fs/promises'
import { type page, pagesRendered, revisionReleased, revisionUploaded } from '#activities/documents/events.ts'
import { draft, type Actor, type BlobRef } from '#kernel/event.ts'
import type * as z from 'zod/mini'
import { siteSetUp } from '#plant/events.ts'
import { renderPdf } from '#server/rendering/render-pdf.ts'
import { memoryOffice, type MemoryOffice } from './memory-office.ts'
import type { OfficePort } from './office-port.ts'
import { planImport } from './plan-import.ts'
import { emptyPlant } from './plant-tables.ts'
import { tellStory } from './sample-story.ts'
import { templates } from './templates.ts'

export type SampleOptions = {
  /** The plant's day, YYYY-MM-DD: dates in the files count from it. */
  readonly today: string
  readonly log?: (line: string) => void
  readonly now?: Date
  readonly timeZone?: string
  readonly site?: string
}

const folder = new URL('../../../test/plant/', import.meta.url)
const DOCUMENTS = [
  { document: 'BD-1042', revision: 'C', title: 'Main board PCA-1042' },
  { document: 'BD-0100', revision: 'C', title: 'Scout, final assembly' },
  { document: 'BD-0300', revision: 'A', title: 'Scout, packing' }
] as const

const DAY = 86_400_000
const desk = (person: string): Actor => ({ person, session: 'sample', method: 'online' })

export const loadSamplePlant = async (office: OfficePort, options: SampleOptions): Promise<void> => {
  const now = options.now ?? new Date()
  const ago = (days: number): string => new Date(now.getTime() - days * DAY).toISOString()
  const rehearsal = memoryOffice(() => now)
  const plan = planImport(await sampleFiles(), emptyPlant(), { today: options.today })
  const stop = plan.report.problems.find(one => one.level === 'stop')
  if (stop) throw new Error(`The sample plant's own files have a fault: ${stop.file} row ${stop.row}: ${stop.message}`)
  const zone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  rehearsal.record(
    [draft(siteSetUp, { site: options.site ?? 'main', name: 'Fennel Labs', timeZone: zone, sample: true })],
    desk('P-006'),
    ago(14)
  )
  // Work orders are made a week later than the masters they need.
  const isOrder = ({ kind }: { kind: { type: string } }): boolean => kind.type === 'orders/work-order-created.v1'
  rehearsal.record(
    plan.drafts.filter(one => !isOrder(one)),
    desk('P-005'),
    ago(14)
  )
  options.log?.('Drawing the build documents')
  await documents(office, rehearsal, ago)
  rehearsal.record(plan.drafts.filter(isOrder), desk('P-004'), ago(7))
  options.log?.('Working the last days')
  const photos = await keepPhotos(office)
  const refused = tellStory(rehearsal, { now, photos })
  if (refused) throw new Error(`The sample plant's story breaks a rule: ${refused}`)
  const story = [...rehearsal.recorded].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  await office.append(story, desk('P-006'), { pins: Object.fromEntries(plan.pins) })
  options.log?.(`${story.length} events, ${plan.report.rows} rows from files`)
}

const sampleFiles = () =>
  Promise.all(
    templates.map(async ({ name }) => ({
      name: `${name}.csv`,
      bytes: new Uint8Array(await readFile(new URL(`${name}.csv`, folder)))
    }))
  )

const documents = async (office: OfficePort, rehearsal: MemoryOffice, ago: (days: number) => string): Promise<void> => {
  const made = await Promise.all(
    DOCUMENTS.map(async one => {
      const fileName = `${one.document}-${one.revision}.pdf`
      const bytes = new Uint8Array(await readFile(new URL(`documents/${fileName}`, folder)))
      const file = await office.keepBlob(bytes, 'application/pdf')
      return { one, fileName, file, pages: await pagesOf(office, bytes, fileName) }
    })
  )
  for (const { one, fileName, file, pages } of made) {
    const { title: _, ...revision } = one
    rehearsal.record([draft(revisionUploaded, { ...one, fileName, file }, [file])], desk('P-005'), ago(13.2))
    rehearsal.record(
      [draft(pagesRendered, { ...revision, pages })],
      { person: 'office', session: '', method: 'system' },
      ago(13.1)
    )
    rehearsal.record([draft(revisionReleased, revision)], desk('P-003'), ago(13))
  }
}

type Page = z.infer<typeof page>

const pagesOf = async (office: OfficePort, bytes: Uint8Array, fileName: string): Promise<Page[]> => {
  const pages: Page[] = []
  const done = await renderPdf(bytes, async ({ page: number, width, height, bytes: picture }) => {
    const { sha256, size } = await office.keepBlob(picture, 'image/webp')
    pages.push({ page: number, sha256, size, width, height })
  })
  if ('stopped' in done) throw new Error(`${fileName} could not be drawn: ${done.note}`)
  return pages
}

const keepPhotos = async (
  office: OfficePort
): Promise<{ heatsink: BlobRef; inside: BlobRef; label: BlobRef; defect: BlobRef }> => {
  const keep = async (name: string): Promise<BlobRef> =>
    office.keepBlob(new Uint8Array(await readFile(new URL(`photos/${name}.webp`, folder))), 'image/webp')
  return {
    heatsink: await keep('heatsink'),
    inside: await keep('inside'),
    label: await keep('label'),
    defect: await keep('defect')
  }
}
