import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { existsSync } from 'node:fs'
import type { Task } from '../../shared/contract/tasks'
import { toErrorData, WorkbenchError } from '../../shared/errors'
import { threadCounts, type Config } from '../config'
import { hasNvidiaDevice, nvidiaDriver } from '../engine/cuda'
import type { DoctorReport } from '../../shared/contract/engine'
import { areWeightsInstalled, installEngine, installWeights, isEngineInstalled } from '../engine/install'
import { locateEngine, type LocatedEngine } from '../engine/locate'
import { dataFolder, engineVersion, type EngineKind } from '../engine/paths'
import { pins } from '../engine/pins'
import { examineInProcess } from './doctorProcess'
import type { EventBus } from './eventBus'
import type { Work } from './projectSession'
import type { Tasks } from './tasks'

/** What is known of the engine without opening it. Sizes are in bytes. */
export interface EngineStatus {
  /** The one that runs would use; null where there is none, and `problem` says why. */
  readonly located: LocatedEngine | null
  readonly problem: string | null
  /** The release that an installation brings. */
  readonly version: string
  readonly installed: Readonly<Record<EngineKind | 'weights', boolean>>
  readonly download: Readonly<Record<EngineKind | 'weights', number>>
  readonly gpu: { readonly device: boolean; readonly driver: string | null }
  /** Where engines and default weights lie. */
  readonly folder: string
  readonly free: number
  readonly threads: { readonly engine: number; readonly pool: number } | null
}

export interface Examination {
  readonly report: DoctorReport
  /** When it was made, ms since 1970. */
  readonly at: number
}

const megabyte = 1e6

/** The engine as the window deals with it: what is there, an examination, an installation. One of each at a time. */
export class EngineDesk {
  readonly #tasks: Tasks
  readonly #bus: EventBus
  readonly #config: () => Config
  #examination: Examination | undefined

  constructor(tasks: Tasks, bus: EventBus, config: () => Config) {
    this.#tasks = tasks
    this.#bus = bus
    this.#config = config
  }

  async status(): Promise<EngineStatus> {
    const folder = dataFolder()
    return {
      ...this.#located(),
      version: engineVersion,
      installed: { cpu: isEngineInstalled('cpu'), cuda: isEngineInstalled('cuda'), weights: areWeightsInstalled() },
      download: {
        cpu: pins.cpu.download * megabyte,
        cuda: pins.cuda.download * megabyte,
        weights: pins.weights.download * megabyte,
      },
      gpu: { device: hasNvidiaDevice(), driver: nvidiaDriver() ?? null },
      folder,
      free: await freeBytes(folder),
    }
  }

  /** The last examination since the start of the program. */
  get examination(): Examination | undefined {
    return this.#examination
  }

  /** Opens the engine in a process of its own and measures it. @returns the one that is going on, if one is */
  examine(): Task {
    const task = { kind: 'doctor', title: 'Examine the engine', project: null } as const
    return this.#running('doctor') ?? this.#tasks.start(task, work => this.#examine(work))
  }

  /**
   * Installs TensorFlow and the default weights.
   * @param again  also what is installed; it works until the new one is whole
   * @throws CONFLICT while another installation goes on
   */
  install(kind: EngineKind, again = false): Task {
    if (this.#running('install'))
      throw new WorkbenchError('CONFLICT', 'An engine is being installed already: wait for it or cancel it.')
    const title = `Install TensorFlow ${engineVersion} (${kind === 'cpu' ? 'CPU' : 'CUDA'})`
    return this.#tasks.start({ kind: 'install', title, project: null }, work => this.#install(kind, again, work))
  }

  async #examine({ signal, progress }: Work): Promise<void> {
    progress({ stage: 'measuring', done: 0, total: 1, unit: 'steps' })
    this.#examination = { report: await examineInProcess(signal), at: Date.now() }
    this.#bus.emit({ type: 'settings' })
  }

  async #install(kind: EngineKind, again: boolean, { signal, progress }: Work): Promise<void> {
    const tell = ({ stage, done, total }: { stage: string; done: number; total: number }) =>
      progress({ stage, done, total, unit: 'MB' })
    await installEngine(kind, { signal, progress: tell, again })
    await installWeights({ signal, progress: tell, again })
    this.#bus.emit({ type: 'settings' })
    this.examine()
  }

  #running(kind: Task['kind']): Task | undefined {
    return this.#tasks.list().find(task => task.kind === kind && task.state === 'running')
  }

  #located(): Pick<EngineStatus, 'located' | 'problem' | 'threads'> {
    try {
      const config = this.#config()
      const threads = threadCounts(config)
      try {
        return { located: locateEngine(config.engine), problem: null, threads }
      } catch (error) {
        return { located: null, problem: toErrorData(error).message, threads }
      }
    } catch (error) {
      return { located: null, problem: toErrorData(error).message, threads: null }
    }
  }
}

/** Bytes free where `folder` is or will be. */
async function freeBytes(folder: string): Promise<number> {
  let there = folder
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there)
  const { bavail, bsize } = await statfs(there)
  return bavail * bsize
}
