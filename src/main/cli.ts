import { CommanderError, type Command } from 'commander'
import { isCancellation, toErrorData, type ErrorData } from '../shared/errors'
import { program as maskwright } from '../shared/program'
import { commandGroup, endAtOnce, interruption, listenForInterruption } from './cli/command'
import { exitCodeOf, exitCodes } from './cli/exitCode'
import { backupCommand } from './cli/backup'
import { cacheCommand } from './cli/cache'
import { withCommandHint } from './cli/commandHints'
import { engineCommand } from './cli/engine'
import { evaluateCommand } from './cli/evaluate'
import { exportCommand } from './cli/export'
import { importCommand } from './cli/import'
import { newCommand } from './cli/new'
import { Output } from './cli/output'
import { reportCommand } from './cli/report'
import { reviewCommand } from './cli/review'
import { restoreCommand } from './cli/restore'
import { runCommand } from './cli/run'
import { runsCommand } from './cli/runs'
import { sampleCommand } from './cli/sample'
import { serveCommand } from './cli/serve'
import { sheetCommand } from './cli/sheet'
import { statsCommand } from './cli/stats'
import { sweepCommand } from './cli/sweep'

function program(): Command {
  const root = commandGroup('maskwright', 'From image-level labels to segmentation masks you can trust, offline.')
  root.version(`${maskwright.name} ${maskwright.version}`, '-v, --version', 'what is installed')
  const commands = [
    newCommand(),
    importCommand(),
    statsCommand(),
    runCommand(),
    runsCommand(),
    evaluateCommand(),
    sweepCommand(),
    reviewCommand(),
    exportCommand(),
    sheetCommand(),
    reportCommand(),
    sampleCommand(),
    backupCommand(),
    restoreCommand(),
    cacheCommand(),
    engineCommand(),
    serveCommand(),
  ]
  for (const command of commands) root.addCommand(command)
  return root
}

/** Runs the command line. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(args)
    return Number(process.exitCode ?? exitCodes.done)
  } catch (error) {
    const output = new Output(args.includes('--json'))
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done
      if (!error.code.startsWith('commander.help')) output.error(usageError(error), undefined)
      return exitCodes.usage
    }
    if (isCancellation(error)) {
      output.note('Cancelled.')
      return exitCodes.cancelled
    }
    const data = toErrorData(error)
    const debug = process.env['MASKWRIGHT_DEBUG'] === '1' && error instanceof Error
    output.error(withCommandHint(explained(data)), debug ? error.stack : undefined)
    return exitCodeOf(data.code)
  }
}

/** commander's `error: unknown option '--sed'`, a suggestion on the next line, as one of our sentences. */
function usageError({ message }: CommanderError): ErrorData {
  const [problem, suggestion] = message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .split('\n')
  const sentence = `${problem![0]!.toUpperCase()}${problem!.slice(1)}`
  const hint = suggestion === undefined ? '; `--help` lists what there is.' : ` ${suggestion}`
  return { code: 'USAGE', message: `${sentence}${hint}` }
}

/** What no input could have put right is ours to put right. */
function explained(error: ErrorData): ErrorData {
  if (error.code !== 'INTERNAL' || process.env['MASKWRIGHT_DEBUG'] === '1') return error
  const message = `${error.message.replace(/\.$/, '')}. This is a mistake of ours: MASKWRIGHT_DEBUG=1 shows where.`
  return { ...error, message }
}

/** Once all is put away, whatever still keeps an interrupted program alive is a read that nothing answers. */
const lastPatienceMs = 2_000

listenForInterruption()
process.exitCode = await main(process.argv)
if (interruption.aborted) setTimeout(endAtOnce, lastPatienceMs).unref()
