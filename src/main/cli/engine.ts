import type { Command } from 'commander'
import { WorkbenchError } from '../../shared/errors'
import { readConfig, threadCounts } from '../config'
import { engineKinds } from '../engine/paths'
import { didYouMean } from '../../shared/nearestName'
import { action, command, commandGroup } from './command'
import { exitCodes } from './exitCode'

/** `maskwright engine install|doctor`: TensorFlow and what it can do here. */
export function engineCommand(): Command {
  return commandGroup('engine', 'install and examine the engine (TensorFlow)')
    .addCommand(installCommand())
    .addCommand(doctorCommand())
}

function installCommand(): Command {
  return command('install', 'install TensorFlow by pip, pinned by hash', { ofProject: false })
    .argument('[kind]', `${engineKinds.join(' or ')} (default: cpu)`)
    .option('--again', 'fetch and unpack also what is installed, as after files of it were damaged')
    .action(
      action(async ({ output, signal }, kind: string | undefined, { again = false }: { again?: boolean }) => {
        const chosen = engineKinds.find(known => known === (kind ?? 'cpu'))
        if (chosen === undefined)
          throw new WorkbenchError('USAGE', `There is no engine "${kind}"${didYouMean(String(kind), engineKinds)}`)
        const { installEngine, installWeights } = await import('../engine/install')
        const progress = ({ stage, done, total }: { stage: string; done: number; total: number }) =>
          output.progress('install', { stage, done, total, unit: 'MB', etaMs: null })
        const engine = await installEngine(chosen, { signal, progress, again })
        const weights = await installWeights({ signal, progress, again })
        const what = engine.fetched ? 'is installed' : 'was there already'
        output.result({ engine, weights }, `TensorFlow (${chosen}) ${what}: ${engine.folder}`)
      }),
    )
}

function doctorCommand(): Command {
  return command('doctor', 'examine the engine: library, device, speed, memory', { ofProject: false }).action(
    action(async ({ output }) => {
      const config = readConfig()
      const { examine } = await import('../engine/doctor') // loads TensorFlow's kernels
      const { doctorText } = await import('../engine/doctorText')
      const report = examine({ ...config.engine, threads: threadCounts(config) })
      output.result(report, doctorText(report))
      if (report.engine === undefined) process.exitCode = exitCodes.engineMissing
    }),
  )
}
