/**
 * Who may import whom (docs/architecture.md). A file belongs to the first area whose pattern fits its path; it may
 * import its own area and those listed, and nothing else. `types` may be imported as types only.
 */
export interface Area {
  readonly name: string
  readonly files: RegExp
  readonly may: readonly string[]
  readonly types?: readonly string[]
  /** Packages that no other area imports, or 'any' where it does not matter. */
  readonly packages?: readonly string[]
}

const everywhere = ['shared']

export const areas: readonly Area[] = [
  { name: 'shared', files: /^src\/shared\//, may: [] },

  { name: 'engine', files: /^src\/main\/engine\//, may: [...everywhere, 'processIsAlive'] },
  { name: 'media', files: /^src\/main\/media\//, may: everywhere },
  { name: 'weights', files: /^src\/main\/weights\//, may: everywhere },
  { name: 'db', files: /^src\/main\/db\//, may: [...everywhere, 'processIsAlive'] },
  {
    name: 'shell',
    files: /^src\/main\/(shell\/|electron\.ts)/,
    may: [...everywhere, 'entry', 'workbench', 'config', 'builtFile'],
    types: ['host'],
  },
  { name: 'config', files: /^src\/main\/config(\.ts|\/)/, may: everywhere },
  { name: 'builtFile', files: /^src\/main\/builtFile\.ts$/, may: everywhere },
  { name: 'processIsAlive', files: /^src\/main\/processIsAlive\.ts$/, may: everywhere },

  { name: 'artifacts', files: /^src\/main\/artifacts\//, may: [...everywhere, 'weights', 'media', 'processIsAlive'] },
  { name: 'annotations', files: /^src\/main\/annotations\//, may: [...everywhere, 'media'] },
  { name: 'pool', files: /^src\/main\/pool\//, may: [...everywhere, 'media', 'annotations', 'artifacts', 'builtFile'] },
  { name: 'sample', files: /^src\/main\/sample\//, may: [...everywhere, 'media', 'artifacts', 'builtFile'] },
  { name: 'nn', files: /^src\/main\/nn\//, may: [...everywhere, 'engine', 'weights', 'pool'] },
  {
    name: 'backbones',
    files: /^src\/main\/backbones\//,
    may: [...everywhere, 'engine', 'nn', 'weights', 'pool', 'artifacts'],
    types: ['method contract'],
  },
  {
    name: 'datasets',
    files: /^src\/main\/datasets\//,
    may: [...everywhere, 'media', 'annotations', 'weights', 'artifacts'],
    types: ['db', 'pool'],
  },

  {
    name: 'method contract',
    files: /^src\/main\/methods\/(defineMethod|context|optionSchemas|taughtPhotos)\.ts$/,
    may: everywhere,
    types: ['pool'],
  },
  { name: 'method registry', files: /^src\/main\/methods\/index\.ts$/, may: [...everywhere, 'method contract'] },
  {
    name: 'method',
    files: /^src\/main\/methods\/[^/]+\//,
    may: [...everywhere, 'method contract', 'engine', 'nn', 'backbones', 'weights', 'artifacts', 'media', 'pool'],
  },

  {
    name: 'jobs protocol',
    files: /^src\/main\/jobs\/protocol\//,
    may: [...everywhere, 'method registry', 'method contract', 'pool'],
    types: ['engine'],
  },
  {
    name: 'jobs',
    files: /^src\/main\/jobs\//,
    may: [
      ...everywhere,
      ...[
        'jobs protocol',
        'db',
        'artifacts',
        'datasets',
        'media',
        'pool',
        'method registry',
        'method contract',
        'builtFile',
      ],
    ],
    types: ['config', 'engine'],
  },
  {
    name: 'api',
    files: /^src\/main\/api\//,
    may: [...everywhere, 'host', 'db', 'jobs', 'artifacts', 'datasets', 'media', 'method registry', 'method contract'],
    types: ['config', 'pool', 'jobs protocol'],
  },
  {
    // What the one program holds for all tabs and commands: open projects, events, background tasks.
    name: 'host',
    files: /^src\/main\/host\//,
    may: [
      ...everywhere,
      ...['config', 'db', 'jobs', 'jobs protocol', 'artifacts', 'datasets', 'media', 'pool', 'sample', 'engine'],
      ...['method registry', 'method contract', 'builtFile', 'weights'],
    ],
  },
  {
    name: 'workbench',
    files: /^src\/main\/workbench\.ts$/,
    may: [...everywhere, 'host', 'api', 'config', 'engine'],
  },
  {
    name: 'worker',
    files: /^src\/main\/worker\.ts$/,
    may: [...everywhere, 'engine', 'nn', 'method registry', 'method contract', 'artifacts', 'pool', 'jobs protocol'],
  },
  {
    name: 'entry',
    files: /^src\/main\/(cli\.ts|server\.ts|setup\.ts)/,
    may: [...everywhere, 'command', 'workbench', 'host', 'config', 'engine', 'builtFile'],
  },

  { name: 'renderer api', files: /^src\/renderer\/src\/api\//, may: [...everywhere, 'texts'], types: ['api'] },
  { name: 'editor core', files: /^src\/renderer\/src\/editor\/core\//, may: everywhere },
  { name: 'texts', files: /^src\/renderer\/src\/texts\//, may: everywhere },
  { name: 'commands', files: /^src\/renderer\/src\/commands\//, may: [...everywhere, 'texts'] },
  { name: 'gl', files: /^src\/renderer\/src\/gl\//, may: everywhere },
  { name: 'styles', files: /^src\/renderer\/src\/styles\//, may: everywhere },
  {
    name: 'stores',
    files: /^src\/renderer\/src\/stores\//,
    may: [...everywhere, 'renderer api', 'editor core', 'commands', 'texts', 'styles'],
  },
  {
    name: 'composables',
    files: /^src\/renderer\/src\/composables\//,
    may: [...everywhere, 'texts', 'styles'],
  },
  {
    // Props in, events out: what a component shows comes from whoever uses it.
    name: 'components',
    files: /^src\/renderer\/src\/components\//,
    may: [...everywhere, 'composables', 'commands', 'texts', 'styles', 'gl', 'editor core'],
    types: ['renderer api'],
  },
  {
    name: 'views',
    files: /^src\/renderer\/src\/(views\/|App\.vue|router\.ts|main\.ts)/,
    may: [
      ...everywhere,
      ...['stores', 'components', 'composables', 'commands', 'texts', 'styles', 'gl', 'editor core', 'renderer api'],
    ],
  },

  {
    // A command that runs nothing needs no workbench: `new` and `import` open the project themselves (decision 0006).
    name: 'command',
    files: /^src\/main\/cli\//,
    may: [
      ...everywhere,
      ...[
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
    ],
    types: ['jobs protocol', 'method contract'],
  },
]

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
