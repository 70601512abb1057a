import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask } from './maskwright.mjs'

/**
 * @typedef {object} Stage
 * @property {string} folder
 * @property {string} project
 * @property {Record<string, string>} environment
 */

/**
 * A copy of the demo in a folder whose name may be seen, with both of its masks measured: pictures show no one's own
 * paths, and change nothing.
 *
 * @param {string} root the checkout
 * @returns {Promise<Stage>}
 */
export async function prepareStage(root) {
  const folder = join(tmpdir(), 'maskwright')
  const project = join(folder, 'toys')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  cpSync(join(root, 'demo', 'sample'), join(folder, 'sample'), { recursive: true })
  cpSync(join(root, 'demo', 'project'), project, { recursive: true })
  symlinkSync(process.env['MASKWRIGHT_DATA'] ?? usualData(), join(folder, 'data'))
  /** @type {{ id: number, state: string }[]} */
  const runs = await ask(root, ['runs', '--project', project])
  const first = runs.findLast(({ state }) => state === 'done') // the newest come first, and the demo's is the oldest
  await ask(root, ['evaluate', '--run', String(first?.id ?? 1), '--project', project])
  const environment = {
    MASKWRIGHT_DATA: join(folder, 'data'),
    MASKWRIGHT_STATE: join(folder, 'state'),
    MASKWRIGHT_CONFIG: join(folder, 'config.yaml'),
  }
  return { folder, project, environment }
}

/** Where engines lie on Linux unless the environment says otherwise (`env-paths`). */
function usualData() {
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'maskwright')
}
