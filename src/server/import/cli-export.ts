/** `npm run export -- FOLDER`: the plant as CSV files that `npm run import` reads back without a change. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { exportPlant } from './export.ts'
import { openForCommand, runCommand } from './open-for-command.ts'

await runCommand(async () => {
  const [folder] = process.argv.slice(2)
  if (!folder || folder.startsWith('-')) {
    console.log('npm run export -- FOLDER')
    return 1
  }
  const target = resolve(process.env['INIT_CWD'] ?? '.', folder)
  const office = await openForCommand()
  try {
    await mkdir(target, { recursive: true })
    for (const { name, rows, text } of await exportPlant(office)) {
      await writeFile(join(target, name), text)
      console.log(`${name}: ${rows} rows`)
    }
    return 0
  } finally {
    await office.close()
  }
})
