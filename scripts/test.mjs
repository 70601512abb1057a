import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCheck, runUnitTests } from './test/checks.mjs'
import { Problem } from './setup/problem.mjs'
import { printOutcome, setUp } from './setup/setUp.mjs'
import { testStages } from './setup/steps.mjs'

/**
 * `npm test [-- PATTERN…]`: the set-up where it is needed, then type check, lint, unused code and layout (one test each)
 * and every test; with patterns, only the test files whose path contains one. The last line is always `N passed, N failed, N skipped`.
 */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const patterns = process.argv.slice(2)
mkdirSync(join(root, 'out'), { recursive: true })

const start = Date.now()
const problems = await setUp(root, testStages).catch(error => {
  if (error instanceof Problem) return [error]
  throw error
})
printOutcome(problems, (Date.now() - start) / 1000)
const results = problems.length > 0 ? [{ passed: 0, failed: 1, skipped: 0 }] : await runAll()
const total = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
  results.reduce((sum, result) => sum + result[key], 0)
console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`)
process.exitCode = total('failed') > 0 ? 1 : 0

async function runAll() {
  if (patterns.length > 0) return [await runUnitTests(root, patterns)]
  // The tests of the window mostly wait for other processes: beside them there is room for the checks.
  const [checks, tests] = await Promise.all([runChecks(), runUnitTests(root, [])])
  for (const { complaint } of checks) process.stdout.write(complaint)
  return [...checks, tests]
}

/** One after the other: the first alone takes more memory than all that the tests keep at a time. */
async function runChecks() {
  const checks = [
    ['type check', 'scripts/typecheck.mjs'],
    ['lint', 'node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'],
    ['unused code', 'node_modules/knip/bin/knip.js', '--production'],
    ['formatting', 'node_modules/prettier/bin/prettier.cjs', '--check', '.'],
  ]
  const results = []
  for (const [name = '', tool = '', ...args] of checks) results.push(await runCheck(root, name, tool, args))
  return results
}
