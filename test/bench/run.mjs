/** `npm run bench -- NAME…`: measures, and prints one JSON object a line. Ends with 1 when a hard limit is passed. */
const BENCHES = { budget: './budget.ts', sync: './sync.ts' }

const names = process.argv.slice(2).filter(name => !name.startsWith('--'))
const unknown = names.filter(name => !(name in BENCHES))
if (names.length === 0 || unknown.length > 0) {
  console.error(`Use: npm run bench -- ${Object.keys(BENCHES).join(' | ')}`)
  process.exit(1)
}
let fine = true
for (const name of names) {
  const { bench } = await import(BENCHES[name])
  fine = (await bench()) && fine
}
process.exit(fine ? 0 : 1)
