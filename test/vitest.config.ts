import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  css: { modules: { generateScopedName: '[local]' } },
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'sw/**/*.test.ts',
      'test/{scenarios,contracts,simulation,plant,line,tree,oracles}/**/*.test.ts'
    ],
    globalSetup: ['test/vitest-setup.ts'],
    // One more than the cores that it has to do with: tests with a database wait for the disk and for each other.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000
  }
})
