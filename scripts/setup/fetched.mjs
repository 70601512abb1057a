import { join } from 'node:path'
import { lastWords, runCommand } from './command.mjs'
import { Problem } from './problem.mjs'

/**
 * What pip fetches, by the built program itself: `maskwright engine install` and the set-up are one code.
 *
 * @param {{ id: 'engine' | 'weights', title: string, seconds: number, stillWorks: string }} what
 * @returns {import('./steps.mjs').Step}
 */
function fetched({ id, title, seconds, stillWorks }) {
  return {
    id,
    title,
    seconds,
    required: false,
    isDone: async root => {
      const { status, output } = await runCommand(process.execPath, [join(root, 'out/main/setup.js'), 'status'])
      return status === 0 && JSON.parse(output)[id] === true
    },
    run: async (root, detail) => {
      const { status, output } = await runCommand(process.execPath, [join(root, 'out/main/setup.js'), id], {
        onLine: line => detail(line.replace(/^(\w+) (\d+) (\d+)$/, '$1 $2 of $3 MB')),
      })
      if (status === 3) throw new Problem(lastWords(output), stillWorks)
      if (status !== 0)
        throw new Problem(`${title}: the installer ended with status ${status}: ${lastWords(output)}.`, stillWorks)
    },
  }
}

/** TensorFlow's libraries. */
export const engine = fetched({
  id: 'engine',
  title: 'TensorFlow (252 MB)',
  seconds: 45,
  stillWorks:
    'Without an engine you can import, look at statistics, evaluate, sweep and export; training and maps need one.',
})

/** The default backbones' weights. */
export const weights = fetched({
  id: 'weights',
  title: 'default weights (61 MB)',
  seconds: 10,
  stillWorks: 'Without the default weights, name a weights file of your own in the recipe.',
})
