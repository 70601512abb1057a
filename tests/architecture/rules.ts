/**
 * Who may import whom (docs/architecture.md). A file belongs to the first area whose pattern fits its path; it may
 * import its own area, `shared`, and those listed, and nothing else. `types` may be imported as types only.
 */
export interface Area {
  readonly name: string
  readonly files: RegExp
  readonly may: readonly string[]
  readonly types?: readonly string[]
}

export const areas: readonly Area[] = [
  { name: 'shared', files: /^src\/shared\//, may: [] },

  { name: 'engine', files: /^src\/main\/engine\//, may: ['processIsAlive'] },
  { name: 'media', files: /^src\/main\/media\//, may: [] },
  { name: 'weights', files: /^src\/main\/weights\//, may: [] },
  { name: 'db', files: /^src\/main\/db\//, may: ['processIsAlive'] },
  {
    name: 'shell',
    files: /^src\/main\/(shell\/|electron\.ts)/,
    may: ['entry', 'workbench', 'config', 'builtFile'],
    types: ['host'],
  },
  { name: 'config', files: /^src\/main\/config(\.ts|\/)/, may: [] },
  { name: 'builtFile', files: /^src\/main\/builtFile\.ts$/, may: [] },
  { name: 'processIsAlive', files: /^src\/main\/processIsAlive\.ts$/, may: [] },

  { name: 'artifacts', files: /^src\/main\/artifacts\//, may: ['weights', 'media', 'processIsAlive'] },
  { name: 'annotations', files: /^src\/main\/annotations\//, may: ['media'] },
  { name: 'pool', files: /^src\/main\/pool\//, may: ['media', 'annotations', 'artifacts'] },
  { name: 'sample', files: /^src\/main\/sample\//, may: ['media'] },
  { name: 'nn', files: /^src\/main\/nn\//, may: ['engine', 'weights'], types: ['pool'] },
  {
    name: 'backbones',
    files: /^src\/main\/backbones\//,
    may: ['pool', 'engine', 'nn', 'weights', 'artifacts'],
    types: ['method contract'],
  },
  {
    name: 'datasets',
    files: /^src\/main\/datasets\//,
    may: ['media', 'annotations', 'weights', 'artifacts'],
    types: ['pool'],
  },

  {
    name: 'method contract',
    files: /^src\/main\/methods\/(defineMethod|context|optionSchemas|taughtPhotos)\.ts$/,
    may: [],
    types: ['pool'],
  },
  { name: 'method registry', files: /^src\/main\/methods\/index\.ts$/, may: ['method contract'] },
  {
    name: 'method',
    files: /^src\/main\/methods\/[^/]+\//,
    may: ['method contract', 'engine', 'nn', 'backbones', 'weights', 'artifacts', 'pool'],
  },

  { name: 'jobs protocol', files: /^src\/main\/jobs\/protocol\//, may: ['method registry'], types: ['pool'] },
  {
    name: 'jobs',
    files: /^src\/main\/jobs\//,
    may: ['jobs protocol', 'db', 'artifacts', 'datasets', 'pool', 'method registry'],
    types: ['media'],
  },
  {
    name: 'api',
    files: /^src\/main\/api\//,
    may: ['host', 'db', 'jobs', 'artifacts', 'datasets', 'media', 'method registry'],
    types: ['config', 'jobs protocol'],
  },
  {
    // What the one program holds for all tabs and commands: open projects, events, background tasks.
    name: 'host',
    files: /^src\/main\/host\//,
    may: [
      'config',
      'db',
      'jobs',
      'artifacts',
      'datasets',
      'pool',
      'sample',
      'engine',
      'method registry',
      'builtFile',
      'weights',
    ],
    types: ['jobs protocol'],
  },
  { name: 'workbench', files: /^src\/main\/workbench\.ts$/, may: ['host', 'api', 'config'] },
  { name: 'worker', files: /^src\/main\/worker\.ts$/, may: ['engine', 'method registry', 'pool', 'jobs protocol'] },
  {
    name: 'entry',
    files: /^src\/main\/(cli\.ts|server\.ts|setup\.ts)/,
    may: ['command', 'engine'],
    types: ['workbench'],
  },

  { name: 'renderer api', files: /^src\/renderer\/src\/api\//, may: ['texts'], types: ['api'] },
  { name: 'editor core', files: /^src\/renderer\/src\/editor\/core\//, may: [] },
  { name: 'texts', files: /^src\/renderer\/src\/texts\//, may: [], types: ['commands', 'editor core'] },
  { name: 'commands', files: /^src\/renderer\/src\/commands\//, may: [] },
  { name: 'gl', files: /^src\/renderer\/src\/gl\//, may: [] },
  { name: 'styles', files: /^src\/renderer\/src\/styles\//, may: [] },
  { name: 'stores', files: /^src\/renderer\/src\/stores\//, may: ['renderer api', 'commands'] },
  { name: 'composables', files: /^src\/renderer\/src\/composables\//, may: ['texts'] },
  {
    // Props in, events out: what a component shows comes from whoever uses it.
    name: 'components',
    files: /^src\/renderer\/src\/components\//,
    may: ['composables', 'commands', 'texts', 'styles', 'gl', 'editor core'],
    types: ['renderer api'],
  },
  {
    name: 'shared by screens',
    files: /^src\/renderer\/src\/views\/shared\//,
    may: ['stores', 'components', 'composables', 'texts', 'styles', 'renderer api'],
    types: ['gl'],
  },
  {
    name: 'views',
    files: /^src\/renderer\/src\/(views\/|App\.vue|router\.ts|main\.ts)/,
    may: [
      'shared by screens',
      ...['stores', 'components', 'composables', 'texts', 'styles', 'gl', 'editor core', 'renderer api'],
    ],
    types: ['commands'],
  },

  {
    // A command that runs nothing needs no workbench: `new` and `import` open the project themselves (decision 0006).
    name: 'command',
    files: /^src\/main\/cli\//,
    may: [
      'workbench',
      'host',
      'entry',
      'config',
      'engine',
      'sample',
      'builtFile',
      'db',
      'datasets',
      'artifacts',
      'jobs',
    ],
  },
]

/** The one folder of views/ that the other ones take from. */
export const sharedByScreens = 'src/renderer/src/views/shared/'

/** Packages that belong to some areas only. */
export const packageRules: readonly {
  readonly packages: RegExp
  readonly only: readonly string[]
  readonly why: string
}[] = [
  {
    packages: /^(@tensorflow\/.*|koffi)$/,
    only: ['engine', 'nn', 'backbones', 'method', 'worker'],
    why: 'TensorFlow lives in the compute worker',
  },
  { packages: /^(better-sqlite3|drizzle-orm)$/, only: ['db'], why: 'SQL stays in db/' },
  { packages: /^electron$/, only: ['shell'], why: 'the program runs without a desktop' },
  { packages: /^piscina$/, only: ['pool'], why: 'one pool' },
  { packages: /^sharp$/, only: ['media', 'sample', 'pool'], why: 'one way to decode a photo' },
]

/** Lists that load definitions of what lies below them; any other index.ts only hides where things are. */
export const allowedIndexFiles = [
  'src/main/methods/index.ts',
  'src/main/datasets/index.ts',
  'src/main/pool/tasks/index.ts', // the type map of the pool's tasks
]
