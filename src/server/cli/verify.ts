/** `npm run verify -- FILE`: proves an exported dossier from its own bytes, without a server. */
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { checkDossier } from '../dossier.ts'
import { command, counted, given } from './reach.ts'

const SHOWN = 20

await command(async () => {
  const file = given('npm run verify -- FILE')
  if (!existsSync(file)) throw new Error(`There is no file ${file}`)
  const report = await checkDossier(
    createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  )
  for (const fault of report.faults.slice(0, SHOWN)) console.error(fault)
  if (report.faults.length > SHOWN) console.error(`… and ${report.faults.length - SHOWN} more`)
  console.log(
    `${counted(report.events, 'event')} of ${counted(report.chains, 'chain')}: every hash was computed again;`
  )
  console.log(
    `${counted(report.links, 'link')} and ${counted(report.roots, 'root')} checked, ${counted(report.gaps, 'gap')} left out by the export`
  )
  if (report.sealedBy) console.log(`Sealed by the plant whose key is ${report.sealedBy}; compare it with theirs.`)
  console.log(
    report.faults.length === 0
      ? 'Nothing was changed since it was recorded.'
      : `${counted(report.faults.length, 'fault')} found: this is not what was recorded.`
  )
  return report.faults.length === 0
})
