import { readFile } from 'node:fs/promises'
import { loadImage, PDFDocument } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { draft } from '#kernel/event.ts'
import { pagesRendered, revisionUploaded } from '#activities/documents/events.ts'
import { memoryOffice } from '#server/import/memory-office.ts'
import { handMade, lockedPdf, ONE_PAGE } from '#test/pdf.ts'
import { renderRevision } from './rendering-job.ts'
import { RENDER_LIMITS, renderPdf, type RenderedPage, type RenderLimits } from './render-pdf.ts'

const render = async (bytes: Uint8Array, limits: Partial<RenderLimits> = {}) => {
  const pages: RenderedPage[] = []
  const outcome = await renderPdf(bytes, async page => void pages.push(page), { ...RENDER_LIMITS, ...limits })
  return { outcome, pages }
}

/** A PDF of empty or drawn pages, each so many points wide and high. */
const makePdf = (sizes: readonly (readonly [number, number])[]): Uint8Array => {
  const pdf = new PDFDocument({ title: 'test' })
  for (const [width, height] of sizes) {
    const context = pdf.beginPage(width, height)
    context.fillStyle = '#ff0000'
    context.fillRect(0, 0, width / 2, height)
    pdf.endPage()
  }
  return new Uint8Array(pdf.close())
}

describe('renderPdf', () => {
  it('makes a WebP of each page, in order, 1600 pixels on the longer edge', async () => {
    const { outcome, pages } = await render(
      makePdf([
        [842, 595],
        [595, 842]
      ])
    )
    expect(outcome).toEqual({ pages: 2 })
    expect(pages.map(({ page, of, width, height }) => [page, of, width, height])).toEqual([
      [1, 2, 1600, 1130],
      [2, 2, 1130, 1600]
    ])
    const picture = await loadImage(Buffer.from(pages[0]?.bytes ?? []))
    expect([picture.width, picture.height]).toEqual([1600, 1130])
  })

  it('draws the text of our own build documents without fonts of the system', async () => {
    const { outcome, pages } = await render(
      new Uint8Array(await readFile(new URL('../../../test/plant/documents/BD-0300-A.pdf', import.meta.url)))
    )
    expect(outcome).toEqual({ pages: 2 })
    expect(pages.every(page => page.bytes.length > 20_000)).toBe(true)
  })

  it('brings a page of ten metres down to size', async () => {
    const { outcome, pages } = await render(makePdf([[14_400, 14_400]]))
    expect(outcome).toEqual({ pages: 1 })
    expect([pages[0]?.width, pages[0]?.height]).toEqual([1600, 1600])
  })

  it('says that a file needs a password', async () => {
    expect((await render(lockedPdf())).outcome).toMatchObject({ stopped: 'password' })
  })

  it('says that a file is damaged when it is cut, or no PDF at all', async () => {
    const whole = makePdf([[200, 200]])
    expect((await render(whole.subarray(0, 60))).outcome).toMatchObject({ stopped: 'damaged' })
    expect((await render(new TextEncoder().encode('MZ this is a program'))).outcome).toMatchObject({
      stopped: 'damaged',
      note: 'This is not a PDF file'
    })
    expect((await render(new Uint8Array(0))).outcome).toMatchObject({ stopped: 'damaged' })
  })

  it('counts the pages before drawing one', async () => {
    const many = handMade([
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${Array.from({ length: 6 }, () => '3 0 R').join(' ')}] /Count 6 >>`,
      ONE_PAGE[2]
    ])
    const { outcome, pages } = await render(many, { pages: 5 })
    expect(outcome).toMatchObject({ stopped: 'too-many-pages' })
    expect(pages).toEqual([])
  })

  it('refuses a file above its limit without starting', async () => {
    expect((await render(new Uint8Array(11), { fileBytes: 10 })).outcome).toMatchObject({ stopped: 'too-large' })
  })

  it('ends a document that takes too long', async () => {
    expect((await render(makePdf([[842, 595]]), { time: 30 })).outcome).toMatchObject({ stopped: 'took-too-long' })
  })

  it('ends a document that needs too much memory', async () => {
    const hungry = makePdf(Array.from({ length: 40 }, () => [842, 595] as const))
    expect((await render(hungry, { memory: 24 * 1024 * 1024 })).outcome).toMatchObject({ stopped: 'too-large' })
  })
})

describe('renderRevision', () => {
  const uploaded = async (bytes: Uint8Array) => {
    const office = memoryOffice(() => new Date('2026-11-22T10:00:00Z'))
    const file = await office.keepBlob(bytes, 'application/pdf')
    office.record(
      [draft(revisionUploaded, { document: 'BD-1', revision: 'A', title: 'One', fileName: 'one.pdf', file }, [file])],
      { person: 'P-005', session: '', method: 'online' }
    )
    return office
  }

  it('records the pages and keeps their pictures', async () => {
    const office = await uploaded(
      makePdf([
        [842, 595],
        [842, 595]
      ])
    )
    expect(await renderRevision(office, 'BD-1', 'A')).toBe('rendered')
    const last = office.recorded.at(-1)
    expect(last?.kind.type).toBe(pagesRendered.type)
    expect(last?.actor).toMatchObject({ person: 'office', method: 'system' })
    const pages = (last?.payload as { pages: { page: number; sha256: string }[] } | undefined)?.pages ?? []
    expect(pages.map(one => one.page)).toEqual([1, 2])
    for (const { sha256 } of pages) expect(office.blobs.get(sha256)?.type).toBe('image/webp')
  })

  it('does nothing a second time', async () => {
    const office = await uploaded(makePdf([[842, 595]]))
    await renderRevision(office, 'BD-1', 'A')
    const before = office.recorded.length
    expect(await renderRevision(office, 'BD-1', 'A')).toBe('nothing-to-do')
    expect(office.recorded).toHaveLength(before)
  })

  it('records why a file could not be drawn', async () => {
    const office = await uploaded(new TextEncoder().encode('no pdf'))
    expect(await renderRevision(office, 'BD-1', 'A')).toBe('stopped')
    expect(office.recorded.at(-1)).toMatchObject({
      kind: { type: 'documents/rendering-stopped.v1' },
      payload: { document: 'BD-1', revision: 'A', reason: 'damaged' }
    })
  })
})
