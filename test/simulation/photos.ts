/** Photos in the simulation: taken, sent behind their event, cut, damaged on the way, looked at, and counted at the end. */
import type { By } from '#device/record.ts'
import { sha256Of, wholeOf } from './files.ts'
import type { Scene } from './scene.ts'
import { livePages, type Page, type Station } from './stations.ts'
import { boxView, picture } from './toy-room.ts'
import type { World } from './world.ts'

const CHUNK = 1024 * 1024

/** Takes a photo, or looks at one that was taken. */
export const photo = (scene: Scene, station: Station, box: string, by: By): void => {
  const { world, books } = scene
  const pages = livePages(station)
  if (pages.length === 0) return
  const page = world.pick(pages)
  if (books.photos.size > 0 && world.chance(0.4)) return void look(scene, page, world.pick([...books.photos.keys()]))
  const bytes = made(world)
  const { tablet } = page
  tablet?.keepBlob(bytes.slice().buffer, 'image/webp').then(
    ref => {
      if (page.life.dead()) return
      books.photos.set(ref.sha256, station)
      void tablet.act(picture, { box, ...ref }, by).then(answer => {
        if (page.life.dead() || !('done' in answer)) return
        for (const id of answer.events) books.said.set(id, station)
      })
    },
    problem => void (page.life.dead() || world.note(`no photo was kept: ${String(problem)}`))
  )
}

const made = (world: World): Uint8Array => {
  const bytes = new Uint8Array(world.chance(0.1) ? CHUNK + 20_000 : world.between(9_000, 60_000)).fill(7)
  bytes.set(world.bytes())
  return bytes
}

/** Whatever is shown is what its name says; answers whether anything was. */
const look = async ({ books }: Scene, page: Page, sha256: string): Promise<boolean> => {
  const bytes = await page.tablet?.blob(sha256)
  if (bytes && sha256Of(new Uint8Array(bytes)) !== sha256) books.problems.push(`${page.name} shows a damaged ${sha256}`)
  return bytes !== undefined
}

/** What a wiped tablet had not sent went with it; what it had sent the office alone has now. */
export const photosLost = ({ books, office }: Scene, station: Station): void => {
  for (const [sha256, owner] of books.photos) {
    if (owner !== station) continue
    if (office.db.tables.files.get(sha256)?.complete) books.photos.set(sha256, undefined)
    else books.photos.delete(sha256)
  }
}

/** Fourteen days go by for photos that were sent. */
export const photosForgotten = async ({ world, books }: Scene, { disk }: Station): Promise<void> => {
  const old = (await disk.photos.sent()).filter(() => world.chance(0.3)).map(file => file.sha256)
  for (const sha256 of old) books.photos.set(sha256, undefined)
  await disk.photos.drop(old)
}

/** After a restore nobody can bring back what the office alone had, or what gave way on a full disk. */
const gone = ({ world, books, office }: Scene): void => {
  if (!world.faults.has('restore')) return
  for (const [sha256, owner] of books.photos)
    if (!office.db.tables.files.get(sha256)?.complete && (!owner || owner.disk.gaveWay.has(sha256)))
      books.photos.delete(sha256)
}

/** Every photo is in the office, byte for byte, no tablet still holds one back, and every screen can show it. */
export const checkPhotos = async (scene: Scene): Promise<void> => {
  const { world, books, stations, office } = scene
  if (books.photos.size === 0) return
  await world.pass(60_000)
  gone(scene)
  for (const { disk } of stations) {
    const waiting = await disk.photos.waiting()
    if (waiting.length > 0) throw new Error(`I7: ${disk.name} still holds ${waiting.length} photos`)
  }
  for (const sha256 of books.photos.keys()) {
    const file = office.db.tables.files.get(sha256)
    if (!file?.complete || sha256Of(wholeOf(file)) !== sha256)
      throw new Error(`I1: the photo ${sha256} is not in the office`)
  }
  await checkScreens(scene)
}

const checkScreens = async (scene: Scene): Promise<void> => {
  const { world, stations, books } = scene
  const asked: Promise<void>[] = []
  let blank = ''
  for (const page of stations.flatMap(livePages))
    for (const [, { photo }] of page.tablet?.peek.list(boxView) ?? [])
      if (photo !== undefined && books.photos.has(photo))
        asked.push(
          look(scene, page, photo).then(shown => {
            if (!shown) blank = `${page.name} can not show ${photo}`
          })
        )
  const all = Promise.all(asked).then(() => true)
  await world.pass(30_000)
  if (!(await Promise.race([all, Promise.resolve(false)]))) throw new Error('a photo is still being fetched')
  if (blank !== '') throw new Error(blank)
}
