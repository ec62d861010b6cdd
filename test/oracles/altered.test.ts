/** Any folder of the layout is read, and a wrong answer or a file that cannot be read is named: seen on an altered copy. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { alteredCopy } from './altered-copy.ts'
import { filesIn } from './oracles.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const here = filesIn('').includes('MANIFEST.json') && process.env['ORACLES'] === undefined

/** What the runner writes of each test, as far as it is asked here. */
type Report = {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

const failuresIn = (folder: string): readonly string[] => {
  const outcome = join(folder, 'outcome.json')
  const runner = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts']
  const how = ['--reporter=json', `--outputFile=${outcome}`, 'oracle.test']
  const env = { ...process.env, ORACLES: join(folder, 'oracles') }
  spawnSync(process.execPath, [...runner, ...how], { cwd: ROOT, env, stdio: 'ignore' })
  const { testResults } = JSON.parse(readFileSync(outcome, 'utf8')) as Report
  return testResults.flatMap(file =>
    file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)
  )
}

describe.skipIf(!here)('a copy of the oracles with other names, half of the cases and wrong answers', () => {
  it('has just those answers named', { timeout: 300_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'jobcard-oracles-'))
    try {
      const told = alteredCopy(join(folder, 'oracles'))
      const found = failuresIn(folder)
      expect({
        unnoticed: told.filter(name => !found.some(failure => failure.includes(name))),
        unexpected: found.filter(failure => !told.some(name => failure.includes(name)))
      }).toEqual({ unnoticed: [], unexpected: [] })
      expect(found).toHaveLength(told.length)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
