import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { lastWords, runCommand } from './command.mjs'
import { Problem } from './problem.mjs'
import { hashOf, isStamped, stamp } from './stamps.mjs'

/** The command line and its workers, in `out/main`. @type {import('./steps.mjs').Step} */
export const build = {
  id: 'build',
  title: 'build',
  seconds: 5,
  required: true,
  isDone: async root => existsSync(join(root, 'out/main/cli.js')) && isStamped(root, 'build', inputs(root)),
  run: async root => {
    const built = inputs(root) // before building: what changes meanwhile is built the next time
    const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
    const { status, output } = await runCommand(process.execPath, [tool, 'build'], {
      cwd: root,
      env: { NO_COLOR: '1' },
    })
    if (status !== 0)
      throw new Problem(
        `The build fails: ${complaint(output)} Run \`npm run build\` for all of it.`,
        'Without it nothing runs.',
      )
    stamp(root, 'build', built)
  },
}

/** @param {string} root */
function inputs(root) {
  return hashOf(root, ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json'])
}

/**
 * What the bundler complains of, without the stack that follows.
 *
 * @param {string} output
 */
function complaint(output) {
  const [, after = output] = output.split(/error during build:\s*/i)
  const lines = after.split('\n').filter(line => line.trim() !== '' && !/^\s+at |^Build failed with/.test(line))
  return stripVTControlCharacters(lines[0] ?? lastWords(output)).trim()
}
