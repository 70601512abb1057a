import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { DoctorReport, EngineReport } from '../../shared/contract/engine'
import { WorkbenchError } from '../../shared/errors'
import { openEngine, type Engine } from './backend'
import { gpuObstacle, hasNvidiaDevice, nvidiaDriver } from './cuda'
import { isEngineInstalled } from './install'
import { locateEngine, type EngineWish, type LocatedEngine } from './locate'
import { memoryUse } from './memory'
import { estimateSeeds, measureSpeed } from './speed'

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
