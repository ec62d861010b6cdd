/** `npm run bench -- NAME…`: measures, and prints one JSON object a line. Ends with 1 when a hard limit is passed. */
import { readdirSync } from 'node:fs'

/** Every `NAME.bench.ts` beside this file, each with a function `bench` that answers whether its limits held. */
const benches = readdirSync(new URL('.', import.meta.url))
  .filter(file => file.endsWith('.bench.ts'))
  .map(file => file.slice(0, -'.bench.ts'.length))

const options = process.argv.slice(2)
const names = options.filter((word, at) => !word.startsWith('--') && !options[at - 1]?.startsWith('--'))
const unknown = names.filter(name => !benches.includes(name))
if (names.length === 0 || unknown.length > 0) {
  console.error(`Use: npm run bench -- ${benches.join(' | ')}`)
  process.exit(1)
}
let fine = true
for (const name of names) {
  const { bench } = await import(`./${name}.bench.ts`)
  fine = (await bench(options)) && fine
}
process.exit(fine ? 0 : 1)
