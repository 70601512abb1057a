import { join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { hasNvidiaDevice } from './cuda'
import { holdsTensorFlow } from './library'
import { engineFolder, type EngineKind } from './paths'

export interface LocatedEngine {
  /** Folder that holds libtensorflow_cc.so.2. */
  readonly library: string
  readonly require: 'cpu' | 'gpu'
  /** Why this one: for the run's record and the doctor. */
  readonly reason: string
}

export interface EngineWish {
  /** A folder with libtensorflow, a `tensorflow` package, or a virtual environment; from `engine.library`. */
  readonly library?: string | undefined
  readonly device?: 'auto' | 'cpu' | 'gpu' | undefined
}

/**
 * Finds the TensorFlow to use: the setting, then MASKWRIGHT_ENGINE_LIBRARY, then what is installed — CUDA where a
 * device is present, else CPU.
 * @throws ENGINE_MISSING naming what was looked for and the command that installs it
 */
export function locateEngine(wish: EngineWish = {}, environment: NodeJS.ProcessEnv = process.env): LocatedEngine {
  const given = wish.library ?? environment['MASKWRIGHT_ENGINE_LIBRARY']
  const device = wish.device ?? 'auto'
  if (given !== undefined && given !== '')
    return { library: resolveGiven(given), require: device === 'gpu' ? 'gpu' : 'cpu', reason: `pointed to: ${given}` }
  const gpu = hasNvidiaDevice()
  if (device === 'gpu' || (device === 'auto' && gpu)) {
    const cuda = installed('cuda', environment)
    if (cuda !== undefined)
      return { library: cuda, require: 'gpu', reason: 'a CUDA device and the CUDA engine are here' }
    if (device === 'gpu') throw missing('the CUDA engine is not installed', 'maskwright engine install cuda')
  }
  const cpu = installed('cpu', environment)
  if (cpu === undefined) throw missing('no TensorFlow engine is installed', 'maskwright engine install')
  return {
    library: cpu,
    require: 'cpu',
    reason: gpu ? 'an NVIDIA device is here, but the CUDA engine is not installed' : 'no NVIDIA device on this machine',
  }
}

function installed(kind: EngineKind, environment: NodeJS.ProcessEnv): string | undefined {
  const folder = join(engineFolder(kind, environment), 'tensorflow')
  return holdsTensorFlow(folder) ? folder : undefined
}

function resolveGiven(given: string): string {
  const versions = ['3.13', '3.12', '3.11', '3.10', '3.9']
  const candidates = [
    given,
    join(given, 'tensorflow'),
    join(given, 'site-packages', 'tensorflow'),
    ...versions.map(version => join(given, 'lib', `python${version}`, 'site-packages', 'tensorflow')),
  ]
  const found = candidates.find(holdsTensorFlow)
  if (found !== undefined) return found
  throw new WorkbenchError(
    'ENGINE_MISSING',
    `No libtensorflow_cc.so.2 in ${given} (nor in its tensorflow or site-packages folder). ` +
      'Point engine.library to a folder of TensorFlow 2.18–2.21, or run `maskwright engine install`.',
  )
}

function missing(what: string, command: string): WorkbenchError {
  return new WorkbenchError('ENGINE_MISSING', `${what[0]!.toUpperCase()}${what.slice(1)}. Run \`${command}\`.`)
}
