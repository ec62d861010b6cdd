/** `npm run NAME -- …`: runs src/server/cli/NAME.ts or a given file on Node 24, installing first when needed. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ready, ROOT, run } from './ready.mjs'

const [name = '', ...rest] = process.argv.slice(2)
const file = name.includes('/') ? join(ROOT, name) : join(ROOT, 'src/server/cli', `${name}.ts`)
if (!existsSync(file)) {
  console.error(`There is no command called ${name}`)
  process.exit(1)
}
process.exit(await run(ready(), [file, ...rest], { cwd: process.cwd() }))
