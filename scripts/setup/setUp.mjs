import { readDurations, rememberDuration } from './durations.mjs'
import { lock } from './lock.mjs'
import { Problem } from './problem.mjs'
import { duration, Reporter } from './reporter.mjs'
import { stages } from './steps.mjs'

/** Oldest Node that all our packages run on. */
const minimumNode = [20, 19]

/**
 * Brings the checkout to where everything runs: does what is not done, says how it goes, and can be run again at any
 * moment. Problems of one step do not keep the others from being tried.
 *
 * @param {string} root the checkout
 * @param {typeof stages} [wanted]
 * @returns {Promise<Problem[]>} empty when everything is there
 */
export async function setUp(root, wanted = stages) {
  checkNode()
  const unlock = lock(root)
  const reporter = new Reporter()
  try {
    const problems = []
    for (const stage of wanted) {
      const results = await Promise.all(stage.map(step => attempt(root, step, reporter)))
      problems.push(...results.filter(result => result !== undefined))
      if (problems.length > 0 && stage.some(step => step.required)) break
    }
    return problems
  } finally {
    unlock()
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = minimumNode
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new Problem(
    `Node ${minimumNode.join('.')} or newer is needed, this is ${process.versions.node}: get it from nodejs.org or your version manager.`,
    'Nothing of Maskwright runs on an older one.',
  )
}

/**
 * @param {string} root
 * @param {import('./steps.mjs').Step} step
 * @param {Reporter} reporter
 * @returns {Promise<Problem | undefined>}
 */
async function attempt(root, step, reporter) {
  if (await step.isDone(root)) return undefined
  const active = reporter.start(step.title, readDurations(root)[step.id] ?? step.seconds)
  try {
    await step.run(root, text => {
      active.detail = text
    })
    rememberDuration(root, step.id, active.elapsed())
    reporter.end(active, 'done')
    return undefined
  } catch (error) {
    reporter.end(active, 'not done')
    if (error instanceof Problem) return error
    return new Problem(`${step.title}: ${error instanceof Error ? error.message : String(error)}`, '')
  }
}

/**
 * Prints what is missing, or that nothing is.
 *
 * @param {readonly Problem[]} problems
 * @param {number} seconds since the start
 */
export function printOutcome(problems, seconds) {
  for (const { message, stillWorks } of problems) console.error(`\n${message}\n${stillWorks}`)
  if (problems.length > 0) console.error('\nThe rest is set up: run `npm run setup` again when this is mended.')
  else console.log(`Maskwright is set up (${duration(seconds)}).`)
}
