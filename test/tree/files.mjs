/** What the checks on the house look at: every file that is kept, with its text read once. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Paths from the root: what git keeps, and what it would keep if it were added. */
export const kept = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8'
})
  .split('\n')
  .filter(path => path !== '' && existsSync(join(ROOT, path)))

const texts = new Map()

export const text = path => {
  if (!texts.has(path)) texts.set(path, readFileSync(join(ROOT, path), 'utf8'))
  return texts.get(path)
}

export const isTest = path => path.startsWith('test/') || /\.test\.tsx?$/.test(path)

/** Lines of a file that a pattern meets, each as `path:line: why`. Comments are left out. */
export const meetings = (path, pattern, why) =>
  text(path)
    .split('\n')
    .flatMap((line, at) =>
      pattern.test(line.replace(/(^|\s)(\/\/|\*|\/\*).*$/, '')) ? [`${path}:${at + 1}: ${why}`] : []
    )
