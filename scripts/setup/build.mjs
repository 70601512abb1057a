import { existsSync } from 'node:fs'
import { join } from 'node:path'
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
    const { status, output } = await runCommand(process.execPath, [tool, 'build'], { cwd: root })
    if (status !== 0)
      throw new Problem(
        `The build fails: ${firstError(output)} Run \`npm run build\` for all of it.`,
        'Without it nothing runs.',
      )
    stamp(root, 'build', built)
  },
}

/** @param {string} root */
function inputs(root) {
  return hashOf(root, ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json'])
}

/** @param {string} output */
function firstError(output) {
  const line = output.split('\n').find(text => /error/i.test(text) && !/error during build|Build failed/i.test(text))
  return line?.trim() ?? lastWords(output)
}
