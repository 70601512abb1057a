import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import { WorkbenchError } from '../../shared/errors'
import { openEngine, type Device, type Engine } from './backend'
import { gpuObstacle, hasNvidiaDevice, nvidiaDriver } from './cuda'
import { isEngineInstalled } from './install'
import { locateEngine, type EngineWish, type LocatedEngine } from './locate'
import { memoryUse, type MemoryUse } from './memory'
import { estimateSeeds, measureSpeed, type Speed } from './speed'

export interface EngineReport {
  /** Folder of libtensorflow_cc.so.2. */
  readonly library: string
  /** Why this one. */
  readonly reason: string
  readonly version: string
  /** The device that computes. */
  readonly device: Device
  readonly devices: readonly Device[]
  readonly speed: Speed
  /** Seconds for CAM and LPCAM of 1,000 photos of 480×640 px at four scales. */
  readonly seedsPerThousandPhotos: number
  readonly memory: MemoryUse
}

/** Everything `maskwright engine doctor` and the engine screen say, as data. Memory is in bytes. */
export interface DoctorReport {
  readonly machine: {
    readonly platform: string
    readonly node: string
    readonly processor: string
    readonly cores: number
    readonly memory: number
    readonly freeMemory: number
  }
  /** Linux x86-64 is what is tested. */
  readonly tested: boolean
  readonly threads: { readonly engine: number; readonly pool: number }
  readonly gpu: { readonly used: boolean; readonly reason: string }
  readonly engine: EngineReport | undefined
  /** What is missing and the command that brings it; undefined when the engine runs. */
  readonly problem: string | undefined
}

export interface DoctorWish extends EngineWish {
  readonly threads: { readonly engine: number; readonly pool: number }
}

/** Opens the engine as a run would, times it and closes it. Blocks its thread for about two seconds. */
export function examine(wish: DoctorWish, environment: NodeJS.ProcessEnv = process.env): DoctorReport {
  const platform = `${process.platform} ${process.arch}`
  const common = {
    machine: {
      platform,
      node: process.version,
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memory: totalmem(),
      freeMemory: freemem(),
    },
    tested: platform === 'linux x64',
    threads: wish.threads,
  }
  try {
    const located = locateEngine(wish, environment)
    const engine = examineEngine(located, wish.threads.engine)
    return { ...common, gpu: gpuReport(engine, located), engine, problem: undefined }
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error
    return { ...common, gpu: gpuReport(undefined), engine: undefined, problem: error.message }
  }
}

function examineEngine(located: LocatedEngine, threads: number): EngineReport {
  const engine: Engine = openEngine({ ...located, intraOpThreads: threads })
  try {
    const speed = measureSpeed(engine)
    return {
      library: located.library,
      reason: located.reason,
      version: engine.version,
      device: engine.device,
      devices: engine.devices,
      speed,
      seedsPerThousandPhotos: estimateSeeds(1000, speed),
      memory: memoryUse(engine.binding),
    }
  } finally {
    engine.close()
  }
}

function gpuReport(engine: EngineReport | undefined, located?: LocatedEngine): DoctorReport['gpu'] {
  if (engine?.device.type === 'GPU') return { used: true, reason: located?.reason ?? '' }
  const facts = {
    device: hasNvidiaDevice(),
    driver: nvidiaDriver(),
    engine: isEngineInstalled('cuda'),
    failed: [],
  }
  const decided = facts.device && facts.driver !== undefined && located?.require === 'cpu'
  return { used: false, reason: decided ? `The CPU is used: ${located.reason}.` : gpuObstacle(facts) }
}
