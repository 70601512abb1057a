import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../setup/command.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Runs a tool that is silent when all is well; it counts as one test. What it says when something is wrong comes back,
 * to be shown where it is not lost among the tests.
 *
 * @param {string} root
 * @param {string} name
 * @param {string} tool its script, as seen from the root
 * @param {readonly string[]} args
 * @returns {Promise<Counts & { complaint: string }>}
 */
export async function runCheck(root, name, tool, args) {
  const start = Date.now()
  const { status, output } = await runCommand(process.execPath, [join(root, tool), ...args], {
    cwd: root,
  })
  const seconds = ((Date.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (status === 0) return { passed: 1, failed: 0, skipped: 0, complaint: '' }
  return { passed: 0, failed: 1, skipped: 0, complaint: `✗ ${name}\n${output.trimEnd()}\n` }
}

/**
 * Runs vitest, whose report goes to the terminal as it comes and is counted from its file.
 *
 * @param {string} root
 * @param {readonly string[]} patterns only files whose path contains one; all when there is none
 * @returns {Promise<Counts>}
 */
export async function runUnitTests(root, patterns) {
  const report = join(root, 'out', 'test-report.json')
  rmSync(report, { force: true })
  const args = ['run', ...patterns, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const status = await runInherited(root, [join(root, 'node_modules/vitest/vitest.mjs'), ...args])
  return countReport(readReport(report), status)
}

/**
 * @param {VitestReport | undefined} report
 * @param {number} status of vitest's process
 * @returns {Counts} a file that does not load, or an error outside any test, counts as one failure
 */
export function countReport(report, status) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const brokenFiles = report.testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0)
  const failed = report.numFailedTests + brokenFiles.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * @typedef {object} VitestReport the part of vitest's JSON report that we read
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { status: string, assertionResults: readonly unknown[] }[]} testResults
 */

/** @param {string} file @returns {VitestReport | undefined} undefined when vitest ended before it wrote one */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {string} root @param {readonly string[]} args @returns {Promise<number>} the exit status */
function runInherited(root, args) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', () => resolve(1))
    child.on('close', status => resolve(status ?? 1))
  })
}
