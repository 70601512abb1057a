import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem.mjs'

/**
 * Keeps two set-ups of one checkout apart: each would delete the node_modules that the other is filling.
 *
 * @param {string} root
 * @returns {() => void} unlocks
 */
export function lock(root) {
  const file = join(root, '.setup', 'lock')
  mkdirSync(join(root, '.setup'), { recursive: true })
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
  } catch {
    const holder = Number(readFileSync(file, 'utf8'))
    if (isAlive(holder))
      throw new Problem(
        `Process ${holder} is setting this checkout up: wait until it is done.`,
        'Everything works once it is.',
      )
    writeFileSync(file, String(process.pid)) // left by one that was killed
  }
  return () => rmSync(file, { force: true })
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
