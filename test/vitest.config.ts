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
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 120_000
  }
})
