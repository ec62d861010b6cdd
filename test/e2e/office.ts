/** Starts the product's own server with the sample plant for the whole run, unless OFFICE names one that runs already. */
import { startOffice } from '../bench/office.ts'

// biome-ignore lint/style/noDefaultExport: Playwright calls the default export of its globalSetup and no other.
export default async (): Promise<(() => Promise<void>) | undefined> => {
  if (process.env['OFFICE']) return undefined
  const office = await startOffice()
  // Playwright hands what is set here to the processes that run the tests.
  process.env['OFFICE'] = office.url
  return () => office.stop()
}
