/** `npm run restore -- FILE`: into an empty database, with the server stopped. */
import { isEmpty, loadArchive, readArchive } from '../archive.ts'
import { openDatabase } from '../database.ts'
import { beginRestore, endRestore } from '../restoring.ts'
import { command, counted, given, settings } from './reach.ts'

const refusal = (): string =>
  settings().databaseUrl
    ? 'This database holds a plant already. Restore into an empty one: DATABASE_URL=postgres://… npm run restore -- FILE'
    : `${settings().dataDir} holds a plant already. Restore into a new folder: DATA_DIR=./restored npm run restore -- FILE`

await command(async () => {
  const file = given('npm run restore -- FILE')
  const { madeAt, migrations } = await readArchive(file)
  const { dataDir } = settings()
  const older = await openDatabase({ ...settings(), upTo: migrations })
  try {
    if (!(await isEmpty(older.sql))) throw new Error(refusal())
    await beginRestore(dataDir)
    const { tables } = await loadArchive(older.sql, file, `restored from the backup of ${madeAt}`)
    await endRestore(dataDir)
    console.log(
      `Restored ${counted(tables['event'] ?? 0, 'event')} and ${counted(tables['blob'] ?? 0, 'file')} as of ${madeAt}`
    )
  } finally {
    await older.close()
  }
  // A backup of an older Jobcard is brought up to date now, so that a problem shows here and not at the next start.
  await (await openDatabase(settings())).close()
  console.log('Tablets that know more than this backup will send it again by themselves.')
  return true
})
