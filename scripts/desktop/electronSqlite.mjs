import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lastWords, runCommand, runNpm } from '../setup/command.mjs'
import { Problem } from '../setup/problem.mjs'
import { hashOf, isStamped, stamp } from '../setup/stamps.mjs'
import { electronBinary, electronVersion } from './electronBinary.mjs'

/** Where the file for Electron is made; electron-builder takes it from there (electron-builder.yml). */
const made = '.setup/electron/better_sqlite3.node'

/**
 * better-sqlite3's native part for Electron, whose binary interface is not Node's: its prebuilt file, else compiled.
 * It is made in a copy: the package itself keeps the file of Node, for the command line and the tests.
 *
 * @param {string} root the checkout
 * @throws {Problem}
 */
export async function provideElectronSqlite(root) {
  const version = electronVersion(root)
  const inputs = hashOf(root, ['node_modules/better-sqlite3/package.json'], [version, process.platform, process.arch])
  if (!existsSync(join(root, made)) || !isStamped(root, 'electronSqlite', inputs)) {
    await make(root, version)
    stamp(root, 'electronSqlite', inputs)
  }
  const electron = electronBinary(root)
  if (electron === undefined) return
  mkdirSync(join(electron.resources, 'natives'), { recursive: true })
  copyFileSync(join(root, made), join(electron.resources, 'natives/better_sqlite3.node'))
  await check(root, electron.program)
}

/**
 * @param {string} root
 * @param {string} version of Electron
 */
async function make(root, version) {
  const copy = join(root, '.setup/electron/better-sqlite3')
  rmSync(copy, { recursive: true, force: true })
  cpSync(join(root, 'node_modules/better-sqlite3'), copy, {
    recursive: true,
    filter: path => !path.startsWith(join(root, 'node_modules/better-sqlite3/build')),
  })
  const { output } = await runNpm(['run', 'install'], {
    cwd: copy,
    env: {
      npm_config_runtime: 'electron',
      npm_config_target: version,
      npm_config_disturl: 'https://electronjs.org/headers',
    },
  })
  const built = join(copy, 'build/Release/better_sqlite3.node')
  if (!existsSync(built))
    throw new Problem(
      `better-sqlite3 has no file for Electron ${version} that can be fetched here, and does not compile: ${lastWords(output)}`,
      'The window opens in a browser all the same.',
    )
  copyFileSync(built, join(root, made))
  rmSync(copy, { recursive: true, force: true })
}

/**
 * @param {string} root
 * @param {string} program Electron's
 */
async function check(root, program) {
  const options = JSON.stringify({ nativeBinding: join(root, made) })
  const script = `new (require('better-sqlite3'))(':memory:', ${options}).prepare('select 1').get()`
  const env = { ELECTRON_RUN_AS_NODE: '1' }
  const { status, output } = await runCommand(program, ['-e', script], { cwd: root, env })
  if (status !== 0)
    throw new Problem(`Electron does not open a database: ${lastWords(output)}`, 'The window opens in a browser.')
}
