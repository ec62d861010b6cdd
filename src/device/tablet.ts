/**
 * A whole tablet at once, for whoever has nobody waiting before a screen: tests, benches, scripts. The app shows first
 * (`shown.ts`) and loads the works after it.
 */
import type { Tablet, TabletPorts } from './face.ts'
import { showTablet } from './shown.ts'
import { makeWorks } from './works.ts'

export type { StorageFacts, Tablet, TabletPorts } from './face.ts'

/** Opens what is kept on this tablet and begins to sync. */
export const openTablet = async (ports: TabletPorts): Promise<Tablet> => {
  const tablet = await showTablet({ ...ports, read: async () => undefined }, async base => makeWorks(ports, base))
  await tablet.whole()
  return tablet
}
