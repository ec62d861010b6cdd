/**
 * Who may import whom (aesthetics of the house: change a rule in one room, and the rest does not notice).
 * Type imports count. Tests may look at more than what they test, so they are left out unless a rule says otherwise.
 */
const TEST = '\\.test\\.tsx?$|^test/'
const ROOM = '^src/(activities/[^/]+|plant)/'
const ZOD = '^node_modules/zod/'
const PREACT = '^node_modules/(preact|preact-iso|@preact/signals|@preact/signals-core)/'
const STYLE = '\\.css$'

/** Everything but `allowed` is forbidden from `from`. `$1` in a pattern is the first group that `from` caught. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { pathNot: allowed }
})

const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { path: to }
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Type imports count.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'every-import-is-found',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|vitest/)|\\?(worker|url|raw|inline)' }
    },
    only('kernel-imports-only-zod', 'The kernel is at the bottom.', '^src/kernel/', ['^src/kernel/', ZOD]),
    {
      name: 'another-room-by-its-events',
      comment: "A room imports another room's events.ts and nothing else of it.",
      severity: 'error',
      from: { path: ROOM, pathNot: TEST },
      to: { path: ROOM, pathNot: ['^src/$1/', '/events\\.ts$'] }
    },
    only(
      'rooms-are-pure',
      'Events, rules, projections and engines wait for nothing.',
      '^src/(activities/[^/]+|plant)/(?!screens/).*\\.ts$',
      ['^src/kernel/', '^src/$1/(?!screens/).*\\.ts$', '/events\\.ts$', ZOD]
    ),
    only('screens-know-their-room', 'And parts, the kernel and preact.', '^src/(activities/[^/]+|plant)/.*\\.tsx$', [
      '^src/kernel/',
      '^src/ui/',
      '^src/$1/',
      '^src/(activities/[^/]+|plant)/events\\.ts$',
      PREACT,
      STYLE
    ]),
    never('ui-knows-no-room', '', '^src/ui/', '^src/(activities|plant|board|trace|device|server|app)/'),
    only('readers-read-events-and-projections', 'Board and trace record nothing.', '^src/(board|trace)/', [
      '^src/kernel/',
      '^src/ui/',
      '^src/$1/',
      '^src/(activities/[^/]+|plant)/(events|projection)\\.ts$',
      ZOD,
      PREACT,
      STYLE
    ]),
    only('sync-is-owned-by-neither-end', '', '^src/sync/', [
      '^src/kernel/',
      '^src/sync/',
      ZOD,
      '^node_modules/@noble/hashes/'
    ]),
    never('device-knows-no-server', '', '^src/device/', '^src/(server|app)/'),
    never('device-names-no-room', 'It reads the catalog.', '^src/device/', '^src/(activities/[^/]+/|board/|trace/)'),
    never('server-knows-no-device', '', '^src/server/', '^src/(device|app|ui)/'),
    never(
      'server-shows-nothing',
      'No .tsx, no preact, no dexie.',
      '^src/server/',
      `\\.tsx$|${PREACT}|^node_modules/dexie/`
    ),
    never('only-the-device-keeps', 'Dexie is the device’s.', '^src/(?!device/)', '^node_modules/dexie/'),
    never('nobody-imports-the-app', '', '^src/(?!app/|main\\.tsx)', '^src/(app/|main\\.tsx)'),
    never('source-imports-no-test', '', '^(src|sw)/', '^test/|\\.test\\.tsx?$'),
    never('worker-is-alone', 'A service worker a person can read in one sitting.', '^sw/', '^(src|test)/'),
    {
      name: 'no-index',
      comment: 'A file is imported by its name.',
      severity: 'error',
      from: {},
      to: { path: '^[^n].*/index\\.tsx?$' }
    }
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^(dist|data|test/bench/peers)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'types', 'browser', 'node', 'default', 'require'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css']
    }
  }
}
