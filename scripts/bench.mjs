/**
 * Builds the benchmarks and runs one: `node scripts/bench.mjs NAME [ARGUMENT …]`; without a name, lists them.
 * `--setup-peer` first installs PyTorch into `.setup/peer` (about 3 GB), for those that measure against it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const names = readdirSync(join(root, 'bench'))
  .filter(file => file.endsWith('.ts') && file !== 'vite.config.ts')
  .map(file => file.replace(/\.ts$/, ''))

/**
 * Runs a program with our standard streams; ends this one with its exit code when it fails.
 *
 * @param {string} command
 * @param {readonly string[]} commandArguments
 */
function run(command, commandArguments) {
  const { status, error } = spawnSync(command, commandArguments, { cwd: root, stdio: 'inherit' })
  if (error) {
    console.error(`${command}: ${error.message}`)
    process.exit(1)
  }
  if (status !== 0) process.exit(status ?? 1)
}

const peer = join(root, '.setup', 'peer')
if (args.includes('--setup-peer') && !existsSync(join(peer, 'bin', 'pip'))) {
  run('python3', ['-m', 'venv', peer])
  run(join(peer, 'bin', 'pip'), ['install', '-r', join(root, 'bench', 'peers', 'requirements.txt')])
}
const [name, ...rest] = args.filter(argument => argument !== '--setup-peer')
if (name === undefined || !names.includes(name)) {
  console.error(`${name === undefined ? '' : `There is no benchmark ${name}. `}Benchmarks: ${names.join(', ')}`)
  process.exit(2)
}
run(process.execPath, [
  join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
  'build',
  '--config',
  'bench/vite.config.ts',
])
run(process.execPath, ['--expose-gc', join(root, 'out', 'bench', `${name}.js`), ...rest])
