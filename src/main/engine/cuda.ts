import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { keepLoaded } from './keepLoaded'

/** What is known about the GPU before TensorFlow is asked for its devices. */
export interface CudaFacts {
  /** The driver shows a device. */
  readonly device: boolean
  /** E.g. `550.54.14`; undefined where no driver is loaded. */
  readonly driver: string | undefined
  /** A CUDA engine is installed or pointed to. */
  readonly engine: boolean
  /** NVIDIA libraries beside the engine that did not open, with the loader's sentence. */
  readonly failed: readonly string[]
}

/** True where the NVIDIA driver shows a device. */
export function hasNvidiaDevice(): boolean {
  return existsSync('/dev/nvidia0') || existsSync('/proc/driver/nvidia/gpus')
}

/** The loaded NVIDIA driver's version. */
export function nvidiaDriver(file = '/proc/driver/nvidia/version'): string | undefined {
  if (!existsSync(file)) return undefined
  return /Kernel Module\s+(?:for \S+\s+)?(\d+(?:\.\d+)+)/.exec(readFileSync(file, 'utf8'))?.[1]
}

/**
 * Opens the CUDA libraries that the nvidia-* packages put beside TensorFlow, by path, until no more will open: the
 * system's loader would not find them there.
 * @returns the loader's sentence for each that does not open
 */
export function preloadCuda(library: string): string[] {
  let pending = cudaLibraries(join(dirname(library), 'nvidia'))
  let failures: string[] = []
  for (let before = Infinity; pending.length < before;) {
    before = pending.length
    failures = []
    pending = pending.filter(file => {
      const failure = open(file)
      if (failure !== undefined) failures.push(failure)
      return failure !== undefined // it may need one that comes later in the list: go round again
    })
  }
  return failures
}

function cudaLibraries(root: string): string[] {
  if (!existsSync(root)) return []
  return readdirSync(root)
    .map(name => join(root, name, 'lib'))
    .filter(folder => existsSync(folder))
    .flatMap(folder => readdirSync(folder).map(file => join(folder, file)))
    .filter(file => /\.so(\.\d+)*$/.test(file))
}

function open(file: string): string | undefined {
  try {
    keepLoaded(file)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Why no GPU computes, and what would change that: the first obstacle on the way from the driver to TensorFlow. */
export function gpuObstacle({ device, driver, engine, failed }: CudaFacts): string {
  if (!device && driver === undefined) return 'No NVIDIA device or driver on this machine.'
  if (driver === undefined) return 'An NVIDIA device is here but its driver is not loaded: install it, then restart.'
  if (!device) return `The NVIDIA driver ${driver} is loaded but shows no device: run \`nvidia-smi\` for the reason.`
  if (Number.parseInt(driver) < minimumDriver)
    return `The NVIDIA driver ${driver} is too old for CUDA 12.5: install ${minimumDriver} or later.`
  if (!engine) return 'An NVIDIA device is here, but the CUDA engine is not: run `maskwright engine install cuda`.'
  if (failed.length > 0)
    return `A CUDA library does not open: ${failed[0]}. Run \`maskwright engine install cuda --again\`.`
  return (
    `The driver ${driver} and every CUDA library open, yet TensorFlow lists no GPU: it was built for compute ` +
    'capabilities 6.0 to 9.0 (Pascal to Hopper; Blackwell is not covered), or CUDA_VISIBLE_DEVICES hides the device.'
  )
}

/** First driver branch that runs CUDA 12 programs (CUDA 12 minor-version compatibility, NVIDIA release notes). */
const minimumDriver = 525
