/** Everything that one seed's story happens to. */
import type { Books } from './books.ts'
import type { Tables } from './tables.ts'
import type { Mood } from './mood.ts'
import type { Office } from './office-servers.ts'
import type { Plant } from './plant.ts'
import type { Station } from './stations.ts'
import type { World } from './world.ts'

export type Scene = {
  readonly world: World
  readonly office: Office
  readonly stations: Station[]
  readonly books: Books
  readonly mood: Mood
  readonly plant: Plant
  readonly servers: number
  backups: Tables[]
  names: number
}
