/**
 * The product in a real Chromium: the one that CHROMIUM names, else the system's. One office for all, one test at a time; beside them
 * those that have an office of their own or leave nothing behind in the one that all have.
 */
import { defineConfig } from '@playwright/test'

export const ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic'
]

export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

const BESIDE = /\/(story|decided|line|set-ups|camera|touch|wedge)\.e2e\.ts$/
// Three minutes of breaking browsers: FAULTS=yes runs them, FAULTS=all the longest as well.
const ignored = process.env['FAULTS'] ? [] : ['**/faults/**']

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'one office', testMatch: '**/*.e2e.ts', testIgnore: [BESIDE, ...ignored], workers: 1 },
    { name: 'beside it', testMatch: BESIDE, workers: 1 }
  ],
  globalSetup: './office.ts',
  outputDir: '../../test-results',
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: CHROMIUM, args: ARGS },
    screenshot: 'only-on-failure'
  }
})
