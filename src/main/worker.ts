import { toErrorData } from '../shared/errors'
import { openEngine, type Engine } from './engine/backend'
import type { EngineRecord, WorkerSettings } from './jobs/protocol/messages'
import { serveSteps } from './jobs/protocol/stepServer'
import { openWorkerEnd } from './jobs/protocol/workerEnd'
import { methods } from './methods/index'
import { connectPool } from './pool/relay'

/** The compute worker: opens the engine, runs the steps that main orders, and ends when told. */
async function main(): Promise<void> {
  const end = openWorkerEnd()
  try {
    const engine = open(end.settings)
    try {
      const served = serveSteps(end, connectPool(end.poolPort, end.settings.poolThreads), methods)
      end.send({ type: 'ready', engine: recordOf(engine, end.settings) })
      await served
    } finally {
      engine.close()
    }
  } catch (error) {
    end.send({ type: 'failed', error: toErrorData(error) })
  } finally {
    end.close()
  }
}

function open({ engine, engineThreads, memoryFraction }: WorkerSettings): Engine {
  return openEngine({
    library: engine.library,
    require: engine.require,
    intraOpThreads: engineThreads,
    memoryFraction,
  })
}

function recordOf(engine: Engine, settings: WorkerSettings): EngineRecord {
  return {
    library: settings.engine.library,
    version: engine.version,
    device: engine.device.name,
    kind: settings.engine.require,
    threads: settings.engineThreads,
    reason: settings.engine.reason,
  }
}

await main()
