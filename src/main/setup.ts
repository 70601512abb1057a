import { toErrorData } from '../shared/errors'
import { installEngine, installWeights, type InstallProgress } from './engine/install'

/**
 * Entry of `scripts/setup.mjs` for what pip fetches: `node out/main/setup.js engine | weights`. It is an entry of its
 * own because the command line opens projects, and better-sqlite3 may still be compiling beside it.
 * Prints `<stage> <done> <total>` (megabytes) lines; on failure one sentence on stderr and exit status 3.
 */
const progress = ({ stage, done, total }: InstallProgress) =>
  console.log(`${stage} ${done.toFixed(0)} ${total.toFixed(0)}`)

try {
  if (process.argv[2] === 'weights') await installWeights({ progress })
  else await installEngine('cpu', { progress })
} catch (error) {
  console.error(toErrorData(error).message)
  process.exitCode = 3
}
