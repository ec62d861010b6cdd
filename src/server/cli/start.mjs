/** `npm start`: installs what is missing, builds when the sources are newer than the build, starts the server on Node 24. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ready, ROOT, run } from './ready.mjs'

const BUILT = join(ROOT, 'dist/index.html')
const SOURCES = ['index.html', 'package.json', 'package-lock.json', 'vite.config.ts', 'public', 'src', 'sw']

const newest = path => {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(
    0,
    ...readdirSync(path)
      .filter(isBuilt)
      .map(name => newest(join(path, name)))
  )
}

/** The office's own files and the tests are no part of what the tablet gets. */
const isBuilt = name => name !== 'server' && !/\.test\.tsx?$/.test(name) && !name.endsWith('.md')

const stale = () =>
  !existsSync(BUILT) || statSync(BUILT).mtimeMs < Math.max(...SOURCES.map(name => newest(join(ROOT, name))))

const node = ready()
if (stale()) {
  console.log('Building the app')
  const code = await run(node, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'])
  if (code !== 0) process.exit(code)
}
// Requests make much that is dropped at once; with room for it, the office spends a third less time tidying up.
process.exit(await run(node, ['--max-semi-space-size=32', 'src/server/main.ts', ...process.argv.slice(2)]))
