import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnSync } from 'node:child_process'
import { electronBinary, howToFetch } from './desktop/electronBinary.mjs'
import { provideElectronSqlite } from './desktop/electronSqlite.mjs'
import { Problem } from './setup/problem.mjs'
import { setUp } from './setup/setUp.mjs'

/**
 * `npm run package [-- --dir]`: the desktop program as a package of this system, into dist/ (electron-builder.yml).
 * `--dir` makes the folder alone, without an installer.
 */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const problems = await prepare().catch(error => {
  if (error instanceof Problem) return [error]
  throw error
})
if (problems.length > 0) {
  for (const { message, stillWorks } of problems) console.error(`${message}\n${stillWorks}`)
  process.exitCode = 1
} else {
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  const given = ['--publish', 'never', ...process.argv.slice(2)]
  process.exitCode = spawnSync(process.execPath, [builder, ...given], { cwd: root, stdio: 'inherit' }).status ?? 1
}

async function prepare() {
  if (electronBinary(root) === undefined)
    throw new Problem(`A package holds Electron, which is not here: ${howToFetch}.`, 'Everything works in the browser.')
  const missing = await setUp(root)
  if (missing.length > 0) return missing
  await provideElectronSqlite(root)
  return []
}
