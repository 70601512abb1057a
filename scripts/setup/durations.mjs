import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * How long each step took the last time on this machine: the estimate for the next time.
 *
 * @param {string} root
 * @returns {Record<string, number>} seconds by step
 */
export function readDurations(root) {
  const file = fileIn(root)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/**
 * @param {string} root
 * @param {string} step
 * @param {number} seconds
 */
export function rememberDuration(root, step, seconds) {
  mkdirSync(join(root, '.setup'), { recursive: true })
  writeFileSync(fileIn(root), JSON.stringify({ ...readDurations(root), [step]: seconds }))
}

/** @param {string} root */
function fileIn(root) {
  return join(root, '.setup', 'durations.json')
}
