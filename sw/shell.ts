/**
 * Which files of a build an operator's tablet keeps from the first visit. Found by walking the chunks from the entry,
 * not by a list of names: what is imported always, what is loaded later unless it leads to a desk, the wall, the camera
 * or the scanner's set-up.
 */

/** Modules that are loaded later and that an operator's tablet does without until they are asked for. */
const notOfTheShell = [
  /-desk\.tsx$/,
  /\/job-cards\.tsx$/,
  /\/desk-home\.tsx$/,
  /\/(board|trace)\/screens\//,
  /\/camera-reader\.tsx$/,
  /\/scanner-set-up\.tsx$/,
  /\/device\/scan\//,
  /\/node_modules\//
]

/** Files beside the chunks that the shell needs. */
const always = /^(index\.html|manifest\.webmanifest|icon-192\.png|icon\.svg)$/

export type Chunk = {
  readonly fileName: string
  readonly isEntry: boolean
  readonly facadeModuleId: string | null
  readonly imports: readonly string[]
  readonly dynamicImports: readonly string[]
  readonly css: readonly string[]
}

export const isAlwaysKept = (file: string): boolean => always.test(file)

export const ofTheShell = (chunk: Chunk): boolean =>
  !notOfTheShell.some(pattern => pattern.test(chunk.facadeModuleId ?? ''))

/** Every file reached from `from`, by file name; `follow` says whether a chunk that is loaded later is walked into. */
export const reached = (
  chunks: readonly Chunk[],
  from: (chunk: Chunk) => boolean,
  follow: (chunk: Chunk) => boolean
): ReadonlySet<string> => {
  const byName = new Map(chunks.map(chunk => [chunk.fileName, chunk]))
  const files = new Set<string>()
  const walk = (chunk: Chunk | undefined): void => {
    if (!chunk || files.has(chunk.fileName)) return
    files.add(chunk.fileName)
    for (const css of chunk.css) files.add(css)
    for (const next of chunk.imports) walk(byName.get(next))
    for (const next of chunk.dynamicImports) {
      const later = byName.get(next)
      if (later && follow(later)) walk(later)
    }
  }
  chunks.filter(from).forEach(walk)
  return files
}

export type Weighed = { readonly url: string; readonly bytes: number }

/** Kilobytes of all, and the heaviest by name: what grew is nearly always among them. */
export const weight = (
  files: readonly Weighed[],
  named: number
): { readonly kilobytes: number; readonly heaviest: string } => ({
  kilobytes: files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024,
  heaviest: files
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, named)
    .map(({ url, bytes }) => `${(bytes / 1024).toFixed(1)} ${url}`)
    .join(', ')
})
