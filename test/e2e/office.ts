/** Starts the product's own server with the sample plant, for the floor and for the desk, unless OFFICE names one that runs already. */
import { startOffice } from '../bench/office.ts'

// biome-ignore lint/style/noDefaultExport: Playwright calls the default export of its globalSetup and no other.
export default async (): Promise<(() => Promise<void>) | undefined> => {
  if (process.env['OFFICE']) return undefined
  const [floor, desk] = await Promise.all([startOffice(), startOffice()])
  // Playwright hands what is set here to the processes that run the tests.
  process.env['OFFICE'] = floor.url
  process.env['OFFICE_DESK'] = desk.url
  return async () => {
    await Promise.all([floor.stop(), desk.stop()])
  }
}
