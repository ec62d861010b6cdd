import { readFile } from 'node:fs/promises'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PDFDocument } from '@napi-rs/canvas'
import { revisionUploaded } from '#activities/documents/events.ts'
import { draft, type Actor } from '#kernel/event.ts'
import { exportPlant } from '#server/import/export.ts'
import { loadSamplePlant } from '#server/import/sample-plant.ts'
import { apply, dryRun } from '#server/import/service.ts'
import { openOffice, rebuild, type Office } from '#server/office.ts'
import { freshDatabase, type TestDatabase } from '#test/contracts/postgres.ts'
import { registerRendering } from './rendering-job.ts'

const eli: Actor = { person: 'P-005', session: '', method: 'online' }

describe('an office over PostgreSQL', () => {
  let database: TestDatabase
  let office: Office
  let boss: PgBoss
  beforeAll(async () => {
    database = await freshDatabase()
    office = await openOffice({
      dataDir: '',
      databaseUrl: database.url,
      found: { site: 'main', name: 'Fennel Labs', sample: true }
    })
    boss = new PgBoss({ connectionString: database.url, schema: 'jobs', max: 2 })
    await boss.start()
  })
  afterAll(async () => {
    await boss?.stop({ graceful: false })
    await office?.close()
    await database?.close()
  })

  it('takes the sample plant in one transaction, with its PINs, and its views are what its log says', async () => {
    await loadSamplePlant(office, { today: new Date().toISOString().slice(0, 10), timeZone: 'UTC' })
    expect((await office.samplePins())['P-001']).toBe('140201')
    const kinds = office.activities.flatMap(activity => activity.views)
    const again = await rebuild(office, kinds)
    const known = await office.known()
    for (const kind of kinds) {
      const kept = Object.fromEntries(known.list(kind))
      expect(kept, kind.name).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(again.get(kind.name) ?? []))))
    }
  }, 120_000)

  it('exported and imported again writes nothing', async () => {
    const head = await office.append([], eli)
    const files = await Promise.all(
      (await exportPlant(office)).map(async ({ name, text }) => ({
        name,
        sha256: (await office.keepBlob(new TextEncoder().encode(text), 'text/csv')).sha256
      }))
    )
    const made = await dryRun(office, { files }, '2026-11-22')
    if (!('dryRun' in made)) throw new Error(made.message)
    expect(made.report).toMatchObject({ new: 0, changed: 0, stops: 0 })
    expect(await apply(office, made.dryRun, eli)).toMatchObject({ applied: true, events: 0 })
    expect(await office.append([], eli)).toEqual(head)
  })

  it('makes the pages of what was uploaded before it started and of what comes later', async () => {
    const upload = async (document: string, bytes: Uint8Array): Promise<void> => {
      const file = await office.keepBlob(bytes, 'application/pdf')
      await office.append(
        [draft(revisionUploaded, { document, revision: 'A', title: document, fileName: 'a.pdf', file }, [file])],
        eli
      )
    }
    await upload(
      'BD-EARLY',
      new Uint8Array(await readFile(new URL('../../../test/plant/documents/BD-0300-A.pdf', import.meta.url)))
    )
    await registerRendering(boss, office)
    const pdf = new PDFDocument({})
    pdf.beginPage(300, 200)
    pdf.endPage()
    await upload('BD-LATE', new Uint8Array(pdf.close()))
    await upload('BD-BAD', new TextEncoder().encode('%PDF-1.7 and nothing more'))
    const outcome = async () => {
      const found: Record<string, string> = {}
      for await (const { type, payload } of office.events([
        'documents/pages-rendered.v1',
        'documents/rendering-stopped.v1'
      ])) {
        const one = payload as { document: string; pages?: unknown[]; reason?: string }
        found[one.document] = one.pages ? `${one.pages.length} pages` : `${type.includes('stopped') ? one.reason : ''}`
      }
      return found
    }
    await expect
      .poll(outcome, { timeout: 60_000, interval: 500 })
      .toMatchObject({ 'BD-EARLY': '2 pages', 'BD-LATE': '1 pages', 'BD-BAD': 'damaged' })
    expect(office.jobs.get('rendering BD-EARLY A')).toBe(1)
  }, 90_000)
})
