/**
 * The product in a real Chromium: the one that CHROMIUM names, else the system's. Three rows of tests beside each other, because a test
 * mostly waits; in a row one at a time. The floor and the desk have an office each; what has one of its own, or leaves nothing behind in
 * the one it uses, is where the rows come out equally long.
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

const DESK = /\/(desk|plan|planner|set-ups|routing|line|touch)\.e2e\.ts$/
const BESIDE = /\/(story|decided|camera|wedge)\.e2e\.ts$/
// Three minutes of breaking browsers: FAULTS=yes runs them, FAULTS=all the longest as well.
const ignored = process.env['FAULTS'] ? [] : ['**/faults/**']

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'floor', testMatch: '**/*.e2e.ts', testIgnore: [DESK, BESIDE, ...ignored], workers: 1 },
    { name: 'desk', testMatch: DESK, workers: 1 },
    { name: 'beside', testMatch: BESIDE, workers: 1 }
  ],
  globalSetup: './office.ts',
  outputDir: '../../test-results',
  workers: 3,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: CHROMIUM, args: ARGS },
    screenshot: 'only-on-failure'
  }
})
