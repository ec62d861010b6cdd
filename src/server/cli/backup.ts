/** `npm run backup -- FILE`: everything there is, in one file. The server may go on working. */
import { readArchive, writeArchive } from '../archive.ts'
import { command, counted, given, reach } from './reach.ts'

await command(async () => {
  const file = given('npm run backup -- FILE')
  const database = await reach()
  try {
    await writeArchive(database.sql, file, new Date())
  } finally {
    await database.close()
  }
  // Read back from the disk: a backup that can't be read is none.
  const { tables } = await readArchive(file)
  console.log(`Saved ${counted(tables['event'] ?? 0, 'event')} and ${counted(tables['blob'] ?? 0, 'file')} in ${file}`)
  console.log('It holds PIN and key hashes: keep it where only administrators can read it.')
  return true
})
