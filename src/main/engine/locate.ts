import { join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { hasNvidiaDevice } from './cuda'
import { isCudaBuild } from './cudaBuild'
import { holdsTensorFlow, libraryName } from './library'
import { engineFolder, type EngineKind } from './paths'

export interface LocatedEngine {
  /** Folder that holds libtensorflow_cc.so.2. */
  readonly library: string
  readonly require: 'cpu' | 'gpu'
  /** Why this one: for the run's record and the doctor. */
  readonly reason: string
}

type Device = 'auto' | 'cpu' | 'gpu'

export interface EngineWish {
  /** A folder with libtensorflow, a `tensorflow` package, or a virtual environment; from `engine.library`. */
  readonly library?: string | undefined
  readonly device?: Device | undefined
}

/**
 * Finds the TensorFlow to use: the setting, then MASKWRIGHT_ENGINE_LIBRARY, then what is installed. It computes on the
 * GPU where a device is present and the library was built for CUDA, else on the CPU, and the reason says why.
 * @param gpu whether the driver shows a device
 * @throws ENGINE_MISSING naming what was looked for and the command that installs it
 */
export function locateEngine(
  wish: EngineWish = {},
  environment: NodeJS.ProcessEnv = process.env,
  gpu = hasNvidiaDevice(),
): LocatedEngine {
  const given = wish.library ?? environment['MASKWRIGHT_ENGINE_LIBRARY']
  const device = wish.device ?? 'auto'
  if (given !== undefined && given !== '') return locateGiven(given, device, gpu)
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
    reason: whyCpu(device, gpu, 'an NVIDIA device is here, but the CUDA engine is not installed'),
  }
}

/** The library that a person points to: what it was built for decides, as with those that are installed. */
function locateGiven(given: string, device: Device, gpu: boolean): LocatedEngine {
  const library = resolveGiven(given)
  const cuda = device !== 'cpu' && isCudaBuild(join(library, libraryName))
  if (device === 'gpu' && !cuda)
    throw new WorkbenchError(
      'ENGINE_MISSING',
      `The TensorFlow in ${given} was built without CUDA: point engine.library to the \`tensorflow\` package's, leave it ` +
        'out and run `maskwright engine install cuda`, or set engine.device to auto.',
    )
  const pointed = `pointed to: ${given}`
  if (cuda && (gpu || device === 'gpu'))
    return { library, require: 'gpu', reason: `${pointed}, which is built for CUDA; ${deviceText(gpu)}` }
  const without = 'an NVIDIA device is here, but this TensorFlow was built without CUDA'
  return { library, require: 'cpu', reason: `${pointed}; ${whyCpu(device, gpu, without)}` }
}

function deviceText(gpu: boolean): string {
  return gpu ? 'an NVIDIA device is here' : 'engine.device asks for a GPU'
}

/** @param unused why a device that is here computes nothing */
function whyCpu(device: Device, gpu: boolean, unused: string): string {
  if (device === 'cpu') return 'engine.device asks for the CPU'
  return gpu ? unused : 'no NVIDIA device on this machine'
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
