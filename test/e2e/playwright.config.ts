/** The product in a real Chromium: the one that CHROMIUM names, else the system's. One office for all, one test at a time. */
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

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  // Three minutes of breaking browsers: FAULTS=yes runs them, FAULTS=all the longest as well.
  testIgnore: process.env['FAULTS'] ? [] : '**/faults/**',
  globalSetup: './office.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: CHROMIUM, args: ARGS },
    screenshot: 'only-on-failure'
  }
})
