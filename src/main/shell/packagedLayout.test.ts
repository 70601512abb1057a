import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { electronBinding } from '../db/nativeBinding'
import { packagedLayout } from '../../../tests/helpers/packagedLayout'

interface BuilderConfig {
  readonly files: readonly string[]
  readonly asarUnpack: readonly string[]
  readonly extraResources: readonly { readonly to: string }[]
  readonly npmRebuild: boolean
}

const config = parse(readFileSync('electron-builder.yml', 'utf8')) as BuilderConfig
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly main: string }
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>
}
const folders = Object.entries(lock.packages).flatMap(([folder, { dev }]) =>
  folder !== '' && dev !== true && existsSync(folder) ? [folder] : [],
)
const nested = (file: string) => /\/node_modules\//.test(file)
/** Every native file that a package of the program brings, on this machine. */
const natives = folders.flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(node|so|dylib|dll)(\.\d+)*$/.test(file) && !nested(`/${file}`))
    .map(file => `${folder}/${file}`.replaceAll('\\', '/')),
)
const matches = (file: string, glob: string) => file.startsWith(glob.replace(/\*\*$/, ''))

test('no native file stays in the archive, where the system’s loader cannot open it', () => {
  expect(natives.length).toBeGreaterThan(2)
  const places = natives.map(packagedLayout.nativeOf).filter(place => place !== undefined)
  expect(places.filter(place => !place.startsWith('app.asar.unpacked/'))).toEqual([])
  expect(places.some(place => place.endsWith('koffi.node'))).toBe(true)
  expect(places.some(place => place.includes('sharp-libvips') || place.includes('@img/'))).toBe(true)
})

test('the configuration unpacks what the layout says it does', () => {
  for (const file of [...natives, 'node_modules/hono/dist/index.js', 'out/main/worker.js']) {
    const isUnpacked = config.asarUnpack.some(glob => matches(file, glob))
    expect([file, packagedLayout.nativeOf(file)?.startsWith('app.asar.unpacked/') ?? false]).toEqual([file, isUnpacked])
  }
})

test('better-sqlite3 is Electron’s own, at the place where the program loads it from', () => {
  expect(packagedLayout.nativeOf('node_modules/better-sqlite3/build/Release/better_sqlite3.node')).toBeUndefined()
  expect(config.files).toContain('!node_modules/better-sqlite3/{deps,src,build}/**')
  expect(config.extraResources.map(({ to }) => to)).toEqual([packagedLayout.sqlite])
  expect(electronBinding.replaceAll('\\', '/')).toBe(packagedLayout.sqlite)
  expect(config.npmRebuild).toBe(false) // it would put Electron's file in the place of Node's
})

test('every script that the program starts in a thread or a process is in the package', () => {
  const sources = readdirSync('src/main', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
  const started = sources.flatMap(file =>
    [...readFileSync(join('src/main', file), 'utf8').matchAll(/builtFile\('(\w+\.js)'\)/g)].map(([, name]) => name!),
  )
  const packaged = packagedLayout.workers.map(place => place.replace('app.asar/out/main/', ''))
  expect([...new Set(started)].sort()).toEqual([...packaged].sort())
})

test('the desktop’s entry stays thin: what it decides is in functions with tests', () => {
  expect(readFileSync('src/main/electron.ts', 'utf8').split('\n').length).toBeLessThan(100)
})

test('the entry, the window and the workers are what the build makes', () => {
  expect(packagedLayout.entry).toBe(`app.asar/${manifest.main}`)
  const built = (place: string) => existsSync(place.replace('app.asar/', ''))
  expect(
    [packagedLayout.entry, packagedLayout.renderer, ...packagedLayout.workers].filter(place => !built(place)),
  ).toEqual([])
  const included = (place: string) => config.files.some(glob => matches(place.replace('app.asar/', ''), glob))
  expect([packagedLayout.entry, `${packagedLayout.renderer}/index.html`].every(included)).toBe(true)
})
