import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Problem } from './setup/problem.mjs'
import { printOutcome, setUp } from './setup/setUp.mjs'

/** `npm run setup`: everything a bare clone needs, and nothing where nothing is missing. */
const start = Date.now()
const problems = await setUp(resolve(dirname(fileURLToPath(import.meta.url)), '..')).catch(error => {
  if (error instanceof Problem) return [error]
  throw error
})
printOutcome(problems, (Date.now() - start) / 1000)
process.exitCode = problems.length > 0 ? 1 : 0
