/** A PDF's pages as WebP pictures, drawn by a child process that is killed when it takes too much time or memory. */
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FromWorker, Stopped } from './worker-message.ts'

/** `page` from 1; sizes in pixels. */
export type RenderedPage = {
  readonly page: number
  readonly of: number
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

export type RenderLimits = {
  /** Bytes of the file. */
  readonly fileBytes: number
  readonly pages: number
  /** Milliseconds for the whole document. */
  readonly time: number
  /** Bytes of memory that the child may hold. */
  readonly memory: number
  /** Pixels of a page's longer edge. */
  readonly edge: number
}
export const RENDER_LIMITS: RenderLimits = {
  fileBytes: 100 * 1024 * 1024,
  pages: 500,
  time: 120_000,
  memory: 1536 * 1024 * 1024,
  edge: 1600
}

export type Rendering = { readonly pages: number } | { readonly stopped: Stopped; readonly note: string }

/** Gives every page to `onPage` in order, one at a time. Answers how many there were, or why it stopped. */
export const renderPdf = async (
  bytes: Uint8Array,
  onPage: (page: RenderedPage) => Promise<void>,
  limits: RenderLimits = RENDER_LIMITS
): Promise<Rendering> => {
  if (bytes.length > limits.fileBytes)
    return { stopped: 'too-large', note: `${mb(bytes.length)} MB, and ${mb(limits.fileBytes)} MB are the most` }
  if (!looksLikePdf(bytes)) return { stopped: 'damaged', note: 'This is not a PDF file' }
  const folder = await mkdtemp(join(tmpdir(), 'jobcard-pages-'))
  try {
    const file = join(folder, 'document.pdf')
    await writeFile(file, bytes)
    return await drawInChild(file, folder, onPage, limits)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The head may stand a little into the file; readers accept it in the first KiB. */
const looksLikePdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')

const mb = (bytes: number): number => Math.ceil(bytes / 1024 / 1024)

const worker = fileURLToPath(new URL('./page-worker.ts', import.meta.url))

const drawInChild = (
  file: string,
  folder: string,
  onPage: (page: RenderedPage) => Promise<void>,
  limits: RenderLimits
): Promise<Rendering> =>
  new Promise((resolve, reject) => {
    const child = fork(worker, [file, folder, String(limits.edge), String(limits.pages)], {
      // The office's secrets are in its environment and its open files: the child gets neither.
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder },
      execArgv: [`--max-old-space-size=${Math.max(128, Math.floor(limits.memory / 1024 / 1024 / 3))}`, '--no-warnings'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc']
    })
    let ended: Rendering | undefined
    // Pages are kept one after the other, whatever the child's haste.
    let keeping: Promise<unknown> = Promise.resolve()
    const stop = (stopped: Stopped, note: string): void => {
      ended ??= { stopped, note }
      child.kill('SIGKILL')
    }
    const timer = setTimeout(
      () => stop('took-too-long', `Not done after ${Math.round(limits.time / 1000)} s`),
      limits.time
    )
    const watch = setInterval(
      () =>
        void memoryOf(child).then(
          held => held > limits.memory && stop('too-large', `Needs more than ${mb(limits.memory)} MB of memory`)
        ),
      250
    )
    child.on('message', (message: FromWorker) => {
      if ('done' in message) ended ??= { pages: message.done }
      else if ('stopped' in message) ended ??= { stopped: message.stopped, note: message.note.slice(0, 500) }
      else
        keeping = keeping.then(async () => onPage({ ...message, bytes: new Uint8Array(await readFile(message.path)) }))
      // The end of the chain reports it; without this a rejection would be nobody's until then.
      keeping.catch(() => child.kill('SIGKILL'))
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      clearInterval(watch)
      // Out of memory ends Node with SIGABRT (134 from a shell); anything else unexplained is the file's fault.
      const crashed: Rendering =
        signal === 'SIGABRT' || code === 134
          ? { stopped: 'too-large', note: 'Needs too much memory' }
          : { stopped: 'damaged', note: 'The pages can not be drawn' }
      keeping.then(() => resolve(ended ?? crashed), reject)
    })
  })

/** Resident bytes of the child; 0 where the system does not tell. Pictures live outside of the heap that Node limits. */
const memoryOf = async (child: ChildProcess): Promise<number> => {
  try {
    const pages = Number((await readFile(`/proc/${child.pid}/statm`, 'utf8')).split(' ')[1])
    return pages * 4096
  } catch {
    return 0
  }
}
