import { posix } from 'node:path'

/** Where in a package's `resources` folder the parts of the program lie. Paths with `/`, relative to it. */
export interface PackagedLayout {
  /** Entry of the desktop program, inside the archive. */
  readonly entry: string
  readonly renderer: string
  /** Scripts that threads and processes of its own start from; Electron's read archives. */
  readonly workers: readonly string[]
  /** better-sqlite3 for Electron's binary interface. */
  readonly sqlite: string
  /** Where a native file of the checkout lies; undefined where the package leaves it out. */
  readonly nativeOf: (file: string) => string | undefined
}

const archive = 'app.asar'
/** Folders of packages with native parts that Node and Electron share (Node-API), outside the archive. */
const unpacked = ['node_modules/@koromix/', 'node_modules/@img/', 'node_modules/@napi-rs/']
/** better-sqlite3's file for Node, for which there is Electron's; build tools that come along as somebody's peers. */
const leftOut = ['node_modules/better-sqlite3/build/', 'node_modules/@rolldown/', 'node_modules/lightningcss']

/** What lies where in a package, as electron-builder.yml makes it. */
export const packagedLayout: PackagedLayout = {
  entry: posix.join(archive, 'out/main/electron.js'),
  renderer: posix.join(archive, 'out/renderer'),
  workers: ['worker.js', 'poolWorker.js', 'sampleWorker.js', 'cli.js'].map(name =>
    posix.join(archive, 'out/main', name),
  ),
  sqlite: 'natives/better_sqlite3.node',
  nativeOf: file => {
    if (leftOut.some(start => file.startsWith(start))) return undefined
    const isUnpacked = unpacked.some(folder => file.startsWith(folder))
    return posix.join(isUnpacked ? `${archive}.unpacked` : archive, file)
  },
}
