import { resolve, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runDemo } from './tour/runDemo.mjs'
import { Problem } from './setup/problem.mjs'
import { printOutcome, setUp } from './setup/setUp.mjs'

/** `npm run demo`: from a bare clone to measured masks of the sample project, in the folder demo/. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const start = Date.now()
const problems = await setUp(root).catch(error => {
  if (error instanceof Problem) return [error]
  throw error
})
printOutcome(problems, (Date.now() - start) / 1000)
process.exitCode = problems.length > 0 ? 1 : await runDemo(root, join(root, 'demo'))
